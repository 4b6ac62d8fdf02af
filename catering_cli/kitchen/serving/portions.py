"""From guests to portions: how many of each dish are eaten, by whom, and how many are made."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain
from typing import NamedTuple

from catering_cli.data.tables import rows
from catering_cli.domain.decision import Assign
from catering_cli.domain.diets import Diets, DishDiets, Eats, PlanProfile
from catering_cli.domain.menu import Dish
from catering_cli.domain.order import Order
from catering_cli.domain.quantity import exact
from catering_cli.kitchen.dietary import profiles
from catering_cli.kitchen.dietary.matrix import Matrix
from catering_cli.kitchen.menu import services
from catering_cli.kitchen.menu.decisions import DecisionIndex, folded
from catering_cli.kitchen.menu.dishes import MenuDish
from catering_cli.kitchen.menu.services import Meal
from catering_cli.kitchen.serving import scale
from catering_cli.kitchen.serving.allocation import Demand, Flow, allocate


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


class PerGuest(NamedTuple):
    """Row of the portions table."""

    each: bool
    value: Fraction


def serve(
    order: Order,
    items: Sequence[MenuDish],
    matrix: Matrix,
    decisions: DecisionIndex,
) -> Served:
    """Give every profile its portions of every course from dishes that feed it."""
    by_dish = {row.dish: row for row in matrix.rows}
    eaters = (*profiles.profiles(order), *_crew(order))
    kinds = tuple(_with_dishes(profile, items, by_dish) for profile in eaters)
    eaten: Counter[tuple[str, str]] = Counter()
    unfed: list[Unfed] = []
    for group in _groups(order, items):
        for course in dict.fromkeys(dish.course for dish in group.dishes):
            flow, missing = _course(order, course, group, kinds, decisions)
            eaten.update(flow)
            unfed += [Unfed(profile, course, group.meal.name, count) for profile, count in missing.items()]
    eats = _eats(eaten)
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


def _with_dishes(
    profile: PlanProfile,
    items: Sequence[MenuDish],
    by_dish: Mapping[str, DishDiets],
) -> PlanProfile:
    """The profile with the dishes that feed it; a dish for others alone is none of them."""
    offered = [item.id for item in items if not item.only_for or profile.id in item.only_for]
    may_eat = tuple(dish for dish in offered if profiles.feeds(by_dish[dish], profile))
    return profile.model_copy(update={"may_eat": may_eat})


def _eats(eaten: Mapping[tuple[str, str], int]) -> tuple[Eats, ...]:
    """Portions by profile, its dishes in the order of the menu."""
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


def per_guest(course: str, style: str, dishes: int, minutes: int) -> PerGuest:
    """Portions a guest takes of a course that has so many dishes, in a service of so many minutes.

    The last row of the table that fits; without one a portion of the course.
    """
    found = PerGuest(each=False, value=Fraction(1))
    for row in rows("portions"):
        of_course = (row["kind"], row["course"], row["style"]) == ("per_guest", course, style)
        if of_course and dishes >= int(row["min_dishes"]) and minutes >= int(row["from_minutes"]):
            found = PerGuest(each=row["share"] == "each", value=exact(row["value"]))
    return found


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


class ServiceGroup(NamedTuple):
    """Services at which the same dishes are served in the same way for as long, taken together."""

    meal: Meal
    """the first of them"""
    dishes: tuple[MenuDish, ...]
    share: Fraction
    """guests served, over all guests: 1 for one service for all, 3 for three of them"""


def _groups(order: Order, items: Sequence[MenuDish]) -> list[ServiceGroup]:
    """The services of an order in its own order, those alike together."""
    everyone = services.headcount(order).set_for
    groups: dict[tuple[object, ...], ServiceGroup] = {}
    for meal in services.services(order):
        dishes = tuple(item for item in items if item.service in ("", meal.name))
        share = Fraction(meal.guests, everyone)
        alike = (tuple(dish.id for dish in dishes), meal.style, meal.minutes)
        known = groups.get(alike)
        if known:
            groups[alike] = known._replace(share=known.share + share)
        else:
            groups[alike] = ServiceGroup(meal, dishes, share)
    return list(groups.values())


def _course(
    order: Order,
    course: str,
    group: ServiceGroup,
    kinds: Sequence[PlanProfile],
    decisions: DecisionIndex,
) -> tuple[Flow, dict[str, int]]:
    """The flow of one course, and what each profile lacks."""
    dishes = [dish for dish in group.dishes if dish.course == course]
    shared = [dish for dish in dishes if not dish.only_for]
    rule = per_guest(course, group.meal.style, len(shared), group.meal.minutes)
    demands: list[Demand] = []
    without: dict[str, int] = {}
    for profile in kinds:
        portions = math.ceil(_eaters(order, profile) * rule.value * group.share)
        chosen = _chosen(profile, order, dishes, decisions)
        if portions and chosen:
            demands.append(Demand(profile.id, portions, chosen))
        elif portions:
            without[profile.id] = portions
    flow, short = _allocated(demands, dishes, each=rule.each)
    return flow, {**without, **short}


def _allocated(
    demands: Sequence[Demand],
    dishes: Sequence[MenuDish],
    *,
    each: bool,
) -> tuple[Flow, dict[str, int]]:
    """The flow and the shortfalls of a course: every guest takes one of the dishes, or with `each` every dish."""
    weights = {dish.id: dish.popularity for dish in dishes}
    caps = {dish.id: dish.portions for dish in dishes if dish.portions is not None}
    if not each:
        return allocate(demands, weights, caps)
    flow: Flow = {}
    missing: Counter[str] = Counter()
    for dish in dict.fromkeys(chain.from_iterable(demand.dishes for demand in demands)):
        of_dish = [demand._replace(dishes=(dish,)) for demand in demands if dish in demand.dishes]
        part, short = allocate(of_dish, weights, caps)
        flow.update(part)
        missing.update(short)
    return flow, missing


def _eaters(order: Order, profile: PlanProfile) -> Fraction:
    """Adult portions that a profile stands for: children without stated needs count by their share."""
    children = order.guests.children
    if profile.id != profiles.EVERYBODY or children is None:
        return Fraction(profile.count)
    young = min(children.count, profile.count)
    return profile.count - young + young * exact(children.share)


def _chosen(
    profile: PlanProfile,
    order: Order,
    dishes: Sequence[MenuDish],
    decisions: DecisionIndex,
) -> tuple[str, ...]:
    """Of the dishes that feed a profile: those assigned to it or chosen by it, plates made for it alone, else all."""
    feeding = [dish for dish in dishes if dish.id in profile.may_eat]
    wanted = set(map(folded, profiles.choices(order, profile.id)))
    for assign, _ in decisions.all(Assign):
        if assign.profile == profile.id:
            wanted.add(folded(assign.dish))
    picked = [dish for dish in feeding if dish.id in wanted or folded(dish.name) in wanted]
    return tuple(dish.id for dish in picked or feeding)
