"""The words beside a figure: by which ratio, from which row, at which rate, in which box."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from math import prod

from catering_cli.checks.event.equipment import due
from catering_cli.checks.event.packing import FIRST
from catering_cli.checks.evidence import Evidence, Findings, found
from catering_cli.checks.timeline.event_blocks import meals
from catering_cli.data import tables
from catering_cli.domain.finding import Finding
from catering_cli.domain.menu import Dish
from catering_cli.domain.site import Budget

BESIDE_THE_TABLE = ("serving utensil", "chafer", "chafing fuel can (6 h)")
"""Ware that is counted by dishes and lines."""

ALWAYS_FIRST = ("probe thermometer", "allergen matrix and dish cards", "disposable gloves, box", "first-aid kit",
                "hand soap and sanitizer", "HACCP log and pens")  # fmt: skip
OWN_LABELS = next(item for item, count in FIRST.items() if not count)


def ware_told(evidence: Evidence) -> Findings:
    """Ware is what the table has for the style, says by which ratio and from which row, and nothing else is counted."""
    style, guests = evidence.order.event.style, evidence.plan.headcount.set_for
    wanted = {item for item, _ in due(evidence)}
    rows = {
        (row["item"], row["source"]): Fraction(row["per_guest"]) for row in tables.rows("ware") if row["style"] == style
    }
    hours = Fraction(sum(int((meal.until - meal.at).total_seconds()) for meal in meals(evidence)), 3600)
    for index, line in enumerate(evidence.plan.equipment.ware):
        path = f"plan.equipment.ware[{index}]"
        if line.item not in wanted:
            yield found("warning", path, f"{line.item}: this service has no use for it", line.count)
        elif line.item not in BESIDE_THE_TABLE:
            ratio = rows.get((line.item, line.source))
            if ratio is None or line.basis != f"{ratio} a guest x {guests} guests":
                yield found("advice", f"{path}.basis", f"{line.item}: not a row of the table", line.basis, line.source)
        elif "h of service" in line.basis and f" {hours} h of service" not in line.basis:
            yield found("advice", f"{path}.basis", f"{line.item}: not the hours of service", line.basis, hours)
        elif "lines" in line.basis and prod(int(one) for one in re.findall(r"\d+", line.basis)) != line.count:
            yield found("advice", f"{path}.basis", f"{line.item}: its figures give another", line.basis, line.count)


def packed_first(evidence: Evidence) -> Findings:
    """The box that is opened first has every thing of its list, and labels where somebody has a plate of their own."""
    items = [line.item for line in evidence.plan.packing if line.open_first]
    own = any(profile.needs and profile.count for profile in evidence.plan.diets.profiles)
    wanted = {*ALWAYS_FIRST, *({OWN_LABELS} if own else ())} if evidence.plan.packing else set()
    for item in sorted(wanted ^ set(items)):
        message = f"{item}: {'not in the box that is opened first' if item in wanted else 'nobody needs it there'}"
        yield found("warning", "plan.packing", message, item)
    for index, line in enumerate(evidence.plan.packing):
        dish = evidence.dishes.get(line.dish)
        box, vessel = _vessel(evidence, dish) if dish else ("open first" if line.open_first else "service ware", "")
        said = line.item.removeprefix(f"{dish.name}: " if dish else "")
        if not line.box.endswith(box) or (vessel and said != vessel):
            message = f"{line.item}: another box or vessel than its kind is packed in"
            yield found("warning", f"plan.packing[{index}].box", message, line.box, f"{box}: {vessel}")


def _vessel(evidence: Evidence, dish: Dish) -> tuple[str, str]:
    if evidence.order.event.style == "boxed":
        return "boxes", "portions in boxes"
    if dish.course == "drink":
        return "drinks", "insulated dispenser, 10 L"
    box = "hot food" if dish.recipe and dish.recipe.served_at == "hot" else "cold food"
    return box, "tray of 40" if dish.course == "canape" else "full hotel pan, 2 1/2 in"


def costs_told(evidence: Evidence) -> Findings:
    """Each component is of the department, role or thing that it names, with the figures that it is made of."""
    plan = evidence.plan
    sums: dict[tuple[str, str], Decimal] = {}
    counts: dict[tuple[str, str], str] = {}
    for line in plan.shopping.lines:
        if line.cost is not None:
            key = ("food", line.department)
            sums[key] = sums.get(key, Decimal(0)) + line.cost
            counts[key] = f"{int(counts.get(key, '0').split()[0]) + 1} priced lines"
    for row in plan.staffing:
        if row.cost is not None and row.rate is not None:
            sums["labour", row.role], counts["labour", row.role] = row.cost, f"{row.hours} h x {row.rate}"
    for index, cost in enumerate(plan.costing.lines):
        path, key = f"plan.costing.lines[{index}]", (cost.kind, cost.label)
        if cost.kind in ("food", "labour") and (sums.pop(key, None), counts.get(key)) != (cost.amount, cost.basis):
            message = f"{cost.label}: not what its lines of the plan add up to"
            yield found("warning", path, message, f"{cost.basis}: {cost.amount}", counts.get(key, ""))
        others = sum((one.amount for one in plan.costing.lines if one.kind != "contingency"), Decimal(0))
        percent = evidence.order.budget.contingency_percent if evidence.order.budget else 5
        if cost.kind == "contingency" and cost.basis != f"{percent} % of {others}":
            yield found("advice", f"{path}.basis", "not the order's reserve", cost.basis, f"{percent} % of {others}")
    for kind, label in sorted(sums):
        yield found("warning", "plan.costing.lines", f"{label}: priced, and no component of the total", "", kind)
    if plan.costing.at_least and not plan.costing.unpriced:
        yield found("warning", "plan.costing.at_least", "everything has a price: the total is no 'at least'", "true")


def currency_told(evidence: Evidence) -> Findings:
    """Money is in the order's currency, else in the usual one."""
    said, due = evidence.plan.costing.currency, (evidence.order.budget or Budget()).currency
    if said != due:
        yield found("warning", "plan.costing.currency", "not the order's", said, due)


