"""What food is packed in, by count where its name or recipe says, else by weight; and what is opened first."""

from __future__ import annotations

import math
import re
from fractions import Fraction
from itertools import product

from catering_cli.checks.compare import BLOCKING, compare_rows
from catering_cli.checks.evidence import Evidence, Findings, found, placed
from catering_cli.checks.reference.names import holds, words
from catering_cli.data import tables
from catering_cli.domain.plan_parts.menu import Dish

PAN_GRAMS = 240 * Fraction("29.5735295625")
"""Usable content of a full hotel pan 2 1/2 in deep: 240 fl oz (Cleveland p. 22), taken as 1 g a mL [K]."""

PORTIONS_A_PAN = 40
"""6 oz portions of a full pan, Cleveland p. 22."""

TO_ONE = {
    "sheet": re.compile(r"\b(\d{1,3}) (?:to|on|per) (?:a|the|each|every) (?:full )?(?:sheet|tray)\b", re.IGNORECASE),
    "round": re.compile(r"\b(\d{1,2}) (?:to|per) (?:a|the|each|every) (?:cake|tart|pie|torte|round)\b", re.IGNORECASE),
}
"""How a recipe says how many go into one."""

LITRES_A_DISPENSER = 10
"""Drinks in one insulated dispenser [K]."""


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
    due = {item: {"count": count} for item, count in counts.items() if count} if evidence.plan.packing else {}
    first = [(path, line) for path, line in placed("plan.packing", evidence.plan.packing) if line.open_first]
    yield from compare_rows(first, ("item",), due, BLOCKING)


def _vessels_of(evidence: Evidence, dish: Dish) -> int:
    """Boxes, dispensers, trays or pans that a dish fills."""
    if evidence.order.event.style == "boxed":
        return dish.portions
    if dish.course == "drink":
        litres = Fraction(dish.portions, 4)
        if dish.served is not None:
            litres = dish.served.quantity.high * dish.portions / 1000
        return max(math.ceil(litres / LITRES_A_DISPENSER), 1)
    return _in_pans(dish)


def _in_pans(dish: Dish) -> int:
    """Pans, trays, rounds or boxes by the first row that fits: by count, else by weight."""
    for row in tables.rows("vessels"):
        if row["course"] in ("", dish.course) and _is_named(row["words"], dish.name):
            return math.ceil(Fraction(dish.portions, _told(dish, row))) if row["holds"] else _by_weight(dish)
    raise AssertionError("the last row of the table is for any dish")


def _by_weight(dish: Dish) -> int:
    pans = Fraction(dish.portions, PORTIONS_A_PAN)
    if dish.served is not None:
        pans = dish.served.quantity.high * dish.portions / PAN_GRAMS
    return max(math.ceil(pans), 1)


def _told(dish: Dish, row: dict[str, str]) -> int:
    """How many the recipe itself puts in one of the row's vessel, else the table."""
    patterns = [pattern for kind, pattern in TO_ONE.items() if kind in row["vessel"]]
    texts = [step.text for step in dish.recipe.steps] if dish.recipe else []
    for pattern, text in product(patterns, texts):
        for count in map(int, pattern.findall(text)):
            if count:
                return count
    return int(row["holds"])


def _is_named(phrases: str, name: str) -> bool:
    """Whether a name has one of the phrases, whatever their number."""
    said = words(name)
    return not phrases or any(holds(said, words(phrase)) for phrase in tables.parts(phrases))


CHECKS = {"packing.vessels": vessels, "packing.first": opened_first}
