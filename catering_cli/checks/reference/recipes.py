"""The recipe that a dish is made by, as it was written."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files

from catering_cli.checks.evidence import Evidence, same_name
from catering_cli.checks.reference.decisions import for_dish
from catering_cli.domain.decision import DraftedRecipe
from catering_cli.domain.recipe import Recipe


def _slug(name: str) -> str:
    words = unicodedata.normalize("NFKD", name.casefold().replace("&", " and "))
    return re.sub(r"[\W_]+", "-", "".join(c for c in words if not unicodedata.combining(c))).strip("-")


@cache
def _catalogue(slug: str) -> Recipe | None:
    start = f"{slug}\t"
    for line in files("catering_cli.data").joinpath("dishes.jsonl").read_text(encoding="utf-8").splitlines():
        if line.startswith(start):
            return Recipe.model_validate_json(line.removeprefix(start))
    return None


def written(evidence: Evidence, dish_id: str) -> Recipe | None:
    """The recipe of a dish as it was written, before substitutions: the order's, the catalogue's, a drafted one."""
    recipe, _ = source_of(evidence, dish_id)
    return recipe


def source_of(evidence: Evidence, dish_id: str) -> tuple[Recipe | None, str]:
    """The same, and where it stands: order, catalogue, or who drafted it."""
    dish = evidence.dishes[dish_id]
    item = evidence.menu_item(dish_id)
    if item is not None and isinstance(item.recipe, Recipe):
        return item.recipe, "order"
    name = item.recipe if item is not None and isinstance(item.recipe, str) else dish.name
    recipe, by = recipe_named(evidence, name)
    if recipe is not None:
        return recipe, by
    for drafted, by in for_dish(evidence, DraftedRecipe, dish_id):
        return drafted.recipe, by
    return None, ""


def recipe_named(evidence: Evidence, name: str) -> tuple[Recipe | None, str]:
    """The recipe that a name means, and where it stands: order, catalogue; None if there is none."""
    for recipe in evidence.order.recipes:
        if same_name(recipe.name, name) or _slug(recipe.name) == _slug(name):
            return recipe, "order"
    kept = _catalogue(_slug(name))
    return kept, "catalogue" if kept else ""
