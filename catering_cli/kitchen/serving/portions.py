"""From guests to portions: how many of each dish are eaten, by whom, and how many are made."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from catering_cli.data.tables import rows
from catering_cli.domain.decision import Assign
from catering_cli.domain.diets import Diets, DishDiets, Eats, PlanProfile
from catering_cli.domain.menu import Dish
from catering_cli.domain.order import Order
from catering_cli.domain.quantity import exact
from catering_cli.kitchen.dietary import matrix as diets
from catering_cli.kitchen.menu import services
from catering_cli.kitchen.menu.decisions import DecisionIndex
from catering_cli.kitchen.menu.dishes import MenuDish
from catering_cli.kitchen.serving import scale
from catering_cli.kitchen.serving.allocation import Demand, allocate


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


class Sitting(NamedTuple):
    """Services at which the same dishes are served in the same way, taken together."""

    service: str
    style: str
    minutes: int
    share: Fraction
    """guests served, over all guests: 1 for one service for everybody, 3 for three of them"""


class PerGuest(NamedTuple):
    """Row of the portions table."""

    each: bool
    value: Fraction


def serve(order: Order, items: Sequence[MenuDish], matrix: diets.Matrix, decisions: DecisionIndex) -> Served:
    """Give every profile its portions of every course from dishes that feed it."""
    by_dish = {row.dish: row for row in matrix.rows}
    profiles = (*diets.profiles(order), *_crew(order))
    may = {profile.id: _may_eat(profile, items, by_dish) for profile in profiles}
    eaten: dict[tuple[str, str], int] = {}
    unfed: list[Unfed] = []
    for sitting, dishes in _sittings(order, items):
        for course in dict.fromkeys(dish.course for dish in dishes):
            here = [dish for dish in dishes if dish.course == course]
            flow, missing = _course(order, here, sitting, profiles, may, decisions)
            for pair, count in flow.items():
                eaten[pair] = eaten.get(pair, 0) + count
            unfed += [Unfed(profile, course, sitting.service, count) for profile, count in missing.items()]
    eats = tuple(Eats(profile=p, dish=d, portions=n) for (p, d), n in sorted(eaten.items(), key=_by_number) if n)
    return Served(
        diets=Diets(
            allergens=matrix.allergens,
            diets=matrix.diets,
            rows=matrix.rows,
            profiles=tuple(p.model_copy(update={"may_eat": may[p.id]}) for p in profiles),
            eats=eats,
            labels_to_read=matrix.labels_to_read,
        ),
        needed={dish.id: sum(e.portions for e in eats if e.dish == dish.id) for dish in items},
        unfed=tuple(unfed),
    )


def scaled(order: Order, items: Sequence[MenuDish], served: Served, decisions: DecisionIndex) -> tuple[Dish, ...]:
    """The dishes at the portions that are made: the need and one overage, or what the order fixes."""
    dishes = []
    for item in items:
        over = item.over_percent if item.over_percent is not None else 0 if item.portions else over_percent(order)
        needed = served.needed[item.id]
        base = item.portions if item.portions is not None else needed
        dishes.append(scale.dish(order, item, needed, scale.made(base, over), over, decisions))
    return tuple(dishes)


def over_percent(order: Order) -> int:
    """Percent made beyond the need where the order does not say, by style of the event."""
    return next(
        int(row["value"]) for row in rows("portions") if row["kind"] == "over" and row["style"] == order.event.style
    )


def per_guest(course: str, style: str, dishes: int, minutes: int) -> PerGuest:
    """Portions a guest takes of a course that has so many dishes, in a service of so many minutes."""
    fitting = [
        row
        for row in rows("portions")
        if (row["kind"], row["course"], row["style"]) == ("per_guest", course, style)
        and dishes >= int(row["min_dishes"])
        and minutes >= int(row["from_minutes"])
    ]
    if not fitting:
        return PerGuest(each=False, value=Fraction(1))
    return PerGuest(each=fitting[-1]["share"] == "each", value=exact(fitting[-1]["value"]))


def _crew(order: Order) -> tuple[PlanProfile, ...]:
    """Meals beside the guests', as profiles without a need: they eat what the guests eat."""
    return tuple(
        PlanProfile(
            id=f"x{number}", name=meals.who, count=meals.count, source=f"order.guests.extra_meals[{number - 1}]"
        )
        for number, meals in enumerate(order.guests.extra_meals, start=1)
    )


