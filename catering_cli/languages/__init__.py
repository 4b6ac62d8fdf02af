"""A second language: its words, and the proof that a translation says no more and no less than the text.

lexicon   the tables `spanish_words` and `spanish_foods`, and the phrases with places in them
proof     whether a translation of a recipe's step keeps digits, units, temperatures, foods and negations one to one
"""
