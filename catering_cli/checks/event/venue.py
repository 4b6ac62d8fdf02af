"""What a venue lacks is packed for it: as much as the table asks for its guests, its crew and its food."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction

from catering_cli.checks.compare import BLOCKING, compare_rows
from catering_cli.checks.evidence import Evidence, Findings, placed
from catering_cli.checks.reference.services import Meal, meals
from catering_cli.checks.reference.usage import peaks
from catering_cli.data import tables
from catering_cli.domain.order_parts.site import Place
from catering_cli.domain.plan_parts.menu import Dish

PANS_A_SHEET = 2
"""Hotel pans of 12 x 20 in where one sheet pan of 18 x 26 in stands."""


def kit(evidence: Evidence) -> Findings:
    """Each thing that a venue lacks is packed for it in its number, and nothing that it has."""
    due: dict[tuple[str, str], dict[str, int]] = {}
    boxes: set[str] = set()
    for place in evidence.order.places:
        served = [meal for meal in meals(evidence) if meal.place == place.id and meal.road]
        if place.kind == "venue" and served:
            box = f"6 for the venue: {place.name or place.id}"
            boxes.add(box)
            counts = _due(evidence, place, served)
            due |= {(box, item): {"count": count} for item, count in counts.items() if count}
    lines = [(path, line) for path, line in placed("plan.packing", evidence.plan.packing) if line.box in boxes]
    yield from compare_rows(lines, ("box", "item"), due, BLOCKING)


def _due(evidence: Evidence, place: Place, served: list[Meal]) -> dict[str, int]:
    """How many of each thing of the table a venue asks for."""
    plant = {one: most for one, most in peaks(evidence).items() if one.kind == "equipment"}
    used = {one.name: most for one, most in plant.items() if one.place == place.id}
    there = {
        "power": place.power, "water": place.water, "shelter": place.shelter,
        "fridge": place.fridge or bool(place.equipment.get("fridge_shelf")),
    }  # fmt: skip
    due: dict[str, int] = {}
    for row in tables.rows("venue_kit"):
        lacks = row["lacks"]
        short = used.get(lacks, 0) - place.equipment.get(lacks, 0)
        if there.get(lacks, short <= 0):
            continue
        amount = short if row["per"] == "peak" else _amount(evidence, row["per"], place, served, used)
        due[row["item"]] = math.ceil(amount / Fraction(row["amount"]))
    return due


def _amount(evidence: Evidence, per: str, place: Place, served: list[Meal], used: Mapping[str, int]) -> Fraction:
    """How much there is at a venue of what a row of the table is reckoned by."""
    dishes = [one for one in evidence.plan.menu if one.portions and any(meal.serves(one) for meal in served)]
    if per == "guests":
        return Fraction(max(meal.guests for meal in served))
    if per == "hands":
        blocks = [one for one in evidence.plan.timeline.blocks if one.place == place.id and one.kind != "drive"]
        return Fraction(max((sum(crew.count for crew in block.crew) for block in blocks), default=1) or 1)
    if per in ("cold_g", "frozen_g"):
        return sum((_grams(one) for one in dishes if _kept(one) == per), Fraction(0))
    if per == "hot_pans":
        pans = _pans(evidence)
        return sum((pans.get(one.id, Fraction(0)) for one in dishes if one.is_hot_food), Fraction(0))
    if per == "amperes":
        return _amperes(used, urns=any(one.is_hot and one.course == "drink" for one in dishes))
    return Fraction(1)


def _kept(dish: Dish) -> str:
    """What a dish counts as at a venue without a fridge, by its last stated place and how it is served."""
    stores = [step.storage for step in dish.recipe.steps if step.storage] if dish.recipe else []
    last = stores[-1] if stores else ""
    if last == "freezer":
        return "frozen_g"
    return "cold_g" if "fridge" in (last, "fridge" if dish.served_at == "cold" else "") else ""


def _grams(dish: Dish) -> Fraction:
    """Weight of all portions of a dish; a usual one each if it is not known."""
    usual = Fraction(tables.figure("work", "portion_grams"))
    return dish.portions * (dish.served.quantity.high if dish.served else usual)


def _pans(evidence: Evidence) -> dict[str, Fraction]:
    """Full hotel pans that the vessels of each packed dish take the room of."""
    sheets = {row["vessel"]: Fraction(PANS_A_SHEET, int(row["a_sheet"])) for row in tables.rows("vessels")}
    packed = [line for line in evidence.plan.packing if line.dish]
    return {line.dish: line.count * sheets.get(line.item.rpartition(": ")[2], Fraction(0)) for line in packed}


def _amperes(used: Mapping[str, int], *, urns: bool) -> Fraction:
    """What is drawn at once without power for hot boxes; coffee and tea are kept hot where they are poured."""
    each = {row["equipment"]: Fraction(row["amperes"]) for row in tables.rows("amperes")}
    counts = {name: count for name, count in used.items() if name in each and name != "hot_box"}
    if urns:
        counts["coffee_urn"] = max(counts.get("coffee_urn", 0), 1)
    return sum((each[name] * count for name, count in counts.items()), Fraction(0))


CHECKS = {"packing.venue": kit}
