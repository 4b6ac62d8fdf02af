"""What would make an impossible day work, as changes of the order: each proven by scheduling the changed order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from catering_cli.data.tables import rows
from catering_cli.domain import path as paths
from catering_cli.domain.finding import Change, Repair
from catering_cli.domain.menu import Dish
from catering_cli.domain.order import Order
from catering_cli.domain.recipe import RecipeStep
from catering_cli.kitchen.day.resources import base_equipment
from catering_cli.kitchen.menu.clock import base_id
from catering_cli.kitchen.recipes.equipment import equipment_name
from catering_cli.kitchen.repairs import swap_dish
from catering_cli.kitchen.repairs.conflict_text import Words, listed, overrun, plain, service_of
from catering_cli.kitchen.repairs.cost import cost_of
from catering_cli.kitchen.repairs.diagnosis import Reason
from catering_cli.kitchen.repairs.order_patch import applied
from catering_cli.kitchen.repairs.swap_dish import Fed
from catering_cli.scheduling import relaxation
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
    order: Order, dishes: Sequence[Dish], reason: Reason, say: Words, works: Works, fed: Fed
) -> tuple[Repair, ...]:
    """At most three, cheapest first: what costs nothing, what has a price, what has none known, what the client gives.

    `works` says whether an order has a schedule, `fed` gives the dishes of an order and who goes without a course.
    A safety limit is never changed, and no swap takes a course from a guest.
    """
    found: list[_Idea] = []
    for idea in _ideas(order, dishes, reason, say, fed):
        again = idea.only and idea.only in {other.only for other in found}
        if not again and _holds(order, dishes, idea, works):
            found.append(idea)
        if len(found) == _ENOUGH:
            break
    found.sort(key=lambda idea: (idea.rank, idea.cost or 0))
    return tuple(Repair(text=idea.text, cost=idea.cost, changes=idea.changes) for idea in found)


def _ideas(order: Order, dishes: Sequence[Dish], reason: Reason, say: Words, fed: Fed) -> Iterator[_Idea]:
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
        yield from _other(order, suspects, fed)


def _holds(order: Order, dishes: Sequence[Dish], idea: _Idea, works: Works) -> bool:
    return works(applied(order, idea.changes), idea.dishes or dishes)


def _by_relief(order: Order, reason: Reason, say: Words) -> Iterator[_Idea]:
    """What the search of the same jobs has found already, as changes of the order."""
    for way in reason.ways[: _ENOUGH + 1]:
        texts: list[str] = []
        changes: list[Change] = []
        if way.earlier:
            texts.append(_earlier_text(say, way))
        for resource, count in sorted(way.extra.items()):
            texts.append(_more_text(say, way, resource, count))
            changes.append(_more(applied(order, changes), resource, count))
        if way.earlier:
            changes += _hours(order, say, way)
        cost = cost_of(order, say.problem, way)
        yield _Idea(_rank(cost), listed(texts, len(texts)), tuple(changes), cost)


def _rank(cost: Decimal | None) -> int:
    """What is free comes before what has a price, and that before what has none known."""
    if cost is None:
        return _UNPRICED_RANK
    return _PRICED_RANK if cost else _FREE_RANK


def _earlier_text(say: Words, way: Relief) -> str:
    opens = relaxation.day_opens(next(iter(say.problem.openings.values())))
    instead = f"instead of {say.at(opens)}" if opens else "and stay open until service"
    return f"open at {say.at(opens - way.earlier)} {instead}"


def _more_text(say: Words, way: Relief, resource: Resource, count: int) -> str:
    windows = relaxation.over(say.problem, way.found, resource)
    more = max([count, *(window[2] for window in windows)])
    times = [f"from {say.span(start, end)}" for start, end, _ in windows]
    return f"{more} more {plain(resource)} {listed(times)}".rstrip()


def _hours(order: Order, say: Words, way: Relief) -> list[Change]:
    """The openings that the day then has, and nothing kept from before they begin."""
    spans = next(iter(relaxation.opened(say.problem, way.earlier).openings.values()))
    first = min(way.found.placement.values(), default=0) - 24 * 60
    times = [
        {"from": say.clock.moment(low).isoformat(), "until": say.clock.moment(high).isoformat()}
        for low, high in spans
        if high > first
    ]
    out = [Change(path="order.kitchen.hours", value=times)]
    opens = say.clock.moment(spans[0][0])
    start = order.kitchen.available_from
    if start is not None and start > opens:
        out.append(Change(path="order.kitchen.available_from", value=opens.isoformat()))
    return out


def _more(order: Order, resource: Resource, count: int) -> Change:
    """More of a resource where the order says what there is; tools and stores that it does not list stay assumed."""
    if resource.kind == "staff":
        return _more_people(order, resource, count)
    at = next((i for i, place in enumerate(order.places) if place.id == resource.place), None)
    if resource.place != base_id(order) and at is not None:
        return _counted(f"order.places[{at}].equipment", order.places[at].equipment, resource, count)
    if order.kitchen.equipment is not None:
        return _counted("order.kitchen.equipment", order.kitchen.equipment, resource, count)
    if at is not None and base_equipment(order):
        return _counted(f"order.places[{at}].equipment", order.places[at].equipment, resource, count)
    usual = {row["name"]: int(row["count"]) for row in rows("equipment") if row["kind"] == "plant"}
    return Change(path="order.kitchen.equipment", value={**usual, resource.name: usual.get(resource.name, 0) + count})


def _more_people(order: Order, resource: Resource, count: int) -> Change:
    """More people in the row of the role, or a row for it."""
    staff = order.staff or ()
    for i, row in enumerate(staff):
        if row.role == resource.name:
            return Change(path=f"order.staff[{i}].available", value=row.available + count)
    return Change(path=f"order.staff[{len(staff)}]", value={"role": resource.name, "available": count})


def _counted(path: str, given: dict[str, int], resource: Resource, count: int) -> Change:
    name = next((name for name in given if equipment_name(name) == resource.name), resource.name)
    return Change(path=paths.step(path, name), value=given.get(name, 0) + count)


def _other(order: Order, suspects: Sequence[Dish], fed: Fed) -> Iterator[_Idea]:
    """Served later, another dish."""
    for minutes in _LATER:
        changes = tuple(_later(order, minutes))
        at = order.event.service_at + timedelta(minutes=minutes)
        yield _Idea(_LATE_RANK, f"start service {minutes} min later, at {at:%H:%M}", changes, only="time")
    for swap in swap_dish.swaps(order, suspects[:_ENOUGH], fed):
        text = f"{listed(list(swap.texts))}; no guest loses a course"
        yield _Idea(_SWAP_RANK, text, swap.changes, dishes=swap.dishes, only="swap")


def _ahead(order: Order, dishes: Sequence[Dish], dish: Dish) -> Iterator[_Idea]:
    """A dish as far ahead as its results keep, if the recipe allows less."""
    if dish.recipe is None:
        return
    longer = {number: keeps for number, step in enumerate(dish.recipe.steps, start=1) if (keeps := _keeps_longer(step))}
    if not longer:
        return
    steps = list(dish.recipe.steps)
    changes = []
    for path, (number, keeps) in enumerate(longer.items(), start=len(order.decisions)):
        ahead = min(keeps, _LONGEST)
        steps[number - 1] = steps[number - 1].model_copy(update={"make_ahead_hours": ahead})
        value = {"kind": "split_task", "dish": dish.id, "step": number, "make_ahead_hours": ahead}
        changes.append(Change(path=f"order.decisions[{path}]", value=value))
    made = dish.model_copy(update={"recipe": dish.recipe.model_copy(update={"steps": tuple(steps)})})
    text = f"make {dish.name} up to {max(longer.values())} h ahead: it keeps that long"
    yield _Idea(_FREE_RANK, text, tuple(changes), dishes=tuple(made if one.id == dish.id else one for one in dishes))


def _keeps_longer(step: RecipeStep) -> int | None:
    """Hours that the result of a step keeps, if that is longer than it may be made ahead."""
    keeps, ahead = step.shelf_life_hours, step.make_ahead_hours
    if keeps is None or ahead is None or keeps <= ahead:
        return None
    return keeps


def _quicker(order: Order, say: Words) -> Iterator[_Idea]:
    """More people if a course is plated too slowly for its service: the fewest with whom the day works."""
    slow = [work for work in say.works.values() if overrun(say.works, work)]
    plating = next((need.options[0] for work in slow for need in work.needs if need.options[0].kind == "staff"), None)
    if plating is None or order.staff is None:
        return
    for count in _PLATING:
        text = f"{count} more {plain(plating)} to plate the courses on time"
        yield _Idea(_UNPRICED_RANK, text, (_more(order, plating, count),), only="plating")


def _longer(order: Order, say: Words) -> Iterator[_Idea]:
    """A service that is too short to plate its courses, until the last is on the table."""
    late: dict[str, int] = {}
    for work in say.works.values():
        over = overrun(say.works, work)
        if over:
            meal = service_of(work)
            late[meal] = max(late.get(meal, 0), over.ends)
    for meal, ends in late.items():
        at = next((n for n, one in enumerate(order.services) if f"service.{one.id}" == meal), None)
        path = "order.event.ends_at" if at is None else f"order.services[{at}].until"
        change = Change(path=path, value=say.clock.moment(ends).isoformat())
        yield _Idea(_LATE_RANK, f"end service at {say.at(ends)}", (change,), only="time")


def _later(order: Order, minutes: int) -> Iterator[Change]:
    """Everything that is fixed to the clock, that much later."""
    more = timedelta(minutes=minutes)
    yield Change(path="order.event.service_at", value=(order.event.service_at + more).isoformat())
    if order.event.ends_at:
        yield Change(path="order.event.ends_at", value=(order.event.ends_at + more).isoformat())
    for n, service in enumerate(order.services):
        yield Change(path=f"order.services[{n}].at", value=(service.at + more).isoformat())
        if service.until:
            yield Change(path=f"order.services[{n}].until", value=(service.until + more).isoformat())
