"""What the plan takes for granted is what the order leaves open, with its figures; its own texts tell the plan's."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from catering_cli.checks.evidence import Evidence, Findings, found
from catering_cli.checks.timeline.event_blocks import row
from catering_cli.data import tables
from catering_cli.domain.guests import Children
from catering_cli.domain.order import EventInfo, Order

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
    """The assumptions are the rows of the table that this order leaves open, with source, override and figure."""
    said = {one.id: (index, one) for index, one in enumerate(evidence.plan.assumptions)}
    figures = _figures(evidence)
    for line in tables.rows("assumptions"):
        due = OPEN[line["when"]](evidence.order)
        index, one = said.get(line["id"], (-1, None))
        unseen = due and one is None and line["when"] in UNSEEN
        if due != (one is not None) and not unseen:
            message = f"{line['text']}: {'not said' if due else 'the order says otherwise'}"
            yield found("warning", "plan.assumptions", message, line["id"])
        if one is None:
            continue
        number = line["number"] or figures.get(line["id"], "")
        if (one.text, one.source, one.override, one.number) != (line["text"], line["source"], line["override"], number):
            message = f"{one.id}: not the row of the table, or another figure"
            yield found("warning", f"plan.assumptions[{index}].number", message, one.number, number)


def _figures(evidence: Evidence) -> dict[str, str]:
    """Figures that follow from the order."""
    order, style = evidence.order, evidence.order.event.style
    usual, offset = row("serve", style), order.event.service_at.utcoffset()
    over = next((one["value"] for one in tables.rows("portions") if (one["kind"], one["style"]) == ("over", style)), "")
    minutes = int(offset.total_seconds()) // 60 if offset is not None else 0
    return {
        "service_end": f"{usual['minutes']} min" if usual else "",
        "timezone": f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}{abs(minutes) % 60:02d}",
        "expected": str(order.guests.guaranteed),
        "overage": f"{over} %",
        "children": str(order.guests.children.share) if order.guests.children else "",
        "contingency": f"{order.budget.contingency_percent if order.budget else 5} %",
    }


TOLD = {
    "client_letter": ("event", "guests", "time", "venue", "menu"),
    "kitchen_notes": ("event", "guests", "time", "start"),
    "floor_briefing": ("event", "guests", "time", "venue"),
}
"""Facts that the kitchen's own texts tell."""


def texts_true(evidence: Evidence) -> Findings:
    """The kitchen's own texts tell the plan's guests, hours, place and dishes."""
    order, plan = evidence.order, evidence.plan
    start = plan.timeline.first_start
    facts = {
        "event": order.event.name, "venue": order.event.venue or "the venue",
        "guests": f"{plan.headcount.set_for} guests", "time": order.event.service_at.strftime("%H:%M"),
        "menu": ", ".join(dish.name for dish in plan.menu), "start": start.strftime("%H:%M on %A") if start else "",
    }  # fmt: skip
    for index, text in enumerate(plan.texts):
        for name in TOLD[text.name] if text.by == "kitchen" else ():
            if facts[name] not in text.text:
                message = f"the {text.name.replace('_', ' ')} tells another {name}"
                yield found("warning", f"plan.texts[{index}].text", message, "", facts[name])


CHECKS = {"plan.granted": granted, "plan.texts_true": texts_true}
