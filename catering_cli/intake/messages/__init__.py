"""What a client writes before there is an order.

sources    a file becomes a thread: its messages, the oldest first
written    what was read of it as an order in YAML, each field with the words it came from
"""
