"""What dishes bring into each other by equipment that they share: a fryer and its oil, a blender, a board.

A schedule washes nothing, and no text proves a wash: what one dish leaves there may be in the other, whichever
comes first. So a cell can only become less safe.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from catering_cli.domain.diets import Cell
from catering_cli.domain.recipe import Recipe
from catering_cli.kitchen.dietary.cell import SAFE

SHARED: Final = {
    "fryer": re.compile(r"\bfryer|\bdeep[- ]?fr(?:y|ied|ies)\b|\bfrying oil\b", re.IGNORECASE),
    "blender": re.compile(r"\bblender", re.IGNORECASE),
    "food processor": re.compile(r"\bfood[ _]processor|\bprocessor\b|\brobot[ _]coupe", re.IGNORECASE),
    "board": re.compile(r"\b(?:cutting|chopping|carving)[ _-]?board|^boards?$", re.IGNORECASE),
}
"""Equipment that keeps what touched it, by how recipes name it."""


def equipment_of(recipe: Recipe | None) -> frozenset[str]:
    """What of SHARED a recipe occupies, or speaks of in a step."""
    if recipe is None:
        return frozenset()
    said = [recipe.method, *(text for step in recipe.steps for text in (step.text, *step.equipment))]
    return frozenset(name for name, pattern in SHARED.items() if any(pattern.search(text) for text in said))


def partners(recipes: Mapping[str, tuple[str, Recipe | None]]) -> dict[str, tuple[tuple[str, str], ...]]:
    """For each dish id the others that it meets by equipment: (id, "fryer shared with Crab cakes").

    What a third dish carries from a fryer to a blender counts too.
    """
    used = {dish: equipment_of(recipe) for dish, (_, recipe) in recipes.items()}
    met = {dish: _reached(dish, used) for dish in recipes}
    return {
        dish: tuple(
            (other, f"{', '.join(sorted(used[dish] & used[other])) or 'equipment'} shared with {recipes[other][0]}")
            for other in recipes
            if other in met[dish]
        )
        for dish in recipes
    }


def _reached(dish: str, used: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The dishes that share equipment with `dish`, or with one that does."""
    found, things = {dish}, set(used[dish])
    while more := {other for other, own in used.items() if other not in found and own & things}:
        found |= more
        things.update(*(used[other] for other in more))
    return frozenset(found - {dish})


def touched(cell: Cell, others: tuple[tuple[Cell, str], ...]) -> Cell:
    """`cell` after contact with the cells of the dishes that share equipment, each with why."""
    if cell.state not in SAFE:
        return cell
    brings = tuple(why for other, why in others if other.state in ("contains", "may_contain"))
    if brings:
        return Cell(allergen=cell.allergen, state="may_contain", because=brings)
    doubts = tuple(why for other, why in others if other.state == "unknown")
    return Cell(allergen=cell.allergen, state="unknown", because=doubts) if doubts else cell
