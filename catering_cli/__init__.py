"""An order goes in, a verified catering plan comes out: models propose, code proves.

The rooms in the order of the data; the `__init__` of each says the same of its modules. None imports from one above.

cli           the commands; the only room that prints
intake        a file becomes a valid order, recipe or plan, or is refused with every problem at once
orchestrator  the run, step by step: `story` is the page to read first
tasks         the judgements that a model, the kitchen or a client can make; routing says who is asked for which
providers     those who answer: vendors, journal of replies, budget, limits
languages     a second language: its words, and what a translation must keep
kitchen       cooks the plan: `cook(order, decisions)`; scheduling is its solver
checks        proves the plan, and shares no code with the kitchen
render        prints the plan for each person who holds it
data, domain  tables with their sources; the words that all rooms share
"""
