"""Rules about what follows from the day.

staffing          enough people, for as long as they work, at what they cost
equipment         peak use, china and glass by ratio
packing           vessels by count and shape, what is opened first
venue             what a venue lacks comes along
run_of_service    each service, for its guests, with its dishes
handling          what each step does to the safety of its food
food_flow         from step to step the food agrees with what came before
cooling           two-stage cooling by depth and mass; every wait has a place
haccp             the food-safety log
costing           the money adds up
"""
