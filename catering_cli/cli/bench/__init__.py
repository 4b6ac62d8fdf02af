"""Configurations measured on orders: who answers well, what that changes, and what it costs.

measure   one order under one configuration, from journalled replies as far as there are any
grade     what came of it, by code: kept, repaired, refused, decisions that changed the plan
variants  the best kinds of change of one plan, side by side
compare   the measurements side by side: sums, the Pareto set, the saving against the planner for all
"""
