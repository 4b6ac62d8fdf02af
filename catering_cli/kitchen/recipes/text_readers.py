"""The quantity and ingredient grammar: what a cook typed becomes exact values.

`quantity` reads "1 1/2 cups", `whole` the same with nothing after it, `line` a whole ingredient line; `TextReaders`
are the two for the domain types.
"""

from __future__ import annotations

from typing import Any

from catering_cli.domain.quantity import Quantity
from catering_cli.kitchen.quantities import units
from catering_cli.kitchen.quantities.amount import read
from catering_cli.kitchen.quantities.numerals import BadQuantity, NoAmount
from catering_cli.kitchen.quantities.scanner import Packs, Parsed
from catering_cli.kitchen.quantities.units import UnknownUnit
from catering_cli.kitchen.recipes.ingredient_line import Line, line
from catering_cli.kitchen.recipes.written import TextReaders

__all__ = [
    "BadQuantity",
    "Line",
    "NoAmount",
    "Packs",
    "Parsed",
    "TextReaders",
    "UnknownUnit",
    "ingredient",
    "line",
    "quantity",
    "whole",
]


def quantity(text: str, system: str = "us") -> Parsed:
    """The quantity that starts `text` and the rest of it.

    Raises BadQuantity (negative, not finite, missing) or UnknownUnit; both are ValueErrors that say what is right.
    """
    return read(text, system)


def ingredient(text: str, system: str = "us") -> dict[str, Any]:
    """The fields of a `domain.recipe.Ingredient` that a line writes: item, quantity, preparation, state, text."""
    return line(text, system).fields()


def whole(text: str, system: str = "us") -> Quantity:
    """The quantity that the whole of `text` writes; anything after it is an unknown unit."""
    parsed = read(text, system)
    if parsed.rest:
        word = parsed.rest.split()[0].strip(".,;:")
        raise UnknownUnit(word, units.nearest(word))
    return parsed.quantity
