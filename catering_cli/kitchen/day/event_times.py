"""What the event's work takes at each service: minutes and people, times of courses, the way to the guests."""

from __future__ import annotations

import math
from collections.abc import Collection
from fractions import Fraction

from catering_cli.domain.order import Order
from catering_cli.kitchen.day.resources import staff_options
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
    people = max(1, math.ceil(Fraction(meal.guests, figures.guests_per_person)))
    options = staff_options(order, figures.role)
    if options and order.staff is not None:
        have = {o: sum(r.available for r in order.staff if r.role == o.name) for o in options}
        options = tuple(sorted(options, key=lambda o: -min(have[o], people)))[:1]
        people = max(1, min(people, have[options[0]]))
    minutes = figures.minutes + math.ceil(figures.person_minutes * meal.guests / people)
    fallback = (Resource("staff", figures.role, "base"),)
    return minutes, (Need(options or fallback, people, minutes),)


def course_times(meal: Meal, courses: Collection[str], order: Order) -> dict[str, int]:
    """When each plated course is served: one after another from the start, sooner where the service is short.

    Never faster than the people there are can plate.
    """
    groups = [group for group in COURSES if set(courses).intersection(group)]
    plating = size("plate", meal, order)[0]
    lengths = [max(plating, row("course", group[0]).minutes) for group in groups]
    total, room, at = sum(lengths), meal.until - meal.at, 0
    out: dict[str, int] = {}
    for number, (group, length) in enumerate(zip(groups, lengths, strict=True)):
        offset = at if total <= room else max(at * room // total, number * plating)
        out.update(dict.fromkeys(group, meal.at + offset))
        at += length
    return out


def taken(meal: Meal, course: str, courses: Collection[str], order: Order) -> int:
    """Minute at which a dish leaves the kitchen's hands: its plating begins, or the service."""
    time = course_times(meal, courses, order).get(course) if meal.style == "plated" else None
    return meal.at if time is None else time - size("plate", meal, order)[0]


def transport(meal: Meal, order: Order, *, late: bool = False) -> int:
    """Least minutes from the kitchen's last work to the guests, on the main trip or a late one; 0 on site."""
    if not meal.away:
        return 0
    works = ("late_pack", "late_load") if late else ("pack", "load", "set_up", "hold")
    return meal.drive + sum(size(work, meal, order)[0] for work in works)
