"""Wrappers of a provider: journal, budget, limits, joint requests."""
