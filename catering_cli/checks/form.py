"""The plan is whole and well spoken: sections filled, sources named, no figure in a model's prose."""

from __future__ import annotations

import re
import unicodedata

from catering_cli.checks.evidence import Evidence, Findings, found
from catering_cli.domain.decision import Overview, Text

SLOT = re.compile(r"\{[a-z_]+(?::[A-Za-z0-9_.-]+)?\}")
NUMBER_WORDS = re.compile(
    r"\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|dozen|half)\b",
    re.IGNORECASE,
)


def sections(evidence: Evidence) -> Findings:
    """Every section of a plan that is made has something in it."""
    plan = evidence.plan
    if not any(dish.recipe for dish in plan.menu):
        return
    filled = {
        "menu": plan.menu, "diets.rows": plan.diets.rows, "diets.profiles": plan.diets.profiles,
        "shopping.lines": plan.shopping.lines, "timeline.blocks": plan.timeline.blocks,
        "staffing": plan.staffing, "service": plan.service, "safety.points": plan.safety.points,
        "packing": plan.packing, "contingency": plan.contingency, "assumptions": plan.assumptions,
    }  # fmt: skip
    for name, value in filled.items():
        if not value:
            yield found("blocking", f"plan.{name}", "a section of the plan is empty", "", "something")


def sourced(evidence: Evidence) -> Findings:
    """Every assumption has a text and a source, and its id once."""
    seen: set[str] = set()
    for index, one in enumerate(evidence.plan.assumptions):
        path = f"plan.assumptions[{index}]"
        if not one.source.strip():
            yield found("blocking", f"{path}.source", "an assumption without a source", one.id)
        if not one.text.strip():
            yield found("blocking", f"{path}.text", "an assumption that says nothing", one.id)
        if one.id in seen:
            yield found("blocking", f"{path}.id", "an assumption stands twice", one.id)
        seen.add(one.id)
    for index, contingency in enumerate(evidence.plan.contingency):
        if not (contingency.trigger.strip() and contingency.action.strip() and contingency.owner.strip()):
            path = f"plan.contingency[{index}]"
            yield found("blocking", path, "a contingency needs a trigger, an action and an owner", contingency.trigger)


def well_formed(evidence: Evidence) -> Findings:
    """A finding of the plan names its rule and its place, and says what is the matter."""
    for index, one in enumerate(evidence.plan.findings):
        path = f"plan.findings[{index}]"
        for name in ("rule", "where", "message"):
            if not getattr(one, name).strip():
                yield found("blocking", f"{path}.{name}", "a finding without it helps nobody", one.rule)


def settled(evidence: Evidence) -> Findings:
    """The kitchen left nothing unsettled: no recipe, food, measure or duration that nobody knows, no conflict."""
    return tuple(one for one in evidence.plan.findings if one.rule.startswith("kitchen."))


def prose(evidence: Evidence) -> Findings:
    """Outside its slots a model's text holds no figure, in any script or written out."""
    for index, one in enumerate(evidence.plan.decisions):
        if one.by in ("client", "kitchen"):
            continue
        texts: dict[str, str] = {}
        if isinstance(one.decision, Text):
            texts["text"] = one.decision.text
        if isinstance(one.decision, Overview):
            texts["text"] = one.decision.text
            texts |= {f"risks[{i}]": text for i, text in enumerate(one.decision.risks)}
            texts |= {f"questions[{i}]": text for i, text in enumerate(one.decision.questions)}
        for name, text in texts.items():
            bare = SLOT.sub(" ", text)
            figures = [char for char in bare if unicodedata.category(char) in ("Nd", "Nl", "No")]
            spelt = NUMBER_WORDS.findall(bare)
            if figures or spelt:
                where = f"plan.decisions[{index}].decision.{name}"
                said = "".join(figures) or ", ".join(spelt)
                yield found("blocking", where, f"{one.by} wrote a figure into its prose", said[:60], "a slot")


def slots_filled(evidence: Evidence) -> Findings:
    """No slot is left open in a text of the plan."""
    for index, text in enumerate(evidence.plan.texts):
        if left := SLOT.findall(text.text):
            yield found("blocking", f"plan.texts[{index}].text", "a slot is not filled", ", ".join(left))


CHECKS = {
    "plan.sections": sections,
    "plan.sources": sourced,
    "plan.findings": well_formed,
    "plan.prose": prose,
    "plan.texts": slots_filled,
    "kitchen.settled": settled,
}
