"""Lines of a recipe as cooks write them, each read food by food.

several_foods     a line that names several foods is one line for each
ingredient_line   one line: amount, food, preparation, as purchased (AP) or edible (EP)
line_words        what is cut off a line first: marks, "to taste", "juice of"; shorthand (S&P, tt) written out
amount_place      the amount before or behind the food; said_again: an amount that is stated twice
preparation       the text after an amount: the food, what is done before it is weighed and after
measure_behind    4 garlic cloves; name_by_measure: names whose food depends on the measure
canned            cans of a size, and the names of canned foods
weighed_state     as purchased or edible
accounted         numbers that no reading accounts for: doubts, with both readings
"""
