"""Foods of a dish exchanged for others, so that it feeds guests whom it does not feed as written."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from catering_cli.data.tables import rows
from catering_cli.domain.order_parts.recipe import Ingredient, Recipe
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

    def line_feeds(line: Ingredient) -> bool:
        alone = {"name": "line", "ingredients": (line,), "steps": ()}
        return feeds(recipe.model_copy(update=alone))

    against = [line for line in recipe.ingredients if not line_feeds(line)]
    if len(against) > MOST:
        return {}
    swaps: dict[str, str] = {}
    for line in against:
        usual = [line.model_copy(update={"item": item, "text": ""}) for item in _usual(line.item, dish.course)]
        new = next((other.item for other in usual if line_feeds(other)), None)
        if new is None:
            return {}
        swaps[line.item] = new
    return swaps


def _usual(item: str, course: str) -> Iterator[str]:
    """What usually takes the place of a food in such a course."""
    food = identify.identify(item)
    if food is None:
        return
    for row in rows("substitutes"):
        fits = row["only"] != "savoury" or course in SAVOURY
        if fits and row["food"] == food.name:
            yield from split(row["by"])
