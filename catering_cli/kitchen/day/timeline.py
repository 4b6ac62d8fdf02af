"""The timeline of an order: jobs and capacities to a problem, the problem to starts, the starts to dated blocks."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from catering_cli.domain.menu import Dish
from catering_cli.domain.order import Order
from catering_cli.domain.timeline import Block, Capacity, Crew, Opening, Timeline, Use, Wait
from catering_cli.kitchen.day import buffers, dish_jobs
from catering_cli.kitchen.day.resources import (
    PLENTY,
    cooks_by_ratio,
    equipment,
    openings,
    staff,
)
from catering_cli.kitchen.day.robustness import replay
from catering_cli.kitchen.menu.clock import Clock, base_id
from catering_cli.kitchen.menu.decisions import DecisionIndex
from catering_cli.kitchen.menu.services import meals as services
from catering_cli.kitchen.recipes.equipment import fixed_plant, usual
from catering_cli.scheduling.backward_greedy import Found, best, search, several
from catering_cli.scheduling.lower_bounds import proven
from catering_cli.scheduling.problem import Job, Problem, Resource

if TYPE_CHECKING:
    from catering_cli.scheduling.infeasible_core import Rule, Verdict

SOLVER = "OR-Tools CP-SAT"
_GROWTHS = 24
"""Times that what is assumed grows by a third before it is not the reason."""


@dataclass(frozen=True, slots=True)
class Day:
    """A problem with what it takes to read its answer: the clock, and which capacities are assumed."""

    problem: Problem
    clock: Clock
    assumed: frozenset[Resource]
    service: int
    """minute at which the first service begins"""


class Infeasible(NamedTuple):
    """A day for which no schedule was found: where the search failed, and the rules that exclude each other."""

    day: Day
    failed: Found
    core: tuple[Rule, ...]


def schedule(order: Order, dishes: Sequence[Dish], judged: DecisionIndex, *, solve: float = 0) -> Timeline | Infeasible:
    """The kitchen day, backward from service, or the failure to find one.

    Pure and deterministic. If the order names no staff, the people it takes are found and stated.
    `solve` is the deterministic work that CP-SAT may spend on a better schedule; 0: the greedy's stands.
    """
    day = problem(order, dishes, judged)
    day, found = with_enough(order, day)
    by = "backward greedy"
    if not found.valid:
        asked = _asked(day.problem)
        if asked.found is None:
            return Infeasible(day, found, tuple(asked.core))
        found, by = asked.found, SOLVER
    calmer, found = buffers.calm(order, day.problem, found)
    day = replace(day, problem=calmer)
    found = best(day.problem, found)
    if solve:
        return _solved(order, day, found, solve)
    return _finished(order, day, found).model_copy(update={"solver": by})


def _asked(problem: Problem) -> Verdict:
    """What the solver says if the greedy fails and arithmetic proves nothing; nothing if it is not installed."""
    from catering_cli.scheduling.infeasible_core import Verdict, verdict

    if proven(problem):
        return Verdict()
    try:
        return verdict(problem)
    except ImportError:
        return Verdict()


def _finished(order: Order, day: Day, found: Found) -> Timeline:
    """A valid placement with its thinnest buffers, and how it stands up to delays."""
    more = {"buffers": buffers.thinnest(order, day.problem, found), "replay": replay(day.problem, found)}
    return timeline(day, found).model_copy(update=more)


def _solved(order: Order, day: Day, found: Found, budget: float) -> Timeline:
    from catering_cli.scheduling.cp_sat import improve

    better = improve(day.problem, several(day.problem, found), budget)
    figures = {"objective": better.span, "bound": better.bound, "gap_percent": better.gap_percent}
    return _finished(order, day, better.found).model_copy(update={"solver": SOLVER, **figures})


def problem(order: Order, dishes: Sequence[Dish], judged: DecisionIndex) -> Day:
    """The order's day as jobs, capacities and openings in minutes."""
    clock = Clock.of(order)
    meals = services(order, clock)
    jobs = dish_jobs.jobs(order, dishes, judged, clock)
    asked = frozenset(resource for job in jobs for need in job.needs for resource in need.options)
    plant = equipment(order, frozenset(r for r in asked if r.kind == "equipment"))
    people = staff(order, frozenset(r for r in asked if r.kind == "staff"))
    have = {**plant, **people}
    if order.staff is not None:
        kitchen = {r for job in jobs if job.dish for need in job.needs for r in need.options if r.kind == "staff"}
        missing = {r for r in kitchen if r.name not in {row.role for row in order.staff}}
        have.update(dict.fromkeys(missing, (0, False)))
    until = max(meal.until for meal in meals)
    spans = openings(order, clock, until, max(meal.drive for meal in meals))
    end = max([until, *(job.latest + job.minutes for job in jobs if job.latest is not None)])
    begin = spans[0][0] if spans else -PLENTY
    built = Problem(jobs, {r: count for r, (count, _) in have.items()}, {base_id(order): spans}, begin, end)
    assumed = frozenset(r for r, (_, is_assumed) in have.items() if is_assumed)
    return Day(built, clock, assumed, min(meal.at for meal in meals))


