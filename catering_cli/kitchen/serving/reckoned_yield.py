"""Portions of a recipe that does not say how many it makes: its mass over the usual portion of its course.

An assumption, never a fact: what the recipe said stays in `yield.stated`, and the plan asks for the number.
"""

from __future__ import annotations

import math
from fractions import Fraction
from functools import cache

from catering_cli.data.tables import rows
from catering_cli.domain.order_parts.recipe import Course, Ingredient, Recipe
from catering_cli.domain.quantity import Quantity
from catering_cli.kitchen.foods.resolve import Resolver
from catering_cli.kitchen.quantities import units


def with_portions(recipe: Recipe, course: Course | None, system: str) -> Recipe | None:
    """The recipe with its portions, reckoned if it states none; None if neither it nor its foods have a mass."""
    if recipe.yields.portions:
        return recipe
    grams = grams_made(recipe, system)
    if not grams:
        return None
    portions = max(1, math.floor(grams / _usual_portion(recipe.course or course or "main")))
    return recipe.model_copy(update={"yields": recipe.yields.model_copy(update={"portions": portions})})


def _usual_portion(course: Course) -> Fraction:
    """Served grams of a portion of a course: the middle of its band."""
    low, high = portion_band(course)
    return (low + high) / 2


@cache
def portion_band(course: Course) -> tuple[Fraction, Fraction]:
    """The least and the most served grams of a portion of a course, by `data/portions.tsv`."""
    bands = (row for row in rows("portions") if row["kind"] == "band")
    row = next(row for row in bands if row["course"] == course)
    return Fraction(row["low"]), Fraction(row["high"])


def stated_grams(amount: Quantity | None, system: str) -> Fraction:
    """Grams of an amount of made food, a millilitre of it as a gram; 0 without one or for anything else."""
    unit = units.lookup(amount.unit, system) if amount else None
    if amount is None or unit is None or unit.dimension not in ("mass", "volume"):
        return Fraction(0)
    return amount.low * unit.factor


def grams_made(recipe: Recipe, system: str) -> Fraction:
    """Grams of all that a recipe makes: as it says, else what its foods weigh; 0 if neither is known."""
    return stated_grams(recipe.yields.amount, system) or _grams_served(recipe, system)


def _grams_served(recipe: Recipe, system: str) -> Fraction:
    resolver = Resolver({}, {}, system)
    return sum((_edible_grams(line, resolver) for line in recipe.ingredients), Fraction(0)) * (
        Fraction(recipe.cook_yield_percent, 100)
    )


def _edible_grams(line: Ingredient, resolver: Resolver) -> Fraction:
    """EP grams of a line; 0 if its mass is not known."""
    resolved = resolver.ingredient(line)
    return resolved.mass.grams.low * resolved.edible if resolved.mass else Fraction(0)
