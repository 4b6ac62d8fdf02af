"""What the plan takes for granted is what the order leaves open, and what is done if something goes wrong fits it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from catering_cli.checks.compare import compare
from catering_cli.checks.evidence import Evidence, Findings, found
from catering_cli.checks.reference.services import event_row
from catering_cli.data import tables
from catering_cli.domain.guests import Children
from catering_cli.domain.order import EventInfo, Order
from catering_cli.domain.site import Budget

DEFAULTS = {name: EventInfo.model_fields[name].default for name in ("style", "jurisdiction")}

UNSEEN = ("style_absent", "jurisdiction_default", "children_share")
"""Where the order may have said what is usual: an order that was read from a plan no longer tells."""

OPEN: Mapping[str, Callable[[Order], bool]] = {
    "always": lambda _: True,
    "style_absent": lambda order: order.event.style == DEFAULTS["style"],
    "end_absent": lambda order: any(one.until is None for one in order.services) if order.services
    else order.event.ends_at is None,
    "timezone_absent": lambda order: not order.event.timezone,
    "jurisdiction_default": lambda order: order.event.jurisdiction == DEFAULTS["jurisdiction"],
    "expected_absent": lambda order: order.guests.expected is None,
    "needs_absent": lambda order: not any((order.guests.profiles, order.guests.diets, order.guests.allergies)),
    "counts_only": lambda order: any((order.guests.diets, order.guests.allergies)),
    "portions_absent": lambda order: any(one.portions is None for one in order.menu),
    "over_absent": lambda order: any(one.portions is None and one.over_percent is None for one in order.menu),
    "children_share": lambda order: order.guests.children is not None
    and order.guests.children.share == Children.model_fields["share"].default,
    "equipment_absent": lambda order: order.kitchen.equipment is None,
    "equipment_given": lambda order: order.kitchen.equipment is not None,
    "hours_absent": lambda order: not order.kitchen.hours,
    "staff_absent": lambda order: order.staff is None,
    "servers": lambda order: order.event.style != "boxed",
    "system_default": lambda order: order.system == "us",
    "buffet": lambda order: order.event.style == "buffet",
    "priced": lambda order: bool(order.supply) or order.budget is not None,
    "tphc_absent": lambda order: not order.tphc,
}  # fmt: skip
"""When each row of the table of assumptions holds."""


def granted(evidence: Evidence) -> Findings:
    """The assumptions are the rows of the table that this order leaves open, each with its figure."""
    said = {one.id: index for index, one in enumerate(evidence.plan.assumptions)}
    figures = _figures(evidence)
    expected: dict[str, Any] = {}
    for row in tables.rows("assumptions"):
        due, index = OPEN[row["when"]](evidence.order), said.get(row["id"])
        if due and index is None and row["when"] not in UNSEEN:
            yield found("warning", "plan.assumptions", f"{row['text']}: not said", "", row["id"])
        elif not due and index is not None:
            yield found("warning", f"plan.assumptions[{index}]", f"{row['text']}: the order says otherwise", row["id"])
        elif index is not None:
            path = f"assumptions[id={row['id']}]"
            expected[f"{path}.number"] = row["number"] or figures.get(row["id"], "")
            expected |= {f"{path}.{name}": row[name] for name in ("text", "source", "override")}
    yield from compare(expected, evidence.plan, {"": "warning"})


def _figures(evidence: Evidence) -> dict[str, str]:
    """Figures that follow from the order."""
    order, style = evidence.order, evidence.order.event.style
    usual, offset = event_row("serve", style), order.event.service_at.utcoffset()
    over = next((one["value"] for one in tables.rows("portions") if (one["kind"], one["style"]) == ("over", style)), "")
    minutes = int(offset.total_seconds()) // 60 if offset is not None else 0
    sign = "-" if minutes < 0 else "+"
    return {
        "service_end": f"{usual['minutes']} min" if usual else "",
        "timezone": f"{sign}{abs(minutes) // 60:02d}{abs(minutes) % 60:02d}",
        "expected": str(order.guests.guaranteed),
        "overage": f"{over} %",
        "children": str(order.guests.children.share) if order.guests.children else "",
        "contingency": f"{(order.budget or Budget()).contingency_percent} %",
    }


def contingencies(evidence: Evidence) -> Findings:
    """The rows of the table that fit the event, with its own figures, and an owner who is there."""
    plan, order = evidence.plan, evidence.order
    mains = [dish for dish in plan.menu if dish.course == "main"] or list(plan.menu)
    figures = {
        "{guests}": plan.headcount.set_for,
        "{spare}": sum(max(dish.portions - dish.needed, 0) for dish in mains),
        "{spare_percent}": max((dish.over_percent for dish in mains), default=0),
    }
    fits = {
        "always": True,
        "travel": bool(order.legs or order.event.travel_minutes),
        "hot": any(dish.is_hot for dish in plan.menu),
    }
    rows = [row for row in tables.rows("contingency") if fits.get(row["when"])]
    roles = {line.role for line in plan.staffing if line.count}
    expected = {
        "contingency[*].trigger": tuple(_filled(row["trigger"], figures) for row in rows),
        "contingency[*].action": tuple(_filled(row["action"], figures) for row in rows),
        "contingency[*].owner": tuple(row["owner"] if row["owner"] in roles else "chef" for row in rows),
    }
    yield from compare(expected, plan, {"": "warning"})


def _filled(text: str, figures: Mapping[str, int]) -> str:
    for slot, number in figures.items():
        text = text.replace(slot, str(number))
    return text


CHECKS = {"plan.granted": granted, "plan.contingency": contingencies}
