"""Feedback: every part of it leads to a change, or stays open in the client's words; with a model, and without."""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "orchestrator"))
from oracle import Oracle, check, context, cook, rank

from catering_cli.domain.plan import CateringPlan
from catering_cli.intake import load
from catering_cli.kitchen import cook as kitchen
from catering_cli.orchestrator import story
from catering_cli.orchestrator.context import RunContext
from catering_cli.providers.base import Fault, Request

CASE = json.loads((Path(__file__).parent / "feedback.json").read_text(encoding="utf-8"))
TRIAL = partial(kitchen.cook, remedies=False)
KITCHEN = RunContext(cook=cook, check=check, rank=rank, trial=TRIAL)
AT_DINNER, LATER, UNNAMED, SWAP = CASE["feedback"]


@cache
def before() -> CateringPlan:
    return cook(load.order_of(CASE["order"], "-"))


async def heard(text: str, made: RunContext = KITCHEN) -> CateringPlan:
    return await story.refine(before(), made, text)


def added(plan: CateringPlan) -> list[tuple[str, str]]:
    """New dishes, each with its service."""
    there = {dish.name for dish in before().menu}
    return [(dish.name, dish.service) for dish in plan.menu if dish.name not in there]


def asked(plan: CateringPlan) -> str:
    return " ".join(one.decision.text for one in plan.decisions if one.decision.kind == "open_question")


async def test_at_dinner_only_goes_to_the_dinner() -> None:
    plan = await heard(AT_DINNER)
    ((name, service),) = added(plan)
    assert service == "dinner"
    vegans = next(profile for profile in plan.diets.profiles if profile.needs == ("vegan",))
    assert next(dish.id for dish in plan.menu if dish.name == name) in vegans.may_eat
    assert plan.order.services[0].at - before().order.services[0].at == timedelta(minutes=30)
    assert "no time" in asked(plan)
    assert "cheaper" in asked(plan)


async def test_parts_between_commas_are_read_one_by_one() -> None:
    plan = await heard(LATER)
    assert [one.at - two.at for one, two in zip(plan.order.services, before().order.services, strict=True)] == [
        timedelta(minutes=30)
    ] * 2
    assert added(plan)
    assert "cheaper" in asked(plan)
    assert "no time" not in asked(plan)


async def test_where_no_service_is_named_one_is_chosen_and_said() -> None:
    plan = await heard(UNNAMED)
    assert [service for _, service in added(plan)] == ["dinner"]
    assert "names no service" in asked(plan)


async def test_a_swap_is_of_the_service_that_is_named_and_the_other_stays() -> None:
    plan = await heard(SWAP)
    assert "Shrimp cocktail" not in {dish.name for dish in plan.menu}
    assert [service for _, service in added(plan)] == ["reception"]
    dinner = [(dish.name, dish.portions) for dish in plan.menu if dish.service == "dinner"]
    assert dinner == [(dish.name, dish.portions) for dish in before().menu if dish.service == "dinner"]
    assert asked(plan) == ""


BLANK = dict.fromkeys(("dish", "item", "by_item", "profile", "service", "question"), "")
READING = dict.fromkeys(("path", "value", "service", "dish", "text"), "")


async def test_a_model_reads_the_words_and_what_it_leaves_is_read_by_phrases() -> None:
    seen: list[str] = []

    def answer(request: Request) -> Any:
        if request.schema_name != "constraint_solving":
            return Fault("refused", "", 400)
        seen.append(request.user)
        tart = {**BLANK, "action": "add_dish", "about": "s1", "dish": "Chickpea and vegetable tagine"}
        false = {
            **READING,
            "quote": "start later",
            "ends_as": "change",
            "path": "order.services[0].at",
            "value": '"03:14"',
        }
        return {"moves": [{**tart, "service": "dinner"}], "shapes": [], "readings": [false]}

    plan = await heard(AT_DINNER, context(Oracle(answer), trial=TRIAL))
    assert all(part in seen[0] for part in ("More vegan options at dinner only", "start later", "cheaper"))
    assert added(plan) == [("Chickpea and vegetable tagine", "dinner")]
    assert plan.order.services[0].at - before().order.services[0].at == timedelta(minutes=30)
    assert "cheaper" in asked(plan)
    assert plan.run is not None
    assert [step.id for step in plan.run.steps] == ["feedback"]


@pytest.mark.parametrize("text", ["Make it sparkle", "Start when the moon is up; no unicorn"])
async def test_what_is_not_understood_stays_open_in_the_clients_words(text: str) -> None:
    plan = await heard(text)
    assert all(part.strip() in asked(plan) for part in text.split(";"))
    assert plan.menu == before().menu


SHAPED = {
    "Leave the feta out of the Greek salad": ("leave_out", "", 1),
    "Serve the rice pilaf at the dinner only": ("service", "", 1),
    "Make the lemon tart the day before": ("make_on", "", 1),
    "Far more people will take the salmon": (
        "share", {"action": "share", "dish": "d4", "number": 3, "why": "the client says so"}, 1,
    ),
    "Send the rice out after the salmon": ("fire_order", {"action": "fire_order", "dish": "d6", "to": "d4"}, 1),
    "We would rather have roasted potatoes than rice": (
        "replace_dish", {"action": "replace_dish", "dish": "d6", "to": "Roasted potatoes with rosemary"}, 1,
    ),
    "Take the salmon off the plates, it is nut-free": (
        "share", {"action": "share", "dish": "d9", "number": 3, "why": "it is nut-free"}, 0,
    ),
}  # fmt: skip
"""What a client says, the kind of decision that it becomes, and how a model answers; without one phrases read it."""


@pytest.mark.parametrize("said", SHAPED)
async def test_what_a_client_says_of_menu_and_day_becomes_a_decision_or_stays_open(said: str) -> None:
    kind, shape, count = SHAPED[said]
    none = {"about": "s1", "dish": "", "to": "", "step": 0, "number": 0, "why": ""}
    answer = {"moves": [], "shapes": [{**none, **shape}], "readings": []} if isinstance(shape, dict) else None
    plan = await heard(said, context(Oracle(answer=lambda _: answer), trial=TRIAL) if answer else KITCHEN)
    made = [one for one in plan.decisions if one.decision.kind == kind]
    assert bool(made) == bool(count)
    assert (said in asked(plan)) == (not count)
