"""Rules about what is cooked, in the order of the data.

headcount    one count of guests everywhere
decisions    what was decided is done, and nothing else
recipes      the recipe is the order's, the catalogue's or a drafted one
lines        every ingredient line is the recipe's times the factor
bases        base recipes are made once, as much as the dishes take
amounts      numbers of a plan, and what a cook reads of them
portions     from guests to dishes: eaten and made
batches      steps that follow each other closely keep step
"""
