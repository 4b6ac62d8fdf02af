"""What would make an impossible day work, as changes of the order: each proven by scheduling the changed order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from catering_cli.domain.finding import Change, Repair
from catering_cli.domain.menu import Dish
from catering_cli.domain.order import Order
from catering_cli.domain.recipe import RecipeStep
from catering_cli.kitchen.repairs import order_changes, swap_dish
from catering_cli.kitchen.repairs.conflict_text import Words, in_words, overrun, resource_name, service_of
from catering_cli.kitchen.repairs.cost import cost_of
from catering_cli.kitchen.repairs.diagnosis import Reason
from catering_cli.kitchen.repairs.order_patch import applied
from catering_cli.kitchen.repairs.swap_dish import Fed
from catering_cli.scheduling import excess, relaxation
from catering_cli.scheduling.problem import Resource
from catering_cli.scheduling.relaxation import Relief

Works = Callable[[Order, Sequence[Dish]], bool]

_ENOUGH = 3
"""Repairs that are told."""
_FREE_RANK, _PRICED_RANK, _UNPRICED_RANK = 0, 1, 2
_LATE_RANK, _SWAP_RANK = 3, 4
_LONGEST = 14 * 24
"""Hours ahead that a decision may state."""
_PLATING = (1, 2, 4)
"""People more with whom plating is tried."""
_LATER = (30, 60, 120, 240)
"""Minutes by which a service might be moved, the least first."""
_DAY = 24 * 60
_JOBS = 1_500
"""Jobs of a day beyond which only hours, people and equipment are tried: it bounds time."""


@dataclass(frozen=True, slots=True)
class _Idea:
    """A change that might do it; `rank` is what comes first of those whose price is not known."""

    rank: int
    text: str
    changes: tuple[Change, ...]
    cost: Decimal | None = None
    dishes: tuple[Dish, ...] | None = None
    only: str = ""
    """of ideas that share this one is told: the least that does it"""


def repairs(
    order: Order,
    dishes: Sequence[Dish],
    reason: Reason,
    say: Words,
    works: Works,
    fed: Fed,
) -> tuple[Repair, ...]:
    """At most three, cheapest first: what costs nothing, what has a price, what has none known, what the client gives.

    `works` says whether an order has a schedule, `fed` gives the dishes of an order and who goes without a course.
    A safety limit is never changed, and no swap takes a course from a guest.
    """
    found: list[_Idea] = []
    for idea in _ideas(order, dishes, reason, say, fed):
        if _is_told(idea, found):
            continue
        if works(applied(order, idea.changes), idea.dishes or dishes):
            found.append(idea)
        if len(found) == _ENOUGH:
            break
    found.sort(key=lambda idea: (idea.rank, idea.cost or 0))
    return tuple(Repair(text=idea.text, cost=idea.cost, changes=idea.changes) for idea in found)


def _is_told(idea: _Idea, found: Sequence[_Idea]) -> bool:
    """Whether a lesser change of the same kind does it already."""
    return bool(idea.only) and any(idea.only == other.only for other in found)


def _ideas(
    order: Order,
    dishes: Sequence[Dish],
    reason: Reason,
    say: Words,
    fed: Fed,
) -> Iterator[_Idea]:
    """What might do it, in the order in which it is tried."""
    named = {dish.id: dish for dish in dishes}
    suspects = [named[name] for name in reason.suspects if name in named]
    few = len(say.problem.jobs) <= _JOBS
    if few:
        for dish in suspects[:2]:
            yield from _ahead(order, dishes, dish)
    yield from _by_relief(order, reason, say)
    yield from _quicker(order, say)
    yield from _longer(order, say)
    if few:
        yield from _served_later(order)
        yield from _other_dish(order, suspects, fed)


def _by_relief(order: Order, reason: Reason, say: Words) -> Iterator[_Idea]:
    """What the search of the same jobs has found already, as changes of the order."""
    for way in reason.ways[: _ENOUGH + 1]:
        cost = cost_of(order, say.problem, way)
        texts = list(_relief_texts(say, way))
        changes = tuple(_relief_changes(order, say, way))
        yield _Idea(_rank(cost), in_words(texts, len(texts)), changes, cost)


def _rank(cost: Decimal | None) -> int:
    """What is free comes before what has a price, and that before what has none known."""
    if cost is None:
        return _UNPRICED_RANK
    return _PRICED_RANK if cost else _FREE_RANK


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
    return f"{most} more {resource_name(resource)} {in_words(times)}".rstrip()


def _served_later(order: Order) -> Iterator[_Idea]:
    """All services later, by as little as does it."""
    for minutes in _LATER:
        at = order.event.service_at + timedelta(minutes=minutes)
        text = f"start service {minutes} min later, at {at:%H:%M}"
        changes = tuple(order_changes.later(order, minutes))
        yield _Idea(_LATE_RANK, text, changes, only="time")


def _other_dish(order: Order, suspects: Sequence[Dish], fed: Fed) -> Iterator[_Idea]:
    """Another dish of the catalogue in the place of one."""
    for swap in swap_dish.swaps(order, suspects[:_ENOUGH], fed):
        text = f"{in_words(swap.texts)}; no guest loses a course"
        yield _Idea(_SWAP_RANK, text, swap.changes, dishes=swap.dishes, only="swap")


def _ahead(order: Order, dishes: Sequence[Dish], dish: Dish) -> Iterator[_Idea]:
    """A dish as far ahead as its results keep, if the recipe allows less."""
    steps = dish.recipe.steps if dish.recipe else ()
    longer = {number: _keeps_longer(step) for number, step in enumerate(steps, start=1)}
    longer = {number: keeps for number, keeps in longer.items() if keeps}
    if not longer:
        return
    ahead = {number: min(keeps, _LONGEST) for number, keeps in longer.items()}
    made = _made_ahead(dish, ahead)
    text = f"make {dish.name} up to {max(longer.values())} h ahead: it keeps that long"
    changes = tuple(_split_tasks(order, dish, ahead))
    menu = tuple(made if one.id == dish.id else one for one in dishes)
    yield _Idea(_FREE_RANK, text, changes, dishes=menu)


def _made_ahead(dish: Dish, ahead: Mapping[int, int]) -> Dish:
    """A dish some of whose steps, by number, may be done so many hours ahead."""
    assert dish.recipe is not None
    steps = list(dish.recipe.steps)
    for number, hours in ahead.items():
        steps[number - 1] = steps[number - 1].model_copy(update={"make_ahead_hours": hours})
    recipe = dish.recipe.model_copy(update={"steps": tuple(steps)})
    return dish.model_copy(update={"recipe": recipe})


def _split_tasks(order: Order, dish: Dish, ahead: Mapping[int, int]) -> Iterator[Change]:
    """The decisions that steps of a dish, by number, are done so many hours ahead."""
    for at, (number, hours) in enumerate(ahead.items(), start=len(order.decisions)):
        value = {"kind": "split_task", "dish": dish.id, "step": number, "make_ahead_hours": hours}
        yield Change(path=f"order.decisions[{at}]", value=value)


def _keeps_longer(step: RecipeStep) -> int:
    """Hours that the result of a step keeps, if that is longer than it may be made ahead; else 0."""
    keeps, ahead = step.shelf_life_hours, step.make_ahead_hours
    if keeps is None or ahead is None or keeps <= ahead:
        return 0
    return keeps


def _quicker(order: Order, say: Words) -> Iterator[_Idea]:
    """More people if a course is plated too slowly for its service: the fewest with whom the day works."""
    people = _plating_people(say)
    if people is None or order.staff is None:
        return
    for count in _PLATING:
        text = f"{count} more {resource_name(people)} to plate the courses on time"
        change = order_changes.more(order, people, count)
        yield _Idea(_UNPRICED_RANK, text, (change,), only="plating")


def _plating_people(say: Words) -> Resource | None:
    """The role that plates a course too slowly; None if all are plated on time."""
    for work in say.works.values():
        if not overrun(say.works, work):
            continue
        for need in work.needs:
            if need.options[0].kind == "staff":
                return need.options[0]
    return None


def _longer(order: Order, say: Words) -> Iterator[_Idea]:
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
        yield _Idea(_LATE_RANK, f"end service at {say.at(ends)}", (change,), only="time")
