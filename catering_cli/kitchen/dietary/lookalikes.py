"""The words of an item's name that say what it holds: "peach nectar" says peach, "cherry tomatoes" say no cherry."""

from __future__ import annotations

from functools import cache

from catering_cli.data.tables import rows
from catering_cli.kitchen.dietary.allergens import Target
from catering_cli.kitchen.foods import table
from catering_cli.kitchen.foods.mentions import LONGEST
from catering_cli.kitchen.foods.names import tokens
from catering_cli.kitchen.foods.table import Tokens

GONE = ""
"""Stands for a word that means something else."""


@cache
def says(name: Tokens, target: Target) -> bool:
    """Whether the words of a name are those of a food that a guest avoids, and no lookalike of it.

    Of an allergen of the law the tables of foods and of words speak; a word alone is not asked.
    """
    left = _without_lookalikes(name, target.covers | target.parents)
    phrases = {target.phrase, *map(tokens, target.words)} if target.words else set()
    return any(_stands_in(phrase, left) for phrase in phrases)


def _stands_in(phrase: Tokens, name: Tokens) -> bool:
    size = len(phrase)
    return bool(size) and any(name[at : at + size] == phrase for at in range(len(name) - size + 1))


def _without_lookalikes(name: Tokens, wanted: frozenset[str]) -> Tokens:
    """The name with a mark in place of each phrase that is no food of those wanted."""
    left = list(name)
    for start in range(len(name)):
        for end in range(start + 1, min(start + LONGEST, len(name)) + 1):
            if not wanted.isdisjoint(_lookalikes().get(name[start:end], ())):
                left[start:end] = [GONE] * (end - start)
    return tuple(left)


@cache
def _lookalikes() -> dict[Tokens, frozenset[str]]:
    """What each name of the table is not."""
    found: dict[Tokens, frozenset[str]] = {}
    for row in rows("lookalikes"):
        for name in table.split(row["words"]):
            words = tokens(name)
            found[words] = found.get(words, frozenset()) | set(table.split(row["not"]))
    return found
