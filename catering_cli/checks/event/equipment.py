"""Plant at its peak, service ware by the table's ratios, and the vessels that all of it is packed in."""

from __future__ import annotations

import math
from fractions import Fraction

from catering_cli.checks.compare import BLOCKING, compare_rows
from catering_cli.checks.evidence import Evidence, Findings, found, placed
from catering_cli.checks.reference.services import lines_for, meals, minutes_between
from catering_cli.checks.reference.usage import peaks
from catering_cli.data import tables
from catering_cli.domain.plan_parts.menu import Dish

CANS_A_SET, HOURS_A_SET = 2, 6
"""Two six-hour cans a chafer; [K]."""

LINED = ("buffet", "cocktail")
"""Styles whose hot food stands in chafers."""


def _due(evidence: Evidence) -> dict[str, int]:
    """How many of each thing the event takes."""
    style, guests, menu = evidence.order.event.style, evidence.plan.headcount.set_for, evidence.plan.menu
    courses = {"*", *(dish.course for dish in menu)}
    due: dict[str, int] = {}
    for row in tables.rows("ware"):
        if row["style"] == style and not courses.isdisjoint(tables.parts(row["courses"])):
            due[row["item"]] = math.ceil(Fraction(row["per_guest"]) * guests)
    lines = max(lines_for(style, guests), 1)
    if style != "boxed" and menu:
        due["serving utensil"] = len(menu) * lines
    hot = sum(dish.is_hot and dish.course != "drink" for dish in menu)
    return due | _chafers(evidence, hot * lines) if style in LINED and hot else due


def _chafers(evidence: Evidence, chafers: int) -> dict[str, int]:
    """Chafers and the fuel that they burn through all services."""
    hours = Fraction(sum(minutes_between(meal.at, meal.until) for meal in meals(evidence)), 60)
    cans = CANS_A_SET * math.ceil(hours / HOURS_A_SET) * chafers
    return {"chafer": chafers, "chafing fuel (Sterno), 6 h can": cans}


def ware(evidence: Evidence) -> Findings:
    """Each thing of the table is there in its number, nothing else is counted, and each goes into a box."""
    counts = {item: {"count": count} for item, count in _due(evidence).items()}
    lines = placed("plan.equipment.ware", evidence.plan.equipment.ware)
    yield from compare_rows(lines, ("item",), counts, BLOCKING)
    packed = [(path, line) for path, line in placed("plan.packing", evidence.plan.packing) if line.item in counts]
    yield from compare_rows(packed, ("item",), counts, BLOCKING)


def plant(evidence: Evidence) -> Findings:
    """The peak of each piece of plant is that of the timeline, against what is there."""
    there = {(one.name, one.place): one for one in evidence.plan.timeline.capacities if one.kind == "equipment"}
    due = {}
    for (kind, name, place), most in peaks(evidence).items():
        if kind == "equipment":
            capacity = there.get((name, place))
            known = {"available": capacity.count, "assumed": capacity.assumed} if capacity else {}
            due[name, place] = {"peak": most, **known}
    yield from compare_rows(
        placed("plan.equipment.plant", evidence.plan.equipment.plant), ("name", "place"), due, BLOCKING
    )


PAN_GRAMS = 240 * Fraction("29.5735295625")
"""Usable content of a full hotel pan 2 1/2 in deep: 240 fl oz (Cleveland p. 22), taken as 1 g a mL [K]."""

PIECES_A_TRAY = 40
LITRES_A_DISPENSER = 10
PORTIONS_A_PAN = 40
"""House figures [K]; 6 oz portions of a full pan from Cleveland p. 22."""


def vessels(evidence: Evidence) -> Findings:
    """Each dish that is made has as many vessels as its portions fill; hot and cold food are not packed together."""
    due = {dish.id: {"count": _vessels_of(evidence, dish)} for dish in evidence.plan.menu if dish.portions}
    packed = [(path, line) for path, line in placed("plan.packing", evidence.plan.packing) if line.dish]
    yield from compare_rows(packed, ("dish",), due, BLOCKING)
    if evidence.order.event.style == "boxed":
        return
    for path, line in packed:
        dish = evidence.dishes.get(line.dish)
        if dish and dish.course != "drink" and ("hot" in line.box) != dish.is_hot:
            message = f"{dish.name}: hot and cold food are not packed together"
            yield found("warning", f"{path}.box", message, line.box, "hot" if dish.is_hot else "cold")


def opened_first(evidence: Evidence) -> Findings:
    """The box that is opened first holds each thing of its list, and a label for each guest with needs."""
    counts = {row["item"]: int(row["count"]) for row in tables.rows("first_box")}
    counts["special-meal labels"] = sum(one.count for one in evidence.plan.diets.profiles if one.needs)
    due = {item: {"count": count} for item, count in counts.items() if count and evidence.plan.packing}
    first = [(path, line) for path, line in placed("plan.packing", evidence.plan.packing) if line.open_first]
    yield from compare_rows(first, ("item",), due, BLOCKING)


def _vessels_of(evidence: Evidence, dish: Dish) -> int:
    """Boxes, dispensers, trays or pans that a dish fills."""
    grams = dish.served.quantity.high * dish.portions if dish.served is not None else None
    if evidence.order.event.style == "boxed":
        return dish.portions
    if dish.course == "drink":
        litres = Fraction(dish.portions, 4) if grams is None else grams / 1000
        return max(math.ceil(litres / LITRES_A_DISPENSER), 1)
    if dish.course == "canape":
        return math.ceil(Fraction(dish.portions, PIECES_A_TRAY))
    pans = Fraction(dish.portions, PORTIONS_A_PAN) if grams is None else grams / PAN_GRAMS
    return max(math.ceil(pans), 1)


CHECKS = {"equipment.plant": plant, "equipment.ware": ware, "packing.vessels": vessels, "packing.first": opened_first}
