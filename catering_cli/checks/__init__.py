"""The proof: rules over an order and its plan, their score and rank. Shares no code with the kitchen.

evidence     what the rules look at
reference    the checker's own reading of tables, names, weights, decisions and services
menu, dietary, purchasing, timeline, event, document    the rules, by section of the plan
compare      derived figures worked out again and compared in one place
week         the plans of one house together
registry     every rule by name, with its weight; `check` applies them
"""
