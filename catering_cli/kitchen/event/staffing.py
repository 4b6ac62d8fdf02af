"""Who is called in, from when to when, by which rule, for how much."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from catering_cli.data.conditions import applies
from catering_cli.data.tables import rows
from catering_cli.domain.basis import Basis
from catering_cli.domain.decision import Decided, Staffing
from catering_cli.domain.menu import Dish
from catering_cli.domain.money import cents
from catering_cli.domain.order import Order
from catering_cli.domain.people import StaffLine
from catering_cli.domain.plan import Headcount
from catering_cli.domain.timeline import Block, Timeline
from catering_cli.kitchen.foods.table import table
from catering_cli.kitchen.menu.decisions import DecisionIndex
from catering_cli.scheduling.intervals import assign

FRONT = ("set_up", "serve", "strike")
USUAL_SERVICE = timedelta(hours=2)
"""Length of a service that neither the order ends nor the timeline has; [K]."""


class Shift(NamedTuple):
    """One person of a role on one day, from the first to the last minute of work."""

    role: str
    start: datetime
    end: datetime

    @property
    def minutes(self) -> int:
        """Paid minutes: gaps between tasks are paid."""
        return _minutes(self.start, self.end)


class Called(NamedTuple):
    """How many of a role are called in, by which rule, and who decided."""

    people: int
    basis: Basis
    by: str = "kitchen"


def staff(
    order: Order,
    headcount: Headcount,
    dishes: Sequence[Dish],
    timeline: Timeline,
    decisions: DecisionIndex,
) -> tuple[StaffLine, ...]:
    """One line a role: what the schedule needs, or a ratio by guests if that is more, or what was decided.

    A count is never cut to the people available: the shortfall shows, and the checks name it.
    """
    worked = shifts(timeline.blocks)
    calls = _calls(order, headcount, dishes, worked)
    front = _front(order, timeline)
    lines = []
    for role, call in sorted(calls.items()):
        settled = _decided(call, decisions.who(Staffing, role))
        lines.append(_line(order, role, settled, worked.get(role, ()), front))
    return tuple(lines)


def shifts(blocks: Iterable[Block]) -> Mapping[str, tuple[Shift, ...]]:
    """Shifts by role, with as few people as the work of each day allows (interval colouring)."""
    work: dict[tuple[str, date], list[tuple[datetime, datetime]]] = defaultdict(list)
    for block in blocks:
        for crew in block.crew:
            if crew.minutes:
                end = block.start + timedelta(minutes=crew.minutes)
                work[crew.role, block.start.date()] += [(block.start, end)] * crew.count
    found: dict[str, list[Shift]] = defaultdict(list)
    for (role, _), tasks in sorted(work.items()):
        found[role] += [Shift(role, person[0][0], person[-1][1]) for person in assign(tasks)]
    return {role: tuple(people) for role, people in found.items()}


def most_at_once(worked: Iterable[Shift]) -> int:
    """People of one role on the busiest day."""
    days = Counter(shift.start.date() for shift in worked)
    return max(days.values(), default=0)


def _calls(
    order: Order,
    headcount: Headcount,
    dishes: Sequence[Dish],
    worked: Mapping[str, Sequence[Shift]],
) -> dict[str, Called]:
    """By role the larger of the peak of the schedule and each row of the ratios that applies."""
    calls = {role: _peak(most_at_once(found)) for role, found in worked.items()}
    alcohol = any(dish.course == "drink" and _alcoholic(dish) for dish in dishes)
    for row in rows("staff_ratios"):
        called = sum(call.people for call in calls.values())
        facts = {"alcohol": alcohol, "staff_called": called}
        if row["style"] in ("*", order.event.style) and applies(row["applies"], order, facts):
            call = _by_row(row, headcount.set_for, called)
            calls[row["role"]] = max(calls.get(row["role"], call), call, key=lambda one: one.people)
    return calls


def _peak(count: int) -> Called:
    return Called(count, Basis(rule="staff.peak", inputs={"peak": str(count)}))


def _by_row(row: Mapping[str, str], guests: int, called: int) -> Called:
    """What a row of the ratios asks: one for each so many guests, or one in all."""
    each = int(row["guests"])
    if not each:
        inputs = {"ratio": row["text"], "staff": str(called)}
        return Called(
            1,
            Basis(
                rule="staff.captain",
                inputs=inputs,
                source=row["source"],
            ),
        )
    inputs = {"ratio": row["text"], "guests_each": str(each), "guests": str(guests)}
    return Called(
        -(-guests // each),
        Basis(
            rule="staff.per_guests",
            inputs=inputs,
            source=row["source"],
        ),
    )


def _decided(call: Called, decided: Decided | None) -> Called:
    """The count that was decided, if one was."""
    if decided is None or not isinstance(decided.decision, Staffing):
        return call
    count = decided.decision.count
    basis = Basis(
        rule="staff.decided",
        inputs={"count": str(count)},
        source=call.basis.source,
    )
    return Called(count, basis, decided.by)


def _alcoholic(dish: Dish) -> bool:
    foods = [table()[line.food] for line in dish.lines if line.food]
    return any(food.alcohol for food in foods)


def _line(
    order: Order,
    role: str,
    call: Called,
    worked: Sequence[Shift],
    front: tuple[datetime, datetime],
) -> StaffLine:
    """The line of a role; people beyond those that the schedule needs are there for the front of house."""
    starts = [shift.start for shift in worked]
    ends = [shift.end for shift in worked]
    beyond = max(call.people - most_at_once(worked), 0)
    if beyond or not worked:
        starts.append(front[0])
        ends.append(front[1])
    minutes = sum(shift.minutes for shift in worked) + beyond * _minutes(*front)
    hours = Fraction(minutes, 60)
    rate = _rate(order, role)
    return StaffLine(
        role=role,
        count=call.people,
        available=_available(order, role),
        start=min(starts),
        end=max(ends),
        hours=str(hours),
        rate=rate,
        cost=None if rate is None else cents(hours * Fraction(rate)),
        basis=call.basis.sentence(),
        source=call.basis.source,
        derivation=call.basis,
        by=call.by,
    )


def _minutes(start: datetime, end: datetime) -> int:
    return int((end - start).total_seconds() // 60)


def _front(order: Order, timeline: Timeline) -> tuple[datetime, datetime]:
    """From the start of set-up to the end of strike; the service itself if the timeline has neither."""
    blocks = [block for block in timeline.blocks if block.kind in FRONT]
    if blocks:
        return min(block.start for block in blocks), max(block.end for block in blocks)
    event = order.event
    return event.service_at, event.ends_at or event.service_at + USUAL_SERVICE


def _available(order: Order, role: str) -> int | None:
    """How many of a role the order has; None if it does not say."""
    if order.staff is None:
        return None
    return sum(row.available for row in order.staff if row.role == role)


def _rate(order: Order, role: str) -> Decimal | None:
    """Pay for an hour: the role's own, else the budget's."""
    rates = [row.rate for row in order.staff or () if row.role == role and row.rate is not None]
    if rates:
        return rates[0]
    return order.budget.labor_per_hour if order.budget else None
