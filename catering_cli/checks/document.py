"""The plan is whole and well spoken: sections filled, the unknown reported, no figure of a model in a text."""

from __future__ import annotations

import re
import unicodedata

from catering_cli.checks.compare import WARNING, compare, compare_entry
from catering_cli.checks.evidence import Evidence, Findings, found, placed
from catering_cli.checks.reference.decisions import UNKNOWN_FOOD
from catering_cli.data import tables
from catering_cli.data.conditions import applies
from catering_cli.domain.basis import filled
from catering_cli.domain.decision import Text
from catering_cli.domain.order import Service
from catering_cli.domain.plan_parts.menu import Dish

SLOT = re.compile(r"\{[a-z_]+(?::[A-Za-z0-9_.-]+)?\}")
DIGITS = ("Nd", "Nl", "No")
"""Categories of signs that write a number, in any script."""

SHOWN = 60
"""Signs of a text that a finding shows."""


def _is_stable(dish: Dish) -> bool:
    """Whether no step of a dish leaves food that needs heat or cold."""
    return all(one.state == "stable" for one in dish.handling)


def sections(evidence: Evidence) -> Findings:
    """Every section of a plan that is made has something in it."""
    plan = evidence.plan
    filled = {
        "menu": plan.menu, "diets.rows": plan.diets.rows, "diets.profiles": plan.diets.profiles,
        "shopping.lines": plan.shopping.lines, "timeline.blocks": plan.timeline.blocks,
        "staffing": plan.staffing, "service": plan.service, "safety.points": plan.safety.points,
        "packing": plan.packing, "contingency": plan.contingency, "assumptions": plan.assumptions,
    }  # fmt: skip
    if not any(dish.recipe for dish in plan.menu):
        return
    if all(map(_is_stable, plan.menu)):
        del filled["safety.points"]
    for name in [name for name, value in filled.items() if not value]:
        message, fix = "a section of the plan is empty", ""
        if name == "shopping.lines" and plan.shopping.to_taste:
            message = "no recipe says how much of anything: nothing can be bought"
            fix = "write amounts in the recipes"
        yield found("blocking", f"plan.{name}", message, "", "something", fix=fix)


def settled(evidence: Evidence) -> Findings:
    """The kitchen left nothing unsettled: no unknown recipe, food, measure or duration, no conflict."""
    return tuple(one for one in evidence.plan.findings if one.rule.startswith("kitchen."))


def prose(evidence: Evidence) -> Findings:
    """A text that a model wrote for the plan has no digit, in any script, outside its slots."""
    for path, one in placed("plan.decisions", evidence.plan.decisions):
        if one.by in ("client", "kitchen") or not isinstance(one.decision, Text):
            continue
        bare = SLOT.sub(" ", one.decision.text)
        digits = "".join(char for char in bare if unicodedata.category(char) in DIGITS)
        if digits:
            message = f"{one.by} wrote a figure into a text"
            yield found("blocking", f"{path}.decision.text", message, digits[:SHOWN], "a slot")


def slots_filled(evidence: Evidence) -> Findings:
    """No slot is left open in a text of the plan."""
    for path, text in placed("plan.texts", evidence.plan.texts):
        if left := SLOT.findall(_without_names(evidence, text.text)):
            yield found("blocking", f"{path}.text", "a slot is not filled", ", ".join(left))


def _without_names(evidence: Evidence, text: str) -> str:
    """A text less the order's own names that have braces in them: a dish may be called `{guests}`."""
    event = evidence.order.event
    names = {event.name, event.venue, *(dish.name for dish in evidence.plan.menu)}
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, " ") if "{" in name else text
    return text


UNKNOWN_MEASURE = "kitchen.measure_unknown"


def reported(evidence: Evidence) -> Findings:
    """The kitchen reports each line whose food or mass it does not know, and no other."""
    rules = (UNKNOWN_FOOD, UNKNOWN_MEASURE)
    told = {(one.rule, one.where) for one in evidence.plan.findings if one.rule in rules}
    unweighed = [(path, line) for path, _, line in evidence.lines if line.mass is None]
    due = {(UNKNOWN_FOOD, path) for path, _, line in evidence.lines if not line.food}
    due |= {(UNKNOWN_MEASURE, path) for path, line in unweighed if line.quantity}
    for rule, where in sorted(due ^ told):
        message = "not reported as unknown" if (rule, where) in due else "reported as unknown, and is known"
        yield found("warning", where, f"{rule.rpartition('.')[2].replace('_', ' ')}: {message}", rule)


def assumed(evidence: Evidence) -> Findings:
    """The assumptions are the rows of the table that the order leaves open, each with the figures that it shows."""
    order, rows = evidence.order, {row["id"]: row for row in tables.rows("assumptions")}
    whole = Service(id="service", at=order.event.service_at, until=order.event.ends_at)
    facts = {"services": order.services or (whole,)}
    open_ = [ident for ident, row in rows.items() if applies(row["applies"], order, facts)]
    told = [(path, one) for path, one in placed("plan.assumptions", evidence.plan.assumptions) if one.id in rows]
    if not set(open_).issubset(one.id for _, one in told):
        yield found("warning", "plan.assumptions", "something that the order leaves open is not told", len(told))
    for path, one in told:
        row, inputs = rows[one.id], one.derivation.inputs if one.derivation else None
        due = {"text": row["text"], "source": row["source"]}
        if inputs is not None:
            due["number"] = row["number"] or filled(row["figure"], inputs)
        yield from compare_entry(path, one, due, WARNING)
        if inputs is not None and inputs.keys() != set(re.findall(r"{(\w+)}", row["figure"])):
            yield found("warning", f"{path}.derivation", "other figures than it shows", ", ".join(inputs))


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


CHECKS = {
    "plan.sections": sections,
    "plan.prose": prose,
    "plan.texts": slots_filled,
    "kitchen.settled": settled,
    "kitchen.reported": reported,
    "plan.contingency": contingencies,
    "plan.assumptions": assumed,
}
