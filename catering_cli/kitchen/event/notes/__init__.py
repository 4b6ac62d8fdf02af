"""What the notes of an order say, and what of it is accounted for.

sentences  the notes sentence by sentence: open until a field, a decision or a person accounts for each
facts      what a sentence says that a field may hold: allergens, diets, numbers, times, names
fields     what the fields of an order hold, to be compared with what a sentence says
proposals  what the notes were read as, by a model or a person
"""
