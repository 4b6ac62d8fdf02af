"""What a menu's name says beyond a recipe, as lines of it: with a usual amount if the food has one."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from catering_cli.data.tables import rows
from catering_cli.domain.order_parts.recipe import Ingredient, Recipe
from catering_cli.domain.quantity import Quantity
from catering_cli.kitchen.foods.identify import identify
from catering_cli.kitchen.quantities import units
from catering_cli.kitchen.recipes import catalogue

_POURED: Final = Fraction(1)
"""Fluid ounces of a sauce beside a portion, 2 tbsp, as the table has it of bought ones; [K]."""


def lines(recipe: Recipe, foods: tuple[str, ...]) -> tuple[Ingredient, ...]:
    """A line for each food, for the yield of the recipe: what has no amount is bought for nothing, but it counts."""
    return tuple(_line(food, recipe.yields.portions) for food in foods)


def told(foods: tuple[str, ...]) -> str:
    """`pear, 1 oz a portion; zhoug, without an amount`."""
    return "; ".join(f"{food}, {_said(_portion(food))}" for food in foods)


def _said(portion: Quantity | None) -> str:
    return f"{portion.high} {portion.unit} a portion" if portion else "without an amount"


def _line(food: str, portions: int) -> Ingredient:
    portion = _portion(food)
    quantity = Quantity.of(portion.high * portions, portion.unit) if portion else None
    return Ingredient(item=food, quantity=quantity, state="EP", preparation="as the menu says")


def _portion(name: str) -> Quantity | None:
    """How much of a food a portion gets; None if no row tells. A sauce that the house makes is measured by volume."""
    if _is_poured(name):
        return Quantity.of(_POURED, "fl oz")
    food = identify(name)
    facts = {food.name, food.department, *food.groups} if food else set()
    ounces = next((row["ounces"] for row in rows("additions") if row["takes"] in facts), "")
    return Quantity.of(Fraction(ounces), "oz") if ounces else None


def _is_poured(name: str) -> bool:
    """Whether a name is a base recipe of the catalogue that makes a volume."""
    made = catalogue.recipe_named(name)
    amount = made.yields.amount if made else None
    return amount is not None and units.find(amount.unit).dimension == "volume"
