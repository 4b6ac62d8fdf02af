"""The same people for all events: shifts over the work of the week, and what each event bears of their pay.

Borne by the hours that each would pay alone, so that none pays more than it would alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import chain
from typing import NamedTuple

from catering_cli.domain.money import cents
from catering_cli.domain.plan import CateringPlan
from catering_cli.domain.plan_parts.people import StaffLine
from catering_cli.domain.week import EventPart, PayLine
from catering_cli.kitchen.event.rota import (
    Span,
    fronts,
    paid_minutes,
    people,
    rota,
    tasks_by_role,
)
from catering_cli.kitchen.week.shares import shared
from catering_cli.scheduling.shifts import at_services


class _Work(NamedTuple):
    """What the people of a role do at one event."""

    event: str
    line: StaffLine
    spans: list[Span]


def pay(plans: Mapping[str, CateringPlan]) -> tuple[PayLine, ...]:
    """One line for each role and rate."""
    by_role: dict[tuple[str, Decimal | None], list[_Work]] = {}
    for event, plan in plans.items():
        for work in _works(event, plan):
            by_role.setdefault((work.line.role, work.line.rate), []).append(work)
    return tuple(_line(by_role[key]) for key in sorted(by_role, key=str))


def _works(event: str, plan: CateringPlan) -> Iterator[_Work]:
    worked = tasks_by_role(plan.timeline.blocks)
    services = fronts(plan.order, plan.timeline)
    for line in plan.staffing:
        spans = at_services(worked.get(line.role, []), line.count, services)
        yield _Work(event, line, spans)


def _alone(works: list[_Work]) -> Decimal | None:
    """What the events would pay each by itself; None if no cost is known."""
    costs = [work.line.cost for work in works if work.line.cost is not None]
    return sum(costs, Decimal(0)) if costs else None


def _line(works: list[_Work]) -> PayLine:
    """The shifts of a role over all its events; never dearer than each event by itself, or they stay apart."""
    first = works[0].line
    spans = list(chain.from_iterable(work.spans for work in works))
    until = max((span.end for span in spans), default=first.end)
    shifts = rota(first.role, spans, until)
    together = Fraction(paid_minutes(shifts), 60)
    apart = sum((Fraction(work.line.hours) for work in works), Fraction(0))
    hours = min(together, apart)
    cost = None if first.rate is None else cents(hours * Fraction(first.rate))
    weights = {work.event: Fraction(work.line.hours) for work in works}
    parts = shared(cost, weights) if cost is not None else {}
    return PayLine(
        role=first.role,
        people=people(shifts) if together <= apart else max(work.line.count for work in works),
        hours=str(hours),
        rate=first.rate,
        cost=cost,
        alone=_alone(works),
        events=tuple(EventPart(event=event, cost=parts.get(event)) for event in weights),
    )
