"""Plant in use and service ware: peaks of the timeline, and counts by ratio per guest."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import timedelta
from fractions import Fraction

from catering_cli.data.tables import rows
from catering_cli.domain.basis import Basis
from catering_cli.domain.menu import Dish
from catering_cli.domain.order import Order
from catering_cli.domain.people import Equipment, EquipmentLine, RentalLine
from catering_cli.domain.plan import Headcount
from catering_cli.domain.quantity import exact
from catering_cli.domain.timeline import Block, Timeline
from catering_cli.kitchen.menu import services

GUESTS_A_LINE = 100
"""A buffet line laid double-sided: 50 guests a side [V], see `LINE_SOURCE`."""

LINE_SOURCE = "https://aorents.com/plan-your-event/tips-and-guidelines/"

CAN_HOURS = 6
CANS_A_CHAFER = 2
"""Fuel: two 6-hour cans a chafer; [K]."""

LINED = ("buffet", "cocktail")


def equipment(order: Order, headcount: Headcount, dishes: Sequence[Dish], timeline: Timeline) -> Equipment:
    """Plant at its peak against what there is; ware, chafers, utensils and fuel."""
    return Equipment(
        plant=_plant(timeline), ware=(*_ware(order, headcount, dishes), *_line_ware(order, headcount, dishes))
    )


def lines(style: str, guests: int) -> int:
    """Buffet lines for so many guests, each double-sided; none where guests are served."""
    return math.ceil(Fraction(guests, GUESTS_A_LINE)) if style == "buffet" else 0


def peak(blocks: Sequence[Block], name: str, place: str) -> int:
    """Most pieces of an equipment in use at one moment at a place; a vehicle is gone until it can be back."""
    loads = {block.id for block in blocks if block.kind == "load"}
    moves = []
    for block in blocks:
        here = block.place == place or block.kind == "drive"
        count = sum(use.count for use in block.equipment if use.name == name) if here else 0
        way_back = block.kind == "drive" and any(wait.block in loads for wait in block.after)
        end = block.end + (block.end - block.start if way_back else timedelta())
        if count and end > block.start:
            moves += [(block.start, 1, count), (end, 0, -count)]
    most = now = 0
    for _, _, change in sorted(moves):
        now += change
        most = max(most, now)
    return most


def _plant(timeline: Timeline) -> tuple[EquipmentLine, ...]:
    found = []
    for capacity in timeline.capacities:
        if capacity.kind != "equipment":
            continue
        most = peak(timeline.blocks, capacity.name, capacity.place)
        if most:
            found.append(
                EquipmentLine(
                    name=capacity.name,
                    place=capacity.place,
                    peak=most,
                    available=capacity.count,
                    assumed=capacity.assumed,
                )
            )
    return tuple(sorted(found, key=lambda line: (line.place, line.name)))


def _ware(order: Order, headcount: Headcount, dishes: Sequence[Dish]) -> list[RentalLine]:
    courses = {dish.course for dish in dishes}
    found = []
    for row in rows("ware"):
        if row["style"] != order.event.style or not ("*" in row["courses"] or courses & set(row["courses"].split("|"))):
            continue
        factor = exact(row["per_guest"])
        inputs = {"per_guest": str(factor), "guests": str(headcount.set_for)}
        basis = Basis(rule="ware.per_guest", inputs=inputs, source=row["source"])
        found.append(_rental(row["item"], math.ceil(headcount.set_for * factor), basis))
    return found


def _line_ware(order: Order, headcount: Headcount, dishes: Sequence[Dish]) -> list[RentalLine]:
    """Utensils for every dish, and for a buffet chafers with fuel for the whole service."""
    style = order.event.style
    if style == "boxed" or not dishes:
        return []
    count = max(lines(style, headcount.set_for), 1)
    hot = [dish for dish in dishes if dish.recipe and dish.recipe.served_at == "hot" and dish.course != "drink"]
    found = [_a_dish("serving utensil", "ware.per_dish", len(dishes), count)]
    if style not in LINED or not hot:
        return found
    chafers = len(hot) * count
    hours = Fraction(sum(services.minutes(order, service) for service in services.services(order)), 60)
    cans = CANS_A_CHAFER * math.ceil(hours / CAN_HOURS)
    fuel = Basis(
        rule="ware.fuel",
        inputs={
            "cans": str(cans),
            "chafers": str(chafers),
            "hours": str(hours),
            "cans_a_set": str(CANS_A_CHAFER),
            "hours_a_set": str(CAN_HOURS),
        },
        source="aorents.com, fuel for the full open time; cans of 6 h [K]",
    )
    return [
        *found,
        _a_dish("chafer", "ware.per_hot_dish", len(hot), count),
        _rental("chafing fuel can (6 h)", chafers * cans, fuel),
    ]


def _a_dish(item: str, rule: str, dishes: int, lines: int) -> RentalLine:
    """One of it for each dish on each line."""
    inputs = {"dishes": str(dishes), "lines": str(lines)}
    return _rental(item, dishes * lines, Basis(rule=rule, inputs=inputs, source=LINE_SOURCE))


def _rental(item: str, count: int, basis: Basis) -> RentalLine:
    return RentalLine(item=item, count=count, basis=basis.sentence(), source=basis.source, derivation=basis)
