"""Whatever a model says that fits its schema: no crash, no allergen cell nearer to safe, no number of a known line."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "tasks"))
from babble import Babbler
from oracle import Oracle, context
from planted import order

from catering_cli.domain.plan import CateringPlan
from catering_cli.kitchen.cook import cook
from catering_cli.orchestrator import story
from catering_cli.orchestrator.ask import Question, ask
from catering_cli.orchestrator.context import TierCall, TierChain
from catering_cli.orchestrator.work_plan.patterns import root
from catering_cli.tasks.registry import TASKS
from catering_cli.tasks.shared.task import AnyTask

STATES = {"contains": 0, "may_contain": 1, "unknown": 2, "none_found": 3, "free": 4}


def cells(plan: CateringPlan) -> dict[tuple[str, str], int]:
    return {(row.dish, cell.allergen): STATES[cell.state] for row in plan.diets.rows for cell in row.cells}


@pytest.mark.parametrize("task", TASKS, ids=[task.name for task in TASKS])
async def test_any_answer_of_the_schema_is_judged_without_a_crash(task: AnyTask) -> None:
    given = task.given(order(), "d1" if task.per_dish else "order", ())
    step = root("planning-execution").model_copy(update={"task": task.name})
    for seed in range(40):
        chain = TierChain((TierCall("mid", "m", Oracle(Babbler(seed))), TierCall("kitchen")), when="always")
        asked = await ask(Question(task, given, step), chain, context(Oracle()))
        assert asked.state in ("accepted", "open")
        found = task.check(given, [decided.decision for decided in asked.decisions])
        assert not [one for one in found if one.severity == "blocking" and asked.by == "mid"]


@pytest.mark.parametrize("pattern", ["planning-execution", "hierarchical"])
@pytest.mark.parametrize("seed", range(4))
async def test_a_babbling_model_moves_nothing_toward_safe(seed: int, pattern: str) -> None:
    honest = cook(order(), ())
    plan = await story.make_plan(order(), context(Oracle(Babbler(seed)), pattern=pattern, rounds=1, threshold=1.0))
    before, after = cells(honest), cells(plan)
    substituted = {d.decision.dish for d in plan.decisions if d.decision.kind == "substitute"}
    assert all(after[key] <= before[key] for key in before if key in after and key[0] not in substituted)
    for dish, was in zip(plan.menu, honest.menu, strict=False):
        if was.recipe is None or dish.id in substituted:
            continue
        known = {one.item: one.mass for one in was.lines if one.mass is not None}
        per_portion = {one.item: one.mass for one in dish.lines if one.item in known}
        for item, mass in per_portion.items():
            assert mass is not None
            assert mass.quantity.low * was.portions == known[item].quantity.low * dish.portions
