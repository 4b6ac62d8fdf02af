"""What an order is made of.

guests                  how many, with which needs, at which tables
recipe                  ingredients and steps, the house's own or the catalogue's
site                    the kitchen, staff, supply, stock and labels
event_order, pricing    what only the papers print: client, venue, tables, bar; the price, and the quote
"""
