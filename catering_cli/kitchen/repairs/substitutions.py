"""Foods of a dish exchanged for others, so that it feeds guests whom it does not feed as written."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from catering_cli.data.tables import rows
from catering_cli.domain.recipe import Ingredient, Recipe
from catering_cli.kitchen.foods import identify
from catering_cli.kitchen.foods.table import split
from catering_cli.kitchen.menu.dishes import MenuDish

SAVOURY = frozenset({"canape", "starter", "soup", "salad", "main", "side"})
"""Courses in which flour thickens or coats; in a cake it carries, and is not to be exchanged."""

MOST = 3
"""Foods of one dish that are exchanged; with more it is another dish."""


def exchanges(dish: MenuDish, feeds: Callable[[Recipe], bool]) -> dict[str, str]:
    """New foods by those they take the place of: each line that stands against the guests, by one that does not.

    `feeds` says whether a dish of that recipe, standing alone, feeds them. Empty if something else than a line
    is against them (a board that is shared, a step, a draft), or a line has no usual exchange. Every food that is
    offered feeds them by itself; the whole is proven elsewhere.
    """
    if dish.recipe is None:
        return {}
    recipe = dish.recipe

    def alone(line: Ingredient) -> Recipe:
        return recipe.model_copy(update={"name": "line", "ingredients": (line,), "steps": ()})

    against = [line for line in recipe.ingredients if not feeds(alone(line))]
    swaps: dict[str, str] = {}
    for line in against if len(against) <= MOST else ():
        usual = (line.model_copy(update={"item": item, "text": ""}) for item in _usual(line.item, dish.course))
        new = next((one.item for one in usual if feeds(alone(one))), None)
        if new is None:
            return {}
        swaps[line.item] = new
    return swaps


def _usual(item: str, course: str) -> Iterator[str]:
    """What usually takes the place of a food in such a course."""
    food = identify.identify(item)
    for row in rows("substitutes"):
        if food and row["food"] == food.name and (row["only"] != "savoury" or course in SAVOURY):
            yield from split(row["by"])
