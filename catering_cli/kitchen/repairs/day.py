"""What would make an impossible day work, as changes of the order: each proven by scheduling the changed order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from typing import NamedTuple

from catering_cli.data.tables import figure
from catering_cli.domain.finding import Change, Repair
from catering_cli.domain.order import Order
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.kitchen.menu.prices import hourly
from catering_cli.kitchen.repairs import made_otherwise, order_changes, swap_dish
from catering_cli.kitchen.repairs.conflict_text import Words, in_words, overrun, service_of, several
from catering_cli.kitchen.repairs.cost import cost_of
from catering_cli.kitchen.repairs.diagnosis import Reason
from catering_cli.kitchen.repairs.idea import Idea, Rank, Works, rank_by
from catering_cli.kitchen.repairs.order_patch import applied
from catering_cli.kitchen.repairs.swap_dish import Fed
from catering_cli.kitchen.repairs.trials import Trials
from catering_cli.scheduling import excess, relaxation
from catering_cli.scheduling.intervals import union
from catering_cli.scheduling.problem import Resource
from catering_cli.scheduling.relaxation import Relief

_ENOUGH = 3
"""Repairs that are told."""
_MORE = (30, 60)
"""Minutes more by which the day is begun earlier, if the least leaves no time in hand."""
_FURTHER = 3
"""Times that one more is tried of what is too few, if the least leaves no time in hand."""
_BEFORE = (4, 8)
"""Hours of the day before for which the kitchen is open."""
_PLATING = (1, 2, 4)
"""People more with whom plating is tried."""
_LATER = (30, 60, 120)
"""Minutes by which a service might be moved, the least first."""
_DAY = 24 * 60
_JOBS = 1_500
"""Jobs of a day beyond which only hours, people and equipment are tried: it bounds time."""


class Bounds(NamedTuple):
    """When to stop."""

    enough: int = _ENOUGH
    """repairs that work well"""
    tried: int | None = None
    """changes that are tried; None: all"""


_USUAL = Bounds()


def repairs(
    order: Order,
    dishes: Sequence[Dish],
    reason: Reason,
    say: Words,
    trials: Trials,
    bounds: Bounds = _USUAL,
) -> tuple[Repair, ...]:
    """At most three, the smallest first: what is free, what has a price, what has none known, what the client gives.

    `trials` says what an order comes to, the dishes of an order and who goes without a course. A safety limit is never
    changed, and no swap takes a course from a guest. What leaves a day in which something blocks is told only if
    nothing better is found.
    """
    found: dict[Works, list[Idea]] = {Works.WELL: [], Works.BARELY: []}
    for idea in islice(_ideas(order, dishes, reason, say, trials.fed), bounds.tried):
        if _is_told(idea, found[Works.WELL]):
            continue
        changed = applied(order, idea.changes)
        comes_to = trials.comes_to(changed, None if idea.remade else idea.dishes or dishes)
        if comes_to:
            found[comes_to].append(idea)
        if len(found[Works.WELL]) == bounds.enough or trials.is_spent:
            break
    told = found[Works.WELL] or list(_least(found[Works.BARELY]))
    told.sort(key=lambda idea: (idea.rank, idea.cost or 0))
    return tuple(Repair(text=idea.text, cost=idea.cost, changes=idea.changes) for idea in told[:_ENOUGH])


def _least(ideas: Iterable[Idea]) -> Iterator[Idea]:
    """Of ideas of one kind the first."""
    kinds: set[str] = set()
    for idea in ideas:
        if not idea.only or idea.only not in kinds:
            kinds.add(idea.only)
            yield idea


def _is_told(idea: Idea, found: Sequence[Idea]) -> bool:
    """Whether a lesser change of the same kind does it already."""
    return bool(idea.only) and any(idea.only == other.only for other in found)


def _ideas(
    order: Order,
    dishes: Sequence[Dish],
    reason: Reason,
    say: Words,
    fed: Fed,
) -> Iterator[Idea]:
    """What might do it, in the order in which it is tried."""
    named = {dish.id: dish for dish in dishes}
    suspects = [named[name] for name in reason.suspects if name in named]
    few = len(say.problem.jobs) <= _JOBS
    if few:
        for dish in suspects[:2]:
            yield from made_otherwise.ahead(order, dish)
            yield from made_otherwise.in_smaller_batches(order, dish)
        yield from made_otherwise.at_the_venue(order, suspects[:2])
    yield from _by_relief(order, reason, say)
    yield from _quicker(order, say)
    yield from _longer(order, say)
    if few:
        yield from _served_later(order)
        yield from _other_dish(order, suspects, fed)


def _by_relief(order: Order, reason: Reason, say: Words) -> Iterator[Idea]:
    """What the search of the same jobs has found already, as changes of the order; by more if it leaves no time."""
    for number, way in enumerate(reason.ways[: _ENOUGH + 1]):
        if way.earlier and not way.extra:
            yield from _earlier(order, say, way)
            continue
        for further in range(_FURTHER):
            extra = {resource: count + further for resource, count in way.extra.items()}
            yield replace(_of_relief(order, say, replace(way, extra=extra)), only=f"relief {number}")


def _of_relief(order: Order, say: Words, way: Relief) -> Idea:
    cost = cost_of(order, say.problem, way)
    texts = list(_relief_texts(say, way))
    changes = tuple(_relief_changes(order, say, way))
    return Idea(rank_by(cost), in_words(texts, len(texts)), changes, cost)


def _earlier(order: Order, say: Words, way: Relief) -> Iterator[Idea]:
    """The day begun earlier, by as little as leaves some time in hand; by night only after the day before."""
    opens = relaxation.day_opens(next(iter(say.problem.openings.values())))
    if say.clock.moment(opens - way.earlier).hour < figure("work", "day_opens") // 60:
        yield from _day_before(order, say, opens)
        yield replace(_of_relief(order, say, way), rank=Rank.NIGHT)
        return
    for minutes in (0, *_MORE):
        longer = relaxation.opened_by(say.problem, way.earlier + minutes)
        if longer:
            yield replace(_of_relief(order, say, longer), only="earlier")


def _day_before(order: Order, say: Words, opens: int) -> Iterator[Idea]:
    """The kitchen for some hours of the day before: a shift of one cook is paid."""
    low, high = say.clock.day_before(opens, 1)
    closes = min(high, low + figure("work", "normal_closes"))
    for hours in _BEFORE:
        spans = union([(closes - 60 * hours, closes), *next(iter(say.problem.openings.values()))])
        changes = tuple(order_changes.hours(order, say.clock, spans, closes - 60 * hours))
        rate = hourly(order, "cook")
        cost = None if rate is None else rate * max(hours, figure("work", "shift_call") // 60)
        text = f"make it the day before: open from {say.span(closes - 60 * hours, closes)}"
        yield Idea(rank_by(cost), text, changes, cost, only="before")


def _relief_texts(say: Words, way: Relief) -> Iterator[str]:
    if way.earlier:
        yield _earlier_text(say, way)
    for resource, count in sorted(way.extra.items()):
        yield _more_text(say, way, resource, count)


def _relief_changes(order: Order, say: Words, way: Relief) -> Iterator[Change]:
    """More of each resource, one change on top of the other, then the openings of a day that begins earlier."""
    changed = order
    for resource, count in sorted(way.extra.items()):
        change = order_changes.more(changed, resource, count)
        changed = applied(changed, [change])
        yield change
    if way.earlier:
        opened = relaxation.opened(say.problem, way.earlier)
        spans = next(iter(opened.openings.values()))
        a_day_before = min(way.found.placement.values(), default=0) - _DAY
        yield from order_changes.hours(order, say.clock, spans, a_day_before)


def _earlier_text(say: Words, way: Relief) -> str:
    opens = relaxation.day_opens(next(iter(say.problem.openings.values())))
    instead = f"instead of {say.at(opens)}" if opens else "and stay open until service"
    return f"open at {say.at(opens - way.earlier)} {instead}"


def _more_text(say: Words, way: Relief, resource: Resource, count: int) -> str:
    windows = excess.over(say.problem, way.found, resource)
    most = max([count, *(window.more for window in windows)])
    times = [f"from {say.span(window.start, window.end)}" for window in windows]
    return f"{most} more {several(resource, most)} {in_words(times)}".rstrip()


def _served_later(order: Order) -> Iterator[Idea]:
    """All services later, by as little as does it."""
    for minutes in _LATER:
        at = order.event.service_at + timedelta(minutes=minutes)
        text = f"start service {minutes} min later, at {at:%H:%M}"
        changes = tuple(order_changes.later(order, minutes))
        yield Idea(Rank.LATER, text, changes, only="time")


def _other_dish(order: Order, suspects: Sequence[Dish], fed: Fed) -> Iterator[Idea]:
    """Another dish of the catalogue in the place of one."""
    for swap in swap_dish.swaps(order, suspects[:_ENOUGH], fed):
        text = f"{in_words(swap.texts)}; no guest loses a course"
        yield Idea(Rank.OTHER_DISH, text, swap.changes, dishes=swap.dishes, only="swap")


def _quicker(order: Order, say: Words) -> Iterator[Idea]:
    """More people if a course is plated too slowly for its service: the fewest with whom the day works."""
    people = _plating_people(say)
    if people is None or order.staff is None:
        return
    for count in _PLATING:
        text = f"{count} more {several(people, count)} to plate the courses on time"
        change = order_changes.more(order, people, count)
        yield Idea(Rank.UNPRICED, text, (change,), only="plating")


def _plating_people(say: Words) -> Resource | None:
    """The role that plates a course too slowly; None if all are plated on time."""
    for work in say.works.values():
        if not overrun(say.works, work):
            continue
        for need in work.needs:
            if need.options[0].kind == "staff":
                return need.options[0]
    return None


def _longer(order: Order, say: Words) -> Iterator[Idea]:
    """A service that is too short to plate its courses, until the last is on the table."""
    until: dict[str, int] = {}
    for work in say.works.values():
        over = overrun(say.works, work)
        if over:
            service = service_of(work)
            until[service] = max(until.get(service, 0), over.ends)
    paths = {f"service.{one.id}": f"order.services[{n}].until" for n, one in enumerate(order.services)}
    for service, ends in until.items():
        path = paths.get(service, "order.event.ends_at")
        change = Change(path=path, value=say.clock.moment(ends).isoformat())
        yield Idea(Rank.LATER, f"end service at {say.at(ends)}", (change,), only="time")
