"""What a block of a dish says of its step: kind, place, how long the result keeps and may wait, who decided."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from catering_cli.checks.compare import compare
from catering_cli.checks.evidence import Evidence, Findings, found
from catering_cli.checks.reference.contact import equipment_called
from catering_cli.checks.reference.decisions import for_dish
from catering_cli.checks.reference.steps import Work, kind_due, longest_wait, works
from catering_cli.domain.decision import SplitTask
from catering_cli.domain.finding import Severity

OF_THE_STEP = ("food_class", "temperature", "storage", "shelf_life_hours", "make_ahead_hours")
"""Fields that a block has from its step."""

SEVERITIES: Mapping[str, Severity] = {
    "": "warning",
    "timeline.blocks.food_class": "blocking",
    "timeline.blocks.temperature": "blocking",
    "timeline.blocks.storage": "blocking",
}

LONGEST = 90
"""Characters of a step's text that a label gives."""

AT_THE_VENUE = ("finish", "reheat")
"""Kinds of last work that may be done where the guests are."""


def facts(evidence: Evidence) -> Findings:
    """A block has the kind, food class, temperature, storage, plant and times of its step, and who set them."""
    expected: dict[str, Any] = {}
    for work in works(evidence):
        step = work.step
        by = {one.step: by for one, by in for_dish(evidence, SplitTask, work.dish.id)}
        plant = sorted(equipment_called(name) for name in step.equipment)
        for block in work.blocks:
            path = evidence.block_paths[block.id].removeprefix("plan.")
            expected[f"{path}.kind"] = kind_due(step)
            expected[f"{path}.by"] = by.get(work.number, "kitchen")
            expected |= {f"{path}.{name}": getattr(step, name) for name in OF_THE_STEP}
            held = sorted(name for use in block.equipment for name in [use.name] * use.count)
            if held != plant:
                message = f"{work.label} needs {', '.join(plant) or 'no plant'}"
                yield found("blocking", f"plan.{path}.equipment", message, ", ".join(held), ", ".join(plant))
            if not _tells(block.label, work):
                yield found("warning", f"plan.{path}.label", f"{work.label}: not the words of its step", block.label)
            if block.place != evidence.base_id and block.kind not in AT_THE_VENUE:
                message = f"{work.label} is not done where the kitchen is"
                yield found("warning", f"plan.{path}.place", message, block.place, evidence.base_id)
    yield from compare(expected, evidence.plan, SEVERITIES)


def _tells(label: str, work: Work) -> bool:
    """Whether a label gives the dish and the step's words, a long text cut between two words."""
    text = " ".join(work.step.text.split())
    said = label.removeprefix(f"{work.dish.name}: ").removesuffix(" …")
    torn = " " in said and text[len(said) : len(said) + 1].isalnum()
    return text.startswith(said) and len(said) <= LONGEST and not torn


def waits_stated(evidence: Evidence) -> Findings:
    """Wherever a block waits for a dish's, it says how long that may lie."""
    by_block: dict[str, Work] = {block.id: work for work in works(evidence) for block in work.blocks}
    for block in evidence.plan.timeline.blocks:
        own = by_block.get(block.id)
        for index, wait in enumerate(block.after):
            before = by_block.get(wait.block)
            if before is None:
                due = None
            elif own is None and block.kind == "drive":
                continue
            else:
                due = longest_wait(before.step, own.step if own and own.dish.id == before.dish.id else None)
            if wait.max_minutes != due and (before is None or own is not None or wait.max_minutes is not None):
                where = f"{evidence.block_paths[block.id]}.after[{index}].max_minutes"
                message = f"{block.label}: what it waits for may lie for another time"
                yield found("warning", where, message, wait.max_minutes, due)


STORES = frozenset({"fridge_shelf", "freezer_shelf", "blast_chiller"})
"""Where food is held unattended."""


def attended(evidence: Evidence) -> Findings:
    """The kitchen is open for attended work: for all of a step that is neither idle nor in cold storage."""
    timeline = evidence.plan.timeline
    openings = [(one.start, one.end) for one in timeline.openings if one.place == evidence.base_id]
    if timeline.status != "scheduled":
        return
    for work in works(evidence):
        stored = {equipment_called(name) for name in work.step.equipment} <= STORES
        for block in work.blocks:
            hands = max((crew.minutes for crew in block.crew), default=0)
            until = block.start + timedelta(minutes=hands) if stored else block.end
            if not hands or block.place != evidence.base_id:
                continue
            if not any(start <= block.start and until <= end for start, end in openings):
                message = f"{work.label}: the kitchen is not open for all of it"
                yield found("warning", evidence.block_paths[block.id], message, block.start, until)


CHECKS = {"timeline.attended": attended, "timeline.facts": facts, "timeline.lie": waits_stated}
