"""What a house has measured: from a filled-in sheet to its own tables, and from there into the next order.

sheet     the closing sheet as a kitchen filled it in, cell by cell
observed  every measurement, a row each; learning: what follows from them, with n and spread
tables    the two tables of a house, read and written; a person may refuse any number
use       the numbers that an order's dishes have, as part of the order
"""
