"""Recipes: the lines that they are written in, the catalogue, and what a recipe says of batches and equipment.

text_readers      the grammar as the domain types call it
several_foods     a line that names several foods is one line for each; shorthand (S&P, tt) written out
ingredient_line   one line: amount, food, preparation, as purchased (AP) or edible (EP)
amount_place      the amount before or behind the food; said_again: an amount that is stated twice
name_by_measure   names whose food depends on the measure: peppers, coriander
canned            cans of a size, and the names of canned foods
preparation       the text after an amount: the food, what is done before it is weighed and after
yield_text        what a recipe makes: portions, or a mass or a volume
step_text         steps as plain text, with the times that the words say
catalogue         the recipes that are shipped, by name
equipment         equipment by the names that recipes and orders use
batches           how often each step is done for so many portions
resize            a recipe or an order for another number of people
volume_advice     what to begin with beside a linear figure: salt, chilli, thickener at volume
"""