def safety_told(evidence: Evidence) -> Findings:
    """A control point cites its row of the limits, with what is then done; the notes say what the order leaves open."""
    rows = {(row["id"], row["kind"], row["text"], row["source"], row["corrective"]) for row in tables.rows("limits")}
    safety, order = evidence.plan.safety, evidence.order
    kinds = {row["kind"] for row in tables.rows("limits")}
    for index, point in enumerate(safety.points):
        key = (point.limit_id, point.kind, point.limit, point.source, point.corrective)
        if key not in rows and point.kind in kinds:
            where = f"plan.safety.points[{index}].source"
            yield found("warning", where, "not the row that the limit is from", point.source, point.corrective)
        doubts = point.food_class == "unknown" or not any(
            (row["id"], row["jurisdiction"]) == (point.limit_id, safety.jurisdiction) for row in tables.rows("limits")
        )
        if bool(point.note) != doubts:
            yield found(
                "warning", f"plan.safety.points[{index}].note", "a note on nothing, or none on a doubt", point.note
            )
        if not point.block and (point.at is not None or point.who != "chef"):
            where = f"plan.safety.points[{index}].who"
            yield found("warning", where, "what has no block is the chef's, at no fixed time", point.who, "chef")
    yield from _safety_notes(evidence, {
        "no table of limits": all(row["jurisdiction"] != safety.jurisdiction for row in tables.rows("limits")),
        "Time is not used as a control": not order.tphc,
        "written procedure for time as a control: mark": bool(order.tphc),
        "Highly susceptible guests": order.event.population == "highly_susceptible",
    })  # fmt: skip


def _safety_notes(evidence: Evidence, due_notes: dict[str, bool]) -> Iterator[Finding]:
    notes = evidence.plan.safety.notes
    for words, wanted in due_notes.items():
        if any(words in note for note in notes) != wanted:
            message = f"a note {'is missing' if wanted else 'does not hold'}: {words}"
            yield found("warning", "plan.safety.notes", message, len(notes), sum(due_notes.values()))


def contingencies_fit(evidence: Evidence) -> Findings:
    """There are as many contingencies as rows of the table fit the event, and no other."""
    order = evidence.order
    fits = {
        "always": True, "travel": bool(order.legs or order.event.travel_minutes),
        "hot": any(dish.recipe and dish.recipe.served_at == "hot" for dish in evidence.plan.menu),
    }  # fmt: skip
    wanted = sum(fits.get(row["when"], False) for row in tables.rows("contingency"))
    if evidence.plan.contingency and len(evidence.plan.contingency) != wanted:
        message = "another number of contingencies than fit the event"
        yield found("warning", "plan.contingency", message, len(evidence.plan.contingency), wanted)


CHECKS = {
    "equipment.told": ware_told,
    "packing.told": packed_first,
    "costing.told": costs_told,
    "costing.currency": currency_told,
    "safety.told": safety_told,
    "plan.contingency_fits": contingencies_fit,
}
