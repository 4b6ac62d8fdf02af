"""A run put together, in the order of the data.

routing       the routing config of a command; options: what the user asked for, and what is told before the run
ready_tiers   the models a run may ask: their key is set
tier_chain    the chain of a step: each tier with its provider, limits and price
interrupt     Ctrl-C once, and twice
compose       options and routing become the context of a run; paid_twice: what goes by night is not asked by day
prediction    what a run is expected to cost
journal       what was asked and paid for, for runs; exchanges: the prompts and replies of one step
"""
