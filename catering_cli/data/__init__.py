"""Tables, each row with its source, the catalogue of recipes (cards) and the JSON Schemas. No logic lives here.

tables, equipment_names, conditions    the one reader of tables, of equipment's names, of the column `applies`

The tables (each begins with a line on its columns):

measures     units
foods        foods, food_words, cut_words, foreign_names, vendor_words, names_by_measure, substitutes
weights      densities, pieces, yields, drained, volume_advice
allergens    allergens (names and synonyms), families (foods avoided together), diets, jurisdictions,
             never_in (what no make of a food holds), claims and lookalikes (what a name says is not in it),
             allergen_words (what a word or phrase brings in), step_words (what the work brings in),
             brought_words (how a step says that it brings in a food);
             trap_words and checker_words are the checker's own lists
servings     portions (a guest's portions and overage, by course and style), drinks (taken by rules of their own),
             coffee (what goes with it), ware, staff_ratios, loads, rates, vessels (what an oven, a person, a pan holds
             or does), vehicles, freight (seats and room), venue_kit (for a venue that lacks something), amperes
the day      event_work, work, step_places, equipment, skills, leads, limits (food safety), codes (food codes, places),
             raw_rules (what they say of raw food), cooking_words (what words tell of heat and cold), populations
the week     keeps_bought (for how many days a delivery may be used)
the dishes   dishes (index of the catalogue; made from its cards), dishes_reviewed (whose allergens were read by eye),
             dish_words (words of menus' names), dish_sets (bars and set meals), dish_families (simple dishes without a
             card), additions (what a name says beyond a recipe), occasions (of services), seasons (of produce)
the papers   assumptions, contingency, first_box (what is opened first), tools (of stations), spares (of rentals)
             label_stock (sheets of labels), spanish_words, spanish_foods
the program  rules (of the checker), prices and model_families (of models), fault_words (why a model was left)
"""
