"""From the names of a menu to whole recipes: the order's own, the caterer's own, the catalogue's.

menu_names      bars and printed names become dishes
own_recipes     the recipes that an order brings: in it, in files, within each other
recipe_folder   the caterer's own folder of recipes, which stands before the catalogue
"""
