"""The services as the kitchen sees them: when, where, for how many, how far; and what the event's work takes."""

from __future__ import annotations

import math
from collections.abc import Collection
from fractions import Fraction
from heapq import heappop, heappush
from typing import NamedTuple

from catering_cli.data.tables import rows
from catering_cli.domain.order import Order
from catering_cli.kitchen.day.resources import Clock, base_id, staff_options
from catering_cli.scheduling.problem import Need, Resource

VENUE = "venue"
COURSES: tuple[tuple[str, ...], ...] = (
    ("canape",),
    ("starter",),
    ("soup",),
    ("salad",),
    ("main", "side", "bread"),
    ("dessert",),
)
"""Courses that are plated together, in the order they are served; drinks are poured at the table."""


class Meal(NamedTuple):
    """One service."""

    id: str
    """prefix of its blocks: `service`, or `service.` and the service's id"""
    service: str
    at: int
    until: int
    style: str
    guests: int
    place: str
    drive: int
    """minutes on the road; 0: on site"""
    vehicle: str

    @property
    def away(self) -> bool:
        """Whether the food leaves the base."""
        return self.drive > 0


class Row(NamedTuple):
    """A row of the table `event_work`."""

    minutes: int
    person_minutes: Fraction
    guests_per_person: int
    role: str


def row(work: str, style: str) -> Row:
    """The row of that work for that style, else for any style; without a row it takes no time."""
    found = next((r for r in rows("event_work") if r["work"] == work and r["style"] in (style, "*")), None)
    if found is None:
        return Row(0, Fraction(0), 1, "")
    per = int(found["guests_per_person"])
    return Row(int(found["minutes"]), Fraction(found["person_minutes"]), per, found["role"])


def meals(order: Order, clock: Clock) -> tuple[Meal, ...]:
    """The services in order of time; one from the event where the order lists none."""
    guests = max(order.guests.guaranteed, order.guests.expected or 0)
    if not order.services:
        return (_only(order, clock, guests),)
    out = []
    for service in order.services:
        style = service.style or order.event.style
        at = clock.minute(service.at)
        until = clock.minute(service.until) if service.until else at + row("serve", style).minutes
        place = service.place or _venue(order)
        drive, vehicle = _road(order, place)
        count = service.guests or guests
        name = f"service.{service.id}"
        out.append(Meal(name, service.id, at, max(until, at + 1), style, count, place, drive, vehicle))
    return tuple(sorted(out, key=lambda meal: (meal.at, meal.id)))


def _only(order: Order, clock: Clock, guests: int) -> Meal:
    event, at = order.event, clock.minute(order.event.service_at)
    until = clock.minute(event.ends_at) if event.ends_at else at + row("serve", event.style).minutes
    drive, vehicle = _road(order, _venue(order))
    return Meal("service", "", at, max(until, at + 1), event.style, guests, _venue(order), drive, vehicle)


def _venue(order: Order) -> str:
    return next((place.id for place in order.places if place.kind == "venue"), VENUE)


def _road(order: Order, place: str) -> tuple[int, str]:
    """Minutes on the shortest way over the order's legs from the base, else `travel_minutes`; and the vehicle."""
    base = base_id(order)
    if place == base:
        return 0, ""
    done: set[str] = set()
    heap = [(0, base, "")]
    while heap:
        far, at, vehicle = heappop(heap)
        if at == place:
            return far, vehicle
        if at in done:
            continue
        done.add(at)
        for leg in order.legs:
            if leg.from_ == at and leg.to not in done:
                heappush(heap, (far + leg.minutes, leg.to, vehicle or leg.vehicle))
    return order.event.travel_minutes, "van" if order.event.travel_minutes else ""


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
    return minutes, (Need(options or fallback, people, minutes, figures.role),)


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
