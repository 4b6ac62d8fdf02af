"""What is cooked and served, before anything is scaled.

decisions    the decisions as they hold: the last on a thing, the client's own before all
learnt       what the house measured at earlier events
shape        the menu as decisions shape it
dishes       the menu with its recipes; in_this_kitchen: those of the catalogue where there is no blast chiller
changes      what the client's words change in the order
services     when, where, for how many
clock        minutes of the event, and its time zone
prices       prices of what is no food
leads        who leads the kitchen and is no spare hand
staff_calls  how many of each role are called in beside the schedule
"""
