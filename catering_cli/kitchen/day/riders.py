"""A service with the last work on its food, and who of the kitchen rides along to do what is done there."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from catering_cli.data.tables import figure
from catering_cli.domain.order import Order
from catering_cli.kitchen.day.event_times import size
from catering_cli.kitchen.day.work import HOT, HOT_KINDS, After
from catering_cli.kitchen.menu.services import Meal
from catering_cli.scheduling.problem import Need

_PLENTY = 10**6


class End(NamedTuple):
    """A last piece of work on a dish for one service."""

    course: str
    after: After
    """the wait for it, with the longest until the service"""
    away: bool
    """whether it is done at the venue"""
    wave: int = 0
    """minutes from the start of the service at which it goes out"""
    dish: str = ""
    """name of the dish, of what goes out in waves"""

    @property
    def work(self) -> str:
        """Its id."""
        return self.after.work

    @property
    def done(self) -> After:
        """The wait for it alone, however long."""
        return After(self.work)

    @property
    def limit(self) -> int | None:
        """Longest time from its end to the guests; hot food that does not say keeps as long as hot food does."""
        if self.after.limit is None and self.after.kind in HOT_KINDS and not self.away:
            return None if self.after.kind == "finish" else HOT
        return self.after.limit


class Call(NamedTuple):
    """A service with the courses of its dishes, and the last work on each of them."""

    meal: Meal
    courses: Collection[str]
    ends: Sequence[End]
    finishing: int
    """person-minutes of work on its food at the venue before it begins"""
    to_order: int
    """cooks at work at once on what is made while it lasts"""
    longest: int = 0
    """minutes from the first to the last work on one dish at the venue before it begins"""

    @property
    def hands(self) -> int:
        """Cooks beside those at the line: for what is made to order, or for more finishing than an hour holds."""
        before = math.ceil(Fraction(self.finishing, figure("work", "before_line"))) - 1
        return max(0, self.to_order, before)


def riders(order: Order, calls: Sequence[Call]) -> Need | None:
    """Who of the kitchen rides to services that share a trip: those who finish and plate, and who work the line.

    Of services that are on at the same time those of both.
    """
    crews = [(call.meal, crew) for call in calls for crew in _crew_of(order, call)]
    if not crews:
        return None
    most = max(sum(crew.count for meal, crew in crews if _is_on(meal, one)) for one, _ in crews)
    return replace(crews[0][1], count=most)


def _crew_of(order: Order, call: Call) -> list[Need]:
    """The kitchen's people at one service: who plate, who are at the line, and who finish or cook to order."""
    meal = call.meal
    plating = size("plate", meal, order)[1] if meal.style == "plated" else ()
    needs = [*plating, *line(order, meal)]
    if not needs:
        return []
    there = max(1, _called(order, needs[0].options[0].name))
    count = sum(need.count for need in needs) + call.hands
    return [replace(needs[0], count=min(count, there))]


def line(order: Order, meal: Meal) -> tuple[Need, ...]:
    """Who of the kitchen is at the line through a service: of a plated one those whom plating leaves, if any."""
    asked = size("line", meal, order)[1]
    if meal.style != "plated" or not asked:
        return asked
    plating = sum(need.count for need in size("plate", meal, order)[1])
    there = _called(order, asked[0].options[0].name)
    count = min(asked[0].count, max(0, there - plating))
    return (replace(asked[0], count=count),) if count else ()


def _called(order: Order, role: str) -> int:
    """How many of a role the order has."""
    if order.staff is None:
        return _PLENTY
    return sum(row.available for row in order.staff if row.role == role)


def _is_on(meal: Meal, one: Meal) -> bool:
    """Whether a service is on, or its food is finished, when another one is about to begin or has begun."""
    return meal.at - figure("work", "before_line") <= one.at < meal.until


def there(need: Need, crew: str) -> Need:
    """The same people, of those who rode to a service."""
    options = tuple(option._replace(place=crew) for option in need.options)
    return replace(need, options=options)
