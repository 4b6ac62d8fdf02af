"""The quantity and ingredient grammar: what a cook typed becomes exact values.

`quantity` reads "1 1/2 cups", `whole` the same with nothing after it, `line` a whole ingredient line; `TextReaders`
are the two for the domain types. The grammar of lines is loaded with the first line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from catering_cli.domain.quantity import Quantity

if TYPE_CHECKING:
    from catering_cli.kitchen.quantities.scanner import Parsed
    from catering_cli.kitchen.recipes.ingredient_line import Line


def quantity(text: str, system: str = "us") -> Parsed:
    """The quantity that starts `text` and the rest of it.

    Raises BadQuantity (negative, not finite, missing) or UnknownUnit; both are ValueErrors that say what is right.
    """
    from catering_cli.kitchen.quantities.amount import read

    return read(text, system)


def line(text: str, system: str = "us") -> Line:
    """What an ingredient line says; a line without a number ("salt, to taste") has no quantity."""
    from catering_cli.kitchen.recipes import ingredient_line

    return ingredient_line.line(text, system)


def ingredient(text: str, system: str = "us") -> dict[str, Any]:
    """The fields of a `domain.recipe.Ingredient` that a line writes: item, quantity, preparation, state, text."""
    return line(text, system).fields()


def whole(text: str, system: str = "us") -> Quantity:
    """The quantity that the whole of `text` writes; anything after it is an unknown unit."""
    from catering_cli.kitchen.quantities import units

    parsed = quantity(text, system)
    if parsed.rest:
        word = parsed.rest.split()[0].strip(".,;:")
        raise units.UnknownUnit(word, units.nearest(word))
    return parsed.quantity


class TextReaders:
    """`domain.quantity.Readers` under one system of measures: what a text in an order or a recipe writes."""

    def __init__(self, system: str = "us") -> None:
        self.system = system

    def quantity(self, text: str) -> Quantity:
        """The quantity that the whole of `text` writes; raises ValueError, also for anything after it."""
        return whole(text, self.system)

    def ingredient(self, text: str) -> dict[str, Any]:
        """The fields of the ingredient that `text` writes; raises ValueError."""
        return ingredient(text, self.system)
