"""The grammar of amounts and ingredient lines as the domain types call it: what a cook typed becomes exact values."""

from __future__ import annotations

from typing import Any

from catering_cli.domain.quantity import Quantity
from catering_cli.kitchen.quantities import units


class TextReaders:
    """`domain.quantity.Readers` under one system of measures: what a text in an order or a recipe writes.

    The grammar is loaded with the first text: an order without one starts faster.
    """

    def __init__(self, system: str = "us") -> None:
        self.system = system

    def quantity(self, text: str) -> Quantity:
        """The quantity that the whole of `text` writes; raises ValueError, also if anything follows it."""
        from catering_cli.kitchen.quantities.amount import parse_amount

        parsed = parse_amount(text, self.system)
        if parsed.rest:
            word = parsed.rest.split()[0].strip(".,;:")
            raise units.UnknownUnit(word, units.nearest(word))
        return parsed.quantity

    def unit(self, text: str) -> str:
        """The canonical name of a unit; raises ValueError."""
        return units.find(text, self.system).name

    def ingredients(self, text: str) -> tuple[dict[str, Any], ...]:
        """The fields of each `domain.recipe.Ingredient` that a line writes; raises ValueError."""
        from catering_cli.kitchen.lines.several_foods import parse_lines

        return tuple(line.fields() for line in parse_lines(text, self.system))

    def pack(self, text: str) -> Quantity:
        """What the pack of a price list holds."""
        from catering_cli.kitchen.quantities.case_packs import parse_pack

        return parse_pack(text, self.system)

    def yields(self, text: str) -> dict[str, Any]:
        """The fields of a `domain.recipe.Yield` that a text writes."""
        from catering_cli.kitchen.recipes.yield_text import parse_yield

        return parse_yield(text, self.system)

    def step(self, text: str) -> dict[str, Any]:
        """The fields of a `domain.recipe.RecipeStep` that a plain text writes."""
        from catering_cli.kitchen.recipes.step_text import step_of

        return step_of(text)

    def steps(self, text: str) -> list[dict[str, Any]]:
        """The steps of a method in running text."""
        from catering_cli.kitchen.recipes.step_text import steps_of

        return steps_of(text)
