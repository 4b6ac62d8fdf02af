"""What does not fit together in an order: counts, times, names. Nothing is guessed; each is told with its place."""

from __future__ import annotations

from collections.abc import Iterator

from catering_cli.domain.order import Order
from catering_cli.domain.problem import Problem
from catering_cli.intake.local_times import zone_problem
from catering_cli.kitchen.event.order_times import stated_times
from catering_cli.kitchen.recipes import catalogue


def contradictions(order: Order) -> Iterator[Problem]:
    """Every problem of an order that its fields alone show."""
    yield from _counts(order)
    yield from _times(order)
    yield from _names(order)


YEARS = range(1971, 2200)
"""Years in which an event may be: time zones, earlier days and later ones can be reckoned in each."""


def _counts(order: Order) -> Iterator[Problem]:
    guests = order.guests
    most = max(guests.guaranteed, guests.expected or 0)
    together = sum(profile.count for profile in guests.profiles)
    if together > most:
        yield Problem(
            f"the profiles add up to {together} guests, but there are {most}. Each guest belongs to one profile.",
            place="order.guests.profiles",
            value=str(together),
        )
    for count, place, who in _stated_counts(order):
        if count > most:
            message = f"{count} {who} are more than the {most} guests there are."
            yield Problem(message, place=f"order.{place}", value=str(count))


def _stated_counts(order: Order) -> Iterator[tuple[int, str, str]]:
    """Each count of some of the guests, with its place and who they are."""
    guests = order.guests
    for index, row in enumerate(guests.diets):
        yield row.count, f"guests.diets[{index}].count", f"guests with {row.diet!r}"
    for index, allergy in enumerate(guests.allergies):
        yield allergy.count, f"guests.allergies[{index}].count", f"guests with {allergy.allergen!r}"
    for index, service in enumerate(order.services):
        yield service.guests or 0, f"services[{index}].guests", "guests at this service"
    if guests.children:
        yield guests.children.count, "guests.children.count", "children"


def _times(order: Order) -> Iterator[Problem]:
    for place, at in stated_times(order):
        if at.year not in YEARS:
            message = f"is not a year of an event; give one from {YEARS[0]} to {YEARS[-1]}"
            yield Problem(message, place=place, value=at.isoformat())
    yield from _event_times(order)
    yield from _service_days(order)
    spans = [(f"kitchen.hours[{i}]", hours.from_, hours.until) for i, hours in enumerate(order.kitchen.hours)]
    spans += [(f"services[{i}]", one.at, one.until) for i, one in enumerate(order.services) if one.until]
    for place, start, end in spans:
        if end <= start:
            message = "ends before it starts; give a later `until`."
            yield Problem(message, place=f"order.{place}.until", value=end.isoformat())
    wrong_zone = zone_problem(order.event.timezone) if order.event.timezone else None
    if wrong_zone:
        yield wrong_zone


MOST_DAYS = 30
"""Days between the event's service and any other of its services; more of them are another event; [K]."""


def _service_days(order: Order) -> Iterator[Problem]:
    """Services that are too far from the event to be part of it."""
    for index, service in enumerate(order.services):
        days = abs((service.at - order.event.service_at).days)
        if days > MOST_DAYS:
            message = f"is {days} days from the event's service_at; give the day of this event"
            yield Problem(message, place=f"order.services[{index}].at", value=service.at.isoformat())


def _event_times(order: Order) -> Iterator[Problem]:
    """An event that ends before it is served, a kitchen that opens after."""
    event, opens = order.event, order.kitchen.available_from
    if event.ends_at and event.ends_at <= event.service_at:
        yield Problem(
            f"the event ends before its service at {event.service_at.isoformat()}; give a later end.",
            place="order.event.ends_at",
            value=event.ends_at.isoformat(),
        )
    first = min([event.service_at, *(service.at for service in order.services)])
    if opens and opens >= first:
        yield Problem(
            f"service at {first.isoformat()} is before the kitchen opens; give a later service_at "
            "or an earlier available_from.",
            place="order.kitchen.available_from",
            value=opens.isoformat(),
        )


def _names(order: Order) -> Iterator[Problem]:
    """Names that stand twice, and references to what the order does not have."""
    services = [service.id for service in order.services] or ["service"]
    places = [place.id for place in order.places]
    yield from _twice("order.services", services)
    yield from _twice("order.places", places)
    yield from _twice("order.recipes", [catalogue.key(recipe.name) for recipe in order.recipes])
    for index, item in enumerate(order.menu):
        if item.service and item.service not in services:
            yield _unknown(f"order.menu[{index}].service", item.service, services, "service")
    yield from _goes_with(order)
    yield from _unknown_places(order, places or ["base", "venue"])


def _unknown_places(order: Order, known: list[str]) -> Iterator[Problem]:
    for place, name in _places_named(order):
        if name not in known:
            yield _unknown(f"order.{place}", name, known, "place")


def _goes_with(order: Order) -> Iterator[Problem]:
    """Dishes that go with what is not on the menu, or with one that goes with another itself."""
    mains = [item.dish for item in order.menu if item.goes_with is None]
    keys = {dish.casefold() for dish in mains}
    for index, item in enumerate(order.menu):
        if item.goes_with and item.goes_with.casefold() not in keys - {item.dish.casefold()}:
            others = [dish for dish in mains if dish != item.dish]
            yield _unknown(f"order.menu[{index}].goes_with", item.goes_with, others, "dish")


def _places_named(order: Order) -> Iterator[tuple[str, str]]:
    """Each place that a service or a leg names, with where it is named."""
    for index, service in enumerate(order.services):
        if service.place:
            yield f"services[{index}].place", service.place
    for index, leg in enumerate(order.legs):
        yield f"legs[{index}].from", leg.from_
    for index, leg in enumerate(order.legs):
        yield f"legs[{index}].to", leg.to


def _twice(place: str, names: list[str]) -> Iterator[Problem]:
    for index, name in enumerate(names):
        if name in names[:index]:
            yield Problem("is used twice; give each its own name.", place=f"{place}[{index}]", value=repr(name))


def _unknown(place: str, name: str, known: list[str], what: str) -> Problem:
    return Problem(
        f"is not a {what} of this order. Known: {', '.join(map(repr, known))}.", place=place, value=repr(name)
    )
