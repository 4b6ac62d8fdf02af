"""Vessels and boxes: as many as the food fills, and what is opened first."""

from __future__ import annotations

import re
from fractions import Fraction

from catering_cli.checks.evidence import Evidence, Findings, found
from catering_cli.domain.menu import Dish

PAN_ML = 240 * Fraction("29.5735295625")
"""Usable content of a full hotel pan 2 1/2 in deep: 240 fl oz (Cleveland p. 22), taken as 1 g a mL [K]."""

PIECES_A_TRAY = 40
LITRES_A_DISPENSER = 10
PORTIONS_A_PAN = 40
"""House figures [K]; 6 oz portions of a full pan from Cleveland p. 22."""

FIRST = {"probe thermometer": 2, "labels for guests' own plates": 0}
"""Things of the open-first box of which there is not just one; 0: one for each guest with a need."""


def vessels(evidence: Evidence) -> Findings:
    """Each dish has as many vessels as its portions fill, and they say how much they hold."""
    for index, line in enumerate(evidence.plan.packing):
        dish = evidence.dishes.get(line.dish)
        if dish is None:
            continue
        path = f"plan.packing[{index}]"
        due = _count(evidence, dish)
        if line.count != due:
            yield found("blocking", f"{path}.count", f"{dish.name}: not the vessels it fills", line.count, due)
        boxed, hot = evidence.order.event.style == "boxed", bool(dish.recipe and dish.recipe.served_at == "hot")
        if not boxed and dish.course != "drink" and ("hot" in line.box) != hot:
            message = f"{dish.name}: hot and cold food are not packed together"
            yield found("warning", f"{path}.box", message, line.box, "hot" if hot else "cold")
        if any(number != str(PIECES_A_TRAY) for number in re.findall(r"tray of (\d+)", line.item)):
            yield found("warning", f"{path}.item", "a tray holds another number", line.item, PIECES_A_TRAY)


def _count(evidence: Evidence, dish: Dish) -> int:
    grams = dish.served.quantity.high * dish.portions if dish.served is not None else None
    if evidence.order.event.style == "boxed":
        return dish.portions
    if dish.course == "drink":
        litres = grams / 1000 if grams is not None else Fraction(dish.portions, 4)
        return max(_up(litres / LITRES_A_DISPENSER), 1)
    if dish.course == "canape":
        return _up(Fraction(dish.portions, PIECES_A_TRAY))
    return max(_up(grams / PAN_ML if grams is not None else Fraction(dish.portions, PORTIONS_A_PAN)), 1)


def _up(number: Fraction) -> int:
    return -(-number.numerator // number.denominator)


def opened_first(evidence: Evidence) -> Findings:
    """The box that is opened first holds one of each thing, two thermometers, and a label for each own plate."""
    own = sum(profile.count for profile in evidence.plan.diets.profiles if profile.needs)
    for index, line in enumerate(evidence.plan.packing):
        if not line.open_first:
            continue
        due = FIRST.get(line.item, 1) or own
        if line.count != due:
            yield found("warning", f"plan.packing[{index}].count", f"{line.item}: another number", line.count, due)


CHECKS = {"packing.vessels": vessels, "packing.first": opened_first}
