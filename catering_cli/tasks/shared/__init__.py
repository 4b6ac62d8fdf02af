"""What several tasks have in common.

task             what a task is; findings: what is wrong with an answer
wire             a task as prompt, question and schema, and the answer read back
order_view       what tasks read from an order; briefs: a word from a planner to the level below
food_names       unknown names of foods; measures: informal measures
dish_steps       the steps of a dish and what is open in them; durations: their times, as a judgement
timed_task       the two tasks that time steps
plan_conflicts   what a cooked plan lacks; proposals: what may be done about it
plan_texts       the three texts of a plan
prose            the rule that every text of a model keeps; claims: what it may not claim
"""
