"""Whether what is driven finds room in its vehicles, and those who ride along a seat."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import ceil
from typing import Final, NamedTuple

from catering_cli.data.tables import rows
from catering_cli.domain.finding import Finding
from catering_cli.domain.order import Order
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.domain.plan_parts.people import PackLine
from catering_cli.domain.plan_parts.timeline import Block, Timeline
from catering_cli.kitchen.event.venue_kit import Venue, venues
from catering_cli.kitchen.recipes.cooking_words import any_of, plain
from catering_cli.kitchen.serving.vessels import vessel_of

_USED: Final = Fraction(4, 5)
"""Of a load room: boxes are strapped, and doors must close; [K]."""
_CAR: Final = "car"
_BOX: Final = "7 for the crew"
"""Sorts behind what is packed."""


class Vehicle(NamedTuple):
    """What a vehicle takes."""

    name: str
    seats: int
    cubic_feet: int


def vehicle_of(name: str) -> Vehicle:
    """A vehicle by its name in the order."""
    row = next(row for row in rows("vehicles") if _has(row["words"], name))
    return Vehicle(row["vehicle"], int(row["seats"]), int(row["cubic_feet"]))


def _has(words: str, name: str) -> bool:
    return not words or bool(any_of(words).search(plain(name)))


def cars(order: Order, dishes: Sequence[Dish], timeline: Timeline) -> Iterator[PackLine]:
    """Cars for the cooks who find no seat in the vehicle that they ride with."""
    seats = vehicle_of(_CAR).seats
    for venue in venues(order, dishes, timeline):
        standing = _standing(venue)
        if standing:
            name = venue.name
            yield PackLine(
                box=f"{_BOX}: {name}", item=f"crew car, {seats} seats", count=ceil(Fraction(standing, seats))
            )


def findings(
    order: Order, dishes: Sequence[Dish], timeline: Timeline, packing: Sequence[PackLine]
) -> Iterator[Finding]:
    """Who rides without a seat, and what finds no room."""
    for index, place in enumerate(order.places):
        for venue in venues(order, dishes, timeline):
            if venue.place is place:
                yield from _seats(venue, f"order.places[{index}]")
                yield from _room(order, venue, packing, f"order.places[{index}]")


def _seats(venue: Venue, where: str) -> Iterator[Finding]:
    standing = _standing(venue)
    if not standing:
        return
    vehicle, seats = _vehicle(venue), vehicle_of(_CAR).seats
    count, name = ceil(Fraction(standing, seats)), venue.name
    yield Finding(
        severity="advice",
        rule="kitchen.seats",
        where=where,
        message=f"{name}: the {vehicle.name} has {vehicle.seats} seats for {standing + vehicle.seats} who ride there; "
        f"packed: {count} x crew car of {seats} seats",
        value=str(standing),
        fix="send a car with them, or drive in a vehicle with more seats (vehicle of order.legs)",
    )


def _room(order: Order, venue: Venue, packing: Sequence[PackLine], where: str) -> Iterator[Finding]:
    vehicle, trips = _vehicle(venue), len(_loaded(venue))
    volume = _volume(order, venue, packing)
    usable = vehicle.cubic_feet * _USED
    if not trips or volume <= trips * usable:
        return
    wanted = ceil(volume / usable)
    yield Finding(
        severity="open",
        rule="kitchen.load_room",
        where=where,
        message=f"{venue.name}: what goes there takes about {round(volume)} cu ft; a "
        f"{vehicle.name} has room for {round(usable)}, and {trips} load{'s are' if trips > 1 else ' is'} driven: "
        f"{wanted} are needed",
        value=str(round(volume)),
        fix='rent a truck ("vehicle": "box truck" in order.legs), or send the ware ahead with its supplier',
    )


def _loaded(venue: Venue) -> list[Block]:
    """The drives to a venue that leave with a load."""
    blocks = venue.timeline.blocks
    loads = {block.id for block in blocks if block.kind == "load"}
    there = [block for block in venue.blocks if block.kind == "drive"]
    return [block for block in there if any(wait.block in loads for wait in block.after)]


def _vehicle(venue: Venue) -> Vehicle:
    return vehicle_of(venue.meals[0].vehicle)


def _standing(venue: Venue) -> int:
    """People of the fullest drive beyond the seats of its vehicle."""
    riding = max((sum(crew.count for crew in block.crew) for block in _loaded(venue)), default=0)
    return max(0, riding - _vehicle(venue).seats)


def _volume(order: Order, venue: Venue, packing: Sequence[PackLine]) -> Fraction:
    """Cubic feet of the food of its dishes, and of its guests' part of the ware."""
    mine = {dish.id: dish for dish in venue.dishes}
    here = sum(meal.guests for meal in venue.meals)
    everyone = sum(service.guests or 0 for service in order.services) or here
    part = min(Fraction(1), Fraction(here, everyone))
    total = Fraction(0)
    for line in packing:
        dish = mine.get(line.dish)
        if dish:
            total += _room_of(line, dish) * (1 if dish.service else part)
        elif not line.dish and not line.open_first:
            total += line.count * part * _each("ware", line.item)
    return total


def _room_of(line: PackLine, dish: Dish) -> Fraction:
    """Cubic feet of a dish in its vessels: a carrier's room for each place of a sheet pan."""
    each = _each("food", line.item)
    places = Fraction(1, vessel_of(dish).a_sheet) if each == _each("food", "") else Fraction(1)
    return line.count * each * places


def _each(kind: str, item: str) -> Fraction:
    of_kind = [row for row in rows("freight") if row["kind"] == kind]
    row = next(row for row in of_kind if _has(row["words"], item))
    return Fraction(row["cubic_feet"])
