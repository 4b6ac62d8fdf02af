"""Plant at its peak, and service ware by the table's ratios."""

from __future__ import annotations

import math
from fractions import Fraction

from catering_cli.checks.compare import BLOCKING, compare_rows
from catering_cli.checks.evidence import Evidence, Findings, found, placed
from catering_cli.checks.reference.services import lines_for, meals, minutes_between
from catering_cli.checks.reference.usage import peaks
from catering_cli.data import tables

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
    cans = CANS_A_SET * math.ceil(_hours(evidence) / HOURS_A_SET) * chafers
    return {"chafer": chafers, "chafing fuel (Sterno), 6 h can": cans}


def _hours(evidence: Evidence) -> Fraction:
    """How long all services last."""
    return Fraction(sum(minutes_between(meal.at, meal.until) for meal in meals(evidence)), 60)


def ware(evidence: Evidence) -> Findings:
    """Each thing of the table is there in its number, nothing else is counted, and each goes into a box."""
    counts = {item: {"count": count} for item, count in _due(evidence).items()}
    lines = placed("plan.equipment.ware", evidence.plan.equipment.ware)
    yield from compare_rows(lines, ("item",), counts, BLOCKING)
    packed = [(path, line) for path, line in placed("plan.packing", evidence.plan.packing) if line.item in counts]
    yield from compare_rows(packed, ("item",), counts, BLOCKING)
    hours = str(_hours(evidence))
    for path, line in lines:
        inputs = line.derivation.inputs if line.derivation else {}
        if inputs.get("hours", hours) != hours:
            yield found("warning", f"{path}.derivation", f"{line.item}: other hours of service", inputs["hours"], hours)


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


CHECKS = {"equipment.plant": plant, "equipment.ware": ware}
