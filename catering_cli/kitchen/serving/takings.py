"""What a guest takes of a course: the rules of the table of portions, and the dishes taken under each of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from catering_cli.data.tables import parts, rows
from catering_cli.domain.order import Order
from catering_cli.domain.quantity import exact
from catering_cli.kitchen.foods.names import tokens
from catering_cli.kitchen.menu import services
from catering_cli.kitchen.menu.dishes import MenuDish
from catering_cli.kitchen.menu.services import Meal


class PerGuest(NamedTuple):
    """Row of the portions table."""

    each: bool
    """of every dish, else of all together"""
    value: Fraction


class ServiceGroup(NamedTuple):
    """Services at which the same dishes are served in the same way for as long, taken together."""

    meal: Meal
    """the first of them"""
    dishes: tuple[MenuDish, ...]
    share: Fraction
    """guests served, over all guests: 1 for one service for all, 3 for three of them"""
    before_dinner: bool
    """whether it is a reception: without mains, and soon followed by a service with some"""


def groups(order: Order, items: Sequence[MenuDish]) -> list[ServiceGroup]:
    """The services of an order in its own order, those alike together."""
    everyone = services.headcount(order).set_for
    meals = services.services(order)
    found: dict[tuple[object, ...], ServiceGroup] = {}
    for meal in meals:
        dishes = _at(meal, items)
        later = not _has_main(dishes) and any(_is_dinner_after(meal, other, items) for other in meals)
        share = Fraction(meal.guests, everyone)
        alike = (tuple(dish.id for dish in dishes), meal.style, meal.minutes, later)
        known = found.get(alike)
        if known:
            found[alike] = known._replace(share=known.share + share)
        else:
            found[alike] = ServiceGroup(meal, dishes, share, later)
    return list(found.values())


def _at(meal: Meal, items: Sequence[MenuDish]) -> tuple[MenuDish, ...]:
    return tuple(item for item in items if item.service in ("", meal.name))


SOON = 4 * 60
"""Minutes within which a dinner follows a reception."""


def _is_dinner_after(meal: Meal, other: Meal, items: Sequence[MenuDish]) -> bool:
    """Whether another service with mains begins soon after this one begins."""
    return 0 < other.at - meal.at <= SOON and _has_main(_at(other, items))


def _has_main(dishes: Sequence[MenuDish]) -> bool:
    return any(dish.course == "main" for dish in dishes)


def per_guest(course: str, kind: str, group: ServiceGroup, dishes: int) -> PerGuest:
    """Portions a guest takes of dishes of one kind of a course, if it has so many, at a service.

    The hourly figure of drinks is of all of them: what is coffee or a toast is not drunk again, but for one glass.
    """
    rule = _row(course, kind, group, dishes)
    if course != "drink" or kind:
        return rule
    special = {kind_of(dish) for dish in group.dishes if dish.course == course} - {""}
    taken = sum((_row(course, other, group, 1).value for other in special), Fraction(0))
    return rule._replace(value=max(rule.value - taken, Fraction(1)))


def _row(course: str, kind: str, group: ServiceGroup, dishes: int) -> PerGuest:
    """The last row of the table that fits; without one a portion of the course."""
    found = PerGuest(each=False, value=Fraction(1))
    for row in rows("portions"):
        if row["kind"] != "per_guest" or (row["course"], row["of"]) != (course, kind):
            continue
        if row["style"] not in (group.meal.style, "*") or (row["before_dinner"] == "yes" and not group.before_dinner):
            continue
        if dishes >= int(row["min_dishes"]) and group.meal.minutes >= int(row["from_minutes"]):
            found = PerGuest(each=row["share"] == "each", value=exact(row["value"]))
    return found


class _Drink(NamedTuple):
    """Row of the table of drinks."""

    kind: str
    words: frozenset[str]
    unless: frozenset[str]


@cache
def _drinks() -> tuple[_Drink, ...]:
    return tuple(
        _Drink(row["kind"], frozenset(parts(row["words"])), frozenset(parts(row["unless"]))) for row in rows("drinks")
    )


def kind_of(dish: MenuDish) -> str:
    """What kind of its course a dish is, if guests take it by another rule: coffee and tea, a toast; else empty."""
    if dish.course != "drink":
        return ""
    said = frozenset(tokens(dish.name))
    fitting = (row.kind for row in _drinks() if said & row.words and not said & row.unless)
    return next(fitting, "")


class Taking(NamedTuple):
    """Dishes that guests take under one rule: those of a course, of one kind, or that go with one main."""

    course: str
    kind: str
    main: str
    """id of the main that they go with; empty: they are for all"""


def takings(items: Sequence[MenuDish]) -> dict[Taking, tuple[MenuDish, ...]]:
    """The dishes by the rule they are taken under, in the order of the menu; what goes with a main last."""
    found: dict[Taking, tuple[MenuDish, ...]] = {}
    for taking, item in sorted(_pairs(items), key=lambda pair: bool(pair[0].main)):
        found[taking] = (*found.get(taking, ()), item)
    return found


def _pairs(items: Sequence[MenuDish]) -> Iterator[tuple[Taking, MenuDish]]:
    for item in items:
        yield Taking(item.course, kind_of(item), item.goes_with), item
