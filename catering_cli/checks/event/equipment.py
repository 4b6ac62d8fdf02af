"""Service ware, lines and vessels: the table's ratio times the guests, rounded up."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from catering_cli.checks.evidence import Evidence, Findings, found
from catering_cli.checks.timeline.event_blocks import meals
from catering_cli.data import tables

GUESTS_A_LINE = 100
"""A buffet line laid on both sides: 50 guests a side, https://aorents.com/plan-your-event/tips-and-guidelines/"""

FUEL_HOURS = 6
FUEL_CANS = 2
"""Two six-hour cans a chafer; [K]."""


def lines_for(style: str, guests: int) -> int:
    """Buffet lines for so many guests."""
    return -(-guests // GUESTS_A_LINE) if style == "buffet" else 0


def due(evidence: Evidence) -> Iterator[tuple[str, int]]:
    """Each thing that the event takes, with its number."""
    style, guests = evidence.order.event.style, evidence.plan.headcount.set_for
    courses = {dish.course for dish in evidence.plan.menu}
    for row in tables.rows("ware"):
        if row["style"] == style and ("*" in row["courses"] or courses & set(tables.parts(row["courses"]))):
            count = Fraction(row["per_guest"]) * guests
            yield row["item"], -(-count.numerator // count.denominator)
    if style == "boxed" or not evidence.plan.menu:
        return
    lines = max(lines_for(style, guests), 1)
    yield "serving utensil", len(evidence.plan.menu) * lines
    hot = [dish for dish in evidence.plan.menu
           if dish.recipe and dish.recipe.served_at == "hot" and dish.course != "drink"]  # fmt: skip
    if style not in ("buffet", "cocktail") or not hot:
        return
    yield "chafer", len(hot) * lines
    hours = Fraction(sum(int((meal.until - meal.at).total_seconds()) for meal in meals(evidence)), 3600)
    cans = FUEL_CANS * -(-hours // FUEL_HOURS)
    yield "chafing fuel can (6 h)", int(len(hot) * lines * cans)


def ware(evidence: Evidence) -> Findings:
    """Each thing of the table is there in its number, and goes into a box in that number."""
    said = {line.item: (index, line.count) for index, line in enumerate(evidence.plan.equipment.ware)}
    packed: dict[str, int] = {}
    for line in evidence.plan.packing:
        packed[line.item] = packed.get(line.item, 0) + line.count
    for item, count in due(evidence):
        if item not in said:
            yield found("blocking", "plan.equipment.ware", f"no {item} is counted", "", count)
            continue
        index, here = said[item]
        if here != count:
            message = f"{item}: not the table's ratio times the guests"
            yield found("blocking", f"plan.equipment.ware[{index}].count", message, here, count)
    for item, (_, count) in sorted(said.items()):
        if packed.get(item, 0) != count:
            yield found("blocking", "plan.packing", f"{item}: another number is packed", packed.get(item, 0), count)


CHECKS = {"equipment.ware": ware}
