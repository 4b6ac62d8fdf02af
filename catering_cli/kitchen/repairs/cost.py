"""What a repair adds to the bill: hours of people at their rate, what is rented at the supply's price."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from catering_cli.domain.money import cents
from catering_cli.domain.order import Order
from catering_cli.kitchen.menu.prices import price_by_item
from catering_cli.kitchen.repairs.diagnosis import plain
from catering_cli.scheduling import relaxation
from catering_cli.scheduling.problem import Problem, Resource
from catering_cli.scheduling.relaxation import Relief


def cost_of(order: Order, problem: Problem, way: Relief) -> Decimal | None:
    """What a way adds: hours of people at their rate, what is rented at the supply's price; None: not known."""
    parts = [_added(order, problem, way, resource, count) for resource, count in sorted(way.extra.items())]
    for resource, minutes in early(problem, way).items() if way.earlier else ():
        parts.append(_paid(order, resource, minutes))
    total = Fraction(0)
    for part in parts:
        if part is None:
            return None
        total += part
    return cents(total)


def _added(order: Order, problem: Problem, way: Relief, resource: Resource, count: int) -> Fraction | None:
    if resource.kind == "staff":
        minutes = sum((end - start) * more for start, end, more in relaxation.over(problem, way.found, resource))
        return _paid(order, resource, minutes)
    prices = price_by_item(order)
    each = prices.get(plain(resource).casefold())
    return Fraction(each) * count if each is not None else None


def _paid(order: Order, resource: Resource, minutes: int) -> Fraction | None:
    """So many minutes of one person at the rate of the role, else the budget's; None: not known."""
    rate = next((row.rate for row in order.staff or () if row.role == resource.name and row.rate), None)
    rate = rate or (order.budget.labor_per_hour if order.budget else None)
    return Fraction(rate) * minutes / 60 if rate is not None else None


def early(problem: Problem, way: Relief) -> dict[Resource, int]:
    """Minutes by role that people are there before the kitchen would have opened: from when each begins until then."""
    spans = next(iter(problem.openings.values()))
    opens = relaxation.day_opens(spans)
    work: dict[Resource, list[tuple[int, int]]] = {}
    for job in problem.jobs:
        at = way.found.placement[job.id]
        begin = max(at, opens - way.earlier)
        shut = begin < opens and not any(low <= begin < high for low, high in spans)
        for need, taken in zip(job.needs, way.found.taken[job.id], strict=True):
            if shut and taken.kind == "staff" and at + need.minutes > begin:
                work.setdefault(taken, []).extend([(begin, at + need.minutes)] * need.count)
    return {resource: sum(opens - start for start in _first_starts(rows)) for resource, rows in sorted(work.items())}


def _first_starts(rows: Sequence[tuple[int, int]]) -> list[int]:
    """When each person begins, with as few of them as the work allows."""
    free: list[int] = []
    starts = []
    for start, end in sorted(rows):
        ready = next((n for n, busy in enumerate(free) if busy <= start), None)
        if ready is None:
            starts.append(start)
            free.append(end)
        else:
            free[ready] = end
    return starts
