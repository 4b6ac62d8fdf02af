"""Cooks the plan: `cook.cook(order, decisions)`, a pure function in stages. The rooms, in the order of the data.

quantities    numbers, units and amounts as cooks write them
foods         which food a name means, and what it weighs
lines         ingredient lines as cooks write them
recipes       the catalogue, yields, steps, batches; conversion: other units and systems
menu          the dishes as decisions leave them, and the services
dietary       who may eat what: allergens, diets, cross-contact
safety        what the words of a recipe do to its food; the HACCP log and what may not be done so
serving       portions by course and style of service, lines and batches at volume
purchasing    what to buy
day           the timeline: what is done when, by whom, in the kitchen or at the venue
event         what follows from the day: staffing, equipment, packing, costs
replan        the day that goes wrong: the smallest change of a plan that works
week          several events of one house, each with its plan
repairs       what would make an order work that does not
"""
