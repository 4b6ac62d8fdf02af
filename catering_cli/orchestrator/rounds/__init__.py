"""Rounds of refinement: what is aimed at, and what is tried.

improve        the rounds: propose, cook, compare, keep what ranks strictly better
aims           how near a plan is to what is wanted of it, and which of two plans is better
kitchen_moves  what the kitchen itself would try, for what models left
variants       one plan for each kind of change, side by side
"""
