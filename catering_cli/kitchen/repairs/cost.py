"""What a repair adds to the bill: hours of people at their rate, what is rented at the supply's price."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from catering_cli.domain.money import cents
from catering_cli.domain.order import Order
from catering_cli.kitchen.menu.prices import price_by_item
from catering_cli.kitchen.repairs.conflict_text import resource_name
from catering_cli.scheduling import excess, relaxation
from catering_cli.scheduling.intervals import assign
from catering_cli.scheduling.problem import Problem, Resource, Spans
from catering_cli.scheduling.relaxation import Relief


def cost_of(order: Order, problem: Problem, way: Relief) -> Decimal | None:
    """What a way adds: hours of people at their rate, what is rented at the supply's price; None: not known."""
    total = Fraction(0)
    for part in _parts(order, problem, way):
        if part is None:
            return None
        total += part
    return cents(total)


def _parts(order: Order, problem: Problem, way: Relief) -> Iterator[Fraction | None]:
    """What each change of a way adds; None if a price is not known."""
    for resource, count in sorted(way.extra.items()):
        yield _added(order, problem, way, resource, count)
    if way.earlier:
        for resource, minutes in early(problem, way).items():
            yield _paid(order, resource, minutes)


def _added(
    order: Order,
    problem: Problem,
    way: Relief,
    resource: Resource,
    count: int,
) -> Fraction | None:
    if resource.kind == "staff":
        windows = excess.over(problem, way.found, resource)
        minutes = [(window.end - window.start) * window.more for window in windows]
        return _paid(order, resource, sum(minutes))
    each = price_by_item(order).get(resource_name(resource).casefold())
    return None if each is None else Fraction(each) * count


def _paid(order: Order, resource: Resource, minutes: int) -> Fraction | None:
    """So many minutes of one person at the rate of the role, else the budget's; None: not known."""
    rates = [row.rate for row in order.staff or () if row.role == resource.name]
    rate = next((rate for rate in rates if rate), None)
    if rate is None and order.budget:
        rate = order.budget.labor_per_hour
    return None if rate is None else Fraction(rate) * minutes / 60


def _is_open(spans: Spans, minute: int) -> bool:
    return any(low <= minute < high for low, high in spans)


def early(problem: Problem, way: Relief) -> dict[Resource, int]:
    """Minutes by role that people are there before the kitchen would have opened: from when each begins until then."""
    spans = next(iter(problem.openings.values()))
    opens = relaxation.day_opens(spans)
    tasks: dict[Resource, list[tuple[int, int]]] = defaultdict(list)
    for job in problem.jobs:
        at = way.found.placement[job.id]
        begin = max(at, opens - way.earlier)
        if begin >= opens or _is_open(spans, begin):
            continue
        for need, taken in zip(job.needs, way.found.taken[job.id], strict=True):
            end = at + need.minutes
            if end > begin and taken.kind == "staff":
                tasks[taken] += [(begin, end)] * need.count
    minutes = {}
    for role, rows in sorted(tasks.items()):
        begins = [person[0][0] for person in assign(rows)]
        minutes[role] = sum(opens - begin for begin in begins)
    return minutes
