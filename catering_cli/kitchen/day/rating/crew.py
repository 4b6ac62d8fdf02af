"""How many cooks: as many as the cheapest good day needs, never everyone who could be called."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from catering_cli.domain.order import Order
from catering_cli.domain.plan_parts.timeline import Replay
from catering_cli.kitchen.day.day_problem import Day, overnight, with_enough
from catering_cli.kitchen.day.dishes.tending import LEFT_ALONE
from catering_cli.kitchen.day.rating.buffers import calm, thinnest
from catering_cli.kitchen.day.rating.fewer import with_cooks, with_fewer
from catering_cli.kitchen.day.rating.freshness import stale
from catering_cli.kitchen.day.rating.helps import earlier, is_steady
from catering_cli.kitchen.day.rating.pay import pay
from catering_cli.kitchen.day.rating.robustness import replay
from catering_cli.kitchen.day.resources import EVERYWHERE, PLENTY, normal_hours
from catering_cli.kitchen.day.work import HOT
from catering_cli.scheduling.backward_greedy import Found, search
from catering_cli.scheduling.problem import Resource
from catering_cli.scheduling.usage import peaks

_SOONER = (0, 30, 60)
"""Minutes by which the morning of an early service begins before the usual hours, if it must. [K]"""
_MANY = 1_000
"""Jobs of a day beyond which it is not looked for better hours: it bounds time. [K]"""
_MORE = (1, 2, 4, 8)
"""Cooks more with whom a day without time in hand is tried. [K]"""
_DEARER = Fraction(6, 5)
"""Of the least pay: beyond it more cooks only wait for each other. [K]"""


FEW = Fraction(1, 5)
"""Of the runs of the stress test: fewer on time block."""


class Rated(NamedTuple):
    """What a chef would say of a day, the worst first, then what it costs."""

    short: int
    """people of a role beyond those there are"""
    blocking: int
    open: int
    night: int
    """person-minutes at the base outside normal hours"""
    pay: Fraction
    stale: int
    """minutes that food lies longer than leaves it fresh for the last guest"""


class Tried(NamedTuple):
    """A day that works, how it stands up to delays, and what it is worth."""

    day: Day
    found: Found
    test: Replay
    worth: Rated


def rated(order: Order, day: Day, found: Found) -> Tried:
    """Days are compared by people who lack, by what blocks and what is open, then by pay."""
    return _tested(day, found, _if_on_time(order, day, found))


def _if_on_time(order: Order, day: Day, found: Found) -> Rated:
    """What a day is worth if every run of the stress test is on time: the best that can be said of it."""
    gaps = thinnest(order, day, found)
    none = [one for one in gaps if one.minutes == 0 < one.wanted]
    thin = [one for one in gaps if 0 < one.minutes < one.wanted]
    cost, short = pay(order, day, found)
    return Rated(
        short=short,
        blocking=len(none),
        open=len(thin) + _hot_waits(day, found),
        night=_night(order, day, found),
        pay=cost,
        stale=stale(day, found),
    )


def _tested(day: Day, found: Found, best: Rated) -> Tried:
    """The day after the stress test, from the best that can be said of it."""
    test = replay(day, found)
    on_time = Fraction(test.held, test.days)
    worth = best._replace(
        blocking=best.blocking + (on_time < FEW),
        open=best.open + (FEW <= on_time < Fraction(1, 2)),
    )
    return Tried(day, found, test, worth)


def _hot_waits(day: Day, found: Found) -> int:
    """Dishes held hot for hours before their service or next step, of which no recipe says how long they may be."""
    late = set()
    for job in day.problem.jobs:
        for lag in job.after:
            work = day.works.get(lag.job)
            if work is None or lag.limit is not None or work.storage != "hot":
                continue
            if found.placement[job.id] - found.placement[work.id] - work.minutes > HOT:
                late.add(work.dish)
    return len(late)


def _night(order: Order, day: Day, found: Found) -> int:
    """Person-minutes of work on dishes at the base outside normal hours."""
    normal = {place: normal_hours(order, day.clock, spans) for place, spans in day.problem.openings.items()}
    outside = 0
    for job in day.problem.jobs:
        start = found.placement[job.id]
        place = day.works[job.id].place
        inside = any(low <= start < high for low, high in normal.get(place, ()))
        if job.group and place in normal and not inside:
            outside += job.hands
    return outside


def cheapest(order: Order, day: Day, found: Found) -> Tried:
    """The day with the number of cooks at which it is rated best; in normal hours, if it is good in them."""
    best: Tried | None = None
    for other, placed in _ways(order, day, found):
        if placed.valid:
            tried = _best_of(order, other, placed)
            tried = _steadier(order, tried) if tried.worth.blocking else tried
            best = min(filter(None, (best, tried)), key=lambda one: one.worth)
            if not any(best.worth[:4]):
                break
    assert best is not None
    best = _with_more(order, day, best)
    best = _steadier(order, best)
    most = {one: max(count, best.day.problem.capacities[one]) for one, count in day.problem.capacities.items()}
    problem = replace(best.day.problem, capacities=most, openings=day.problem.openings)
    return best._replace(day=replace(best.day, problem=problem))


def _steadier(order: Order, best: Tried) -> Tried:
    """The day with more time in hand for what slips first in most runs, if that is the better day."""
    for change in () if is_steady(best.test) else earlier(best.day, best.test.first):
        placed = search(change.day.problem, tries=1)
        if placed.valid:
            tried = rated(order, change.day, placed)
            best = min(best, tried, key=lambda one: one.worth)
    return best


def _with_more(order: Order, day: Day, best: Tried) -> Tried:
    """The day with more cooks, if the order counts none and without them there is no time in hand."""
    cooks = _most_used(day, best.found)
    if cooks is None or cooks not in day.assumed or day.problem.capacities[cooks] >= PLENTY:
        return best
    for more in _MORE:
        if not best.worth.blocking:
            break
        other, placed = with_cooks(order, day, cooks, day.problem.capacities[cooks] + more)
        if placed.valid:
            best = min(best, _tried(order, other, placed), key=lambda one: one.worth)
    return best


def _ways(order: Order, day: Day, found: Found) -> Iterator[tuple[Day, Found]]:
    """The day in normal hours, begun sooner by as little as does it; with what must run at night; as it was found.

    A day of very many jobs is taken as it was found.
    """
    for sooner in _SOONER if len(day.problem.jobs) <= _MANY else ():
        normal = _in_normal_hours(order, day, sooner)
        if normal.problem.openings == day.problem.openings:
            break
        enough = with_enough(order, normal)
        yield enough
        at_night = overnight(order, normal, day.problem.openings)
        if at_night is not None:
            yield at_night, search(at_night.problem, tries=2)
        if enough[1].valid:
            break
    yield day, found


def _in_normal_hours(order: Order, day: Day, sooner: int) -> Day:
    openings = {
        place: spans if place == LEFT_ALONE else normal_hours(order, day.clock, spans, sooner)
        for place, spans in day.problem.openings.items()
    }
    return replace(day, problem=replace(day.problem, openings=openings))


def _best_of(order: Order, day: Day, found: Found) -> Tried:
    """The best of the day with all cooks and with fewer."""
    best = _tried(order, day, found)
    cooks = _most_used(day, found)
    for other, placed in with_fewer(order, day, found, cooks) if cooks else ():
        calmed = calm(order, other, placed)
        hoped = _if_on_time(order, *calmed)
        if hoped > best.worth and hoped.pay <= best.worth.pay * _DEARER:
            continue
        tried = _tested(*calmed, hoped)
        if tried.worth < best.worth:
            best = tried
        elif tried.worth.pay > best.worth.pay * _DEARER and tried.worth[:3] == best.worth[:3]:
            break
    return best


def _tried(order: Order, day: Day, found: Found) -> Tried:
    """A day, calm as far as it can be."""
    return rated(order, *calm(order, day, found))


def _most_used(day: Day, found: Found) -> Resource | None:
    """The role of which most are at work at once on the dishes."""
    dishes = [job for job in day.problem.jobs if job.group]
    most = peaks(dishes, found.placement, found.taken)
    people = {one: count for one, count in most.items() if one.kind == "staff" and one.place == EVERYWHERE}
    return max(people, key=lambda one: (people[one], one), default=None)
