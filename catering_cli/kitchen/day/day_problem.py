"""The kitchen day as a problem in minutes, with as much of what is assumed (cooks, small tools) as the day needs."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from catering_cli.data.tables import figure
from catering_cli.domain.order import Order
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.kitchen.day import dish_jobs, fire_order, shared_batch, shared_use
from catering_cli.kitchen.day.dishes.tending import is_tended, left_alone
from catering_cli.kitchen.day.resources import EVERYWHERE, PLENTY, Available, cooks_by_ratio, equipment, openings, staff
from catering_cli.kitchen.day.work import Work
from catering_cli.kitchen.dietary.careful_first import First
from catering_cli.kitchen.menu.clock import Clock, base_id
from catering_cli.kitchen.menu.decisions import DecisionIndex
from catering_cli.kitchen.menu.leads import leads
from catering_cli.kitchen.menu.services import meals as services
from catering_cli.kitchen.menu.staff_calls import StaffRules
from catering_cli.kitchen.recipes.equipment import fixed_plant
from catering_cli.scheduling.backward_greedy import Found, search
from catering_cli.scheduling.problem import Need, Problem, Resource, Spans
from catering_cli.scheduling.usage import peaks

_SOONER = 30
"""Minutes by which a day is begun earlier at a time."""
_GROWTHS = 24
"""Times that what is assumed grows by a third before it is not the reason."""


@dataclass(frozen=True, slots=True)
class Day:
    """A problem with what it takes to read its answer."""

    problem: Problem
    works: Mapping[str, Work]
    """what each job of the problem is, by its id, in the same order"""
    clock: Clock
    assumed: frozenset[Resource]
    """resources of which the order does not say how many there are"""
    service: int
    """minute at which the first service begins"""
    staff: StaffRules
    """who is called in beside what the schedule needs"""
    led: Mapping[Resource, int] = field(default_factory=dict)
    """how many there are of those who lead, where fewer work with their own hands"""


def problem(
    order: Order,
    dishes: Sequence[Dish],
    judged: DecisionIndex,
    arrival: int | None = None,
    firsts: Sequence[First] = (),
    *,
    waves: bool = True,
) -> Day:
    """The order's day as jobs, capacities and openings in minutes.

    `arrival`: minutes in hand after each drive; None: as many as are wanted. `firsts`: which dish comes first on what
    dishes share. `waves`: whether what keeps less long than its service lasts goes out in waves.
    """
    clock = Clock.of(order)
    meals = services(order, clock)
    works = dish_jobs.jobs(order, dishes, judged, clock, arrival, waves=waves)
    works = shared_batch.joined(works, dishes, judged)
    there = _there(order, works)
    until = max(meal.until for meal in meals)
    spans = _openings(order, clock)
    built = Problem(
        jobs=shared_use.in_turn(works, dishes, firsts, fire_order.turns(works, judged)),
        capacities={resource: available.number for resource, available in there.items()},
        openings={base_id(order): spans},
        begin=spans[0][0] if spans else -PLENTY,
        end=_end(works, until),
    )
    assumed = {resource for resource, available in there.items() if available.assumed}
    return Day(
        problem=built,
        works={work.id: work for work in works},
        clock=clock,
        assumed=frozenset(assumed),
        service=min(meal.at for meal in meals),
        staff=StaffRules.of(order, dishes, judged),
    )


def with_leads(order: Order, day: Day) -> Day:
    """The day on which those who lead are no spare hands: they do what only they can do, and what is left to them."""
    hands = {Resource("staff", lead.role, EVERYWHERE): lead.hands for lead in leads(order)}
    problem, there = day.problem, day.problem.capacities
    if not hands.keys() & there.keys():
        return day
    jobs = [replace(job, needs=tuple(_not_by(need, hands) for need in job.needs)) for job in problem.jobs]
    least = Counter(dict.fromkeys(hands, 0))
    for need in (need for job in jobs for need in job.needs if len(need.options) == 1):
        least[need.options[0]] = max(least[need.options[0]], need.count)
    fewer = {one: min(there[one], max(count, least[one])) for one, count in hands.items() if one in there}
    led = {one: there[one] for one in fewer}
    return replace(day, problem=replace(problem, jobs=tuple(jobs), capacities={**there, **fewer}), led=led)


def _not_by(need: Need, hands: Mapping[Resource, int]) -> Need:
    """The need, met by others where there are any, of those who may not be at work with their own hands."""
    others = tuple(one for one in need.options if hands.get(one, 1))
    return replace(need, options=others) if others else need


def _openings(order: Order, clock: Clock, opens: int | None = None) -> Spans:
    meals = services(order, clock)
    until, travel = max(meal.until for meal in meals), max(meal.drive for meal in meals)
    return openings(order, clock, until, travel, opens)


def opened_early(order: Order, day: Day) -> list[Day]:
    """The day begun before the usual hours, ever earlier; none if the order says when the kitchen is to be had."""
    if order.kitchen.hours or order.kitchen.available_from:
        return []
    usual, earliest = figure("work", "day_opens"), figure("work", "early_opens")
    begun = [day]
    for opens in range(usual - _SOONER, earliest - 1, -_SOONER):
        spans = {base_id(order): _openings(order, day.clock, opens)}
        if spans != begun[-1].problem.openings:
            begun.append(replace(day, problem=replace(day.problem, openings=spans)))
    return begun[1:]


def overnight(order: Order, day: Day, openings: Mapping[str, Spans]) -> Day | None:
    """The day with long steps that go on while the kitchen is closed; None if there is none.

    People come to them at any time, or within these openings if the order gives the hours of the kitchen.
    """
    if not is_tended(day.works):
        return None
    hours = openings[base_id(order)] if order.kitchen.hours else None
    return replace(day, problem=left_alone(day.problem, day.works, hours))


def _end(works: Sequence[Work], until: int) -> int:
    """When all work is over: the last service, or what is fixed to the clock after it."""
    fixed = [work.latest + work.minutes for work in works if work.latest is not None]
    return max([until, *fixed])


def _there(order: Order, works: Sequence[Work]) -> dict[Resource, Available]:
    """How many there are of each resource that the work may use; of cooks whom the order does not name none."""
    people, plant = _people_and_plant(works)
    there = {**equipment(order, plant), **staff(order, people)}
    if order.staff is not None:
        called = {row.role for row in order.staff}
        cooks, _ = _people_and_plant(work for work in works if work.dish)
        missing = [cook for cook in cooks if cook.name not in called and cook.place == EVERYWHERE]
        there.update(dict.fromkeys(missing, Available(0, assumed=False)))
    return there | _rode(works, people)


def _rode(works: Sequence[Work], people: Iterable[Resource]) -> dict[Resource, Available]:
    """Of those who rode to a service as many of a role as there were on its drives."""
    most: Counter[Resource] = Counter()
    for work in works:
        for need in work.needs if work.kind == "drive" else ():
            rider = need.options[0]._replace(place=work.id.partition(".drive")[0])
            most[rider] = max(most[rider], need.count)
    return {one: Available(most[one], assumed=False) for one in people if one.place != EVERYWHERE}


def _people_and_plant(works: Iterable[Work]) -> tuple[set[Resource], set[Resource]]:
    """Every resource that could meet a need of the work: people, and equipment."""
    people: set[Resource] = set()
    plant: set[Resource] = set()
    for work in works:
        for need in work.needs:
            kind = people if need.options[0].kind == "staff" else plant
            kind.update(need.options)
    return people, plant


def with_enough(order: Order, day: Day) -> tuple[Day, Found]:
    """What is assumed to be enough (cooks, small tools) starts at the usual number and grows until the day works.

    Whether it can work at all is asked first, with plenty of it; if not, what is assumed is not the reason.
    """
    elastic = _elastic(order, day)
    usual = _with(day.problem, elastic)
    found = search(usual, tries=2)
    if found.valid:
        return replace(day, problem=usual), found
    if not elastic:
        return replace(day, problem=usual), search(usual)
    plenty = _with(day.problem, dict.fromkeys(elastic, PLENTY))
    ample = search(plenty)
    if ample.valid:
        most = peaks(plenty.jobs, ample.placement, ample.taken)
        grown = _grown(usual, found, elastic, most)
        if grown:
            return replace(day, problem=grown[0]), grown[1]
    return replace(day, problem=plenty), ample


def _with(problem: Problem, capacities: Mapping[Resource, int]) -> Problem:
    return replace(problem, capacities={**problem.capacities, **capacities})


def _grown(
    problem: Problem,
    found: Found,
    elastic: Collection[Resource],
    most: Mapping[Resource, int],
) -> tuple[Problem, Found] | None:
    """The problem with a third more of what was short, as often as it takes; None if that comes to `most`."""
    for _ in range(_GROWTHS):
        assert found.failure is not None
        short = [resource for resource in found.failure.blocked if resource in elastic]
        problem = _with_a_third_more(problem, short or elastic)
        if all(problem.capacities[resource] >= most.get(resource, 0) for resource in elastic):
            return None
        found = search(problem, tries=2)
        if found.valid:
            return problem, found
    return None


def _with_a_third_more(problem: Problem, resources: Iterable[Resource]) -> Problem:
    more = {resource: math.ceil(Fraction(problem.capacities[resource], 3)) for resource in resources}
    return problem.with_more(more)


def _elastic(order: Order, day: Day) -> dict[Resource, int]:
    """Assumed cooks (by the usual ratio) and assumed small tools, never fewer than one job needs."""
    least = _least(day.works.values())
    cooks = cooks_by_ratio(order, max(order.guests.guaranteed, order.guests.expected or 0))
    fixed = fixed_plant()
    elastic = {}
    for resource in sorted(day.assumed & least.keys()):
        usual = day.problem.capacities[resource]
        if resource.kind == "staff":
            elastic[resource] = max(cooks, least[resource])
        elif resource.name not in fixed and usual < PLENTY:
            elastic[resource] = max(usual, least[resource])
    return elastic


def _least(works: Iterable[Work]) -> dict[Resource, int]:
    """The most of each resource that one piece of cooking or plating takes."""
    least: dict[Resource, int] = {}
    for work in works:
        if not work.dish and work.kind != "plate":
            continue
        for need in work.needs:
            for resource in need.options:
                least[resource] = max(least.get(resource, 1), need.count)
    return least
