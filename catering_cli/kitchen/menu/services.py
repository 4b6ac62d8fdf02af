"""The services of an order: when, where, for how many, how far; and the one count of guests that holds everywhere."""

from __future__ import annotations

from datetime import datetime, timedelta
from fractions import Fraction
from functools import cache
from heapq import heappop, heappush
from typing import NamedTuple

from catering_cli.data.tables import rows
from catering_cli.domain.order import Order, Service
from catering_cli.domain.plan import Headcount
from catering_cli.kitchen.menu.clock import Clock, base_id

VENUE = "venue"
"""Id of the place of the guests if the order names none."""


def headcount(order: Order) -> Headcount:
    """One count everywhere: set for the guaranteed or the expected guests, whichever are more."""
    guests = order.guests
    expected = guests.expected or guests.guaranteed
    return Headcount(
        guaranteed=guests.guaranteed,
        expected=expected,
        set_for=max(guests.guaranteed, expected),
        extra_meals=sum(meals.count for meals in guests.extra_meals),
    )


def stated(order: Order) -> tuple[Service, ...]:
    """The services as the order states them; absent: one, from the event."""
    if order.services:
        return order.services
    return (Service(id="service", at=order.event.service_at, until=order.event.ends_at),)


class Meal(NamedTuple):
    """A service with what the order leaves to the event filled in: as moments, and in minutes of the event's clock."""

    id: str
    """prefix of its blocks: `service`, or `service.` and the service's id"""
    service: str
    """its id; empty if the order lists no services"""
    begins: datetime
    ends: datetime
    at: int
    """minute at which it begins"""
    until: int
    """minute at which it ends, a minute later at the least"""
    style: str
    guests: int
    place: str
    drive: int
    """minutes on the road; 0: on site"""
    vehicle: str

    @property
    def name(self) -> str:
        """What the plan calls it: its id, or `service`."""
        return self.service or "service"

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return int((self.ends - self.begins).total_seconds() // 60)

    @property
    def away(self) -> bool:
        """Whether the food leaves the base."""
        return self.drive > 0


def services(order: Order) -> tuple[Meal, ...]:
    """The services in the order in which they are stated."""
    clock = Clock.of(order)
    return tuple(_meal(order, service, clock) for service in stated(order))


def meals(order: Order, clock: Clock) -> tuple[Meal, ...]:
    """The services in order of time."""
    found = [_meal(order, service, clock) for service in stated(order)]
    return tuple(sorted(found, key=lambda meal: (meal.at, meal.id)))


def _meal(order: Order, service: Service, clock: Clock) -> Meal:
    """A service: if it does not say, of the event's style, as long as usual, for all guests, at the venue."""
    own = service.id if order.services else ""
    style = service.style or order.event.style
    usual = timedelta(minutes=row("serve", style).minutes)
    ends = service.until or service.at + usual
    at = clock.minute(service.at)
    place = service.place or _venue(order)
    drive, vehicle = _road(order, place)
    return Meal(
        id=f"service.{own}" if own else "service",
        service=own,
        begins=service.at,
        ends=ends,
        at=at,
        until=max(clock.minute(ends), at + 1),
        style=style,
        guests=service.guests or headcount(order).set_for,
        place=place,
        drive=drive,
        vehicle=vehicle,
    )


class Row(NamedTuple):
    """A row of the table `event_work`."""

    minutes: int
    person_minutes: Fraction
    guests_per_person: int
    role: str


@cache
def row(work: str, style: str) -> Row:
    """The row of that work for that style, else for any style; without a row it takes no time."""
    for found in rows("event_work"):
        if found["work"] == work and found["style"] in (style, "*"):
            return Row(
                minutes=int(found["minutes"]),
                person_minutes=Fraction(found["person_minutes"]),
                guests_per_person=int(found["guests_per_person"]),
                role=found["role"],
            )
    return Row(0, Fraction(0), 1, "")


def _venue(order: Order) -> str:
    venues = [place.id for place in order.places if place.kind == "venue"]
    if venues:
        return venues[0]
    return VENUE if order.event.travel_minutes or order.legs else base_id(order)


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
    minutes = order.event.travel_minutes
    return minutes, "van" if minutes else ""
