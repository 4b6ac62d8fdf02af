"""Rules about the purchase.

conservation    the purchase list holds every gram of the menu once
buying          from the need to the price: yield, stock, packs, day to order
"""
