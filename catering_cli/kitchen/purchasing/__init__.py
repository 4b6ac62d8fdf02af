"""The purchase list, from the scaled dishes.

needs     EP needs of each product, added up in one unit if that can be
offers    supply and stock of the order by product: packs, prices, the day to order
shopping  the lines of the list, with what is left of whole packs
"""
