"""Drafts and stand-ins, marked wherever their dish is printed: the mark is part of the name until a person confirms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from catering_cli.domain.value import Value

if TYPE_CHECKING:
    from catering_cli.domain.plan import CateringPlan
    from catering_cli.domain.plan_parts.menu import Dish

MARK = " (draft)"
"""After the name of a dish."""
STAND_IN_MARK = " (stand-in)"
"""The same, of a dish that no recipe has: it is made as simple dishes of its kind are."""
_NAMING = ("packing", "safety", "service", "texts")
"""Parts of a plan that name dishes in their words."""


def marked(plan: CateringPlan) -> CateringPlan:
    """The plan as it is printed: a dish made by an unconfirmed draft or stand-in has the mark after its name."""
    marks = {}
    for dish in plan.menu:
        mark = _mark(dish)
        if mark and not dish.name.endswith(mark):
            marks[dish.name] = mark
    if not marks:
        return plan
    longest_first = sorted(marks, key=len, reverse=True)
    any_mark = "|".join(map(re.escape, (MARK, STAND_IN_MARK)))
    names = re.compile(rf"\b({'|'.join(map(re.escape, longest_first))})\b(?!{any_mark})")

    def with_mark(value: Any) -> Any:
        return _with_marks(value, names, marks)

    menu = tuple(dish.model_copy(update={"name": dish.name + marks.get(dish.name, "")}) for dish in plan.menu)
    blocks = tuple(block.model_copy(update={"label": with_mark(block.label)}) for block in plan.timeline.blocks)
    changes = {name: with_mark(getattr(plan, name)) for name in _NAMING}
    timeline = plan.timeline.model_copy(update={"blocks": blocks})
    return plan.model_copy(update={"menu": menu, "timeline": timeline, **changes})


def _mark(dish: Dish) -> str:
    """What stands after the name of a dish; empty if a person stands for its recipe."""
    if dish.is_draft:
        return MARK
    return STAND_IN_MARK if dish.recipe and dish.recipe.is_of_family else ""


def _with_marks(value: Any, names: re.Pattern[str], marks: Mapping[str, str]) -> Any:
    """A text, or whatever holds texts, with its mark after each of the names."""
    if isinstance(value, str):
        return names.sub(lambda found: found[0] + marks[found[0]], value)
    if isinstance(value, tuple):
        return tuple(_with_marks(part, names, marks) for part in value)
    if isinstance(value, Value):
        changed = {name: _with_marks(getattr(value, name), names, marks) for name in type(value).model_fields}
        return value.model_copy(update=changed)
    return value
