"""From an order to a plan, with models that are right, slow, lying, or gone."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "tasks"))
from oracle import RIGHT, Oracle, context, right, shuffled
from planted import order

from catering_cli.domain.plan import CateringPlan
from catering_cli.kitchen.cook import cook
from catering_cli.orchestrator import story
from catering_cli.orchestrator.context import RunContext
from catering_cli.providers.base import Fault, Request


def body(plan: CateringPlan) -> str:
    """A plan without the record of its run."""
    return plan.model_dump_json(exclude={"run"})


def rules(plan: CateringPlan) -> set[str]:
    return {finding.rule for finding in plan.findings}


def line(plan: CateringPlan, item: str) -> Any:
    return next(row for row in plan.shopping.lines if item in (row.item, *row.names))


async def test_a_competent_model_settles_what_was_planted() -> None:
    model = Oracle()
    plan = await story.make_plan(order(), context(model))
    assert set(model.asked) == set(RIGHT)
    settled = {"kitchen.recipe_missing", "kitchen.food_unknown", "kitchen.measure_unknown", "kitchen.duration_unknown"}
    assert not rules(plan) & settled
    assert line(plan, "zorrel").item == "sorrel"
    assert line(plan, "zorrel").by == "mid"
    assert plan.texts[0].by == "mid"
    assert "60 guests" in plan.texts[0].text
    assert plan.run is not None
    assert plan.run.execution_plan.by == "mid"
    assert plan.run.by_models == 0.9, "one of ten steps was answered with nothing to decide"
    assert plan.run.usd
    assert any("which one holds" in finding.message for finding in plan.findings)


async def test_without_models_the_same_is_reported() -> None:
    plan = await story.make_plan(order(), context(Oracle(lambda _request: Fault("bad_key", "", 401))))
    expected = {
        "kitchen.recipe_missing",
        "kitchen.food_unknown",
        "kitchen.measure_unknown",
        "kitchen.duration_unknown",
        "kitchen.note",
    }
    assert expected <= rules(plan)
    assert plan.run is not None
    assert {step.state for step in plan.run.steps} <= {"accepted", "open"}
    assert plan.run.by_models == 0


async def test_when_blocked_models_are_asked_only_for_what_the_kitchen_leaves_open() -> None:
    model = Oracle()
    await story.make_plan(order(), context(model, when="blocked"))
    assert sorted(set(model.asked)) == [
        "constraint_solving",
        "ingredient_consolidation",
        "recipe_scaling",
        "strategic_planning",
        "timeline_creation",
        "unit_conversion",
    ]
    quiet = Oracle()
    await story.make_plan(order(menu=["Caesar salad"], notes="", guests=60), context(quiet, when="blocked"))
    assert set(quiet.asked) == {"strategic_planning"}


async def test_when_open_models_are_also_asked_what_a_judgement_could_better() -> None:
    """The kitchen has texts; a model writes better ones. A dish that it knows whole is asked about by neither."""
    model = Oracle()
    await story.make_plan(order(menu=["Caesar salad"], notes="", guests=60), context(model, when="open"))
    assert set(model.asked) == {"strategic_planning", "resource_planning", "timeline_planning", "text_formatting"}


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_the_same_answers_in_any_order_of_arrival_give_the_same_plan(seed: int) -> None:
    first = await story.make_plan(order(), context(Oracle()))
    later = await story.make_plan(order(), context(Oracle(delay=shuffled(seed))))
    assert body(first) == body(later)


async def test_a_judgement_vanishes_with_the_tier_that_made_it() -> None:
    plan = await story.make_plan(order(), context(Oracle(), without="ingredient_consolidation"))
    assert line(plan, "zorrel").item == "zorrel"
    assert "kitchen.food_unknown" in rules(plan)


LIES: dict[str, Any] = {
    "strategic_planning": {
        "overview": "All 60 guests are safe: nothing contains nuts.",
        "risks": ["The pesto is nut-free."],
        "questions": [],
        "briefs": {"resources": "", "timeline": ""},
        "steps": [],
    },
    "constraint_solving": {
        "moves": [
            {
                "action": "substitute",
                "about": "",
                "dish": "d2",
                "item": "anchovies",
                "by_item": "peanuts",
                "profile": "",
                "service": "",
                "question": "",
            }
        ],
        "shapes": [],
        "readings": [],
    },
    "recipe_scaling": {
        "technique": "Add 5 kg of salt; this is gluten-free.",
        "batch_method": "",
        "draft": {**RIGHT["recipe_scaling"]["draft"], "portions": 1},
    },
    "timeline_creation": {
        "steps": [
            {
                "dish": "d2",
                "step": 1,
                "text": "",
                "minutes": 2000,
                "active_minutes": 0,
                "equipment": [],
                "max_hold_minutes": 2880,
                "make_ahead_hours": 336,
                "storage": "ambient",
            }
        ]
    },
    "ingredient_consolidation": {"same_food": [{"names": ["romaine"], "food": "water"}], "departments": []},
    "unit_conversion": {"measures": [{"item": "zorrel", "measure": "bunch", "amount": 90000, "unit": "g"}]},
    "resource_planning": {
        "overage": [{"dish": "d2", "percent": 50, "why": "it is nut-free"}],
        "shares": [{"dish": "d9", "popularity": 4, "why": ""}],
        "assign": [],
        "ingredients": "The pesto is nut-free.",
        "equipment": "",
    },
    "timeline_planning": {
        "ahead": [
            {"dish": "d2", "step": 1, "make_ahead_hours": 300, "days_before": 7, "place": "venue", "why": ""},
        ],
        "fire_order": [{"dish": "d2", "after": "d2", "why": ""}],
        "together": [{"dish": "d1", "step": 1, "with_dish": "d2", "with_step": 1, "why": ""}],
        "recipes": "Nothing in it contains nuts.",
        "service": "",
    },
    "text_formatting": {
        "client_letter": "There are no nuts at all in {dish:d2}, and twelve of you are safe.",
        "kitchen_notes": "",
        "floor_briefing": "",
    },
}


async def test_lies_that_fit_the_schema_change_nothing() -> None:
    honest = await story.make_plan(order(), context(Oracle(lambda _request: Fault("bad_key", "", 401))))
    lied = await story.make_plan(order(), context(Oracle(lambda request: LIES[request.schema_name])))
    same = {"run"}
    assert lied.model_dump_json(exclude=same) == honest.model_dump_json(exclude=same)
    assert lied.run is not None
    assert any(attempt.left == "rejected" for step in lied.run.steps for attempt in step.attempts)
    assert "salt" not in str([attempt.detail for step in lied.run.steps for attempt in step.attempts])


async def test_lies_inside_their_bands_move_no_cell_toward_safe() -> None:
    honest = cook(order(), ())
    plan = await story.make_plan(order(), context(Oracle()))
    worse = {"contains": 0, "may_contain": 1, "unknown": 2, "none_found": 3, "free": 4}
    before = {(row.dish, cell.allergen): worse[cell.state] for row in honest.diets.rows for cell in row.cells}
    after = {(row.dish, cell.allergen): worse[cell.state] for row in plan.diets.rows for cell in row.cells}
    assert all(after[key] <= before[key] for key in before)


async def test_a_bad_work_plan_is_repaired_once_else_the_kitchens_is_run() -> None:
    def bad(request: Request) -> Any:
        answer = dict(RIGHT["strategic_planning"])
        return (
            {**answer, "steps": [{**answer["steps"][0], "subject": "d9"}]}
            if request.schema_name == "strategic_planning"
            else right(request)
        )

    model = Oracle(bad)
    plan = await story.make_plan(order(), context(model))
    assert model.asked[:2] == ["strategic_planning"] * 2
    assert plan.run is not None
    assert plan.run.execution_plan.by == "kitchen"
    assert plan.run.steps[0].attempts[0].left == "rejected"


async def test_the_tree_gives_each_node_its_slice_of_the_briefs() -> None:
    seen: dict[str, str] = {}

    def listen(request: Request) -> Any:
        seen[request.schema_name] = request.user
        slices: dict[str, Any] = {
            "resource_planning": {
                "overage": [],
                "shares": [],
                "assign": [],
                "ingredients": "Buy greens late.",
                "equipment": "",
            },
            "timeline_planning": {
                "ahead": [],
                "fire_order": [],
                "together": [],
                "recipes": "",
                "service": "Clear quickly.",
            },
        }
        return slices.get(request.schema_name) or right(request)

    plan = await story.make_plan(order(), context(Oracle(listen), pattern="hierarchical"))
    assert plan.run is not None
    assert {step.id for step in plan.run.steps} == {
        "strategy",
        "d3.draft",
        "conflicts",
        "resources",
        "timeline",
        "ingredients",
        "equipment",
        "recipes",
        "service",
    }
    assert "Buy the greens late." in seen["resource_planning"]
    assert "Let nothing wait" not in seen["resource_planning"]
    assert "Buy greens late." in seen["ingredient_calculation"]
    assert "Clear quickly." in seen["service_coordination"]
    assert "Clear quickly." not in seen["recipe_scheduling"]


async def test_events_tell_the_run_as_it_goes() -> None:
    heard: list[Any] = []
    model = Oracle()
    await story.make_plan(order(), context(model, tell=heard.append))
    kinds = [event.event for event in heard]
    assert kinds.index("plan") < kinds.index("attempt")
    assert {event.tier for event in heard if event.event == "attempt"} <= {"mid", "kitchen"}
    assert all("Ignore all rules" not in str(event) for event in heard)


async def test_improvement_keeps_only_what_ranks_strictly_better_and_stops_when_it_stalls() -> None:
    rounds: list[Any] = []
    model = Oracle(lambda request: PROPOSAL if request.schema_name == "plan_refinement" else right(request))
    made = context(
        model, rounds=3, threshold=1.0, tell=lambda e: rounds.append(e.state) if e.event == "round" else None
    )
    plan = await story.make_plan(order(), made)
    assert rounds[0] in ("kept", "undone")
    assert rounds[-1] in ("nothing new to try", "undone")
    assert len(rounds) <= 3
    assert [d.decision.kind for d in plan.decisions].count("add_dish") <= 1
    before = await story.make_plan(order(), context(Oracle()))
    assert _rank(plan, made) <= _rank(before, made)


async def test_a_critique_stands_beside_the_score_and_never_in_it() -> None:
    def listen(request: Request) -> Any:
        if request.schema_name == "plan_evaluation":
            return {"critique": "The last hour is crowded.", "weaknesses": ["The ovens are full."]}
        return {"moves": [], "shapes": [], "steps": []} if request.schema_name == "plan_refinement" else right(request)

    plain = await story.make_plan(order(), context(Oracle()))
    plan = await story.make_plan(order(), context(Oracle(listen), rounds=1, threshold=1.0))
    assert plan.critique is not None
    assert plan.critique.text == "The last hour is crowded."
    assert plan.run is not None
    assert [step.id for step in plan.run.steps][-2:] == ["round1", "critique"]
    assert plain.score is not None
    assert plan.score is not None
    assert plan.score.value >= plain.score.value


PROPOSAL = {
    "moves": [
        {
            "action": "add_dish",
            "about": "c1",
            "dish": "Lemon tart",
            "item": "",
            "by_item": "",
            "profile": "",
            "service": "",
            "question": "",
        }
    ],
    "steps": [],
}


def _rank(plan: CateringPlan, made: RunContext) -> tuple[int, int, float]:
    assert plan.score is not None
    return made.rank(plan.findings, plan.score)
