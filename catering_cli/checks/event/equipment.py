"""Plant at its peak, service ware by the table's ratios, and that all of it is packed."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, NamedTuple

from catering_cli.checks.compare import compare
from catering_cli.checks.evidence import Evidence, Findings, found
from catering_cli.checks.ratios import figure
from catering_cli.checks.reference.services import lines_for, meals
from catering_cli.checks.reference.usage import by_resource, peak
from catering_cli.data import tables

FUEL = {"cans_a_set": 2, "hours_a_set": 6}
"""Two six-hour cans a chafer; [K]."""


class Ware(NamedTuple):
    """A thing that the event takes, by which rule, and with which inputs."""

    item: str
    rule: str
    inputs: dict[str, Fraction | int]


def ware_due(evidence: Evidence) -> Iterator[Ware]:
    """Each thing that the event takes."""
    style, guests = evidence.order.event.style, evidence.plan.headcount.set_for
    courses = {dish.course for dish in evidence.plan.menu}
    for row in tables.rows("ware"):
        if row["style"] == style and ("*" in row["courses"] or courses & set(tables.parts(row["courses"]))):
            yield Ware(row["item"], "ware.per_guest", {"per_guest": Fraction(row["per_guest"]), "guests": guests})
    if style == "boxed" or not evidence.plan.menu:
        return
    lines = max(lines_for(style, guests), 1)
    yield Ware("serving utensil", "ware.per_dish", {"dishes": len(evidence.plan.menu), "lines": lines})
    hot = sum(dish.course != "drink" and dish.is_hot for dish in evidence.plan.menu)
    if style not in ("buffet", "cocktail") or not hot:
        return
    yield Ware("chafer", "ware.per_hot_dish", {"dishes": hot, "lines": lines})
    hours = Fraction(sum(int((meal.until - meal.at).total_seconds()) for meal in meals(evidence)), 3600)
    yield Ware("chafing fuel (Sterno), 6 h can", "ware.fuel", {"hours": hours, "chafers": hot * lines, **FUEL})


def ware(evidence: Evidence) -> Findings:
    """Each thing of the table is there in its number, nothing else is counted, and each goes into a box."""
    due = list(ware_due(evidence))
    expected: dict[str, Any] = {}
    derived = {line.item: line.derivation for line in evidence.plan.equipment.ware}
    for one in due:
        path = f"equipment.ware[item={one.item}]"
        count = figure(one.rule, **one.inputs)
        expected[f"{path}.count"] = count
        expected[f"packing[item={one.item}].count"] = count
        if basis := derived.get(one.item):
            expected[f"{path}.derivation.rule"] = one.rule
            used = {name: str(value) for name, value in one.inputs.items()}
            expected[f"{path}.derivation.inputs"] = {**basis.inputs, **used}
    yield from compare(expected, evidence.plan, {"": "blocking"})
    wanted = {one.item for one in due}
    for index, line in enumerate(evidence.plan.equipment.ware):
        if line.item not in wanted:
            yield found("warning", f"plan.equipment.ware[{index}]", f"{line.item} has no use here", line.count)


def plant(evidence: Evidence) -> Findings:
    """The peak of each piece of plant is that of the timeline, against what is there."""
    peaks = {(name, place): peak(held) for (kind, name, place), held in by_resource(evidence).items()
             if kind == "equipment"}  # fmt: skip
    counts = {(one.name, one.place): one for one in evidence.plan.timeline.capacities if one.kind == "equipment"}
    expected: dict[str, Any] = {}
    for (name, place), most in peaks.items():
        path = f"equipment.plant[name={name}|place={place}]"
        expected[f"{path}.peak"] = most
        if capacity := counts.get((name, place)):
            expected[f"{path}.available"] = capacity.count
            expected[f"{path}.assumed"] = capacity.assumed
    yield from compare(expected, evidence.plan, {"": "blocking", "equipment.plant.assumed": "warning"})
    for index, line in enumerate(evidence.plan.equipment.plant):
        if (line.name, line.place) not in peaks:
            message = f"{line.name} at {line.place} is not used"
            yield found("blocking", f"plan.equipment.plant[{index}].peak", message, line.peak, 0)


CHECKS = {"equipment.plant": plant, "equipment.ware": ware}
