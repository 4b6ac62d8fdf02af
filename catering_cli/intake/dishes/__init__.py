"""From the names of a menu to whole recipes: the order's own, the caterer's own, the catalogue's.

menu_names      bars and printed names become dishes
families        simple dishes that no recipe has: "roast venison" by the card of its family
additions       what a name says beyond a recipe, as lines of it
occasions       at which of several services a dish is that does not say so
own_recipes     the recipes that an order brings: in it, in files, within each other
recipe_folder   the caterer's own folder of recipes, which stands before the catalogue
"""
