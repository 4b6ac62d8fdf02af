"""Fewer people than the event's own work was planned with: those who are left do it, and it takes them longer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from catering_cli.domain.order import Order
from catering_cli.domain.order_parts.site import StaffRow
from catering_cli.domain.plan import CateringPlan
from catering_cli.domain.plan_parts.timeline import Block
from catering_cli.kitchen.day.resources import EVERYWHERE
from catering_cli.kitchen.repairs.conflict_text import in_words, several
from catering_cli.kitchen.replan.mishap import Mishap
from catering_cli.scheduling.problem import Resource


def with_people_left(order: Order, plan: CateringPlan, mishap: Mishap) -> Order:
    """The order with the people who are left of each role of whom some work of the event was to have more."""
    left = _left(plan, mishap)
    if not left:
        return order
    rows = order.staff or tuple(StaffRow(role=line.role, available=line.count) for line in plan.staffing)
    return order.model_copy(update={"staff": tuple(_rows(rows, left))})


def gone(plan: CateringPlan, mishap: Mishap) -> dict[str, int]:
    """How many are not to be had of what is lost, of all that the plan counts: who was not called in is at home."""
    there = Counter({row.name: row.count for row in plan.timeline.capacities if row.kind == "staff"})
    called = {line.role: line.count for line in plan.staffing}
    at_home = {role: max(0, there[role] - called[role]) for role in there.keys() & called.keys()}
    return {
        name: min(lost + at_home[name], there[name]) if name in at_home else lost for name, lost in mishap.lost.items()
    }


def _left(plan: CateringPlan, mishap: Mishap) -> dict[str, int]:
    """How many are left of those roles; a role of which no one is left does no work at all."""
    there = Counter({row.name: row.count for row in plan.timeline.capacities if row.kind == "staff"})
    left = {role: there[role] - lost for role, lost in gone(plan, mishap).items() if there[role] > lost}
    of_event = [block for block in plan.timeline.blocks if not block.dish]
    ahead = [block for block in of_event if block.end > mishap.now]
    most: Counter[str] = Counter()
    for crew in chain.from_iterable(block.crew for block in ahead):
        most[crew.role] = max(most[crew.role], crew.count)
    return {role: count for role, count in left.items() if most[role] > count}


def _rows(rows: Sequence[StaffRow], left: Mapping[str, int]) -> Iterator[StaffRow]:
    """The rows of an order's people with no more than are left."""
    room = dict(left)
    for row in rows:
        available = min(row.available, room.get(row.role, row.available))
        if row.role in room:
            room[row.role] -= available
        yield row.model_copy(update={"available": available})


def told_fewer(before: CateringPlan, after: CateringPlan, mishap: Mishap) -> Iterator[str]:
    """The work of the event that was to be done by people who are gone, and by whom it is done if no one comes."""
    was = {block.id: block for block in before.timeline.blocks}
    found: dict[tuple[str, str], list[str]] = {}
    for block in after.timeline.blocks:
        planned = was.get(block.id)
        if planned is None or block.dish or block.end <= mishap.now:
            continue
        is_theirs = any(crew.role in mishap.lost for crew in planned.crew)
        if is_theirs and _people(block) != _people(planned):
            found.setdefault((_people(block), _people(planned)), []).append(block.label)
    for (now, planned_for), labels in found.items():
        yield f"{', '.join(labels)}: {now} instead of {planned_for}"


def _people(block: Block) -> str:
    return in_words([people(crew.role, crew.count) for crew in block.crew])


def people(role: str, count: int) -> str:
    """So many of a role: 1 cook, 3 servers."""
    return f"{count} {several(Resource('staff', role, EVERYWHERE), count)}"
