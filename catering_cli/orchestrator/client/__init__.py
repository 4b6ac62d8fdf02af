"""What the client says of an order or a plan, and what is done about it.

effects    what a change that was read in the client's words would do: the plan with it beside the plan without
accept     what a person accepts of what was read, or takes back
message    a thread of messages read into an order
feedback   what a client says of a plan; phrases and shape_phrases read it without a model
called     dishes and services as a client calls them
"""
