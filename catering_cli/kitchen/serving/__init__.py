"""How much of each dish, in the order of the data.

reckoned_yield  portions of a recipe that does not say how many it makes
portions        from guests to portions: eaten and made, by style and course
allocation      which kind of guest eats which portions
scale           every line times portions over yield
step_batches    batches of a step over the services
"""
