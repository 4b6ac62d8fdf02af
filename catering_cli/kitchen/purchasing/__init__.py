"""The purchase list, from the scaled dishes.

needs     EP needs of each product, added up in one unit if that can be
price_list  a vendor's text: which food it is, and what a pack of it holds
offers    supply and stock of the order by product: packs, prices, the day to order
beside    what goes with coffee and tea
shopping  the lines of the list, with what is left of whole packs
"""
