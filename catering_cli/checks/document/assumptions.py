"""What the plan takes for granted is what the order leaves open, and what is done if something goes wrong fits it."""

from __future__ import annotations

from types import SimpleNamespace

from catering_cli.checks.compare import WARNING, compare, compare_rows
from catering_cli.checks.evidence import Evidence, Findings, placed
from catering_cli.checks.reference.condition import applies, unsure
from catering_cli.checks.reference.dues import usual_overage
from catering_cli.checks.reference.services import usual_minutes
from catering_cli.data import tables
from catering_cli.domain.basis import filled
from catering_cli.domain.site import Budget


def granted(evidence: Evidence) -> Findings:
    """The assumptions are the rows of the table that this order leaves open, each with its figure."""
    order, figures = evidence.order, _figures(evidence)
    said = {one.id for one in evidence.plan.assumptions}
    facts = {"services": order.services or [SimpleNamespace(until=order.event.ends_at)]}
    due: dict[str, dict[str, str]] = {}
    for row in tables.rows("assumptions"):
        fields = {name: row[name] for name in ("text", "source", "override")}
        fields["number"] = row["number"] or filled(row["figure"], figures)
        told = row["id"] in said if unsure(row["applies"], order) else applies(row["applies"], order, facts)
        if told:
            due[row["id"]] = fields
    assumptions = placed("plan.assumptions", evidence.plan.assumptions)
    yield from compare_rows(assumptions, ("id",), due, WARNING)


def _figures(evidence: Evidence) -> dict[str, str]:
    """Figures that follow from the order."""
    order, style = evidence.order, evidence.order.event.style
    return {
        "service_minutes": str(usual_minutes("serve", style)),
        "utc_offset": f"{order.event.service_at:%z}",
        "guaranteed": str(order.guests.guaranteed),
        "over_percent": usual_overage(style),
        "child_share": str(order.guests.children.share) if order.guests.children else "",
        "contingency_percent": str((order.budget or Budget()).contingency_percent),
    }


def contingencies(evidence: Evidence) -> Findings:
    """The rows of the table that fit the event, with its own figures, and an owner who is there."""
    plan, figures = evidence.plan, _spare(evidence)
    facts = {"dishes": plan.menu}
    rows = [row for row in tables.rows("contingency") if applies(row["applies"], evidence.order, facts)]
    roles = {line.role for line in plan.staffing if line.count}
    expected = {
        "contingency[*].trigger": tuple(filled(row["trigger"], figures) for row in rows),
        "contingency[*].action": tuple(filled(row["action"], figures) for row in rows),
        "contingency[*].owner": tuple(row["owner"] if row["owner"] in roles else "chef" for row in rows),
    }
    yield from compare(expected, plan, WARNING)


def _spare(evidence: Evidence) -> dict[str, str]:
    """The guests, and what is made beyond the need: of the mains, or of all dishes if there is no main."""
    menu = evidence.plan.menu
    mains = [dish for dish in menu if dish.course == "main"] or menu
    spare = sum(max(dish.portions - dish.needed, 0) for dish in mains)
    percent = max((dish.over_percent for dish in mains), default=0)
    return {"guests": str(evidence.plan.headcount.set_for), "spare": str(spare), "spare_percent": str(percent)}


CHECKS = {"plan.granted": granted, "plan.contingency": contingencies}
