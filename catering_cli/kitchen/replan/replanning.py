"""`replan`: a plan whose day went wrong becomes the plan for the rest of it, with what changed and whom to tell."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from catering_cli.domain.decision import Decided, DropDish
from catering_cli.domain.order import Order
from catering_cli.domain.plan import CateringPlan
from catering_cli.domain.plan_parts.timeline import Timeline
from catering_cli.kitchen.cook import Prepared, cook, prepared
from catering_cli.kitchen.day.timeline import finished
from catering_cli.kitchen.replan.called_in import with_help
from catering_cli.kitchen.replan.changed_order import (
    prepared_later,
    smaller_portions,
    with_begun_held,
    with_guests,
    with_nothing_beside,
    with_service_later,
)
from catering_cli.kitchen.replan.fewer_people import with_people_left
from catering_cli.kitchen.replan.mishap import GUESTS, Mishap
from catering_cli.kitchen.replan.remaining import Remaining, begun, days_of, remaining
from catering_cli.kitchen.replan.smallest import placed, smallest
from catering_cli.kitchen.replan.told import Way, no_way, timeline_told, work_left
from catering_cli.scheduling.backward_greedy import Found
from catering_cli.scheduling.network import Net

LATER = (0, 15, 30, 45, 60)
"""Minutes by which the service is let begin later before a dish is cut; [K]."""
IN_HAND = (Fraction(1), Fraction(1, 2), Fraction(1, 6), Fraction(0))
"""Parts of the time in hand that a quiet day has, tried in turn; [K]."""
_THROWN_OUT = 6
"""Times that food which waits too long is made again before that is no way out."""
_CUT = 3
"""Dishes that are cut at most."""
_LEAST = 2
"""Dishes with work left at least, of which one is cut for work of the event."""


def replan(plan: CateringPlan, mishap: Mishap) -> CateringPlan:
    """The plan for the rest of the day. Pure; what is done or under way stays, the rest moves as little as was found.

    If nothing works, the service begins later; if that does not do either, dishes are cut, the first that fits.
    """
    way = _first_that_works(plan, _order(plan, mishap), mishap)
    if not way.found.valid:
        told = {"timeline": timeline_told(plan, plan, way), "findings": (*plan.findings, no_way(way))}
        return plan.model_copy(update=told)
    cooked = cook(way.order, way.decisions, version=plan.version, timeline=_timeline(way))
    day = timeline_told(plan, cooked, way)
    if day.replanned and day.replanned.call_in:
        return cook(way.order, way.decisions, version=plan.version, timeline=day)
    return cooked.model_copy(update={"timeline": day})


def _order(plan: CateringPlan, mishap: Mishap, started: Collection[str] = ()) -> Order:
    """The order as it is from now on; also the dishes of `started` stay as they were planned."""
    order = with_guests(plan, mishap.guests, _begun_dishes(plan, mishap).union(started))
    return with_service_later(order, mishap.late.get(GUESTS, 0))


def _begun_dishes(plan: CateringPlan, mishap: Mishap) -> set[str]:
    """The dishes and bases of which something is done or under way."""
    at_work = begun(plan, mishap)
    return {block.dish for block in plan.timeline.blocks if block.id in at_work} - {""}


def _first_that_works(plan: CateringPlan, order: Order, mishap: Mishap) -> Way:
    """The first of the ways, the least change for the client first; else the last that was tried.

    A day without a minute in hand is no day that works, unless the plan was one: the service begins later first.
    """
    ways: list[Way] = []
    bare = _is_bare(plan.timeline)
    ready = prepared(order, plan.decisions)
    for minutes in LATER:
        cut = (f"service {minutes} minutes later",) if minutes else ()
        started = _Start(with_service_later(order, minutes), plan.decisions, prepared_later(ready, minutes), cut)
        way = _tried(plan, started, mishap)
        if way.found.valid and (bare or not _is_bare(_timeline(way))):
            return way
        ways.append(way)
    tight = [way for way in ways if way.found.valid]
    others = list(_with_others(plan, ways, mishap))
    works = [way for way in (*others, *tight) if way.found.valid] or list(_from_what_there_is(plan, order, mishap))
    return works[0] if works else _with_fewer_dishes(plan, order, (others or ways)[0])


def _from_what_there_is(plan: CateringPlan, order: Order, mishap: Mishap) -> Iterator[Way]:
    """More guests who eat of what is begun, in smaller portions; at last served as was planned for those before."""
    if mishap.guests <= 0:
        return
    all_begun = _order(plan, mishap, {dish.id for dish in plan.menu})
    helped = with_help(plan, mishap) or mishap
    for what, happened in ((order, mishap), (all_begun, replace(helped, as_planned=True))):
        fewer = with_nothing_beside(what, plan)
        ready = prepared(fewer, plan.decisions)
        way = _tried(plan, _Start(fewer, plan.decisions, ready, ()), happened)
        if way.found.valid:
            yield way._replace(short=tuple(smaller_portions(plan, ready)))
            return


def _with_others(plan: CateringPlan, ways: Sequence[Way], mishap: Mishap) -> Iterator[Way]:
    """The same ways with others called in for the people who are lost, up to the first that works."""
    helped = with_help(plan, mishap)
    if helped is None:
        return
    for way in ways:
        tried = _tried(plan, _Start(way.order, way.decisions, way.ready, way.cut), helped)
        if tried.found.valid and not _is_bare(_timeline(tried)):
            yield tried
            return
        yield tried


def _timeline(way: Way) -> Timeline:
    return finished(way.ready.order, way.rest.day, way.found)


def _is_bare(timeline: Timeline) -> bool:
    """Whether there is not a minute in hand somewhere where some is wanted."""
    return any(one.wanted and not one.minutes for one in timeline.buffers)


def _with_fewer_dishes(plan: CateringPlan, order: Order, first: Way) -> Way:
    """The dish that found no place is cut, then the next; what is made of it by then is thrown out.

    If that does not do, it is the `first` way that is told, with what it lacks.
    """
    way = first
    order = with_begun_held(order, plan, _begun_dishes(plan, first.mishap))
    names = {dish.id: dish.name for dish in plan.menu}
    decisions: tuple[Decided, ...] = plan.decisions
    cut: tuple[str, ...] = ()
    thrown: frozenset[str] = frozenset()
    for _ in range(_CUT):
        dish = _to_cut(way, names)
        if not dish:
            return first
        thrown |= {name for name in way.stale if way.rest.day.works[name].dish == dish}
        drop = Decided(decision=DropDish(dish=dish), by="kitchen", step="replan")
        decisions, cut = (*decisions, drop), (*cut, f"{names[dish]} is not served")
        way = _tried(plan, _Start(order, decisions, prepared(order, decisions), cut), first.mishap)
        way = way._replace(thrown_out=way.thrown_out | thrown)
        if way.found.valid:
            return way
    return first


def _to_cut(way: Way, names: Collection[str]) -> str:
    """The dish whose work found no place; else one whose food would wait too long, else the one with the most work."""
    assert way.found.failure is not None
    works = way.rest.day.works
    dish = works[way.found.failure.job].dish
    if dish in names:
        return dish
    stale = sorted({works[name].dish for name in way.stale}.intersection(names))
    if stale:
        return stale[0]
    left = [one for one, _ in work_left(way) if one in names]
    return left[0] if len(left) >= _LEAST else ""


class _Start(NamedTuple):
    """What is to be cooked from now on, before the rest of the day is sought."""

    order: Order
    decisions: tuple[Decided, ...]
    ready: Prepared
    cut: tuple[str, ...]


def _tried(plan: CateringPlan, start: _Start, mishap: Mishap) -> Way:
    """The smallest change under one order: nothing thrown out before much time in hand, that before few moves.

    A day that works neither with all of it nor without any is not tried between.
    """
    order, decisions, ready, cut = start
    days = days_of(ready, with_people_left(ready.order, plan, mishap))
    ways: dict[Fraction, Way] = {}
    for part in (IN_HAND[0], IN_HAND[-1], *IN_HAND[1:-1]):
        rest = remaining(plan, ready, mishap, part, days)
        way = _worked_out(Way(mishap, order, decisions, ready, rest, smallest(rest), rest.broken_off, cut))
        ways[part] = way
        works = any(one.found.valid for one in ways.values())
        if not part and not works:
            return way
        is_good = way.found.valid and not way.thrown_out
        if part and is_good:
            break
    return min((ways[part] for part in IN_HAND if part in ways), key=_badness)


def _badness(way: Way) -> tuple[bool, int]:
    """What makes one way worse than another."""
    return not way.found.valid, len(way.thrown_out)


def _worked_out(way: Way) -> Way:
    """The way as it came, or with food that would wait too long thrown out and made again."""
    rest, found = way.rest, way.found
    now = rest.day.clock.minute(way.mishap.now)
    thrown: set[str] = set(rest.broken_off)
    stale: frozenset[str] = frozenset()
    for _ in range(_THROWN_OUT):
        if found.valid:
            break
        spoilt = _spoilt(rest, found)
        if not spoilt:
            break
        stale = stale or frozenset(spoilt)
        thrown |= spoilt
        again = dict.fromkeys(spoilt, now)
        rest = replace(rest, frozen=rest.frozen - spoilt, not_before={**rest.not_before, **again})
        found = smallest(rest)
    return way._replace(rest=rest, found=found, thrown_out=frozenset(thrown), stale=stale)


def _spoilt(rest: Remaining, found: Found) -> set[str]:
    """What is done and would wait too long, with all that went into it: for a job that found no place, or is itself."""
    assert found.failure is not None
    net = Net(rest.day.problem)
    made = _made(net, rest)
    failed = net.index[found.failure.job]
    spoilt = {net.jobs[failed].id} & made
    waiting = [failed]
    if not net.jobs[failed].group:
        stale = _stale(rest)
        spoilt |= {net.jobs[i].id for i in stale}
        waiting += stale
    while waiting:
        i = waiting.pop()
        for j, limit in net.before[i]:
            name = net.jobs[j].id
            goes_with_it = limit is not None or net.jobs[i].id in spoilt
            if goes_with_it and name in made and name not in spoilt:
                spoilt.add(name)
                waiting.append(j)
    return spoilt


def _stale(rest: Remaining) -> list[int]:
    """Food that is made and keeps less long than until the earliest moment at which it can be used, by index."""
    net = Net(placed(rest))
    made = _made(net, rest)
    numbered = [(i, job.id) for i, job in enumerate(net.jobs) if job.id in made]
    return [i for i, name in numbered if net.low[i] > rest.planned[name]]


def _made(net: Net, rest: Remaining) -> set[str]:
    """The work on dishes that is done or under way."""
    return {job.id for job in net.jobs if job.group} & rest.frozen
