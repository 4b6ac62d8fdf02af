"""Commands about the models alone.

routes    who is asked for what
runs      what was asked, answered and paid for
bench     configurations measured on orders
"""
