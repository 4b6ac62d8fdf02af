"""What each kind of guest is due of a course at each service, and from which dishes."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple, get_args

from catering_cli.domain.decision import Assign
from catering_cli.domain.order import Order
from catering_cli.domain.order_parts.guests import Severity
from catering_cli.domain.plan_parts.diets import PlanProfile
from catering_cli.domain.quantity import exact
from catering_cli.kitchen.dietary import profiles
from catering_cli.kitchen.menu.decisions import DecisionIndex, folded
from catering_cli.kitchen.menu.dishes import MenuDish
from catering_cli.kitchen.serving.allocation import Demand, Flow
from catering_cli.kitchen.serving.takings import ServiceGroup, Taking, per_guest


class Seating(NamedTuple):
    """Those who sit down: kinds of guests with the dishes that feed them, and the services."""

    order: Order
    decisions: DecisionIndex
    kinds: tuple[PlanProfile, ...]
    groups: tuple[ServiceGroup, ...]


class Due(NamedTuple):
    """Portions that a kind of guest is due under one rule at one of the services."""

    group: int
    profile: PlanProfile
    portions: int
    least: int
    """with how many of them no guest goes without: a portion each, if the client fixes how many there are"""
    dishes: tuple[str, ...]
    """those that feed them; empty: they lack the course"""
    weights: tuple[int, ...]
    each: bool
    """so many of every dish, else of all together"""
    chosen: bool = False
    """whether they chose these dishes"""


def dues(table: Seating, taking: Taking, dishes: Sequence[MenuDish], eaten: Flow) -> Iterator[Due]:
    """What every kind of guest is due of dishes that are taken under one rule; `eaten` is what was dealt before."""
    for number, group in enumerate(table.groups):
        here = [dish for dish in dishes if dish in group.dishes]
        for profile in table.kinds if here else ():
            if taking.main:
                yield from _beside_the_main(number, profile, taking, here, eaten)
            else:
                yield from _of_the_course(table, number, profile, taking, here)


def _beside_the_main(
    number: int, profile: PlanProfile, taking: Taking, here: Sequence[MenuDish], eaten: Flow
) -> Iterator[Due]:
    """As many portions of each dish as of the main that it goes with."""
    who = (str(number), profile.id)
    mains = sum(count for (eater, dish), count in eaten.items() if dish == taking.main and eater[:2] == who)
    if mains:
        feeding = tuple(dish.id for dish in here if dish.id in profile.may_eat)
        yield Due(number, profile, mains, mains, feeding, tuple(1 for _ in feeding), each=True)


def _of_the_course(
    table: Seating, number: int, profile: PlanProfile, taking: Taking, here: Sequence[MenuDish]
) -> Iterator[Due]:
    """By the table of portions; of dishes that they chose as if the course had no other."""
    group = table.groups[number]
    wanted = _wanted(table, profile)
    feeding = [dish for dish in here if dish.id in profile.may_eat]
    picked = [dish for dish in feeding if wanted[dish.id] or wanted[folded(dish.name)]]
    rule, share = per_guest(taking.course, taking.kind, group, _shared(here)), group.share
    if picked:
        rule, share = per_guest(taking.course, taking.kind, group, 1), _share_of(table, number, picked)
    heads = eaters(table.order, profile) * rule.value * share
    if not heads:
        return
    each = rule.each and not picked
    floor = heads if each or not _is_fixed(here) else heads / max(rule.value, Fraction(1))
    yield Due(
        group=number,
        profile=profile,
        portions=math.ceil(heads),
        least=math.ceil(floor),
        dishes=tuple(dish.id for dish in picked or feeding),
        weights=_weights(picked, feeding, wanted),
        each=each,
        chosen=bool(picked),
    )


def _shared(dishes: Sequence[MenuDish]) -> int:
    """How many of the dishes are for all guests."""
    return sum(not dish.only_for for dish in dishes)


def _is_fixed(dishes: Sequence[MenuDish]) -> bool:
    """Whether the client fixed the portions of any."""
    return any(dish.portions is not None for dish in dishes)


def _share_of(table: Seating, number: int, picked: Sequence[MenuDish]) -> Fraction:
    """The share of those who chose dishes that eats here: all of them somewhere, if the dishes are served to few."""
    shares = [group.share for group in table.groups if any(dish in group.dishes for dish in picked)]
    return table.groups[number].share / min(sum(shares), Fraction(1))


def _weights(picked: Sequence[MenuDish], feeding: Sequence[MenuDish], wanted: Mapping[str, int]) -> tuple[int, ...]:
    """How a kind of guest shares itself out: as often as each dish was chosen, else by popularity."""
    if picked:
        return tuple(max(wanted[dish.id], wanted[folded(dish.name)]) for dish in picked)
    return tuple(dish.popularity for dish in feeding)


def _wanted(table: Seating, profile: PlanProfile) -> Counter[str]:
    """How often the guests of a profile chose each dish, or were assigned it: by id, or by folded name."""
    wanted = Counter(map(folded, profiles.choices(table.order, profile.id)))
    for assign, _ in table.decisions.all(Assign):
        if assign.profile == profile.id:
            wanted[folded(assign.dish)] += 1
    return wanted


def eaters(order: Order, profile: PlanProfile) -> Fraction:
    """Adult portions that a profile stands for: children without stated needs count by their share."""
    children = order.guests.children
    if profile.id != profiles.EVERYBODY or children is None:
        return Fraction(profile.count)
    young = min(children.count, profile.count)
    return profile.count - young + young * exact(children.share)


def demands(due: Due, portions: int) -> Iterator[Demand]:
    """A due as demands for so many portions: one of all dishes together, or one of every dish."""
    who = (str(due.group), due.profile.id)
    gravity = get_args(Severity).index(due.profile.severity)
    if not due.each:
        yield Demand((*who, ""), portions, due.dishes, due.weights, gravity, due.chosen)
        return
    for dish in due.dishes:
        yield Demand((*who, dish), portions, (dish,), (1,), gravity, due.chosen)
