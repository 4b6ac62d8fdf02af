"""What dishes bring into each other by what food touches and they share: a griddle, a slicer, a fryer and its oil.

A schedule washes nothing, and no text proves a wash: what one dish leaves there may be in the other, whichever
comes first. So a cell can only become less safe. Equipment that the table does not know is touched by food.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from catering_cli.data.equipment_names import equipment_name
from catering_cli.domain.order_parts.recipe import Recipe, RecipeStep
from catering_cli.domain.plan_parts.diets import Cell
from catering_cli.kitchen.dietary.cell import SAFE
from catering_cli.kitchen.recipes.equipment import no_contact, told_by

Recipes = Mapping[str, tuple[str, Recipe | None]]
"""Name and recipe of each dish, by its id."""

_VESSEL: Final = "pan|pot|wok|skillet|kettle|bowl|tray|oil|water|board|knife|press|iron|basket|marinade"
_SAME: Final = re.compile(rf"\bsame (?:\w+ )?({_VESSEL})\b", re.IGNORECASE)
"""A step that says it uses again what another dish was in: "in the same pan as the shrimp"."""


def equipment_of(recipe: Recipe | None) -> frozenset[str]:
    """What food touches that a recipe occupies, or speaks of in a step."""
    if recipe is None:
        return frozenset()
    touched = {name for name, words in told_by().items() if words.search(recipe.method)}
    return frozenset(touched - no_contact()).union(*map(equipment_of_step, recipe.steps))


@lru_cache(maxsize=8_192)
def equipment_of_step(step: RecipeStep) -> frozenset[str]:
    """The same of one step."""
    told = (name for name, words in told_by().items() if words.search(step.text))
    return frozenset({*map(equipment_name, step.equipment), *told} - no_contact())


def used_by(recipes: Recipes) -> dict[str, frozenset[str]]:
    """For each dish id what food touches that it occupies or speaks of."""
    again = _used_again(recipes)
    return {dish: equipment_of(recipe) | _vessels(recipe, again) for dish, (_, recipe) in recipes.items()}


def shared_of(dish: str, used: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """What a dish uses that another uses too."""
    others = (own for other, own in used.items() if other != dish)
    return used[dish] & frozenset[str]().union(*others)


def partners(recipes: Recipes, used: Mapping[str, frozenset[str]]) -> dict[str, tuple[tuple[str, str], ...]]:
    """For each dish id the others that it meets by equipment: (id, "fryer shared with Crab cakes").

    What a third dish carries from a fryer to a blender counts too.
    """
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for dish in recipes:
        reached = _reached(dish, used)
        met = [other for other in recipes if other in reached]
        found[dish] = tuple((other, _shared(used[dish] & used[other], recipes[other][0])) for other in met)
    return found


def _shared(things: frozenset[str], other: str) -> str:
    names = ", ".join(sorted(name.replace("_", " ") for name in things))
    return f"{names or 'equipment'} shared with {other}"


def _texts(recipe: Recipe | None) -> Iterator[str]:
    """What a recipe says of the work."""
    if recipe is None:
        return
    yield recipe.method
    for step in recipe.steps:
        yield step.text


def _used_again(recipes: Recipes) -> frozenset[str]:
    """Vessels that a step of some dish says it uses again."""
    vessels: set[str] = set()
    for _, recipe in recipes.values():
        for text in _texts(recipe):
            vessels.update(vessel.lower() for vessel in _SAME.findall(text))
    return frozenset(vessels)


def _vessels(recipe: Recipe | None, again: frozenset[str]) -> frozenset[str]:
    """Of those, the ones that a recipe speaks of."""
    said = " ".join(_texts(recipe))
    return frozenset(name for name in again if re.search(rf"\b{name}s?\b", said, re.IGNORECASE))


def _reached(dish: str, used: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The dishes that share equipment with `dish`, or with one that does."""
    found = {dish}
    things = set(used[dish])
    while more := {other for other, own in used.items() if other not in found and own & things}:
        found |= more
        things.update(*(used[other] for other in more))
    return frozenset(found - {dish})


def touched(cell: Cell, others: Sequence[tuple[Cell, str]]) -> Cell:
    """`cell` after contact with the cells of the dishes that share equipment, each with why."""
    if cell.state not in SAFE:
        return cell
    brings = tuple(why for other, why in others if other.state in ("contains", "may_contain"))
    if brings:
        return Cell(allergen=cell.allergen, state="may_contain", because=brings)
    doubts = tuple(why for other, why in others if other.state == "unknown")
    if doubts:
        return Cell(allergen=cell.allergen, state="unknown", because=doubts)
    return cell
