"""Asking a model.

In the order of the data:

base      a Request, a Reply, a Fault, and what a Provider is
faults    what follows each fault, as one table
prices    what a call costs
vendors   each vendor's dialect, over HTTP, and a provider that answers from a file
stack     wrappers of a provider: journal, budget, limits, joint requests
overnight questions that go to the vendors' batches, at half price
journal   every reply of a run, in one SQLite file
gateway   the stack of every tier of a run, and what the tiers share
"""
