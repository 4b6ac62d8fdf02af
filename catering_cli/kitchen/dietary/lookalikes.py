"""The words of an item's name that say what it holds: "peach nectar" says peach, "cherry tomatoes" say no cherry."""

from __future__ import annotations

from functools import cache

from catering_cli.kitchen.dietary.allergens import Target
from catering_cli.kitchen.foods.lookalikes import lookalikes
from catering_cli.kitchen.foods.names import tokens
from catering_cli.kitchen.foods.table import Tokens

GONE = ""
"""Stands for a word that means something else."""


@cache
def says(name: Tokens, target: Target) -> bool:
    """Whether the words of a name are those of a food that a guest avoids, and no lookalike of it.

    Of an allergen of the law the tables of foods and of words speak; a word alone is not asked.
    """
    if not target.words:
        return False
    left = list(name)
    for start, end, absent in lookalikes(name):
        if not absent.isdisjoint(target.covers | target.parents):
            left[start:end] = [GONE] * (end - start)
    return any(_stands_in(phrase, tuple(left)) for phrase in {target.phrase, *map(tokens, target.words)})


def _stands_in(phrase: Tokens, name: Tokens) -> bool:
    size = len(phrase)
    return bool(size) and any(name[at : at + size] == phrase for at in range(len(name) - size + 1))
