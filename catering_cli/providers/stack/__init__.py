"""Wrappers of a provider, from the inside out.

wrapper      what they have in common
asking       how long is asked: the run's deadline, an interrupt, a server that says nothing
limits       how many requests at once, and which tiers rest; load: who goes next of those that wait for one
budget       the worst case is reserved before a request is sent
journaled    a reply that is journalled is not asked for again; batched: several like requests as one
"""
