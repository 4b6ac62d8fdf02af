"""How much of each dish, in the order of the data.

reckoned_yield  portions of a recipe that does not say how many it makes
base_recipes    recipes within recipes: their lines and steps put in
takings         what a guest takes of a course, by style and length of service (figures: data/portions.tsv)
bar_hours       a bar that is open longer or shorter than its service lasts
demands         what each kind of guest is due at each service, and of which dishes
allocation      which kind of guest eats which portions, the gravest needs first
portions        from guests to portions: eaten and made
made_bases      base recipes as dishes of their own, made once for all that take them
scale           every line times portions over yield
vessels         what its food is packed and baked in, by count
rates           hand work by pieces or pounds a minute
loads           what one load of a step holds where its recipe gives no batch
step_places     where and when the words of a step put it: at the venue, while the service lasts
waves           food that keeps less long than its service lasts: a second fire
step_batches    batches of a step over the services
"""
