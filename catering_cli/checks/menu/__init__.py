"""Rules about what is cooked, in the order of the data.

decisions    the menu and its recipes are the order's, but for what was decided
readings     every number in the text of a line is in what was read from it
lines        every ingredient line is the recipe's times the factor
portions     one count of guests everywhere; from guests to dishes: eaten and made, and in which batches
"""
