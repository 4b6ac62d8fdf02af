"""The day as it may be scheduled, in order of preference, and which of those is taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from catering_cli.domain.order import Order
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.kitchen.day.day_problem import Day, opened_early, overnight, problem, with_enough, with_leads
from catering_cli.kitchen.day.event_times import wanted
from catering_cli.kitchen.day.rating.crew import Tried, cheapest
from catering_cli.kitchen.day.standing import Standing
from catering_cli.kitchen.dietary.careful_first import First, order_of_use
from catering_cli.kitchen.menu.clock import Clock
from catering_cli.kitchen.menu.decisions import DecisionIndex
from catering_cli.kitchen.menu.services import meals
from catering_cli.kitchen.serving.waves import AT_ONCE
from catering_cli.scheduling.backward_greedy import Found

_CHOICES = 4
"""Days that work of which the best is taken, if something blocks each of them: it bounds time."""


def chosen_day(order: Order, candidates: Iterable[tuple[Day, Found]]) -> Tried | tuple[Day, Found]:
    """The first of the days that works with nothing that blocks; else the best that works; else the last that failed.

    At most so many days that work are tried.
    """
    tried: list[Tried] = []
    last: tuple[Day, Found] | None = None
    for day, found in candidates:
        if found.valid:
            tried.append(cheapest(order, day, found))
            if not tried[-1].worth.blocking or len(tried) == _CHOICES:
                break
        elif not tried:
            last = day, found
    if tried:
        return min(tried, key=lambda one: one.worth)
    assert last is not None
    return last


def days(
    order: Order, dishes: Sequence[Dish], judged: DecisionIndex, standing: Standing
) -> Iterator[tuple[Day, Found]]:
    """The day as it may be scheduled, the most careful first: each with its placement, whether it works or not.

    With as much time in hand after its drives as is wanted, then with less; with the careful dish first on what dishes
    share, on less of it, in any order; with what keeps less long than its service lasts in waves, then all at once.
    Chefs and sous chefs are hands like cooks only if no day works without them. Work goes on overnight only if it must,
    and begins before the usual hours only if something blocks all the others.
    """
    wish = wanted(order).arrival
    given: list[Day] = []
    full: list[Day] = []
    works = False
    for minutes in (wish, wish // 2, wish // 4, 0):
        at_night: list[Day] = []
        for turn, waves in _turns(order, judged):
            full.append(standing.round(problem(order, dishes, judged, minutes, turn, waves=waves)))
            given.append(with_leads(order, full[-1]))
            at_night += filter(None, [overnight(order, given[-1], given[-1].problem.openings)])
            tried = with_enough(order, given[-1])
            works = works or tried[1].valid
            yield tried
        for night in () if works else at_night:
            tried = with_enough(order, night)
            works = works or tried[1].valid
            yield tried
        if not _drives(given[0]):
            break
    if not works and given[0].led:
        yield from (with_enough(order, day) for day in (full[0], full[-1]))
    yield from _early(order, given)


def _turns(order: Order, judged: DecisionIndex) -> Iterable[tuple[Sequence[First], bool]]:
    """Which dish comes first on what dishes share, and whether food goes out in waves, if it may."""
    firsts = order_of_use(order, judged)
    turns = dict.fromkeys((firsts, firsts[: len(firsts) // 2], ()))
    lasting = any(meal.style not in AT_ONCE for meal in meals(order, Clock.of(order)))
    return product(turns, (True, False) if lasting else (False,))


def _early(order: Order, candidates: Iterable[Day]) -> Iterator[tuple[Day, Found]]:
    """The days that work if they begin before the usual hours, the latest beginning first; none if hours are given."""
    for day in candidates:
        begun = opened_early(order, day)
        if begun and with_enough(order, begun[-1])[1].valid:
            tried = (with_enough(order, early) for early in begun)
            yield from (one for one in tried if one[1].valid)


def _drives(day: Day) -> bool:
    """Whether anything is driven."""
    return any(work.kind == "drive" for work in day.works.values())
