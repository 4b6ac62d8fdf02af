"""From guests to portions: how many of each dish are eaten, by whom, and how many are made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from catering_cli.data.tables import rows
from catering_cli.domain.order import Order
from catering_cli.domain.plan_parts.diets import Diets, DishDiets, Eats, PlanProfile
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.kitchen.dietary import profiles
from catering_cli.kitchen.dietary.matrix import Matrix
from catering_cli.kitchen.menu.decisions import DecisionIndex
from catering_cli.kitchen.menu.dishes import MenuDish
from catering_cli.kitchen.serving import demands, scale, takings
from catering_cli.kitchen.serving.allocation import Demand, Eater, Flow, allocate, leave_none_out
from catering_cli.kitchen.serving.demands import Due, Seating
from catering_cli.kitchen.serving.takings import Taking


class Unfed(NamedTuple):
    """Guests of a profile for whom a course has no dish, or not enough."""

    profile: str
    course: str
    service: str
    portions: int


class Served(NamedTuple):
    """Who eats what, and what is left open."""

    diets: Diets
    needed: Mapping[str, int]
    """portions that are eaten, by dish id"""
    unfed: tuple[Unfed, ...]


def serve(
    order: Order,
    items: Sequence[MenuDish],
    matrix: Matrix,
    decisions: DecisionIndex,
) -> Served:
    """Give every profile its portions of every course from dishes that feed it."""
    by_dish = {row.dish: row for row in matrix.rows}
    kinds = tuple(_with_dishes(one, items, by_dish) for one in (*profiles.profiles(order), *_crew(order)))
    table = Seating(order, decisions, kinds, tuple(takings.groups(order, items)))
    flow: Flow = {}
    unfed: list[Unfed] = []
    for taking, dishes in takings.takings(items).items():
        part, lacking = _dealt(table, taking, dishes, flow)
        flow |= part
        unfed += _unfed(table, taking, lacking)
    eats = _eats(flow)
    return Served(
        diets=Diets(
            allergens=matrix.allergens,
            diets=matrix.diets,
            rows=matrix.rows,
            profiles=kinds,
            eats=eats,
            labels_to_read=matrix.labels_to_read,
        ),
        needed=_needed(items, eats),
        unfed=tuple(unfed),
    )


class _Lack(NamedTuple):
    """Portions that a kind of guest lacks of what it is due."""

    due: Due
    portions: int


def _dealt(table: Seating, taking: Taking, dishes: Sequence[MenuDish], before: Flow) -> tuple[Flow, list[_Lack]]:
    """The flow of dishes that are taken under one rule, over all services, and who lacks what.

    First what no guest may go without, then the rest as far as the portions go that the client fixed.
    """
    caps = {dish.id: dish.portions for dish in dishes if dish.portions is not None}
    dues = list(demands.dues(table, taking, dishes, before))
    first = list(_demands(dues, rest=False))
    flow, short = allocate(first, caps)
    if caps:
        left = {dish: cap - _eaten(dish, flow) for dish, cap in caps.items()}
        extra, _ = allocate(list(_demands(dues, rest=True)), left)
        for pair, count in extra.items():
            flow[pair] = flow.get(pair, 0) + count
    else:
        flow = leave_none_out(first, flow)
    return flow, [lack for due in dues if (lack := _lacks(due, short)).portions]


def _demands(dues: Sequence[Due], *, rest: bool) -> Iterator[Demand]:
    """The demands of those whom a dish feeds: what no guest may go without, or the rest."""
    for due in dues:
        if due.dishes:
            yield from demands.demands(due, due.portions - due.least if rest else due.least)


def _eaten(dish: str, flow: Flow) -> int:
    return sum(count for (_, eaten), count in flow.items() if eaten == dish)


def _lacks(due: Due, short: Mapping[Eater, int]) -> _Lack:
    """What is missing; of dishes that are each taken, what is missing of the one that there is most of."""
    who = (str(due.group), due.profile.id)
    if not due.dishes:
        return _Lack(due, due.portions)
    if due.each:
        return _Lack(due, min(short.get((*who, dish), 0) for dish in due.dishes))
    return _Lack(due, short.get((*who, ""), 0))


def _unfed(table: Seating, taking: Taking, lacking: Sequence[_Lack]) -> Iterator[Unfed]:
    """Who goes without a course: not who has no dish under one of its rules and a dish under another."""
    for due, portions in lacking:
        group = table.groups[due.group]
        others = [
            item.id
            for item in group.dishes
            if item.course == taking.course and not item.goes_with and item.id in due.profile.may_eat
        ]
        if due.dishes or not others:
            yield Unfed(due.profile.id, taking.course, group.meal.name, portions)


def _with_dishes(
    profile: PlanProfile,
    items: Sequence[MenuDish],
    by_dish: Mapping[str, DishDiets],
) -> PlanProfile:
    """The profile with the dishes that feed it; a dish for others alone is none of them."""
    offered = [item.id for item in items if not item.only_for or profile.id in item.only_for]
    may_eat = tuple(dish for dish in offered if profiles.feeds(by_dish[dish], profile))
    return profile.model_copy(update={"may_eat": may_eat})


def _eats(flow: Flow) -> tuple[Eats, ...]:
    """Portions by profile, its dishes in the order of the menu."""
    eaten: Counter[tuple[str, str]] = Counter()
    for ((_, profile, _), dish), count in flow.items():
        eaten[profile, dish] += count
    in_order = sorted(eaten.items(), key=_by_number)
    return tuple(Eats(profile=profile, dish=dish, portions=count) for (profile, dish), count in in_order if count)


def _by_number(pair: tuple[tuple[str, str], int]) -> tuple[str, int]:
    (profile, dish), _ = pair
    return profile, int(dish[1:])


def _needed(items: Sequence[MenuDish], eats: Sequence[Eats]) -> dict[str, int]:
    """Portions that are eaten of each dish; 0 if no guest eats it."""
    needed = {dish.id: 0 for dish in items}
    for one in eats:
        needed[one.dish] += one.portions
    return needed


def scaled(
    order: Order,
    items: Sequence[MenuDish],
    served: Served,
    decisions: DecisionIndex,
) -> tuple[Dish, ...]:
    """The dishes at the portions that are made: the need and one overage, or what the order fixes."""
    dishes = []
    for item in items:
        needed = served.needed[item.id]
        base = needed if item.portions is None else item.portions
        over = _over_of(order, item)
        made = scale.made(base, over)
        dishes.append(scale.dish(order, item, needed, made, over, decisions))
    return tuple(dishes)


def _over_of(order: Order, item: MenuDish) -> int:
    """Percent made beyond the need: as stated, none on portions that the order fixes, else by style."""
    if item.over_percent is not None:
        return item.over_percent
    return 0 if item.portions else over_percent(order)


def over_percent(order: Order) -> int:
    """Percent made beyond the need if the order does not say, by style of the event."""
    for row in rows("portions"):
        if row["kind"] == "over" and row["style"] == order.event.style:
            return int(row["value"])
    raise LookupError(f"data/portions.tsv has no row `over` for the style {order.event.style!r}")


def _crew(order: Order) -> Iterator[PlanProfile]:
    """Meals beside the guests', as profiles without a need: they eat what the guests eat."""
    for number, meals in enumerate(order.guests.extra_meals, start=1):
        source = f"order.guests.extra_meals[{number - 1}]"
        yield PlanProfile(
            id=f"x{number}",
            name=meals.who,
            count=meals.count,
            source=source,
        )