def _may_eat(profile: PlanProfile, items: Sequence[MenuDish], matrix: Mapping[str, DishDiets]) -> tuple[str, ...]:
    return tuple(
        item.id
        for item in items
        if (not item.only_for or profile.id in item.only_for) and diets.feeds(matrix[item.id], profile)
    )


def _sittings(order: Order, items: Sequence[MenuDish]) -> list[tuple[Sitting, list[MenuDish]]]:
    """Services grouped by what they serve and how, each with its dishes."""
    everyone = services.headcount(order).set_for
    groups: dict[tuple[object, ...], tuple[Sitting, list[MenuDish]]] = {}
    for service in services.services(order):
        dishes = [item for item in items if item.service in ("", service.id)]
        style, minutes = services.style(order, service), services.minutes(order, service)
        share = Fraction(service.guests or everyone, everyone)
        key = (tuple(dish.id for dish in dishes), style, minutes)
        before = groups.get(key)
        whole = before[0].share + share if before else share
        groups[key] = (Sitting(service.id, style, minutes, whole), dishes)
    return list(groups.values())


def _course(
    order: Order,
    dishes: Sequence[MenuDish],
    sitting: Sitting,
    profiles: Sequence[PlanProfile],
    may: Mapping[str, tuple[str, ...]],
    decisions: DecisionIndex,
) -> tuple[dict[tuple[str, str], int], dict[str, int]]:
    """The flow of one course, and what each profile lacks."""
    shared = [dish for dish in dishes if not dish.only_for]
    rule = per_guest(dishes[0].course, sitting.style, len(shared), sitting.minutes)
    caps = {dish.id: dish.portions for dish in dishes if dish.portions is not None}
    weights = {dish.id: dish.popularity for dish in dishes}
    demands, without = [], {}
    for profile in profiles:
        portions = math.ceil(_eaters(order, profile) * rule.value * sitting.share)
        chosen = _chosen(profile, order, [dish for dish in dishes if dish.id in may[profile.id]], decisions)
        if not portions:
            continue
        if not chosen:
            without[profile.id] = portions
        elif rule.each:
            demands += [Demand(profile.id, portions, (dish,)) for dish in chosen]
        else:
            demands.append(Demand(profile.id, portions, chosen))
    if rule.each:
        return _each(demands, weights, caps, without)
    flow, short = allocate(demands, weights, caps)
    return flow, {**without, **short}


def _each(
    demands: Sequence[Demand], weights: Mapping[str, int], caps: Mapping[str, int], without: dict[str, int]
) -> tuple[dict[tuple[str, str], int], dict[str, int]]:
    """Every guest takes every dish: dish by dish."""
    flow: dict[tuple[str, str], int] = {}
    missing = dict(without)
    for dish in dict.fromkeys(demand.dishes[0] for demand in demands):
        part, short = allocate([d for d in demands if d.dishes == (dish,)], weights, caps)
        flow.update(part)
        for profile, count in short.items():
            missing[profile] = missing.get(profile, 0) + count
    return flow, missing


def _eaters(order: Order, profile: PlanProfile) -> Fraction:
    """Adult portions that a profile stands for: children without stated needs count by their share."""
    children = order.guests.children
    if profile.id != diets.EVERYBODY or children is None:
        return Fraction(profile.count)
    young = min(children.count, profile.count)
    return profile.count - young + young * exact(children.share)


def _chosen(
    profile: PlanProfile, order: Order, dishes: Sequence[MenuDish], decisions: DecisionIndex
) -> tuple[str, ...]:
    """Of the dishes that feed a profile: those assigned to it or chosen by it, plates made for it alone, else all."""
    assigned = {assign.dish.casefold() for assign, _ in decisions.all(Assign) if assign.profile == profile.id}
    wanted = assigned | {name.strip().casefold() for name in diets.choices(order, profile.id)}
    picked = [d.id for d in dishes if d.id in wanted or d.name.strip().casefold() in wanted]
    return tuple(picked or [dish.id for dish in dishes])


def _by_number(pair: tuple[tuple[str, str], int]) -> tuple[str, int]:
    (profile, dish), _ = pair
    return profile, int(dish[1:])
