"""What CP-SAT is asked, by OR-Tools, which is loaded only then.

`cp_model` is the model; `cp_sat` asks it for a better schedule and how good it is; `infeasible_core` why there is none.
"""
