"""A day that has a schedule and still blocks: no time in hand, or too few runs of the stress test on time.

What would make it a good day is sought among the same changes as for a day that has none, and tried as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from catering_cli.domain.order import Order
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.domain.plan_parts.timeline import Timeline
from catering_cli.kitchen.day.day_problem import Day
from catering_cli.kitchen.day.resources import EVERYWHERE
from catering_cli.kitchen.menu.decisions import DecisionIndex
from catering_cli.kitchen.repairs import day as changes_of_day
from catering_cli.kitchen.repairs.conflict_text import Words
from catering_cli.kitchen.repairs.diagnosis import Reason
from catering_cli.kitchen.repairs.trials import Trials
from catering_cli.scheduling.backward_greedy import Found
from catering_cli.scheduling.problem import Resource
from catering_cli.scheduling.relaxation import Relief

_TRIED = 16
"""Changes that are tried: it bounds time."""


def with_repairs(order: Order, dishes: Sequence[Dish], judged: DecisionIndex, timeline: Timeline) -> Timeline:
    """The timeline with the smallest change that lets nothing in it block, if one is found."""
    trials = Trials(order, dishes, judged)
    day, found = trials.scheduled(order, dishes, judged)
    if not found.valid:
        return timeline
    suspects = tuple(dict.fromkeys(_suspects(timeline, day)))
    used = _used(order, day, found, suspects)
    ways = tuple(Relief(found, extra={resource: 1}) for resource in used)
    reason = Reason(found, (), ways, suspects)
    say = Words(day, {dish.id: dish.name for dish in dishes})
    found_ways = changes_of_day.repairs(order, dishes, reason, say, trials, changes_of_day.Bounds(1, _TRIED))
    return timeline.model_copy(update={"repairs": found_ways})


def _suspects(timeline: Timeline, day: Day) -> Iterator[str]:
    """The dishes that have no time in hand, then what slips first."""
    for one in timeline.buffers:
        work = day.works.get(one.block)
        if one.minutes == 0 < one.wanted and work is not None and work.dish:
            yield work.dish
    if timeline.replay is not None and any(work.dish == timeline.replay.first for work in day.works.values()):
        yield timeline.replay.first


def _used(order: Order, day: Day, found: Found, suspects: Sequence[str]) -> list[Resource]:
    """What dishes are made on and by, people first: those whom the order counts."""
    used: dict[Resource, None] = {}
    for work in day.works.values():
        if work.dish in suspects:
            used.update(dict.fromkeys(found.taken[work.id]))
    staff = [one for one in used if one.kind == "staff"]
    counted = [one for one in staff if one.place == EVERYWHERE] if order.staff is not None else []
    return counted + [one for one in used if one.kind != "staff"]
