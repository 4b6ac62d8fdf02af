"""Amounts, exactly: from what a cook types to a number with a unit, and back to what a cook says.

numerals       numbers as cooks write them, as fractions
units          what a unit measures, by system; unit_matcher finds the one that stands at a place in a text
case_packs     packs of price lists: 36/1 lb, 50#, 15 dz
scanner        the text and how far it is read; what reading yields
amount         reads an amount, with packs, pieces (of a size), sums (and ranges), same_amount (said twice)
temperature    Fahrenheit, Celsius, Kelvin, gas marks
display        an amount as a cook says it
apportion      a whole shared out in whole parts
vocabulary     sets of words
"""
