"""Fields of a recipe that say less of its safety than its words do: the fields stand, and that is said.

Only of the order's own recipes: those of the catalogue were read field by field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from catering_cli.domain.finding import Finding
from catering_cli.domain.order_parts.recipe import RecipeStep
from catering_cli.domain.plan_parts.handling import Handling
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.kitchen.safety.food import RAW_ANIMAL, STRICTEST
from catering_cli.kitchen.safety.handling import reading_of

FIELDS: Final = ("food_class", "kind", "storage")
"""Fields of a step that its words may tell too."""
_RISES: Final = re.compile(r"\b(?:ris(?:e|es|ing)|proof|prov(?:e|es|ing)|ferment|leaven)", re.IGNORECASE)
"""Yeast works at room temperature: the batter or dough is not chilled meanwhile."""
_UNSAID: Final = dict.fromkeys(FIELDS)


def stated_reports(dish: Dish, where: str) -> Iterator[Finding]:
    """Each step whose fields ask for less heat or cold than its words, and a dish that is said to keep at room."""
    if dish.recipe is None or not dish.handling or dish.recipe_from != "order":
        return
    steps = dish.recipe.steps
    bare = dish.recipe.model_copy(update={"served_at": None})
    told = reading_of(dish.model_copy(update={"recipe": bare}), [step.model_copy(update=_UNSAID) for step in steps])
    for step, stated, words in zip(steps, dish.handling, told.steps, strict=False):
        place = f"{where}.recipe.steps[{stated.step - 1}]"
        for field in _less_safe(step, stated, words):
            said = getattr(step, field)
            found = _finding(f"{place}.{field}", f"{dish.name}, step {stated.step}", said, _wanted(field, words))
            yield found.model_copy(update={"severity": "warning"}) if words.food_class in RAW_ANIMAL else found
    if dish.recipe.served_at == "room" and told.served_at != "room":
        yield _finding(f"{where}.recipe.served_at", dish.name, "room", told.served_at)


def _less_safe(step: RecipeStep, stated: Handling, words: Handling) -> Iterator[str]:
    """The fields of a step that take away what its words call for."""
    raw = words.food_class in RAW_ANIMAL and bool(words.reads)
    unread = raw and not set(words.reads) <= set(stated.reads)
    cooler = raw and STRICTEST.index(stated.food_class) > STRICTEST.index(words.food_class)
    if step.food_class is not None and (unread or cooler) and step.food_class != words.food_class:
        yield "food_class"
    elif step.kind is not None and unread and step.kind != words.kind:
        yield "kind"
    if step.storage == "ambient" and words.state != "stable" and not _RISES.search(step.text):
        yield "storage"


def _wanted(field: str, words: Handling) -> str:
    """What the words tell in place of a field."""
    return {"food_class": words.food_class, "kind": words.kind}.get(field) or words.waits or "hot or cold"


def _finding(where: str, name: str, said: str, told: str) -> Finding:
    """Advice: a chef may know that it keeps; of raw animal food it is a warning."""
    return Finding(
        severity="advice",
        rule="kitchen.field_contradicts",
        where=where,
        message=f"{name}: {where.rpartition('.')[2]} says {said}, and the words say {told}; the field stands",
        value=said,
        limit=told,
        fix=f"leave the field out if the words are right (then {told} holds)",
    )
