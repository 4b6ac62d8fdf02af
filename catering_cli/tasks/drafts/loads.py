"""How much food one piece of equipment takes at a time, by the table that a caterer's own recipes are read with."""

from __future__ import annotations

from fractions import Fraction

from catering_cli.domain.order_parts.recipe import Ingredient, RecipeStep
from catering_cli.kitchen.recipes.step_growth import BOWL, fits, holder_of

PIECE = 100
"""Grams of a piece if only the order of magnitude matters; [K]."""
BELIEVED = 2
"""Times what the table holds that a draft may call one load: ovens and pots differ; [K]."""


def rough_grams(line: Ingredient) -> Fraction:
    """A rough mass, for bands alone: a millilitre as a gram, a piece as a hundred."""
    if line.quantity is None:
        return Fraction(0)
    return line.quantity.low * (PIECE if line.quantity.unit == "" else 1)


def most_grams(step: RecipeStep) -> int | None:
    """Grams of the dish that one batch of a step can be; None if nothing it occupies limits it."""
    holder = holder_of(step)
    row = fits(holder, step.text) if holder and holder != BOWL else None
    return int(row["grams"]) * BELIEVED if row else None
