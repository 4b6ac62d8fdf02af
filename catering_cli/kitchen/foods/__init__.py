"""Which food a text means and what it weighs, in the order of the data.

names        how words are compared; foodwords: descriptors, singular and plural
table        the table of foods
identify     the one food that a name means, or none
mentions     foods and allergens in a text; phrases: several foods in one line; lookalikes: words that mean another food
weights      density, piece and edible share of a food
mass         what a quantity of it weighs
resolve      a recipe's line resolved once: its food, what is bought, what it weighs
"""
