"""Amounts, times and money as people read them; here alone is rounded for display."""

from __future__ import annotations

import re
from datetime import date, datetime, tzinfo
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

    from catering_cli.domain.order import Order
    from catering_cli.domain.plan import CateringPlan
    from catering_cli.domain.quantity import Quantity
    from catering_cli.domain.shopping import ShoppingLine

_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What steers a terminal or turns the direction of text: nobody can see it, so it may not act."""

TAP = "tap"
"""Department of what is listed and not bought."""

SIGNS = {"USD": "$", "EUR": "€", "GBP": "£"}


def seen(text: str) -> str:
    """`text` with a mark where it holds what cannot be seen, such as the escape of a terminal."""
    return _UNSEEN.sub("\ufffd", text)


def plainly(quantity: Quantity) -> str:
    """A quantity as digits and unit, to three significant figures."""
    low, high = number(quantity.low), number(quantity.high)
    text = f"{low}-{high}" if quantity.is_range else low
    return f"{text} {quantity.unit}".strip()


def number(value: Fraction) -> str:
    """A number for reading: whole, or to three significant figures."""
    if value.denominator == 1:
        return f"{value.numerator:,}"
    size = float(value)
    return f"{size:,.0f}" if abs(size) >= 1_000 else f"{size:.3g}"  # noqa: PLR2004  # three figures


def department(line: ShoppingLine) -> str:
    """Where a food is to be had; tap water is nobody's to deliver."""
    return "from the tap" if line.department == TAP else line.department


def money(value: Decimal | None, currency: str = "USD") -> str:
    """Money in cents; a dash where nothing is known."""
    if value is None:
        return "-"
    sign = SIGNS.get(currency)
    return f"{sign}{value:,.2f}" if sign else f"{value:,.2f} {currency}"


def zone(order: Order) -> tzinfo | None:
    """The time zone that the event lives in: its IANA zone, else the offset of its service."""
    from zoneinfo import ZoneInfo

    name = order.event.timezone
    return ZoneInfo(name) if name else order.event.service_at.tzinfo


def clock(moment: datetime, order: Order) -> str:
    """Say a time: 14:30."""
    return f"{moment.astimezone(zone(order)):%H:%M}"


def day(moment: datetime, order: Order) -> str:
    """Say a day: Sat 17 Apr."""
    return calendar_day(moment.astimezone(zone(order)).date())


def calendar_day(value: date) -> str:
    """Sat 17 Apr; the names are English in every locale."""
    weekday = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[value.weekday()]
    month = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")[value.month - 1]
    return f"{weekday} {value.day} {month}"


def stamp(moment: datetime, order: Order) -> str:
    """Say a moment: Sat 17 Apr 14:30."""
    return f"{day(moment, order)} {clock(moment, order)}"


def span(minutes: int) -> str:
    """Say a duration: 5 h 20 min."""
    hours, rest = divmod(minutes, 60)
    return " ".join(
        part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest or not hours else "") if part
    )


def dishes(plan: CateringPlan) -> dict[str, str]:
    """Dish id -> name."""
    return {dish.id: dish.name for dish in plan.menu}


def counted(count: int, one: str, many: str = "") -> str:
    """Say a count: 1 dish, 3 dishes."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def chosen(some: tuple[str, ...], ids: tuple[str, ...]) -> str:
    """Some of the dishes, in the shorter way to say it."""
    others = [dish for dish in ids if dish not in some]
    if not some:
        return "nothing on this menu"
    if not others:
        return "everything"
    return f"all but {' '.join(others)}" if len(others) < len(some) else " ".join(some)
