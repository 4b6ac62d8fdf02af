"""The pull and pack-out list: by vehicle and stop, container by container, with tools by station and spare rentals."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from catering_cli.render.clock import clock_time
from catering_cli.render.page import Column, Page, Paragraph, Part, Row, Section, Signatures, Table
from catering_cli.render.papers.transport.tools import spare_of, tool_table
from catering_cli.render.places import base_id, place_name, stops, vehicle_to
from catering_cli.render.wording import dish_names, service_name

if TYPE_CHECKING:
    from catering_cli.domain.plan import CateringPlan
    from catering_cli.domain.plan_parts.menu import Dish
    from catering_cli.domain.plan_parts.people import PackLine, ServiceLine

Stop = tuple[str, list["ServiceLine"]]

PACK_COLUMNS = (
    Column("Loaded", tick=True),
    Column("Back", tick=True),
    Column("Container"),
    Column("Count", right=True),
    Column("Item", wide=True),
    Column("For", wide=True),
)
WARE_BOX: Final = "china, glass, flatware"


def packing_section(plan: CateringPlan, _: Page) -> Section:
    """Everything that leaves the kitchen, by vehicle and stop."""
    parts: list[Part] = []
    for number, stop in enumerate(stops(plan), 1):
        parts += _stop(stop, number, plan)
    rest = _shared(plan)
    if rest:
        parts.append(Table(PACK_COLUMNS, tuple(rest), title="For all stops", fold=20))
    parts.append(tool_table(plan))
    parts.append(Signatures(("Loaded by", "Returned by", "Date and time")))
    return Section.of("packing", "Pull and pack-out list", parts)


def _stop(stop: Stop, number: int, plan: CateringPlan) -> Iterator[Part]:
    """The dishes of a stop in their containers."""
    place, services = stop
    vehicle = vehicle_to(plan, place) or ("no vehicle: served at the kitchen" if place == base_id(plan) else "van")
    at = ", ".join(f"{service_name(one)} {clock_time(one.at, plan.order)}" for one in services)
    name = place_name(plan, place)
    rows = tuple(_food_rows(stop, plan))
    title = f"{vehicle[:1].upper()}{vehicle[1:]}, stop {number}: {name} ({at})"
    yield Table(PACK_COLUMNS, rows, title=title, fold=20)
    if not plan.order.places and not rows:
        yield Paragraph("Nothing is packed for this stop.", "dim")


def _food_rows(stop: Stop, plan: CateringPlan) -> Iterator[Row]:
    names = dish_names(plan)
    for line in plan.packing:
        if line.dish and (count := _share_of(line, stop, plan)):
            vessel = line.item.removeprefix(f"{names.get(line.dish, line.dish)}: ")
            yield "", "", _container(line), f"{count:,}", vessel, names.get(line.dish, line.dish)


def _container(line: PackLine) -> str:
    """A box by what it is called: 3 hot food."""
    for kept, box in {"hot": "hot box", "cold": "cooler"}.items():
        if kept in line.box:
            return f"{line.box}, {box}"
    return line.box


def _share_of(line: PackLine, stop: Stop, plan: CateringPlan) -> int:
    """How many of the containers of a dish go to a stop: by guests, whole ones, at least one for each that gets it."""
    dish = next((dish for dish in plan.menu if dish.id == line.dish), None)
    there = _guests(stop[1], line.dish)
    everywhere = _guests(list(plan.service), line.dish)
    if not there or dish is None:
        return 0
    if there == everywhere:
        return line.count
    exact = Fraction(line.count * there, everywhere)
    if _counts_portions(line, dish):
        return _dealt(line, stop, plan)
    return max(math.ceil(exact), 1)


def _counts_portions(line: PackLine, dish: Dish) -> bool:
    return line.count == dish.portions


def _dealt(line: PackLine, stop: Stop, plan: CateringPlan) -> int:
    """Single portions shared out by guests, so that the stops add up to all of them."""
    weights = {place: _guests(services, line.dish) for place, services in stops(plan)}
    whole = sum(weights.values())
    parts = {place: Fraction(line.count * weight, whole) for place, weight in weights.items()}
    dealt = {place: int(part) for place, part in parts.items()}
    left = line.count - sum(dealt.values())
    for place in sorted(parts, key=lambda one: (dealt[one] - parts[one], one))[:left]:
        dealt[place] += 1
    return dealt[stop[0]]


def _guests(services: list[ServiceLine], dish: str) -> int:
    return sum(service.guests for service in services if dish in service.dishes)


def _shared(plan: CateringPlan) -> list[Row]:
    """What belongs to no dish: what is opened first, then china, glass and flatware with spares."""
    rows: list[Row] = []
    for line in plan.packing:
        if line.dish:
            continue
        item, count = line.item, f"{line.count:,}"
        if WARE_BOX in line.box:
            spare = spare_of(line.item, line.count)
            item = f"{line.item} ({line.count:,} + {spare} spare)" if spare else line.item
            count = f"{line.count + spare:,}"
        rows.append(("", "", line.box, count, item, "opened first" if line.open_first else ""))
    return rows
