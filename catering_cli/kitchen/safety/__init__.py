"""Food safety, from the words of a recipe to the log that a cook fills in, in the order of the data.

food          an ingredient: raw animal food, in need of cold, or neither
flow          what each step brings in, and which heat or cold follows it
takes         the one step that each line goes in at, as a cook reads it
handling      what each step does to its food: cooks, part-cooks, cools, reheats; where it waits
undercooked   animal food that is served raw or rare
population    whether the guests are highly susceptible
limits, codes the limits of a jurisdiction, and whose code it is
readings      when and where temperatures are read
haccp         the log: one row a dish and check
hazards       what may not be done so, or is not said; thawing, raw_food and stated (fields against words) are its parts
"""
