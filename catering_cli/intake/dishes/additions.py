"""What a menu's name says beyond a recipe, as lines of it: with a usual amount if the food has one."""

from __future__ import annotations

from fractions import Fraction

from catering_cli.data.tables import rows
from catering_cli.domain.order_parts.recipe import Ingredient, Recipe
from catering_cli.domain.quantity import Quantity
from catering_cli.kitchen.foods.identify import identify


def lines(recipe: Recipe, foods: tuple[str, ...]) -> tuple[Ingredient, ...]:
    """A line for each food, for the yield of the recipe: what has no amount is bought for nothing, but it counts."""
    return tuple(_line(food, recipe.yields.portions) for food in foods)


def told(foods: tuple[str, ...]) -> str:
    """`pear, 1 oz a portion; zhoug, without an amount`."""
    return "; ".join(f"{food}, {_said(_ounces(food))}" for food in foods)


def _said(ounces: Fraction) -> str:
    return f"{ounces} oz a portion" if ounces else "without an amount"


def _line(food: str, portions: int) -> Ingredient:
    ounces = _ounces(food)
    quantity = Quantity.of(ounces * portions, "oz") if ounces else None
    return Ingredient(item=food, quantity=quantity, state="EP", preparation="as the menu says")


def _ounces(name: str) -> Fraction:
    """Ounces of a food that a portion gets; 0 if no row tells."""
    food = identify(name)
    facts = {food.name, food.department, *food.groups} if food else set()
    return next((Fraction(row["ounces"]) for row in rows("additions") if row["takes"] in facts), Fraction())
