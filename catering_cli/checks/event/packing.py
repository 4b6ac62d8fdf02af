"""Vessels and boxes: as many as the food fills, every dish in one, and what is opened first."""

from __future__ import annotations

from fractions import Fraction

from catering_cli.checks.compare import BLOCKING, WARNING, compare_rows
from catering_cli.checks.evidence import Evidence, Findings, found, placed
from catering_cli.checks.ratios import figure
from catering_cli.domain.menu import Dish

PAN_GRAMS = 240 * Fraction("29.5735295625")
"""Usable content of a full hotel pan 2 1/2 in deep: 240 fl oz (Cleveland p. 22), taken as 1 g a mL [K]."""

PIECES_A_TRAY = 40
LITRES_A_DISPENSER = 10
PORTIONS_A_PAN = 40
"""House figures [K]; 6 oz portions of a full pan from Cleveland p. 22."""

FIRST = {
    "probe thermometer": 2,
    "allergen matrix and dish cards": 1,
    "disposable gloves, box": 1,
    "first-aid kit": 1,
    "hand soap and sanitizer": 1,
    "HACCP log and pens": 1,
}
"""What is in the box that is opened first, beside the labels for guests with needs."""

OWN_LABELS = "special-meal labels"


def vessels(evidence: Evidence) -> Findings:
    """Each dish that is made has as many vessels as its portions fill; hot and cold food are not packed together."""
    due = {dish.id: {"count": vessels_of(evidence, dish)} for dish in evidence.plan.menu if dish.portions}
    packed = [(path, line) for path, line in placed("plan.packing", evidence.plan.packing) if line.dish]
    yield from compare_rows(packed, ("dish",), due, BLOCKING)
    for path, line in placed("plan.packing", evidence.plan.packing):
        dish = evidence.dishes.get(line.dish)
        if dish is None or evidence.order.event.style == "boxed" or dish.course == "drink":
            continue
        if ("hot" in line.box) != dish.is_hot:
            message = f"{dish.name}: hot and cold food are not packed together"
            yield found("warning", f"{path}.box", message, line.box, "hot" if dish.is_hot else "cold")


def vessels_of(evidence: Evidence, dish: Dish) -> int:
    """Boxes, dispensers, trays or pans that a dish fills."""
    grams = dish.served.quantity.high * dish.portions if dish.served is not None else None
    if evidence.order.event.style == "boxed":
        return figure("pack.box", portions=dish.portions)
    if dish.course == "drink":
        litres = Fraction(dish.portions, 4) if grams is None else grams / 1000
        return figure("pack.dispenser", litres=litres, litres_each=LITRES_A_DISPENSER)
    if dish.course == "canape":
        return figure("pack.tray", portions=dish.portions, portions_each=PIECES_A_TRAY)
    if grams is None:
        return figure("pack.pan_by_portions", portions=dish.portions, portions_each=PORTIONS_A_PAN)
    return figure("pack.pan", grams=grams, grams_each=PAN_GRAMS)


def opened_first(evidence: Evidence) -> Findings:
    """The box that is opened first holds each thing of its list, and a label for each guest with needs."""
    own = sum(profile.count for profile in evidence.plan.diets.profiles if profile.needs)
    counts = {**FIRST, OWN_LABELS: own} if own else FIRST
    due = {item: {"count": count} for item, count in counts.items()} if evidence.plan.packing else {}
    first = [(path, line) for path, line in placed("plan.packing", evidence.plan.packing) if line.open_first]
    yield from compare_rows(first, ("item",), due, WARNING)


CHECKS = {"packing.vessels": vessels, "packing.first": opened_first}
