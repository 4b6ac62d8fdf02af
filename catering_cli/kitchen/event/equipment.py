"""Equipment in use; china, glass and flatware: peaks of the timeline, and counts by ratio per guest."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import datetime
from fractions import Fraction
from itertools import accumulate

from catering_cli.data.tables import rows
from catering_cli.domain.basis import Basis
from catering_cli.domain.order import Order
from catering_cli.domain.plan import Headcount
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.domain.plan_parts.people import Equipment, EquipmentLine, RentalLine
from catering_cli.domain.plan_parts.timeline import Block, Timeline
from catering_cli.domain.quantity import exact
from catering_cli.kitchen.menu import services

GUESTS_A_LINE = 100
"""A buffet line laid double-sided: 50 guests a side [V], see `LINE_SOURCE`."""

LINE_SOURCE = "https://aorents.com/plan-your-event/tips-and-guidelines/"

CAN_HOURS = 6
CANS_A_CHAFER = 2
"""Fuel: two 6-hour cans a chafer [K]."""

FUEL_SOURCE = "aorents.com, fuel for the full open time; cans of 6 h [K]"

LINED = ("buffet", "cocktail")


def equipment(
    order: Order,
    headcount: Headcount,
    dishes: Sequence[Dish],
    timeline: Timeline,
) -> Equipment:
    """Plant at its peak against what there is; ware, chafers, utensils and fuel."""
    guests = headcount.set_for
    ware = (*_ware(order, guests, dishes), *_line_ware(order, guests, dishes))
    return Equipment(plant=_plant(timeline), ware=ware)


def lines(style: str, guests: int) -> int:
    """Buffet lines for so many guests, each double-sided; 0 if guests are served."""
    return math.ceil(Fraction(guests, GUESTS_A_LINE)) if style == "buffet" else 0


def peak(blocks: Sequence[Block], name: str, place: str) -> int:
    """Most pieces of an equipment in use at one moment at a place; a vehicle is gone until it has driven back."""
    back = _backs(blocks, name)
    changes: list[tuple[datetime, int]] = []
    for block in blocks:
        count = _used(block, name, place)
        end = back.get(block.id, block.end)
        if count and end > block.start:
            changes += [(block.start, count), (end, -count)]
    in_use = accumulate(change for _, change in sorted(changes))
    return max(in_use, default=0)


def _used(block: Block, name: str, place: str) -> int:
    """Pieces of an equipment that a block takes at a place; a drive takes its vehicle from every place."""
    if block.place != place and block.kind != "drive":
        return 0
    return sum(use.count for use in block.equipment if use.name == name)


def _drives(blocks: Sequence[Block], name: str) -> list[Block]:
    """The drives of a kind of vehicle, by their end."""
    return sorted((one for one in blocks if _is_drive_of(one, name)), key=lambda drive: drive.end)


def _backs(blocks: Sequence[Block], name: str) -> dict[str, datetime]:
    """When a vehicle is back from each drive that it was loaded for: after the next drive back that is no other one's.

    A drive that is none of these (to the next drop, or back) is part of one that is, and takes no other vehicle.
    """
    loads = {block.id for block in blocks if block.kind == "load"}
    drives = _drives(blocks, name)
    returns = [drive for drive in drives if ".drive.back" in drive.id]
    found = {drive.id: drive.start for drive in drives}
    for drive in drives:
        if loads.isdisjoint(wait.block for wait in drive.after):
            continue
        later = [one for one in returns if one.start >= drive.end]
        if later:
            found[drive.id] = later[0].end
            returns.remove(later[0])
        else:
            found[drive.id] = drive.end + (drive.end - drive.start)
    return found


def _is_drive_of(block: Block, name: str) -> bool:
    return block.kind == "drive" and any(use.name == name for use in block.equipment)


def _plant(timeline: Timeline) -> tuple[EquipmentLine, ...]:
    """The equipment that the timeline uses, by place and name."""
    found = []
    for capacity in timeline.capacities:
        if capacity.kind != "equipment":
            continue
        line = EquipmentLine(
            name=capacity.name,
            place=capacity.place,
            peak=peak(timeline.blocks, capacity.name, capacity.place),
            available=capacity.count,
            assumed=capacity.assumed,
        )
        if line.peak:
            found.append(line)
    return tuple(sorted(found, key=lambda line: (line.place, line.name)))


def _ware(order: Order, guests: int, dishes: Sequence[Dish]) -> Iterator[RentalLine]:
    """Ware by the ratios of the table that are for this style and these courses."""
    courses = {"*", *(dish.course for dish in dishes)}
    for row in rows("ware"):
        if row["style"] == order.event.style and not courses.isdisjoint(row["courses"].split("|")):
            factor = exact(row["per_guest"])
            inputs = {"per_guest": str(factor), "guests": str(guests)}
            basis = Basis(
                rule="ware.per_guest",
                inputs=inputs,
                source=row["source"],
            )
            yield _rental(row["item"], math.ceil(guests * factor), basis)


def _line_ware(order: Order, guests: int, dishes: Sequence[Dish]) -> Iterator[RentalLine]:
    """Utensils for every dish; for a buffet or cocktails chafers with fuel for the whole service."""
    style = order.event.style
    if style == "boxed" or not dishes:
        return
    count = max(lines(style, guests), 1)
    yield _a_dish("serving utensil", "ware.per_dish", len(dishes), count)
    hot = sum(dish.is_hot_food for dish in dishes)
    if style in LINED and hot:
        yield _a_dish("chafer", "ware.per_hot_dish", hot, count)
        yield _fuel(order, hot * count)


def _fuel(order: Order, chafers: int) -> RentalLine:
    """Cans for all chafers over all services."""
    minutes = sum(meal.minutes for meal in services.services(order))
    hours = Fraction(minutes, 60)
    cans = CANS_A_CHAFER * math.ceil(hours / CAN_HOURS)
    inputs = {
        "cans": str(cans),
        "chafers": str(chafers),
        "hours": str(hours),
        "cans_a_set": str(CANS_A_CHAFER),
        "hours_a_set": str(CAN_HOURS),
    }
    return _rental(
        "chafing fuel (Sterno), 6 h can",
        chafers * cans,
        Basis(
            rule="ware.fuel",
            inputs=inputs,
            source=FUEL_SOURCE,
        ),
    )


def _a_dish(
    item: str,
    rule: str,
    dishes: int,
    lines: int,
) -> RentalLine:
    """One of it for each dish on each line."""
    inputs = {"dishes": str(dishes), "lines": str(lines)}
    return _rental(
        item,
        dishes * lines,
        Basis(
            rule=rule,
            inputs=inputs,
            source=LINE_SOURCE,
        ),
    )


def _rental(item: str, count: int, basis: Basis) -> RentalLine:
    return RentalLine(
        item=item,
        count=count,
        basis=basis.sentence(),
        source=basis.source,
        derivation=basis,
    )
