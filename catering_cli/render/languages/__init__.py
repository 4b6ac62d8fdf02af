"""The papers in a second language: fixed words and foods from reviewed tables, dates and numbers by babel.

translate  a section in Spanish, or in both languages
lexicon    the tables `spanish_words` and `spanish_foods`, and the phrases with places in them
local      dates and numbers as they are written there
proof      whether a translation of a step keeps digits, units, temperatures and foods one to one
"""