def with_enough(order: Order, day: Day) -> tuple[Day, Found]:
    """What is assumed to be enough (cooks, small tools) starts at the usual number and grows until the day works.

    Whether it can work at all is asked first, with plenty of it; if not, what is assumed is not the reason.
    """
    elastic = _elastic(order, day)
    usual = replace(day.problem, capacities={**day.problem.capacities, **elastic})
    found = search(usual, tries=2)
    if found.valid or not elastic:
        return replace(day, problem=usual), found if found.valid else search(usual)
    plenty = replace(day.problem, capacities={**day.problem.capacities, **dict.fromkeys(elastic, PLENTY)})
    ample = search(plenty)
    if not ample.valid:
        return replace(day, problem=plenty), ample
    most = {r: n for r, n in peaks(plenty, ample).items() if r in elastic}
    for _ in range(_GROWTHS):
        assert found.failure is not None
        short = [r for r in found.failure.blocked if r in elastic] or list(elastic)
        usual = usual.with_more({r: math.ceil(Fraction(usual.capacities[r], 3)) for r in short})
        if all(usual.capacities[r] >= most.get(r, 0) for r in elastic):
            break
        found = search(usual, tries=2)
        if found.valid:
            return replace(day, problem=usual), found
    return replace(day, problem=plenty), ample


def _elastic(order: Order, day: Day) -> dict[Resource, int]:
    """Assumed cooks (by the usual ratio) and assumed small tools, never fewer than one job needs."""
    least: dict[Resource, int] = {}
    for job in day.problem.jobs:
        for need in job.needs if job.dish or job.kind == "plate" else ():
            for resource in need.options:
                least[resource] = max(least.get(resource, 1), need.count)
    cooks = cooks_by_ratio(order, max(order.guests.guaranteed, order.guests.expected or 0))
    fixed = fixed_plant()
    out = {}
    for resource in sorted(day.assumed & least.keys()):
        if resource.kind == "staff":
            out[resource] = max(cooks, least[resource])
        elif resource.name not in fixed and day.problem.capacities[resource] < PLENTY:
            out[resource] = max(day.problem.capacities[resource], least[resource])
    return out


def timeline(day: Day, found: Found, status: str = "scheduled", lines: Sequence[str] = ()) -> Timeline:
    """A placement as dated blocks, in order of start, then id."""
    blocks = [_block(job, found, day.clock) for job in day.problem.jobs if job.id in found.placement]
    blocks.sort(key=lambda block: (block.start, block.id))
    starts = list(found.placement.values())
    ends = [found.placement[job.id] + job.minutes for job in day.problem.jobs if job.id in found.placement]
    first, last = min(starts, default=0), max(ends, default=0)
    moment = day.clock.moment
    return Timeline(
        status=status,
        blocks=tuple(blocks),
        capacities=_capacities(day, found),
        openings=_openings(day, first, last),
        first_start=moment(first) if starts else None,
        service_at=moment(day.service),
        last_end=moment(last) if starts else None,
        span_minutes=max(0, day.service - first),
        conflict=tuple(lines),
    )


def _block(job: Job, found: Found, clock: Clock) -> Block:
    start = found.placement[job.id]
    took = found.taken[job.id]
    pairs = list(zip(job.needs, took, strict=True))
    return Block(
        id=job.id,
        kind=job.kind,
        label=job.label,
        dish=job.dish,
        step=job.step,
        batch=job.batch,
        of=job.of,
        portions=job.portions,
        place=job.place,
        start=clock.moment(start),
        end=clock.moment(start + job.minutes),
        crew=tuple(Crew(role=r.name, count=n.count, minutes=n.minutes) for n, r in pairs if r.kind == "staff"),
        equipment=tuple(Use(name=r.name, count=n.count) for n, r in pairs if r.kind == "equipment"),
        after=tuple(Wait(block=lag.job, max_minutes=lag.hold) for lag in job.after),
        temperature=job.temperature,
        storage=job.storage,
        food_class=job.food_class,
        shelf_life_hours=job.shelf_life_hours,
        make_ahead_hours=job.make_ahead_hours,
        by=job.by,
    )


def peaks(problem: Problem, found: Found) -> dict[Resource, int]:
    """The most of each resource in use at one minute."""
    from catering_cli.scheduling.usage import Profile

    profiles: dict[Resource, Profile] = {}
    for job in problem.jobs:
        for need, resource in zip(job.needs, found.taken.get(job.id, ()), strict=False):
            at = found.placement[job.id]
            profiles.setdefault(resource, Profile()).add(at, at + need.minutes, need.count)
    return {resource: profile.peak() for resource, profile in profiles.items()}


def _capacities(day: Day, found: Found) -> tuple[Capacity, ...]:
    """Each resource with its number: of assumed people and vans what the timeline needs, of tools at least that."""
    peak = peaks(day.problem, found)
    out = []
    for resource, count in sorted(day.problem.capacities.items()):
        assumed = resource in day.assumed
        stated = count
        if assumed and (resource.kind == "staff" or resource.name not in fixed_plant()):
            stated = max(peak.get(resource, 0), 0 if resource.kind == "staff" else usual(resource.name))
        row: Mapping[str, object] = {"kind": resource.kind, "name": resource.name, "place": resource.place}
        out.append(Capacity(**row, count=stated, assumed=assumed))
    return tuple(out)


def _openings(day: Day, first: int, last: int) -> tuple[Opening, ...]:
    moment = day.clock.moment
    return tuple(
        Opening(place=place, start=moment(low), end=moment(high))
        for place, spans in day.problem.openings.items()
        for low, high in spans
        if high > first - 24 * 60 and low < last
    )
