"""The driver's sheet: a table for each vehicle, what is loaded when, from where to where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import takewhile
from typing import TYPE_CHECKING

from catering_cli.render.clock import stamp_or_blank, until
from catering_cli.render.page import Column, Page, Paragraph, Part, Row, Section, Signatures, Table
from catering_cli.render.papers.transport.trips import Trip, vehicles
from catering_cli.render.places import base_id, place_name
from catering_cli.render.wording import counted, dish_names, service_name

if TYPE_CHECKING:
    from datetime import datetime

    from catering_cli.domain.plan import CateringPlan
    from catering_cli.domain.plan_parts.timeline import Block

TRIP_COLUMNS = (
    Column("Done", tick=True),
    Column("Time"),
    Column("What"),
    Column("From", wide=True),
    Column("To", wide=True),
    Column("Load", wide=True),
)


def driver_section(plan: CateringPlan, _: Page) -> Section:
    """What is loaded when, and where it goes, by vehicle."""
    return Section.of("driver", "Driver's sheet", _parts(plan), empty="Nothing is driven.")


def _parts(plan: CateringPlan) -> Iterator[Part]:
    fleet = vehicles(plan)
    if not fleet:
        return
    yield from _heads(plan)
    alike = Counter(vehicle.kind for vehicle in fleet)
    numbers: Counter[str] = Counter()
    for vehicle in fleet:
        numbers[vehicle.kind] += 1
        number = f" {numbers[vehicle.kind]}" if alike[vehicle.kind] > 1 else ""
        rows = tuple(_row(trip, vehicle.trips[place:], plan) for place, trip in enumerate(vehicle.trips))
        yield Table(TRIP_COLUMNS, rows, title=f"{vehicle.kind[:1].upper()}{vehicle.kind[1:]}{number}", fold=20)
    yield Signatures(("Driver", "Received at the venue", "Date and time"))


def _heads(plan: CateringPlan) -> Iterator[Part]:
    """Where to go, what the order says, whom to call."""
    venue = plan.order.venue
    places = (("Address", venue.address), ("Load-in", venue.load_in), ("Parking", venue.parking)) if venue else ()
    for label, said in places:
        if said:
            yield Paragraph(f"{label}: {said}")
    if plan.order.notes:
        yield Paragraph(f"Notes of the order: {plan.order.notes}")
    for contact in plan.order.contacts:
        yield Paragraph(": ".join(said for said in (contact.name, contact.role, contact.phone) if said))


def _row(trip: Trip, ahead: list[Trip], plan: CateringPlan) -> Row:
    """A row of a trip; `ahead` are this one and those that follow it."""
    block = trip.block
    time = f"{stamp_or_blank(block.start, plan.order)}-{until(block.start, block.end, plan.order)}"
    start = place_name(plan, trip.start)
    if not trip.end:
        return "", time, block.label, start, "", _cargo(block, ahead, plan)
    carried = "" if trip.is_back else counted(block.portions, "meal")
    return "", time, block.label, start, place_name(plan, trip.end), carried


def _cargo(load: Block, ahead: list[Trip], plan: CateringPlan) -> str:
    """The dishes that are loaded for the stops up to the way home: what was packed for them until then."""
    out = takewhile(lambda trip: not trip.is_back, ahead)
    services = {trip.service.id: trip.service for trip in out if trip.service}
    names = dish_names(plan)
    dishes: dict[str, None] = {}
    for service in services.values():
        dishes |= dict.fromkeys(names.get(dish, dish) for dish in service.dishes if _goes(dish, load, plan))
    several = f"{', '.join(map(service_name, services.values()))}: " if len(services) > 1 else ""
    return f"{several}{', '.join(dishes)}"


def _goes(dish: str, load: Block, plan: CateringPlan) -> bool:
    """Whether a dish goes with this load: the first of its service that begins when the kitchen is done with it."""
    head = load.id.split(".load")[0]
    loads = [one for one in plan.timeline.blocks if one.kind == "load"]
    starts = sorted(one.start for one in loads if one.id.startswith(f"{head}.load"))
    ready = _leaves_kitchen(dish, plan) or load.start
    first = next((start for start in starts if start >= ready), starts[-1])
    return first == load.start


def _leaves_kitchen(dish: str, plan: CateringPlan) -> datetime | None:
    """When the kitchen is done with a dish; None if it has no work there."""
    kitchen = base_id(plan)
    tasks = [one for one in plan.timeline.blocks if one.dish == dish]
    return max((one.end for one in tasks if one.place == kitchen), default=None)
