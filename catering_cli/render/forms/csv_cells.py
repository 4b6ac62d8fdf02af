"""The cells of a CSV file: plain numbers, an amount as number and unit, a time with its offset."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from catering_cli.render.clock import event_zone

if TYPE_CHECKING:
    from datetime import datetime

    from catering_cli.domain.plan import CateringPlan
    from catering_cli.domain.quantity import Amount

Cells = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class CsvList:
    """One CSV file: its name, the section of the plan that it holds, its columns, and what gives its rows."""

    file: str
    section: str
    columns: tuple[str, ...]
    rows: Callable[[CateringPlan], Iterator[Cells]]


def number(value: Fraction) -> str:
    """Six significant digits, no exponent."""
    if value.denominator == 1:
        return str(value.numerator)
    said = f"{float(value):.6g}"
    if "e+" in said:
        return f"{float(value):.0f}"
    return f"{float(value):.9f}".rstrip("0") if "e" in said else said


def measured(amount: Amount | None) -> tuple[str, str]:
    """Amount and unit; of a range both ends."""
    if amount is None:
        return "", ""
    low = number(amount.quantity.low)
    high = number(amount.quantity.high)
    said = f"{low} to {high}" if amount.quantity.is_range else low
    return said, amount.quantity.unit or "piece"


def time_text(moment: datetime | None, plan: CateringPlan) -> str:
    """A moment in the event's time zone; empty if there is none."""
    if moment:
        return moment.astimezone(event_zone(plan.order)).isoformat(timespec="minutes")
    return ""


def yes_no(value: object) -> str:
    """Whether something holds."""
    if value:
        return "yes"
    return "no"
