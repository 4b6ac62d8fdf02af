"""The day as it stands: what is done or under way stays where it is, what is lost or late is not to be had."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from fractions import Fraction
from functools import cache
from itertools import pairwise

from catering_cli.domain.order import Order
from catering_cli.domain.plan import CateringPlan
from catering_cli.domain.plan_parts.timeline import Block
from catering_cli.kitchen.cook import Prepared
from catering_cli.kitchen.day.day_problem import Day, problem
from catering_cli.kitchen.day.event_times import wanted
from catering_cli.kitchen.day.rating.buffers import with_tails
from catering_cli.kitchen.day.resources import EVERYWHERE
from catering_cli.kitchen.day.work import Work
from catering_cli.kitchen.menu.clock import base_id
from catering_cli.kitchen.replan.fewer_people import gone
from catering_cli.kitchen.replan.mishap import GUESTS, Mishap
from catering_cli.scheduling.problem import Busy, Job, Resource

NONE = Fraction(0)


@dataclass(frozen=True, slots=True)
class Remaining:
    """The rest of a day as a problem."""

    day: Day
    planned: Mapping[str, int]
    """start of each block as it was planned, in minutes of the day"""
    frozen: frozenset[str]
    """blocks that are done or under way, and stay"""
    broken_off: frozenset[str]
    """blocks that were under way on what is lost"""
    not_before: Mapping[str, int]
    """earliest start of each other job"""
    bounds: Mapping[str, Job]
    """each job without any time in hand: what stays where it was planned need not have it"""


def begun(plan: CateringPlan, mishap: Mishap) -> set[str]:
    """Ids of the blocks that are done or under way; a drive or a service that is due goes on as planned."""
    started = {block.id for block in plan.timeline.blocks if block.start < mishap.now}
    return started | mishap.done


def days_of(ready: Prepared, order: Order | None = None) -> Callable[[int], Day]:
    """The day as a problem, by minutes in hand after its drives; each is worked out once.

    `order`: the same with the people who are left, by whom the event's work is done.
    """

    def day(arrival: int) -> Day:
        built = problem(order or ready.order, ready.dishes, ready.view, arrival)
        people = {one for one in built.problem.capacities if one.kind == "staff" and ready.order.staff is None}
        return replace(built, assumed=built.assumed | people)

    return cache(day)


def remaining(
    plan: CateringPlan,
    ready: Prepared,
    mishap: Mishap,
    in_hand: Fraction = NONE,
    days: Callable[[int], Day] | None = None,
) -> Remaining:
    """The problem of what is left to do, in the kitchen and with the people of the plan.

    What is still free has `in_hand` of the time before plating and after arrival that is wanted on a quiet day. `days`
    are those of `ready`, if they are asked for more than once.
    """
    order, days = ready.order, days or days_of(ready)
    arrival = int(wanted(order).arrival * in_hand)
    day = with_tails(order, days(arrival), in_hand)
    bare = day if not arrival else days(0)
    minute = day.clock.minute
    now = minute(mishap.now)
    broken = frozenset(_broken_off(plan, mishap))
    of_event = [block for block in plan.timeline.blocks if not block.dish]
    stays = begun(plan, mishap) | {block.id for block in of_event if mishap.as_planned}
    frozen = frozenset(stays - broken) & day.works.keys()
    past = None if mishap.as_planned else mishap.now
    day = _as_begun(day, [block for block in of_event if block.id in frozen], past)
    planned = {block.id: minute(block.start) for block in plan.timeline.blocks}
    for name in mishap.done & frozen:
        planned[name] = min(planned[name], now - day.works[name].minutes)
    later = {block.id: max(now, minute(at)) + late for block, at, late in _late_blocks(plan, mishap)}
    not_before = {job.id: later.get(job.id, now) for job in day.problem.jobs if job.id not in frozen}
    capacities = _counted_capacities(day, plan)
    day = replace(day, problem=replace(day.problem, capacities=capacities))
    busy = tuple(_gone(plan, order, day, mishap, frozen))
    openings = {place: tuple(spans) for place, spans in _openings(plan, day).items()}
    rest = replace(
        day.problem, openings={**day.problem.openings, **openings}, busy=busy,
        begin=min([day.problem.begin, *planned.values()]),
    )  # fmt: skip
    bounds = {job.id: job for job in bare.problem.jobs}
    return Remaining(replace(day, problem=rest), planned, frozen, broken, not_before, bounds)


def _as_begun(day: Day, frozen: Iterable[Block], past: datetime | None) -> Day:
    """The day with the event's work that is done or under way as it was planned, for whatever guests and people.

    What has ended by `past` (None: all of it) is done by the people who were planned.
    """
    works = dict(day.works)
    for block in frozen:
        works[block.id] = _as_planned(works[block.id], block, is_done=past is None or block.end <= past)
    jobs = tuple(
        job
        if works[job.id] is day.works[job.id]
        else replace(job, minutes=works[job.id].minutes, needs=works[job.id].needs)
        for job in day.problem.jobs
    )
    return replace(day, works=works, problem=replace(day.problem, jobs=jobs))


def _as_planned(work: Work, block: Block, *, is_done: bool) -> Work:
    """The work as long as its block, and by as many people if it is done."""
    minutes = round((block.end - block.start).total_seconds() / 60)
    needs = tuple(replace(one, minutes=minutes) if one.minutes == work.minutes else one for one in work.needs)
    if is_done:
        crew = {one.role: one.count for one in block.crew}
        needs = tuple(replace(one, count=crew.get(one.options[0].name, one.count)) for one in needs)
    return work if (minutes, needs) == (work.minutes, work.needs) else replace(work, minutes=minutes, needs=needs)


def _openings(plan: CateringPlan, day: Day) -> dict[str, list[tuple[int, int]]]:
    """When the places of the plan are open."""
    found: dict[str, list[tuple[int, int]]] = {}
    for one in plan.timeline.openings:
        found.setdefault(one.place, []).append((day.clock.minute(one.start), day.clock.minute(one.end)))
    return found


def _broken_off(plan: CateringPlan, mishap: Mishap) -> Iterator[str]:
    """Of the blocks under way on what is lost as many as no longer fit, the last begun first."""
    counts = {row.name: row.count for row in plan.timeline.capacities if row.kind == "equipment"}
    for name, lost in mishap.lost.items():
        if name not in counts:
            continue
        under_way = [block for block in plan.timeline.blocks if block.start < mishap.now < block.end]
        used = sum(_uses(block, name, mishap.now) for block in under_way)
        for block in sorted(under_way, key=lambda one: (one.start, one.id), reverse=True):
            uses = _uses(block, name, mishap.now)
            if uses and used > counts[name] - lost:
                used -= uses
                yield block.id


def _uses(block: Block, name: str, at: datetime) -> int:
    """How many of a piece of equipment, or people of a role, a block that is begun still takes at a moment."""
    equipment = sum(use.count for use in block.equipment if use.name == name and block.end > at)
    crew = [one for one in block.crew if one.role == name]
    return equipment + sum(one.count for one in crew if block.start + timedelta(minutes=one.minutes) > at)


def _counted_capacities(day: Day, plan: CateringPlan) -> dict[Resource, int]:
    """What there is of everything, as the plan counts it."""
    capacities = dict(day.problem.capacities)
    counted = {Resource(row.kind, row.name, row.place): row.count for row in plan.timeline.capacities}
    return capacities | {resource: count for resource, count in counted.items() if resource in capacities}


def _gone(plan: CateringPlan, order: Order, day: Day, mishap: Mishap, frozen: Collection[str]) -> Iterator[Busy]:
    """What is lost for the rest of the day, or late, as far as nothing that is under way still has it."""
    now = day.clock.minute(mishap.now)
    started = [block for block in plan.timeline.blocks if block.id in frozen]
    blocks = [block for block in started if block.end > mishap.now]
    for name, count in gone(plan, mishap).items():
        if name not in mishap.called_in:
            yield from _taken(_resources(day, order, name), count, now, day.problem.end + 24 * 60, blocks, day)
    for name, minutes in mishap.late.items():
        yield from _taken(_resources(day, order, name), 1, now, now + minutes, blocks, day)


def _resources(day: Day, order: Order, name: str) -> list[Resource]:
    """The pool of a name: equipment at the base, or people of a role, from whom those are taken who ride to a venue."""
    places = {"equipment": base_id(order), "staff": EVERYWHERE}
    of_that_name = [one for one in day.problem.capacities if one.name == name]
    return [one for one in of_that_name if one.place == places[one.kind]]


def _taken(
    pools: Iterable[Resource], count: int, start: int, end: int, under_way: Sequence[Block], day: Day
) -> Iterator[Busy]:
    """So many of each pool from `start` to `end`, never more than what is under way leaves."""
    for pool in pools:
        there = day.problem.capacities[pool]
        ends = [day.clock.minute(at) for one in under_way for at in _ends(one)]
        cuts = sorted({start, end, *(at for at in ends if start < at < end)})
        for low, high in pairwise(cuts):
            moment = day.clock.moment(low)
            used = sum(_uses(one, pool.name, moment) for one in under_way)
            free = max(0, min(count, there - used))
            if free and low < high:
                yield Busy(pool, low, high, free)


def _ends(block: Block) -> set[datetime]:
    """When a block ends, and when the people leave it."""
    return {block.end, *(block.start + timedelta(minutes=crew.minutes) for crew in block.crew)}


def _late_blocks(plan: CateringPlan, mishap: Mishap) -> Iterator[tuple[Block, datetime, int]]:
    """Blocks that begin so many minutes after a moment: one block after its time, those of a name after now."""
    for name, minutes in mishap.late.items():
        dishes = _dishes_of(plan, name)
        for block in plan.timeline.blocks:
            if block.id == name:
                yield block, block.start, minutes
            elif block.dish in dishes:
                yield block, mishap.now, minutes


def _dishes_of(plan: CateringPlan, name: str) -> set[str]:
    """The dishes that a name means: its own, or all that need a food of the supplier."""
    wanted = name.casefold()
    found = {dish.id for dish in plan.menu if wanted in (dish.id, dish.name.casefold())}
    for line in plan.shopping.lines:
        if line.supplier.casefold() == wanted:
            found |= {share.dish for share in line.dishes}
    return found


def known_names(plan: CateringPlan) -> set[str]:
    """Every name that can be lost or late: the guests, equipment, roles, dishes, suppliers, blocks."""
    names = {GUESTS, *(row.name for row in plan.timeline.capacities), *(block.id for block in plan.timeline.blocks)}
    names |= {line.role for line in plan.staffing}
    for dish in plan.menu:
        names |= {dish.id, dish.name}
    return names | {line.supplier for line in plan.shopping.lines if line.supplier}
