"""Rules about what follows from the day.

staffing          enough people, for as long as they work, at what they cost
equipment         peak use, china and glass by ratio
packing           vessels by count and shape, what is opened first
run_of_service    each service, for its guests, with its dishes
handling          what each step does to the safety of its food
haccp             the food-safety log
costing           the money adds up
"""
