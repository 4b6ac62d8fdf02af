"""Rounds toward an aim: nearer to it, never less safe; a critique becomes moves in the same round; variants."""

from __future__ import annotations

import asyncio
import json
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "tasks"))
from oracle import Oracle, check, context, cook, rank
from planted import order

from catering_cli.domain.plan import CateringPlan
from catering_cli.kitchen import cook as kitchen
from catering_cli.orchestrator import story
from catering_cli.orchestrator.context import RunContext
from catering_cli.orchestrator.rounds.aims import AIMS, is_of_safety
from catering_cli.orchestrator.rounds.variants import variants
from catering_cli.providers.base import Request
from catering_cli.tasks.plan_refinement import PLAN_REFINEMENT

SMALL: dict[str, Any] = {
    "menu": ["Caesar salad", "Chicken piccata", "Eggplant parmesan", "Tiramisu"],
    "notes": "",
    "recipes": [],
    "supply": [
        {"item": "chicken breast", "price": 9.0, "pack": "1 kg"},
        {"item": "eggplant", "price": 2, "pack": "1 kg"},
    ],
}


TRIAL = partial(kitchen.cook, remedies=False)


def offline(**more: Any) -> RunContext:
    return RunContext(cook=cook, check=check, rank=rank, trial=TRIAL, **more)


@pytest.fixture(scope="module")
def before() -> CateringPlan:
    """The plan that rounds begin with."""
    return asyncio.run(story.make_plan(order(**SMALL), offline()))


def dangers(plan: CateringPlan) -> int:
    told = (one for one in plan.findings if one.severity in {"blocking", "open"})
    return sum(one.severity == "blocking" or is_of_safety(one.rule) for one in told)


@pytest.mark.parametrize("aim", ["calmer", "more-variety"])
async def test_rounds_come_nearer_to_the_aim_and_are_no_less_safe(before: CateringPlan, aim: str) -> None:
    after = await story.refine(before, offline(rounds=1, aim=aim))
    assert dangers(after) <= dangers(before)
    assert AIMS[aim].measure(after) < AIMS[aim].measure(before)


async def test_a_client_who_wants_it_cheaper_gets_rounds_toward_that(before: CateringPlan) -> None:
    after = await story.refine(before, offline(rounds=1), "Please make it cheaper")
    assert AIMS["cheaper"].measure(after) < AIMS["cheaper"].measure(before)
    assert dangers(after) <= dangers(before)
    assert not [one for one in after.decisions if one.decision.kind == "open_question"]
    assert after.run is not None
    assert after.run.steps[0].id == "cheaper round1"


def moves(*shapes: dict[str, Any]) -> dict[str, Any]:
    empty = {"about": "", "dish": "", "to": "", "step": 0, "number": 0, "why": ""}
    return {"moves": [], "shapes": [{**empty, **shape} for shape in shapes], "steps": []}


CRITIQUE = {"critique": "The salad is dressed for nobody in a hurry.", "weaknesses": ["The piccata waits."]}
BY_MODEL = moves({"action": "replace_dish", "dish": "d2", "to": "Roast chicken with rosemary", "why": "it holds"})


def answering(heard: list[Request], shape: dict[str, Any]) -> Any:
    def say(request: Request) -> Any:
        heard.append(request)
        return {"plan_evaluation": CRITIQUE, "plan_refinement": shape}[request.schema_name]

    return say


async def test_what_a_colleague_finds_weak_is_read_by_who_proposes_in_the_same_round(before: CateringPlan) -> None:
    heard: list[Request] = []
    await story.refine(
        before, context(Oracle(answer=answering(heard, BY_MODEL)), rounds=1, aim="later-start", trial=TRIAL)
    )
    given = [json.loads(one.user.split("<given>")[1].split("</given>")[0]) for one in heard]
    assert [one.schema_name for one in heard][:2] == ["plan_evaluation", "plan_refinement"]
    assert given[1]["critique"] == CRITIQUE["weaknesses"]
    assert given[1]["aim"] == "later-start"
    assert given[0]["day"]["steps"]
    assert given[0]["day"]["loads"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"action": "replace_dish", "dish": "d2", "to": "Unheard-of stew"},
        {"action": "replace_dish", "dish": "d2", "to": "Fresh fruit salad"},
        {"action": "leave_out", "dish": "d2", "to": "chicken breast"},
        {"action": "leave_out", "dish": "d1", "to": "plutonium"},
        {"action": "share", "dish": "d9", "number": 3},
        {"action": "service", "dish": "d1", "to": "brunch"},
        {"action": "make_on", "dish": "d1", "step": 99, "number": 1},
        {"action": "staffing", "to": "captain", "number": 1},
        {"action": "staffing", "to": "captain", "number": 900, "why": "many"},
        {"action": "share", "dish": "d1", "number": 3, "why": "it is nut-free"},
    ],
)
def test_a_shape_that_cannot_be_is_refused(seen: Any, wrong: dict[str, Any]) -> None:
    task = PLAN_REFINEMENT
    answer = task.Answer.model_validate(moves(wrong))
    assert [one for one in task.check(seen, task.decide(seen, answer)) if one.severity == "blocking"]
    assert not task.check(seen, task.decide(seen, task.Answer.model_validate(BY_MODEL)))


@pytest.fixture(scope="module")
def seen() -> Any:
    """The question that a round asks of the plan."""
    assert PLAN_REFINEMENT.given_plan is not None
    made = cook(order(**SMALL))
    return PLAN_REFINEMENT.given_plan(made.model_copy(update={"findings": check(made.order, made)[0]}))


async def test_variants_are_one_for_each_kind_of_change_and_the_plan_as_it_is_first(before: CateringPlan) -> None:
    found = await variants(before, 3, offline(aim="calmer"))
    kinds = [one.kind for one in found]
    assert kinds[0] == ""
    assert len(set(kinds)) == len(kinds) <= 4
    for one in found[1:]:
        assert {made.decision.kind for made in one.decided} == {one.kind}
        assert one.plan.menu != before.menu or one.plan.timeline != before.timeline
