"""What follows from the measurements: a number for each step, dish and role, with n and spread.

Minutes of a step: the median of what a batch took. Overage of a dish: what would have been enough at the event that
needed most, so that a weak event starves no later one; until three events are counted it is never less than was
planned. Hours of a role: the median, in percent of what was planned.
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from math import ceil
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from catering_cli.intake.house.observed import Observed

ENOUGH = 3
"""Events from which on less may be made than was planned; [K]."""
MOST_OVER = 50
"""Percent: no plan takes more."""
MOST = {"minutes": 2_880, "overage": MOST_OVER, "hours": 1_000}
"""The most that a number of each kind can be: minutes of a step, percent over the need, percent of the plan."""


class Number(NamedTuple):
    """A number that a house has learnt."""

    what: str
    about: str
    step: str
    text: str
    value: int
    unit: str
    n: int
    low: int
    high: int
    last: str


def learnt(rows: Iterable[Observed]) -> tuple[Number, ...]:
    """All numbers that the measurements give, in the order in which they were first measured."""
    alike: dict[tuple[str, str, str, str], list[Observed]] = defaultdict(list)
    for row in rows:
        alike[row.what, row.about, row.step, row.text].append(row)
    numbers: list[Number] = []
    for group in alike.values():
        numbers += KINDS[group[0].what](group)
    return tuple(numbers)


def _minutes(rows: Sequence[Observed]) -> Iterator[Number]:
    taken = [min(MOST["minutes"], max(1, round(row.base * row.actual / row.planned))) for row in rows if row.planned]
    if taken:
        yield _number(rows, "minutes", round(median(taken)), "min", taken)


def _hours(rows: Sequence[Observed]) -> Iterator[Number]:
    shares = [min(MOST["hours"], round(100 * row.actual / row.planned)) for row in rows if row.planned]
    if shares:
        yield _number(rows, "hours", round(median(shares)), "% of planned", shares)


def _is_counted(row: Observed) -> bool:
    """Whether it is known of a dish how much was needed, made and left."""
    return bool(row.left and row.base and row.actual)


def _overage(rows: Sequence[Observed]) -> Iterator[Number]:
    counted = [row for row in rows if _is_counted(row)]
    if not counted:
        return
    due = [_enough(row) for row in counted]
    value = max(due)
    if len(counted) < ENOUGH:
        value = max(value, *(row.over for row in counted))
    yield _number(counted, "overage", value, "% over the need", due)


def _enough(row: Observed) -> int:
    """Overage in percent that would have fed that event, with what the recipe really gave."""
    eaten = max(row.actual - Fraction(row.left), Fraction(0))
    due = eaten / row.base * row.planned / row.actual
    return min(MOST_OVER, max(0, ceil(100 * due) - 100))


def _number(rows: Sequence[Observed], what: str, value: int, unit: str, spread: Sequence[int]) -> Number:
    first, last = rows[0], max(row.day for row in rows)
    n = len(spread)
    return Number(what, first.about, first.step, first.text, value, unit, n, min(spread), max(spread), last)


KINDS = {"minutes": _minutes, "portions": _overage, "hours": _hours}
