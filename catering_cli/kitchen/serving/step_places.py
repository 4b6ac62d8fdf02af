"""Where and when the words of a step put it: at the venue before the service, or while the service lasts."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from catering_cli.data.tables import rows
from catering_cli.domain.order import Order

Moment = Literal["before", "during", ""]
_PLACE = "{place}"
_IDLE = frozenset({"the", "and", "own", "room", "hall", "house", "kitchen", "base", "dining", "street", "long"})
"""Words of a venue's name that do not tell it from the kitchen, or from the name of a dish."""


def moment_of(order: Order, text: str) -> Moment:
    """What the words of a step say; empty: nothing."""
    names = _names(order)
    if _pattern("during", names).search(text):
        return "during"
    return "before" if _pattern("before", names).search(text) else ""


def _names(order: Order) -> tuple[str, ...]:
    """The venues by their names, and by each telling word of them."""
    full = [place.name or place.id for place in order.places if place.kind == "venue"]
    full += [place.id for place in order.places if place.kind == "venue"]
    full += [service.id for service in order.services]
    if order.event.venue:
        full.append(order.event.venue)
    words = [word for name in full for word in re.findall(r"[A-Za-z]{4,}", name) if word.casefold() not in _IDLE]
    return tuple(sorted({*full, *words}))


@cache
def _pattern(moment: str, names: tuple[str, ...]) -> re.Pattern[str]:
    phrases: list[str] = []
    for row in rows("step_places"):
        if row["moment"] == moment:
            phrases += _spelled(row["words"], names)
    return re.compile(rf"\b(?:{'|'.join(phrases)})\b", re.IGNORECASE)


def _spelled(words: str, names: tuple[str, ...]) -> list[str]:
    """A phrase as a pattern, with each name of a venue where it has one."""
    if _PLACE not in words:
        return [re.escape(words)]
    before, after = words.split(_PLACE)
    return [rf"{re.escape(before)}(?:the )?{re.escape(name)}{re.escape(after)}" for name in names]
