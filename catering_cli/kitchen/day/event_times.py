"""What the event's work takes at each service: minutes and people, times of courses, the way to the guests."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection
from fractions import Fraction
from itertools import accumulate
from typing import NamedTuple

from catering_cli.data.tables import figure
from catering_cli.domain.order import Order
from catering_cli.kitchen.day.resources import EVERYWHERE, staff_options
from catering_cli.kitchen.menu.services import Meal, row
from catering_cli.scheduling.problem import Need, Resource

COURSES: tuple[tuple[str, ...], ...] = (
    ("canape",),
    ("starter",),
    ("soup",),
    ("salad",),
    ("main", "side", "bread"),
    ("dessert",),
)
"""Courses that are plated together, in the order they are served; drinks are poured at the table."""


def size(work: str, meal: Meal, order: Order) -> tuple[int, tuple[Need, ...]]:
    """Minutes of a piece of the event's work, and its people: as many as the ratio asks, or as the order has."""
    figures = row(work, meal.style)
    if not figures.role:
        return figures.minutes, ()
    wanted = max(1, math.ceil(Fraction(meal.guests, figures.guests_per_person)))
    options, people = _crew(order, figures.role, wanted)
    minutes = minutes_by(work, meal, people)
    return minutes, (Need(options, people, minutes),)


def minutes_by(work: str, meal: Meal, people: int) -> int:
    """Minutes that a piece of the event's work takes so many people."""
    figures = row(work, meal.style)
    return figures.minutes + math.ceil(figures.person_minutes * meal.guests / people)


def _crew(order: Order, role: str, wanted: int) -> tuple[tuple[Resource, ...], int]:
    """Who does the work of a role, and how many of them: the first role with enough people, else with the most."""
    options = staff_options(order, role)
    if not options:
        return (Resource("staff", role, EVERYWHERE),), wanted
    if order.staff is None:
        return options, wanted
    called: Counter[str] = Counter()
    for staff in order.staff:
        called[staff.role] += staff.available
    best = max(options, key=lambda option: min(called[option.name], wanted))
    return (best,), max(1, min(wanted, called[best.name]))


def course_times(meal: Meal, courses: Collection[str], order: Order) -> dict[str, int]:
    """When each plated course is served: one after another from the start, sooner where the service is short.

    Never faster than the people there are can plate.
    """
    groups = [group for group in COURSES if set(courses).intersection(group)]
    plating = size("plate", meal, order)[0]
    lengths = [max(plating, row("course", group[0]).minutes) for group in groups]
    begins = list(accumulate(lengths, initial=0))
    total, room = begins[-1], meal.until - meal.at
    times: dict[str, int] = {}
    offset = -plating
    for begun, group in zip(begins, groups, strict=False):
        offset = begun if total <= room else max(begun * room // total, offset + plating)
        times.update(dict.fromkeys(group, meal.at + offset))
    return times


def over(meal: Meal, courses: Collection[str], order: Order) -> int:
    """Minute at which a service is over: its end, or when its last course is out if that is later."""
    times = course_times(meal, courses, order) if meal.style == "plated" else {}
    return max([meal.until, *times.values()])


def taken(meal: Meal, course: str, courses: Collection[str], order: Order) -> int:
    """Minute at which a dish leaves the kitchen's hands: its plating begins, or the service."""
    if meal.style != "plated":
        return meal.at
    times = course_times(meal, courses, order)
    if course not in times:
        return meal.at
    return times[course] - size("plate", meal, order)[0]


class Wanted(NamedTuple):
    """Minutes in hand that are wanted before plating and after arrival."""

    plating: int
    arrival: int


def wanted(order: Order) -> Wanted:
    """The order's buffers, else the table's."""
    plating, arrival = order.kitchen.plating_buffer_minutes, order.kitchen.arrival_buffer_minutes
    return Wanted(
        plating=figure("work", "plating_buffer") if plating is None else plating,
        arrival=figure("work", "arrival_buffer") if arrival is None else arrival,
    )


def transport(meal: Meal, order: Order, *, late: bool = False) -> int:
    """Least minutes from the kitchen's last work to the guests, on the main trip or a late one; 0 on site."""
    if not meal.away:
        return 0
    works = ("late_pack", "late_load") if late else ("pack", "load", "set_up", "hold")
    minutes = [size(work, meal, order)[0] for work in works]
    return meal.drive + sum(minutes)
