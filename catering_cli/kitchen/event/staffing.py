"""Who is called in, from when to when, by which rule, for how much."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from catering_cli.domain.basis import Basis
from catering_cli.domain.finding import Finding
from catering_cli.domain.money import cents
from catering_cli.domain.order import Order
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.domain.plan_parts.people import StaffLine, StaffShift
from catering_cli.domain.plan_parts.timeline import Timeline
from catering_cli.kitchen.event.rota import Span, fronts, paid_minutes, people, rota, tasks_by_role
from catering_cli.kitchen.menu.decisions import DecisionIndex
from catering_cli.kitchen.menu.prices import hourly
from catering_cli.kitchen.menu.staff_calls import StaffCall, StaffRules
from catering_cli.scheduling.shifts import at_services, most_at_once


def staff(
    order: Order,
    dishes: Sequence[Dish],
    timeline: Timeline,
    decisions: DecisionIndex,
) -> tuple[StaffLine, ...]:
    """One line a role: what the schedule needs, or a ratio by guests if that is more, or what was decided.

    A count is never cut to the people available: the shortfall shows, and the checks name it.
    """
    worked = tasks_by_role(timeline.blocks)
    rules = StaffRules.of(order, dishes, decisions)
    services = fronts(order, timeline)
    until = max([timeline.last_end or services[-1].end, *(service.end for service in services)])
    calls = rules.calls({role: most_at_once(spans) for role, spans in worked.items()})
    lines = []
    for role, call in sorted(calls.items()):
        spans = at_services(worked.get(role, []), call.people, services)
        lines.append(_line(order, role, call, rota(role, spans, until), services))
    return tuple(lines)


def called_in(timeline: Timeline) -> Iterator[Finding]:
    """People without whom the rest of a day that went wrong does not work: someone has to find them."""
    told = timeline.replanned
    if told and told.call_in:
        yield Finding(
            severity="open",
            rule="kitchen.call_in",
            where="plan.timeline.replanned.call_in",
            message=f"people are to be called in: {'; '.join(told.call_in)}",
            value="; ".join(told.happened),
            fix="find them, or let someone else of the crew who is trained for it do their work",
        )


def _line(
    order: Order,
    role: str,
    call: StaffCall,
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


def _by_shifts(call: StaffCall, people: int) -> StaffCall:
    """More people than work at once, if the day is longer than one person's shift; what was decided stands."""
    if people <= call.people or call.basis.rule == "staff.decided":
        return call
    inputs = {"people": str(people), "peak": str(call.people)}
    return StaffCall(people, Basis(rule="staff.shifts", inputs=inputs), call.by)


def _available(order: Order, role: str) -> int | None:
    """How many of a role the order has; None if it does not say."""
    if order.staff is None:
        return None
    return sum(row.available for row in order.staff if row.role == role)
