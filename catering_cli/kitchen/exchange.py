"""Foods of a dish exchanged for others, so that it feeds guests whom it does not feed as it is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from catering_cli.domain.diets import PlanProfile
from catering_cli.domain.order import Order
from catering_cli.domain.recipe import Ingredient
from catering_cli.kitchen import diets, foods, profiles
from catering_cli.kitchen.food_table import split
from catering_cli.kitchen.judged import Judged
from catering_cli.kitchen.menu import MenuDish
from catering_cli.kitchen.tables import rows

SAVOURY = frozenset({"canape", "starter", "soup", "salad", "main", "side"})
"""Courses in which flour thickens or coats; in a cake it carries, and is not to be exchanged."""

MOST = 3
"""Foods of one dish that are exchanged; with more it is another dish."""


def exchanges(order: Order, dish: MenuDish, profile: PlanProfile, judged: Judged) -> dict[str, str]:
    """New foods by those they take the place of: each line that stands against the guests, by one that does not.

    None where something else than a line of the recipe is against them (a board that is shared, a step, a draft),
    or a line has no usual exchange. Every food that is offered feeds them by itself; the whole is proven elsewhere.
    """

    def feeds(line: Ingredient) -> bool:
        """Whether a dish of this line alone would feed them."""
        assert dish.recipe is not None
        alone = dish.recipe.model_copy(update={"name": "line", "ingredients": (line,), "steps": ()})
        row = diets.matrix(order, (replace(dish, name="line", recipe=alone),), judged).rows[0]
        return profiles.feeds(row, profile)

    against = [line for line in (dish.recipe.ingredients if dish.recipe else ()) if not feeds(line)]
    swaps: dict[str, str] = {}
    for line in against if len(against) <= MOST else ():
        usual = (line.model_copy(update={"item": item, "text": ""}) for item in _usual(line.item, dish.course))
        new = next((one.item for one in usual if feeds(one)), None)
        if new is None:
            return {}
        swaps[line.item] = new
    return swaps


def _usual(item: str, course: str) -> Iterator[str]:
    """What usually takes the place of a food in such a course."""
    food = foods.identify(item)
    for row in rows("substitutes"):
        if food and row["food"] == food.name and (row["only"] != "savoury" or course in SAVOURY):
            yield from split(row["by"])
