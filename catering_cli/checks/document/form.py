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
        if not value and name == "shopping.lines" and plan.shopping.to_taste:
            message, fix = "no recipe says how much of anything: nothing can be bought", "write amounts in the recipes"
            yield found("blocking", f"plan.{name}", message, "", "an amount", fix=fix)
        elif not value:
            yield found("blocking", f"plan.{name}", "a section of the plan is empty", "", "something")


def _without_names(evidence: Evidence, text: str) -> str:
    """A text less the order's own names that have braces in them: a dish may be called `{guests}`."""
    event = evidence.order.event
    names = {event.name, event.venue, *(dish.name for dish in evidence.plan.menu)}
    for name in sorted((name for name in names if "{" in name), key=len, reverse=True):
        text = text.replace(name, " ")
    return text


def well_formed(evidence: Evidence) -> Findings:
    """A finding of the plan names its rule and its place, and says what is the matter."""
    for index, one in enumerate(evidence.plan.findings):
        path = f"plan.findings[{index}]"
        for name in ("rule", "where", "message"):
            if not getattr(one, name).strip():
                yield found("blocking", f"{path}.{name}", "a finding needs it", one.rule)


def settled(evidence: Evidence) -> Findings:
    """The kitchen left nothing unsettled: no unknown recipe, food, measure or duration, no conflict."""
    return tuple(one for one in evidence.plan.findings if one.rule.startswith("kitchen."))


def signed(evidence: Evidence) -> Findings:
    """What was decided says by whom: lines, purchases, people, blocks, texts."""
    plan = evidence.plan
    signs = {
        f"plan.menu[{i}].lines[{j}]": line.by for i, dish in enumerate(plan.menu) for j, line in enumerate(dish.lines)
    }
    signs |= {f"plan.shopping.lines[{i}]": line.by for i, line in enumerate(plan.shopping.lines)}
    signs |= {f"plan.staffing[{i}]": line.by for i, line in enumerate(plan.staffing)}
    signs |= {f"plan.timeline.blocks[{i}]": block.by for i, block in enumerate(plan.timeline.blocks)}
    makers = {"kitchen", "client", *(one.by for one in plan.decisions)}
    for path, by in signs.items():
        if not by.strip() or not {one.strip() for one in by.split(",")} <= makers:
            yield found("warning", f"{path}.by", "signed by a name that decided nothing", by)


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
        if left := SLOT.findall(_without_names(evidence, text.text)):
            yield found("blocking", f"plan.texts[{index}].text", "a slot is not filled", ", ".join(left))


CHECKS = {
    "plan.sections": sections,
    "plan.signed": signed,
    "plan.findings": well_formed,
    "plan.prose": prose,
    "plan.texts": slots_filled,
    "kitchen.settled": settled,
}
