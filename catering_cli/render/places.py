"""Places and vehicles by the names that people call them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from catering_cli.domain.plan import CateringPlan
    from catering_cli.domain.plan_parts.people import ServiceLine
    from catering_cli.domain.plan_parts.timeline import Block

BASE: Final = "base"
VAN: Final = "van"


def place_name(plan: CateringPlan, identifier: str) -> str:
    """A place as the crew calls it: the base is the kitchen, a venue without a name the event's."""
    if identifier == BASE:
        return "kitchen"
    place = next((place for place in plan.order.places if place.id == identifier), None)
    if place is None:
        return venue_name(plan) or identifier
    if place.kind == "base":
        return "kitchen"
    is_the_venue = place.id == "venue"
    return place.name or (venue_name(plan) if is_the_venue else "") or place.id


def served_at(plan: CateringPlan, identifier: str) -> str:
    """Where guests eat: the venue of the event if its kitchen is in the house."""
    named = place_name(plan, identifier)
    return venue_name(plan) or named if named == "kitchen" else named


def venue_name(plan: CateringPlan) -> str:
    """The venue of the event."""
    named = plan.order.venue.name if plan.order.venue else ""
    return named or plan.order.event.venue


def base_id(plan: CateringPlan) -> str:
    """The place from which vehicles leave."""
    return next((place.id for place in plan.order.places if place.kind == "base"), BASE)


def vehicle_to(plan: CateringPlan, place: str) -> str:
    """The vehicle that goes there; empty if nothing is driven there."""
    legs = [leg.vehicle for leg in plan.order.legs if leg.to == place]
    if legs:
        return legs[0]
    driven = any(block.kind == "drive" and block.place == place for block in plan.timeline.blocks)
    return VAN if driven or (plan.order.event.travel_minutes and place != base_id(plan)) else ""


def stops(plan: CateringPlan) -> Iterator[tuple[str, list[ServiceLine]]]:
    """Each place that is served, in order of time, with its services."""
    found: dict[str, list[ServiceLine]] = {}
    for service in sorted(plan.service, key=lambda one: (one.at, one.id)):
        found.setdefault(service.place, []).append(service)
    yield from found.items()


def trip_service(block: Block) -> str:
    """The id of the service that a block of the event belongs to: service.ID.drive, service.ID.load.salad."""
    parts = block.id.split(".")
    return ".".join(parts[1:-1]) if len(parts) > 2 else ""  # noqa: PLR2004
