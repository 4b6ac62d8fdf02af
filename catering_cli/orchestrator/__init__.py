"""How an order becomes a plan. `story` is the page to read first.

The others, in the order of the data:

context      what a run needs, and the chain of tiers that a step may ask
work_plan    the planner's step, the work plans without a planner, and what a work plan is held to
foretell     what a run would ask, before anything is spent
execute      runs the steps, each as soon as its needs are done; batches puts like steps into one request
questions    what a step asks
ask          one step's judgement along its chain; conversation (one tier), answer_cache (answers of earlier runs)
items        an answer judged item by item
merge        the steps' decisions as one list; evaluate cooks and checks them, workable drops what makes the day worse
rounds       rounds of refinement: their aims, the kitchen's moves, variants
client       what the client says of an order or a plan: read, shown, accepted
record       the record of the run; changed: what its decisions changed; left_models: the tiers that fell out, and why
"""
