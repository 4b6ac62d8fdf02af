"""The services of an order: when, where, for how many, how far; and the one count of guests that holds everywhere."""

from __future__ import annotations

from datetime import datetime, timedelta
from fractions import Fraction
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


def services(order: Order) -> tuple[Service, ...]:
    """The order's services; absent: one, from the event."""
    if order.services:
        return order.services
    return (Service(id="service", at=order.event.service_at, until=order.event.ends_at),)


def style(order: Order, service: Service) -> str:
    """The service's own style, else the event's."""
    return service.style or order.event.style


def until(order: Order, service: Service) -> datetime:
    """When a service ends."""
    return service.until or service.at + timedelta(minutes=row("serve", style(order, service)).minutes)


def minutes(order: Order, service: Service) -> int:
    """How long a service lasts."""
    return int((until(order, service) - service.at).total_seconds() // 60)


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
