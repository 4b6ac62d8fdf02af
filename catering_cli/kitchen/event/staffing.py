"""Who is called in, from when to when, by which rule, for how much."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from catering_cli.data.tables import rows
from catering_cli.domain.basis import Basis
from catering_cli.domain.decision import Decided, Staffing
from catering_cli.domain.menu import Dish
from catering_cli.domain.money import cents
from catering_cli.domain.order import Order
from catering_cli.domain.people import StaffLine
from catering_cli.domain.plan import Headcount
from catering_cli.domain.timeline import Timeline
from catering_cli.kitchen.event.condition import holds
from catering_cli.kitchen.event.shifts import Shift, most_at_once, shifts
from catering_cli.kitchen.foods.table import table
from catering_cli.kitchen.menu.decisions import Judged

FRONT = ("set_up", "serve", "strike")


class Called(NamedTuple):
    """How many of a role are called in, by which rule, and who decided."""

    people: int
    basis: Basis
    by: str = "kitchen"


def staff(
    order: Order, headcount: Headcount, dishes: Sequence[Dish], timeline: Timeline, judged: Judged
) -> tuple[StaffLine, ...]:
    """One line a role: what the schedule needs, or a ratio by guests if that is more, or what was decided.

    A count is never cut to the people available: the shortfall shows, and the checks name it.
    """
    worked = shifts(timeline.blocks)
    calls = {role: _peak(most_at_once(found)) for role, found in worked.items()}
    alcohol = any(dish.course == "drink" and _alcoholic(dish) for dish in dishes)
    for row in rows("staff_ratios"):
        called = sum(call.people for call in calls.values())
        fits = row["style"] in ("*", order.event.style)
        if fits and holds(row["applies"], order, {"alcohol": alcohol, "staff_called": called}):
            call = _by_row(row, headcount.set_for, called)
            calls[row["role"]] = max(calls.get(row["role"], call), call, key=lambda one: one.people)
    lines = []
    for role, call in sorted(calls.items()):
        settled = _decided(call, judged.who(Staffing, role))
        lines.append(_line(order, role, settled, worked.get(role, ()), timeline))
    return tuple(lines)


def _peak(count: int) -> Called:
    return Called(count, Basis(rule="staff.peak", inputs={"peak": str(count)}))


def _by_row(row: Mapping[str, str], guests: int, called: int) -> Called:
    """What a row of the ratios asks: one for each so many guests, or one in all."""
    each = int(row["guests"])
    if not each:
        inputs = {"ratio": row["text"], "staff": str(called)}
        return Called(1, Basis(rule="staff.captain", inputs=inputs, source=row["source"]))
    inputs = {"ratio": row["text"], "guests_each": str(each), "guests": str(guests)}
    return Called(-(-guests // each), Basis(rule="staff.per_guests", inputs=inputs, source=row["source"]))


def _decided(call: Called, decided: Decided | None) -> Called:
    """The count that was decided, if one was."""
    if decided is None or not isinstance(decided.decision, Staffing):
        return call
    count = decided.decision.count
    basis = Basis(rule="staff.decided", inputs={"count": str(count)}, source=call.basis.source)
    return Called(count, basis, decided.by)


def _alcoholic(dish: Dish) -> bool:
    foods = [table()[line.food] for line in dish.lines if line.food]
    return any(food.alcohol for food in foods)


def _line(order: Order, role: str, call: Called, worked: Sequence[Shift], timeline: Timeline) -> StaffLine:
    start, end = _span(order, worked, timeline)
    minutes = sum(shift.minutes for shift in worked)
    beyond = max(call.people - most_at_once(worked), 0)
    front = _front(order, timeline)
    minutes += beyond * int((front[1] - front[0]).total_seconds() // 60)
    if beyond:
        start, end = min(start, front[0]), max(end, front[1])
    hours = Fraction(minutes, 60)
    rate = _rate(order, role)
    return StaffLine(
        role=role,
        count=call.people,
        available=_available(order, role),
        start=start,
        end=end,
        hours=str(hours),
        rate=rate,
        cost=cents(hours * Fraction(rate)) if rate is not None else None,
        basis=call.basis.sentence(),
        source=call.basis.source,
        derivation=call.basis,
        by=call.by,
    )


def _span(order: Order, worked: Sequence[Shift], timeline: Timeline) -> tuple[datetime, datetime]:
    if not worked:
        return _front(order, timeline)
    return min(shift.start for shift in worked), max(shift.end for shift in worked)


def _front(order: Order, timeline: Timeline) -> tuple[datetime, datetime]:
    """From the start of set-up to the end of strike on the day; the service itself where there are no such blocks."""
    blocks = [block for block in timeline.blocks if block.kind in FRONT]
    if not blocks:
        ends = order.event.ends_at or order.event.service_at + timedelta(hours=2)
        return order.event.service_at, ends
    return min(block.start for block in blocks), max(block.end for block in blocks)


def _available(order: Order, role: str) -> int | None:
    if order.staff is None:
        return None
    return sum(row.available for row in order.staff if row.role == role)


def _rate(order: Order, role: str) -> Decimal | None:
    found = next((row.rate for row in order.staff or () if row.role == role and row.rate is not None), None)
    return found if found is not None else order.budget.labor_per_hour if order.budget else None
