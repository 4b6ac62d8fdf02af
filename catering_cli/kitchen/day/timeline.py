"""The timeline of an order: the day is scheduled, and the starts of its jobs become dated blocks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from catering_cli.domain.order import Order
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.domain.plan_parts.timeline import GREEDY, Block, Capacity, Crew, Opening, Timeline, Use, Wait
from catering_cli.kitchen.day.choice import chosen_day, days
from catering_cli.kitchen.day.day_problem import Day
from catering_cli.kitchen.day.rating import buffers
from catering_cli.kitchen.day.rating.crew import FEW, Rated, Tried, cheapest, rated
from catering_cli.kitchen.day.rating.helps import with_help
from catering_cli.kitchen.day.rating.robustness import replay
from catering_cli.kitchen.day.resources import EVERYWHERE, PLENTY
from catering_cli.kitchen.day.shared_batch import DOOR
from catering_cli.kitchen.day.standing import NOTHING, Standing
from catering_cli.kitchen.day.work import Work
from catering_cli.kitchen.menu.decisions import DecisionIndex
from catering_cli.kitchen.recipes.equipment import fixed_plant, usual
from catering_cli.scheduling.backward_greedy import Found
from catering_cli.scheduling.lower_bounds import proven
from catering_cli.scheduling.problem import Problem, Resource
from catering_cli.scheduling.restarts import several
from catering_cli.scheduling.usage import peaks

if TYPE_CHECKING:
    from catering_cli.scheduling.exact.infeasible_core import Rule, Verdict

SOLVER = "OR-Tools CP-SAT"
_DAY = 24 * 60


class Infeasible(NamedTuple):
    """A day for which no schedule was found: where the search failed, and the rules that exclude each other."""

    day: Day
    failed: Found
    core: tuple[Rule, ...]


def schedule(
    order: Order,
    dishes: Sequence[Dish],
    judged: DecisionIndex,
    *,
    solve: float = 0,
    prove: bool = True,
    standing: Standing = NOTHING,
) -> Timeline | Infeasible:
    """The kitchen day, backward from service, or the failure to find one.

    Pure and deterministic. If the order names no staff, the people it takes are found and stated.
    `solve` is the deterministic work that CP-SAT may spend on a better schedule; 0: the greedy's stands. With `prove`
    it is asked about a day that the greedy cannot place: enough once, for the plan that is told.
    `standing` is what the day has to go round.
    """
    best = chosen_day(order, days(order, dishes, judged, standing))
    by = GREEDY
    if isinstance(best, Tried):
        day, found = best.day, best.found
    else:
        day, found = best
        asked = _asked(day.problem) if prove else None
        if asked is None or asked.found is None:
            return Infeasible(day, found, asked.core if asked else ())
        day, found, *_ = cheapest(order, day, asked.found)
        by = SOLVER
    if solve:
        return _solved(order, day, found, solve)
    return finished(order, day, found).model_copy(update={"solver": by})


def _asked(problem: Problem) -> Verdict | None:
    """What the solver says if the greedy fails and arithmetic proves nothing; None if it is not installed."""
    if proven(problem):
        return None
    try:
        from catering_cli.scheduling.exact.infeasible_core import verdict
    except ImportError:
        return None
    return verdict(problem)


def finished(order: Order, day: Day, found: Found) -> Timeline:
    """A valid placement with its thinnest buffers, and how it stands up to delays."""
    more = {
        "buffers": buffers.thinnest(order, day, found),
        "replay": with_help(day, found, replay(day, found)),
    }
    return timeline(day, found).model_copy(update=more)


def is_unsteady(timeline: Timeline) -> bool:
    """Whether something in a day with a schedule blocks: no time in hand, or too few runs on time."""
    none = any(one.minutes == 0 < one.wanted for one in timeline.buffers)
    test = timeline.replay
    return none or (test is not None and Fraction(test.held, test.days) < FEW)


def _solved(order: Order, day: Day, found: Found, budget: float) -> Timeline:
    from catering_cli.scheduling.exact.cp_sat import improve

    better = improve(day.problem, several(day.problem, found), budget)
    if not _is_no_dearer(rated(order, day, better.found).worth, rated(order, day, found).worth):
        better = replace(better, found=found, span=day.problem.span(found.placement))
    figures = {
        "solver": SOLVER,
        "objective": better.span,
        "bound": better.bound,
        "gap_percent": better.gap_percent,
    }
    return finished(order, day, better.found).model_copy(update=figures)


def _is_no_dearer(better: Rated, quick: Rated) -> bool:
    """Whether a day that was searched for longer is as good, and costs no more unless the other one blocks."""
    return better <= quick and (better.pay <= quick.pay or better.blocking < quick.blocking)


def timeline(
    day: Day,
    found: Found,
    status: str = "scheduled",
    lines: Sequence[str] = (),
) -> Timeline:
    """A placement as dated blocks, in order of start, then id."""
    works = [work for work in day.works.values() if work.id in found.placement and work.kind != DOOR]
    blocks = [*chain.from_iterable(_blocks(work, found, day) for work in works if not work.part_of)]
    first = min(found.placement.values(), default=0)
    last = max((found.placement[work.id] + work.minutes for work in works), default=0)
    moment = day.clock.moment
    return Timeline(
        status=status,
        blocks=tuple(sorted(blocks, key=lambda block: (block.start, block.id))),
        capacities=tuple(_capacities(day, found)),
        openings=_openings(day, first, last),
        first_start=moment(first) if works else None,
        service_at=moment(day.service),
        last_end=moment(last) if works else None,
        span_minutes=max(0, day.service - first),
        conflict=tuple(lines),
    )


def _blocks(work: Work, found: Found, day: Day) -> Iterator[Block]:
    """The block of a piece of work; of a long step that people come back to one block, and one for each visit."""
    parts = [day.works[name] for name in work.parts if name in found.placement]
    if len(parts) < len(work.parts):
        return
    whole = _block(work, found, day)
    if not parts:
        yield whole
        return
    first = _block(parts[0], found, day)
    yield first.model_copy(update={"id": work.id, "end": whole.end})
    for n, part in enumerate((*parts[1:], work), start=1):
        yield from _visits(n, part, whole, found, day)


def _visits(n: int, part: Work, whole: Block, found: Found, day: Day) -> Iterator[Block]:
    """The work of people who come back to a long step."""
    people, _ = _uses(part, found)
    if people:
        start = found.placement[part.id]
        yield Block(
            id=f"{whole.id}.tend{n}",
            kind="tend",
            label=f"Tend: {part.label}",
            dish=part.dish,
            place=part.place,
            start=day.clock.moment(start),
            end=day.clock.moment(start + max(crew.minutes for crew in people)),
            crew=tuple(people),
            portions=part.portions,
            by=part.by,
        )


def _block(work: Work, found: Found, day: Day) -> Block:
    start = found.placement[work.id]
    people, things = _uses(work, found)
    return Block(
        id=work.id,
        kind=work.kind,
        label=work.label,
        dish=work.dish,
        step=work.step,
        batch=work.batch,
        of=work.of,
        portions=work.portions,
        place=work.place,
        start=day.clock.moment(start),
        end=day.clock.moment(start + work.minutes),
        crew=tuple(people),
        equipment=tuple(things),
        after=tuple(_waits(work, day)),
        temperature=work.temperature,
        storage=work.storage,
        food_class=work.food_class,
        shelf_life_hours=work.shelf_life_hours,
        make_ahead_hours=work.make_ahead_hours,
        by=work.by,
    )


def _waits(work: Work, day: Day) -> Iterator[Wait]:
    """What a piece of work waits for; that two loads go in together is no wait."""
    for after in work.after:
        if day.works[after.work].kind != DOOR:
            yield Wait(block=after.work, max_minutes=after.hold)


def _uses(work: Work, found: Found) -> tuple[list[Crew], list[Use]]:
    """The people and the equipment that a piece of work takes."""
    people, things = [], []
    for need, taken in zip(work.needs, found.taken[work.id], strict=True):
        if taken.kind == "staff":
            people.append(Crew(role=taken.name, count=need.count, minutes=min(need.minutes, work.minutes)))
        else:
            things.append(Use(name=taken.name, count=need.count))
    return people, things


def _capacities(day: Day, found: Found) -> list[Capacity]:
    """Each resource with its number: of assumed people and vans what the timeline needs, of tools at least that."""
    most = peaks(day.problem.jobs, found.placement, found.taken)
    capacities = []
    for resource, count in sorted(day.problem.capacities.items()):
        if resource.kind == "staff" and resource.place != EVERYWHERE:
            continue  # they are among those who rode there
        assumed = resource in day.assumed
        there = day.led.get(resource, count)
        stated = _stated(resource, count, most.get(resource, 0)) if assumed else there
        row: Mapping[str, object] = resource._asdict()
        capacities.append(Capacity(**row, count=stated, assumed=assumed))
    return capacities


def _stated(resource: Resource, count: int, peak: int) -> int:
    """Which number of an assumed resource the plan states, if at most `peak` are in use at once."""
    if resource.kind == "staff":
        return peak
    if resource.name in fixed_plant():
        return count if count < PLENTY else peak
    return max(peak, usual(resource.name))


def _openings(day: Day, first: int, last: int) -> tuple[Opening, ...]:
    """The openings from a day before the first start to the last end."""
    moment = day.clock.moment
    openings = []
    for place, spans in day.problem.openings.items():
        for low, high in spans:
            if first - _DAY < high and low < last:
                openings.append(Opening(place=place, start=moment(low), end=moment(high)))
    return tuple(openings)
