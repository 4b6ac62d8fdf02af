"""How much of each dish, in the order of the data.

reckoned_yield  portions of a recipe that does not say how many it makes
base_recipes    recipes within recipes: their lines and steps put in
portions        from guests to portions: eaten and made, by course and style (figures: data/portions.tsv)
allocation      which kind of guest eats which portions
made_bases      base recipes as dishes of their own, made once for all that take them
scale           every line times portions over yield
step_batches    batches of a step over the services
"""
