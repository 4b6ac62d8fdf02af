"""The occasion: its services, how long they last, and the one count of guests that holds everywhere."""

from __future__ import annotations

from datetime import datetime, timedelta

from catering_cli.data.tables import rows
from catering_cli.domain.order import Order, Service
from catering_cli.domain.plan import Headcount


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


def default_minutes(kind: str) -> int:
    """Length of a service that the order does not end, by style; from the table of event work."""
    return next(int(row["minutes"]) for row in rows("event_work") if (row["work"], row["style"]) == ("serve", kind))


def until(order: Order, service: Service) -> datetime:
    """When a service ends."""
    return service.until or service.at + timedelta(minutes=default_minutes(style(order, service)))


def minutes(order: Order, service: Service) -> int:
    """How long a service lasts."""
    return int((until(order, service) - service.at).total_seconds() // 60)
