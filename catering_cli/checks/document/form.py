"""The plan is whole and well spoken: sections filled, sources named, no figure in a model's prose."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from catering_cli.checks.evidence import Evidence, Findings, found, placed
from catering_cli.domain.decision import Overview, Text
from catering_cli.domain.recipe import Recipe

SLOT = re.compile(r"\{[a-z_]+(?::[A-Za-z0-9_.-]+)?\}")
NUMBER_WORDS = re.compile(
    r"\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|dozen|half)\b",
    re.IGNORECASE,
)
DIGITS = ("Nd", "Nl", "No")
"""Categories of signs that write a number, in any script."""

SHOWN = 60
"""Signs of a text that a finding shows."""


def sections(evidence: Evidence) -> Findings:
    """Every section of a plan that is made has something in it."""
    plan = evidence.plan
    filled = {
        "menu": plan.menu, "diets.rows": plan.diets.rows, "diets.profiles": plan.diets.profiles,
        "shopping.lines": plan.shopping.lines, "timeline.blocks": plan.timeline.blocks,
        "staffing": plan.staffing, "service": plan.service, "safety.points": plan.safety.points,
        "packing": plan.packing, "contingency": plan.contingency, "assumptions": plan.assumptions,
    }  # fmt: skip
    if not any(dish.recipe and _needs_temperature(dish.recipe) for dish in plan.menu):
        del filled["safety.points"]
    made = any(dish.recipe for dish in plan.menu)
    empty = [name for name, value in filled.items() if made and not value]
    for name in empty:
        message, fix = "a section of the plan is empty", ""
        if name == "shopping.lines" and plan.shopping.to_taste:
            message = "no recipe says how much of anything: nothing can be bought"
            fix = "write amounts in the recipes"
        yield found("blocking", f"plan.{name}", message, "", "something", fix=fix)


def _needs_temperature(recipe: Recipe) -> bool:
    """Whether a step of a recipe has a food that must be kept hot or cold (TCS)."""
    return any(step.food_class not in (None, "not_tcs") for step in recipe.steps)


def well_formed(evidence: Evidence) -> Findings:
    """A finding of the plan names its rule and its place, and says what is the matter."""
    for path, one in placed("plan.findings", evidence.plan.findings):
        if not all(text.strip() for text in (one.rule, one.where, one.message)):
            yield found("blocking", path, "a finding needs a rule, a place and a message", one.rule)


def settled(evidence: Evidence) -> Findings:
    """The kitchen left nothing unsettled: no unknown recipe, food, measure or duration, no conflict."""
    return tuple(one for one in evidence.plan.findings if one.rule.startswith("kitchen."))


def signed(evidence: Evidence) -> Findings:
    """What was decided says by whom: lines, purchases, people, blocks."""
    plan = evidence.plan
    signs = {path: line.by for path, _, line in evidence.lines}
    signs |= {path: line.by for path, line in evidence.purchases}
    signs |= {path: line.by for path, line in placed("plan.staffing", plan.staffing)}
    signs |= {path: block.by for path, block in placed("plan.timeline.blocks", plan.timeline.blocks)}
    makers = {"kitchen", "client", *(one.by for one in plan.decisions)} - {""}
    for path, by in signs.items():
        if not makers.issuperset(map(str.strip, by.split(","))):
            yield found("warning", f"{path}.by", "signed by a name that decided nothing", by)


def prose(evidence: Evidence) -> Findings:
    """Outside its slots a model's text holds no figure, in any script or written out."""
    for path, one in placed("plan.decisions", evidence.plan.decisions):
        if one.by in ("client", "kitchen"):
            continue
        for name, text in _texts(one.decision):
            bare = SLOT.sub(" ", text)
            digits = [char for char in bare if unicodedata.category(char) in DIGITS]
            said = "".join(digits) or ", ".join(NUMBER_WORDS.findall(bare))
            if said:
                message = f"{one.by} wrote a figure into its prose"
                yield found("blocking", f"{path}.decision.{name}", message, said[:SHOWN], "a slot")


def _texts(decision: object) -> Iterator[tuple[str, str]]:
    """The prose of a decision by the name of its field."""
    if isinstance(decision, Text | Overview):
        yield "text", decision.text
    if isinstance(decision, Overview):
        yield from placed("risks", decision.risks)
        yield from placed("questions", decision.questions)


FACTS = {
    "client_letter": ("event", "venue", "guests", "service_time", "service_date", "menu"),
    "kitchen_notes": ("event", "style", "guests", "service_time", "service_date", "kitchen_start"),
    "floor_briefing": ("event", "venue", "guests", "style", "service_time"),
}
"""What each of the kitchen's own texts tells."""


def slots_filled(evidence: Evidence) -> Findings:
    """No slot is left open in a text of the plan, and the kitchen's own texts tell the facts of the event."""
    facts = _facts(evidence)
    for path, text in placed("plan.texts", evidence.plan.texts):
        said = text.text
        if text.by == "kitchen":
            missing = [facts[name] for name in FACTS[text.name] if facts[name] not in said]
            if missing:
                yield found("warning", f"{path}.text", "does not tell the facts of the event", "", ", ".join(missing))
        if left := SLOT.findall(_without_names(evidence, said)):
            yield found("blocking", f"{path}.text", "a slot is not filled", ", ".join(left))


def _facts(evidence: Evidence) -> dict[str, str]:
    """What the slots of the kitchen's own texts stand for."""
    event, start = evidence.order.event, evidence.plan.timeline.first_start
    return {
        "event": event.name,
        "venue": f"at {event.venue or 'the venue'}",
        "guests": f"{evidence.plan.headcount.set_for} guests",
        "style": event.style,
        "service_time": f"{event.service_at:%H:%M}",
        "service_date": f"{event.service_at:%A} {event.service_at.day} {event.service_at:%B %Y}",
        "kitchen_start": f"{start:%H:%M} on {start:%A} {start.day} {start:%B}" if start else "",
        "menu": ", ".join(dish.name for dish in evidence.plan.menu),
    }


def _without_names(evidence: Evidence, text: str) -> str:
    """A text less the order's own names that have braces in them: a dish may be called `{guests}`."""
    event = evidence.order.event
    names = {event.name, event.venue, *(dish.name for dish in evidence.plan.menu)}
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, " ") if "{" in name else text
    return text


CHECKS = {
    "plan.sections": sections,
    "plan.signed": signed,
    "plan.findings": well_formed,
    "plan.prose": prose,
    "plan.texts": slots_filled,
    "kitchen.settled": settled,
}
