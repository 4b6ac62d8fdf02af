"""A recipe of the catalogue in a kitchen that lists no blast chiller: it chills in shallow pans in the walk-in."""

from __future__ import annotations

from typing import Final

from catering_cli.data.equipment_names import equipment_name
from catering_cli.data.tables import figure
from catering_cli.domain.order import Order
from catering_cli.domain.order_parts.recipe import Recipe, RecipeStep

_CHILLER: Final = "blast_chiller"
_INSTEAD: Final = "No blast chiller: in the walk-in, no more than 2 inches deep."


def in_this_kitchen(recipe: Recipe, order: Order) -> Recipe:
    """The recipe with its chilling in the walk-in if the kitchen's list has no blast chiller; else as it is.

    Food two inches deep cools there in time (FDA Food Code 2022, 3-501.14 and 3-501.15), in four hours instead of one
    or two.
    """
    listed = order.kitchen.equipment
    if listed is None or any(count for name, count in listed.items() if equipment_name(name) == _CHILLER):
        return recipe
    steps = tuple(_in_the_walk_in(step) if _is_chilled_so(step) else step for step in recipe.steps)
    return recipe if steps == recipe.steps else recipe.model_copy(update={"steps": steps})


def _is_chilled_so(step: RecipeStep) -> bool:
    return step.kind == "chill" and _CHILLER in map(equipment_name, step.equipment)


def _in_the_walk_in(step: RecipeStep) -> RecipeStep:
    others = tuple(name for name in step.equipment if equipment_name(name) != _CHILLER)
    minutes = max(step.minutes, figure("work", "chill_walk_in"))
    said = {"text": f"{step.text} {_INSTEAD}", "equipment": others, "minutes": minutes, "storage": "fridge"}
    return step.model_copy(update=said)
