"""Which steps a run takes.

patterns   the work plans without a planner: the kitchen's own, and the fixed tree
lint       what a work plan is held to
planning   the planner's step, and the work plan that follows from its answer
"""
