"""Refinement of a finished plan, and what a client says of it."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "tasks"))
from oracle import check, cook, rank
from planted import order

from catering_cli.domain.plan import CateringPlan
from catering_cli.kitchen import cook as kitchen
from catering_cli.orchestrator import story
from catering_cli.orchestrator.context import RunContext

SMALL: dict[str, Any] = {"menu": ["Caesar salad", "Chicken piccata"], "notes": "", "recipes": []}


def context(**more: Any) -> RunContext:
    return RunContext(cook=cook, check=check, rank=rank, **more)


def kinds(plan: CateringPlan) -> list[tuple[str, str]]:
    return [(decided.decision.kind, decided.by) for decided in plan.decisions]


async def test_the_kitchen_tier_plates_for_those_whom_the_menu_does_not_feed() -> None:
    before = await story.make_plan(order(**SMALL), context())
    assert any(finding.rule == "diets.unfed" for finding in before.findings)
    after = await story.refine(before, context(rounds=3))
    assert not any(finding.rule == "diets.unfed" and finding.severity == "blocking" for finding in after.findings)
    assert ("assign", "kitchen") in kinds(after)
    assert rank(after.findings, after.score) < rank(before.findings, before.score)  # type: ignore[arg-type]


async def test_what_is_only_compared_is_cooked_without_remedies_and_what_is_kept_has_them() -> None:
    hours = [{"from": "2027-04-17T11:00:00-04:00", "until": "2027-04-17T12:30:00-04:00"}]
    asked = order(**SMALL, kitchen={"hours": hours})
    quick = partial(kitchen.cook, remedies=False)
    whole, tried = cook(asked, ()), quick(asked, ())
    assert whole.timeline.status == tried.timeline.status == "infeasible"
    assert [one.repairs for one in tried.diets.shortages if one.repairs] == []
    assert rank(*check(asked, tried)) == rank(*check(asked, whole))
    before = await story.make_plan(asked, context())
    slow, fast = [await story.refine(before, context(rounds=1, trial=trial)) for trial in (None, quick)]
    assert slow.model_dump_json(exclude={"run"}) == fast.model_dump_json(exclude={"run"})


async def test_nothing_is_done_where_nothing_helps() -> None:
    before = await story.make_plan(order(**SMALL, guests=60), context())
    after = await story.refine(before, context(rounds=3, threshold=1.0))
    assert after.model_dump_json(exclude={"run"}) == before.model_dump_json(exclude={"run"})


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("More vegan options.", "add_dish"),
        ("Please add lemon tart", "add_dish"),
        ("Drop the Caesar salad!", "drop_dish"),
        ("Could it be more festive?", "open_question"),
        ("More purple options", "open_question"),
    ],
)
async def test_a_remark_becomes_a_decision_of_the_client_or_an_open_question(said: str, kind: str) -> None:
    before = await story.make_plan(order(**SMALL, guests=60), context())
    after = await story.refine(before, context(), said)
    assert kinds(after) == [(kind, "client")]


async def test_a_remark_that_would_block_is_not_followed() -> None:
    before = await story.make_plan(order(menu=["Caesar salad"], notes="", recipes=[], guests=60), context())
    heard: list[str] = []
    after = await story.refine(before, context(tell=lambda event: heard.append(event.state)), "Drop the Caesar salad")
    assert after.menu == before.menu or not any(finding.severity == "blocking" for finding in after.findings)
