"""The words of the trade: what an order, a recipe, a decision, a plan and a finding are.

Nothing here computes a plan. Every other room imports from this one and this one imports from none.
"""
