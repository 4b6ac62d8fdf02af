"""Drafted recipes, marked wherever their dish is printed: the mark is part of the name until a person confirms it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from catering_cli.domain.value import Value

if TYPE_CHECKING:
    from catering_cli.domain.plan import CateringPlan

MARK = " (draft)"
"""After the name of a dish."""
_NAMING = ("packing", "safety", "service", "texts")
"""Parts of a plan that name dishes in their words."""


def marked(plan: CateringPlan) -> CateringPlan:
    """The plan as it is printed: each dish that is made by an unconfirmed draft has the mark after its name."""
    drafts = {dish.id: dish.name for dish in plan.menu if dish.is_draft and not dish.name.endswith(MARK)}
    if not drafts:
        return plan
    longest_first = sorted(drafts.values(), key=len, reverse=True)
    names = re.compile(rf"\b({'|'.join(map(re.escape, longest_first))})\b(?!{re.escape(MARK)})")
    menu = tuple(
        dish.model_copy(update={"name": f"{dish.name}{MARK}"}) if dish.id in drafts else dish for dish in plan.menu
    )
    blocks = tuple(block.model_copy(update={"label": _with_mark(block.label, names)}) for block in plan.timeline.blocks)
    changes = {name: _with_mark(getattr(plan, name), names) for name in _NAMING}
    timeline = plan.timeline.model_copy(update={"blocks": blocks})
    return plan.model_copy(update={"menu": menu, "timeline": timeline, **changes})


def _with_mark(value: Any, names: re.Pattern[str]) -> Any:
    """A text, or whatever holds texts, with the mark after each of the names."""
    if isinstance(value, str):
        return names.sub(rf"\1{MARK}", value)
    if isinstance(value, tuple):
        return tuple(_with_mark(part, names) for part in value)
    if isinstance(value, Value):
        parts = {name: _with_mark(getattr(value, name), names) for name in type(value).model_fields}
        return value.model_copy(update=parts)
    return value
