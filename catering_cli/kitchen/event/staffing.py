"""Who is called in, from when to when, by which rule, for how much."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from catering_cli.data.conditions import applies
from catering_cli.data.tables import rows
from catering_cli.domain.basis import Basis
from catering_cli.domain.decision import Decided, Staffing
from catering_cli.domain.menu import Dish
from catering_cli.domain.money import cents
from catering_cli.domain.order import Order
from catering_cli.domain.people import StaffLine, StaffShift
from catering_cli.domain.plan import Headcount
from catering_cli.domain.timeline import Timeline
from catering_cli.kitchen.event.rota import (
    Span,
    at_services,
    fronts,
    most_at_once,
    paid_minutes,
    people,
    rota,
    tasks_by_role,
)
from catering_cli.kitchen.foods.table import table
from catering_cli.kitchen.menu.decisions import DecisionIndex
from catering_cli.kitchen.menu.prices import hourly


class CalledIn(NamedTuple):
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
    worked = tasks_by_role(timeline.blocks)
    services = fronts(order, timeline)
    until = max([timeline.last_end or services[-1].end, *(service.end for service in services)])
    calls = _calls(order, headcount, dishes, worked)
    lines = []
    for role, call in sorted(calls.items()):
        settled = _decided(call, decisions.who(Staffing, role))
        spans = worked.get(role, [])
        if settled.people > most_at_once(spans):
            spans = at_services(spans, settled.people, services)
        lines.append(_line(order, role, settled, rota(role, spans, until), services))
    return tuple(lines)


def _calls(
    order: Order,
    headcount: Headcount,
    dishes: Sequence[Dish],
    worked: Mapping[str, Sequence[Span]],
) -> dict[str, CalledIn]:
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


def _peak(count: int) -> CalledIn:
    return CalledIn(count, Basis(rule="staff.peak", inputs={"peak": str(count)}))


def _by_row(row: Mapping[str, str], guests: int, called: int) -> CalledIn:
    """What a row of the ratios asks: one for each so many guests, or one in all."""
    each = int(row["guests"])
    if not each:
        inputs = {"ratio": row["text"], "staff": str(called)}
        return CalledIn(
            1,
            Basis(
                rule="staff.captain",
                inputs=inputs,
                source=row["source"],
            ),
        )
    inputs = {"ratio": row["text"], "guests_each": str(each), "guests": str(guests)}
    return CalledIn(
        -(-guests // each),
        Basis(
            rule="staff.per_guests",
            inputs=inputs,
            source=row["source"],
        ),
    )


def _decided(call: CalledIn, decided: Decided | None) -> CalledIn:
    """The count that was wished for, if one was and it is more than the work needs."""
    if decided is None or not isinstance(decided.decision, Staffing) or decided.decision.count <= call.people:
        return call
    count = decided.decision.count
    basis = Basis(
        rule="staff.decided",
        inputs={"count": str(count)},
        source=call.basis.source,
    )
    return CalledIn(count, basis, decided.by)


def _alcoholic(dish: Dish) -> bool:
    foods = [table()[line.food] for line in dish.lines if line.food]
    return any(food.alcohol for food in foods)


def _line(
    order: Order,
    role: str,
    call: CalledIn,
    shifts: tuple[StaffShift, ...],
    services: Sequence[Span],
) -> StaffLine:
    """The line of a role: as many people as its shifts take, for as long as they are on duty."""
    call = _by_shifts(call, people(shifts))
    hours = Fraction(paid_minutes(shifts), 60)
    rate = hourly(order, role)
    return StaffLine(
        role=role,
        count=call.people,
        available=_available(order, role),
        start=min((shift.start for shift in shifts), default=services[0].start),
        end=max((shift.end for shift in shifts), default=services[-1].end),
        hours=str(hours),
        rate=rate,
        cost=None if rate is None else cents(hours * Fraction(rate)),
        basis=call.basis.sentence(),
        source=call.basis.source,
        derivation=call.basis,
        by=call.by,
        shifts=shifts,
    )


def _by_shifts(call: CalledIn, people: int) -> CalledIn:
    """More people than work at once, if the day is longer than one person's shift; what was decided stands."""
    if people <= call.people or call.basis.rule == "staff.decided":
        return call
    inputs = {"people": str(people), "peak": str(call.people)}
    return CalledIn(people, Basis(rule="staff.shifts", inputs=inputs), call.by)


def _available(order: Order, role: str) -> int | None:
    """How many of a role the order has; None if it does not say."""
    if order.staff is None:
        return None
    return sum(row.available for row in order.staff if row.role == role)
