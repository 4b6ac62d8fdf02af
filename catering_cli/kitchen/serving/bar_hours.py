"""A bar whose name says for how many hours it is open: its drinks are for the hours of its service."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from catering_cli.domain.finding import Finding
from catering_cli.domain.order import Order
from catering_cli.kitchen.menu.clock import Clock
from catering_cli.kitchen.menu.dishes import MenuDish
from catering_cli.kitchen.menu.services import meals

_NUMBERS: Final = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
SAID: Final = re.compile(
    rf"[\s,(–-]*\b(\d+(?:\.\d+)?|{'|'.join(_NUMBERS)})[\s-]?(?:hours?|hrs?|h)\b[)\s]*", re.IGNORECASE
)
"""Hours in the name of a bar: "Open bar (4 hours)", "four-hour open bar"."""
_SAME: Final = 15
"""Minutes by which a bar may be open shorter or longer than its service. [K]"""


def reports(order: Order, items: Sequence[MenuDish]) -> Iterator[Finding]:
    """An open question for each bar that is open longer or shorter than its service lasts."""
    lasting = {meal.service: meal.until - meal.at for meal in meals(order, Clock.of(order))}
    asked: set[str] = set()
    for item in items:
        bar = item.name.partition(": ")[0]
        hours = SAID.search(bar) if item.course == "drink" and bar not in asked else None
        minutes = lasting.get(item.service) or max(lasting.values())
        if hours is None or abs(_minutes(hours[1]) - minutes) <= _SAME:
            continue
        asked.add(bar)
        yield Finding(
            severity="open",
            rule="kitchen.bar_hours",
            where=item.where,
            message=f"{bar}: its service lasts {_told(minutes)}, and its drinks are for that",
            value=hours[0].strip(" ,()–-"),
            limit=_told(minutes),
            fix="say until when it is served (until of order.services, or order.event.ends_at), or give the bar a "
            "service of its own",
        )


def _minutes(number: str) -> int:
    return int(60 * Fraction(_NUMBERS.get(number.casefold(), number)))


def _told(minutes: int) -> str:
    hours, left = divmod(minutes, 60)
    return " ".join([*([f"{hours} h"] if hours else []), *([f"{left} min"] if left else [])])
