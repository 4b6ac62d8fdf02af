"""Tables, each row with its source, the catalogue of recipes and the JSON Schemas. No logic lives here.

tables    the one reader of the tables, for the kitchen and the checks alike
"""
