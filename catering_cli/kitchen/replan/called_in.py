"""People who are called in for those who are lost, from when to when: the last way before a dish is cut."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from catering_cli.domain.plan import CateringPlan
from catering_cli.domain.plan_parts.people import StaffLine
from catering_cli.domain.plan_parts.timeline import Block
from catering_cli.kitchen.day.resources import EVERYWHERE
from catering_cli.kitchen.replan.fewer_people import gone, people
from catering_cli.kitchen.replan.mishap import Mishap
from catering_cli.kitchen.replan.remaining import Remaining
from catering_cli.scheduling import excess
from catering_cli.scheduling.backward_greedy import Found
from catering_cli.scheduling.problem import Resource


def with_help(plan: CateringPlan, mishap: Mishap) -> Mishap | None:
    """The same with others called in for the people who are lost; None if there are none."""
    roles = mishap.lost.keys() & {line.role for line in plan.staffing}
    return replace(mishap, called_in=frozenset(roles)) if roles else None


def to_call_in(plan: CateringPlan, mishap: Mishap, rest: Remaining, found: Found) -> Iterator[str]:
    """Whom to call in, and for which hours; people whose work no block has are missed from now on."""
    missing = gone(plan, mishap)
    for line in plan.staffing:
        lost = mishap.lost.get(line.role, 0)
        if not lost:
            continue
        if not any(_is_theirs(line.role, block) for block in plan.timeline.blocks):
            yield from _all_day(line, lost, mishap)
        elif line.role in mishap.called_in:
            yield from _hours(line.role, missing[line.role], mishap, rest, found)


def _is_theirs(role: str, block: Block) -> bool:
    return any(crew.role == role for crew in block.crew)


def _all_day(line: StaffLine, lost: int, mishap: Mishap) -> Iterator[str]:
    """People who lead or clear, for as long as they were to be there."""
    if line.end > mishap.now:
        left = max(line.count - lost, 0)
        yield f"{people(line.role, lost)} until {line.end:%H:%M}, {left} of {line.count} are left"


def _hours(role: str, lost: int, mishap: Mishap, rest: Remaining, found: Found) -> Iterator[str]:
    """The hours in which more of a role are at work than are left."""
    day = rest.day
    pool = Resource("staff", role, EVERYWHERE)
    left = {**day.problem.capacities, pool: day.problem.capacities.get(pool, 0) - lost}
    now = day.clock.minute(mishap.now)
    for window in excess.over(replace(day.problem, capacities=left), found, pool):
        if window.end > now:
            start, end = day.clock.moment(max(window.start, now)), day.clock.moment(window.end)
            yield f"{people(role, window.more)} from {start:%H:%M} to {end:%H:%M}"
