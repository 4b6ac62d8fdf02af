"""Recipes: the catalogue, and what a recipe says of batches and equipment.

text_readers      the grammar as the domain types call it
yield_text        what a recipe makes: portions, or a mass or a volume
step_text         steps as plain text, with the times that the words say
catalogue         the recipes that are shipped, by name
dish_names        which of them a menu's name means; name_words the words of a name
card              a recipe as a chef writes it: card_lines its lines, card_step its steps; card_text writes one
cooking_words     what a step does to food, told by its words: heat, cold, holding
equipment         equipment by the names that recipes and orders use
step_growth       how a step grows with the amount if its recipe does not say
batches           how often each step is done for so many portions
resize            a recipe or an order for another number of people
volume_advice     what to begin with beside a linear figure: salt, chilli, thickener at volume
"""
