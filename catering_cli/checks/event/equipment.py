"""Plant at its peak, service ware by the table's ratios, and that all of it is packed."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from catering_cli.checks.compare import BLOCKING, compare_entry, compare_rows
from catering_cli.checks.evidence import Evidence, Findings, placed
from catering_cli.checks.ratios import figure
from catering_cli.checks.reference.numbers import up
from catering_cli.checks.reference.services import lines_for, meals, minutes_between
from catering_cli.checks.reference.usage import peaks
from catering_cli.data import tables

FUEL = {"cans_a_set": 2, "hours_a_set": 6}
"""Two six-hour cans a chafer; [K]."""

LINED = ("buffet", "cocktail")
"""Styles whose hot food stands in chafers."""


class Ware(NamedTuple):
    """A thing that the event takes, by which rule, and with which inputs."""

    item: str
    rule: str
    inputs: dict[str, Fraction | int]


def ware_due(evidence: Evidence) -> Iterator[Ware]:
    """Each thing that the event takes."""
    style, guests, menu = evidence.order.event.style, evidence.plan.headcount.set_for, evidence.plan.menu
    courses = {"*", *(dish.course for dish in menu)}
    for row in tables.rows("ware"):
        if row["style"] == style and not courses.isdisjoint(tables.parts(row["courses"])):
            yield Ware(row["item"], "ware.per_guest", {"per_guest": Fraction(row["per_guest"]), "guests": guests})
    lines = max(lines_for(style, guests), 1)
    if style != "boxed" and menu:
        yield Ware("serving utensil", "ware.per_dish", {"dishes": len(menu), "lines": lines})
    hot = sum(dish.is_hot and dish.course != "drink" for dish in menu)
    if style in LINED and hot:
        yield Ware("chafer", "ware.per_hot_dish", {"dishes": hot, "lines": lines})
        hours = Fraction(sum(minutes_between(meal.at, meal.until) for meal in meals(evidence)), 60)
        cans = FUEL["cans_a_set"] * up(hours / FUEL["hours_a_set"])
        inputs: dict[str, Fraction | int] = {"hours": hours, "chafers": hot * lines, "cans": cans, **FUEL}
        yield Ware("chafing fuel (Sterno), 6 h can", "ware.fuel", inputs)


def ware(evidence: Evidence) -> Findings:
    """Each thing of the table is there in its number, nothing else is counted, and each goes into a box."""
    due = {one.item: one for one in ware_due(evidence)}
    counts = {item: {"count": figure(one.rule, **one.inputs)} for item, one in due.items()}
    lines = placed("plan.equipment.ware", evidence.plan.equipment.ware)
    yield from compare_rows(lines, ("item",), counts, BLOCKING)
    packed = [(path, line) for path, line in placed("plan.packing", evidence.plan.packing) if line.item in counts]
    yield from compare_rows(packed, ("item",), counts, BLOCKING)
    for path, line in lines:
        if line.derivation and line.item in due:
            one = due[line.item]
            inputs = {name: str(value) for name, value in one.inputs.items()}
            expected = {"rule": one.rule, "inputs": {**line.derivation.inputs, **inputs}}
            yield from compare_entry(f"{path}.derivation", line.derivation, expected, BLOCKING)


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
