"""The checker's own reading, written from the specification; the only modules that rules may import from.

line_numbers            numbers in the text of a line, with their units
names, needs            when two names mean the same; what a guest's words name
foods, weights, labels  a food's row, densities and pieces, labels that a person read
claims, known           what a product's name says it is without; what is known of an ingredient
decisions               which decisions hold; the recipe that a dish is made by
services, dues          when, where and for how many; portions that each kind of guest is due
cells, contact          how safe a cell may be; what food touches that dishes share
raw_food                raw animal food in a dish, and what can have cooked it
steps, usage            the steps of the dishes with their blocks; what is in use when, what shares an oven
"""
