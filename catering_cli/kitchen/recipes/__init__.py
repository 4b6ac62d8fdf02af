"""Recipes: the catalogue, ingredient lines, preparation words, batches, scaling advice."""
