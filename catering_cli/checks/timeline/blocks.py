"""What a block of a dish says of its step: kind, place, how long the result keeps and may wait, who decided."""

from __future__ import annotations

from datetime import timedelta

from catering_cli.checks.evidence import Evidence, Findings, found
from catering_cli.checks.reference.decisions import for_dish
from catering_cli.checks.reference.equipment import equipment_called
from catering_cli.checks.timeline.steps import Work, works
from catering_cli.data import tables
from catering_cli.domain.decision import SplitTask
from catering_cli.domain.recipe import RecipeStep

HEATED = ("cook", "reheat")
AT_THE_VENUE = ("finish", "reheat")
"""Kinds of last work that may be done where the guests are."""


def kind_due(step: RecipeStep) -> str:
    """The kind that a step says; where it says none, cooking has a temperature and anything else is preparation."""
    return step.kind or ("cook" if step.temperature else "prep")


def facts(evidence: Evidence) -> Findings:
    """Kind, place, shelf life, time ahead and maker of each block are those of its step."""
    base = _base(evidence)
    decided: dict[str, dict[int, str]] = {}
    for work in works(evidence):
        if work.dish.id not in decided:
            decided[work.dish.id] = {one.step: by for one, by in for_dish(evidence, SplitTask, work.dish.id)}
        due = {
            "kind": kind_due(work.step), "shelf_life_hours": work.step.shelf_life_hours,
            "make_ahead_hours": work.step.make_ahead_hours, "by": decided[work.dish.id].get(work.number, "kitchen"),
        }  # fmt: skip
        for block in work.blocks:
            path = evidence.block_paths[block.id]
            for name, right in due.items():
                if getattr(block, name) != right:
                    message = f"{work.label}: another {name.replace('_', ' ')} than its step's"
                    yield found("warning", f"{path}.{name}", message, getattr(block, name), right)
            if block.place != base and block.kind not in AT_THE_VENUE:
                message = f"{work.label} is not done where the kitchen is"
                yield found("warning", f"{path}.place", message, block.place, base)


def longest_wait(before: RecipeStep, then: RecipeStep | None) -> int | None:
    """Minutes that a step's result may lie: the recipe's, else the table's for hot food on its way to the cooler."""
    if before.max_hold_minutes is None and then is not None and then.kind == "chill" and kind_due(before) in HEATED:
        return next(int(row["value"]) for row in tables.rows("work") if row["name"] == "cook_to_chill")
    return before.max_hold_minutes


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
"""Where food lies without anybody beside it."""


def attended(evidence: Evidence) -> Findings:
    """The kitchen is open while somebody must be there: for all of a step that is neither idle nor in cold storage."""
    timeline = evidence.plan.timeline
    openings = [(one.start, one.end) for one in timeline.openings if one.place == _base(evidence)]
    if timeline.status != "scheduled":
        return
    for work in works(evidence):
        stored = {equipment_called(name) for name in work.step.equipment} <= STORES
        for block in work.blocks:
            hands = max((crew.minutes for crew in block.crew), default=0)
            until = block.start + timedelta(minutes=hands) if stored else block.end
            if not hands or block.place != _base(evidence):
                continue
            if not any(start <= block.start and until <= end for start, end in openings):
                message = f"{work.label}: the kitchen is not open for all of it"
                yield found("warning", evidence.block_paths[block.id], message, block.start, until)


def _base(evidence: Evidence) -> str:
    return next((one.id for one in evidence.order.places if one.kind == "base"), "base")


CHECKS = {"timeline.attended": attended, "timeline.facts": facts, "timeline.lie": waits_stated}
