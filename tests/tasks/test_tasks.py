"""What holds for every task, and what each rejects."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from planted import order

from catering_cli.domain import decision as d
from catering_cli.domain.decision import Decided, Decision
from catering_cli.domain.quantity import Quantity
from catering_cli.kitchen.menu import dishes as menu
from catering_cli.kitchen.menu.decisions import fold
from catering_cli.tasks.registry import BY_NAME, TASKS
from catering_cli.tasks.shared import order_view, wire
from catering_cli.tasks.shared.task import AnyTask, Wire

IDS = [task.name for task in TASKS]


def given(task: AnyTask | str, *decisions: Decision, subject: str = "", **changes: Any) -> Any:
    task = BY_NAME[task] if isinstance(task, str) else task
    known = [Decided(decision=decision, by="planner") for decision in decisions]
    return task.given(order(**changes), subject or ("d1" if task.per_dish else "order"), known)


def blocking(task: str, seen: Wire, *decisions: Decision) -> list[str]:
    return [found.rule for found in BY_NAME[task].check(seen, decisions) if found.severity == "blocking"]


def open_places(task: str, seen: Wire, *decisions: Decision) -> list[str]:
    return [found.where for found in BY_NAME[task].check(seen, decisions) if found.severity == "open"]


def nodes(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        for child in node.values():
            yield from nodes(child)
    elif isinstance(node, list):
        for child in node:
            yield from nodes(child)


@pytest.mark.parametrize("task", TASKS, ids=IDS)
def test_a_schema_is_closed_complete_and_flat(task: AnyTask) -> None:
    schema = wire.answer_schema(task)
    assert schema["type"] == "object"
    for node in nodes(schema):
        assert "$ref" not in node
        if node.get("type") == "object":
            assert node["additionalProperties"] is False
            assert node["required"] == list(node["properties"])
        if node.get("type") == "array":
            assert "maxItems" in node
    assert sum("anyOf" in node for node in nodes(schema)) <= 16


@pytest.mark.parametrize("task", TASKS, ids=IDS)
def test_the_kitchens_answer_passes_its_own_check_and_its_own_schema(task: AnyTask) -> None:
    seen = given(task)
    answer = task.default(seen)
    assert blocking(task.name, seen, *task.decide(seen, answer)) == []
    assert wire.read_answer(task, wire.canonical(answer)) == answer
    assert task.is_open(seen) or not open_places(task.name, seen, *task.decide(seen, answer))


@pytest.mark.parametrize("task", TASKS, ids=IDS)
def test_one_guest_more_asks_nobody_again(task: AnyTask) -> None:
    few = {"guaranteed": 120, "profiles": [{"needs": ["vegan"], "count": 4}]}
    assert given(task, guests=few) == given(task, guests={**few, "guaranteed": 121})


def test_a_changed_note_asks_just_those_that_read_it() -> None:
    read = {task.name for task in TASKS if given(task) != given(task, notes="Another thing altogether.")}
    assert read == {"strategic_planning", "constraint_solving"} | {"plan_evaluation", "plan_refinement"} & read


@pytest.mark.parametrize("task", TASKS, ids=IDS)
def test_text_of_an_order_cannot_leave_its_quotation(task: AnyTask) -> None:
    asked = wire.question(given(task))
    assert asked.count("</given>") == 1
    assert json.loads(asked.removeprefix("<given>\n").split("\n</given>")[0]) is not None


@pytest.mark.parametrize("task", TASKS, ids=IDS)
def test_every_prompt_has_its_file_and_the_house_rules_first(task: AnyTask) -> None:
    prompt = wire.prompt(task.prompt)
    assert prompt.startswith("You work in a catering kitchen")
    assert "# Task: " in prompt


@pytest.mark.parametrize("number", [(7, 7), (94, 94), (120, 120), (121, 120), (125, 130), (1_249, 1_200)])
def test_sizes_have_two_figures(number: tuple[int, int]) -> None:
    assert order_view.two_figures(number[0]) == number[1]


# unit_conversion


def measure(amount: object, unit: str = "g", item: str = "zorrel", name: str = "bunch") -> Decision:
    return d.InformalMeasure(item=item, measure=name, quantity=Quantity.of(amount, unit))


def test_only_measures_that_no_table_knows_are_asked_for() -> None:
    seen = given("unit_conversion")
    assert [(row.item, row.measure) for row in seen.measures] == [("zorrel", "bunch")]
    assert open_places("unit_conversion", seen) == ["zorrel"]
    assert open_places("unit_conversion", seen, measure(60)) == []


@pytest.mark.parametrize(
    "wrong",
    [measure(6000), measure("0.01"), measure(60, "cup"), measure(60, item="potatoes"), measure(60, name="handful")],
)
def test_a_measure_outside_its_band_or_not_asked_for_is_rejected(wrong: Decision) -> None:
    assert blocking("unit_conversion", given("unit_conversion"), wrong)


# ingredient_consolidation


def test_an_odd_synonym_is_fine_and_a_known_food_is_never_merged() -> None:
    seen = given("ingredient_consolidation")
    assert open_places("ingredient_consolidation", seen) == ["zorrel"]
    assert blocking("ingredient_consolidation", seen, d.SameFood(items=("zorrel",), food="sorrel")) == []
    assert open_places("ingredient_consolidation", seen, d.SameFood(items=("zorrel",), food="sorrel")) == []
    assert blocking("ingredient_consolidation", seen, d.SameFood(items=("potatoes",), food="sorrel"))
    assert blocking("ingredient_consolidation", seen, d.SameFood(items=("zorrel",), food="unobtainium"))
    assert blocking("ingredient_consolidation", seen, d.Department(item="zorrel", department="moon"))


# recipe_scaling


def draft(grams: float = 250, minutes: int = 40, text: str = "Bake until set.", **step: Any) -> Any:
    task = BY_NAME["recipe_scaling"]
    return task.Answer.model_validate(
        {
            "technique": "",
            "batch_method": "",
            "draft": {
                "portions": 10,
                "ingredients": [
                    {"item": "pumpkin", "amount": grams * 10, "unit": "g", "preparation": "diced"},
                    {"item": "cream", "amount": 200, "unit": "mL", "preparation": ""},
                ],
                "steps": [
                    {
                        "text": text,
                        "kind": "cook",
                        "minutes": minutes,
                        "active_minutes": 10,
                        "equipment": ["oven"],
                        "storage": "hot",
                        "after": [],
                        "batch_portions": 60,
                        "temperature": "375 F",
                        "food_class": "",
                        "max_hold_minutes": 30,
                        "make_ahead_hours": -1,
                        "shelf_life_hours": -1,
                        "place": "",
                        **step,
                    }
                ],
                "served_at": "hot",
            },
        }
    )


def judged_draft(answer: Any, subject: str = "d3") -> tuple[Any, Sequence[Decision]]:
    seen = given("recipe_scaling", subject=subject)
    return seen, BY_NAME["recipe_scaling"].decide(seen, answer)


def test_a_dish_without_recipe_is_open_until_one_is_drafted() -> None:
    seen, decisions = judged_draft(draft())
    assert BY_NAME["recipe_scaling"].is_open(seen)
    assert open_places("recipe_scaling", seen) == ["d3"]
    assert BY_NAME["recipe_scaling"].check(seen, decisions) == []
    items = menu.dishes(order(), fold(order(), [Decided(decision=x, by="mid") for x in decisions]))
    assert items[2].recipe_from == "mid"
    assert items[2].recipe is not None


@pytest.mark.parametrize(
    "answer",
    [
        draft(grams=2),
        draft(grams=9_000),
        draft(minutes=1_400),
        draft(text="Nut-free."),
        draft(batch_portions=0),
        draft(batch_portions=600),
        draft(max_hold_minutes=-1),
        draft(max_hold_minutes=180, storage="ambient"),
        draft(make_ahead_hours=24, shelf_life_hours=48),
        draft(after=[1]),
        draft(temperature="very hot"),
    ],
)
def test_a_draft_outside_its_bands_is_rejected(answer: Any) -> None:
    seen, decisions = judged_draft(answer)
    assert blocking("recipe_scaling", seen, *decisions)


def test_a_recipe_that_is_there_is_not_drafted_again_and_technique_has_no_figures() -> None:
    seen, decisions = judged_draft(draft(), subject="d1")
    assert blocking("recipe_scaling", seen, *decisions) == ["task.draft_unasked"]
    assert blocking("recipe_scaling", seen, d.Technique(dish="d1", text="Add 500 g of salt."))
    assert not blocking("recipe_scaling", seen, d.Technique(dish="d1", text="Season late and keep it moving."))


# timeline_creation


def test_unstated_durations_are_open_and_drafted_steps_are_numbered() -> None:
    seen = given("timeline_creation")
    assert open_places("timeline_creation", seen) == ["d1"]
    good = d.SplitTask(dish="d1", step=1, text="Simmer and blend.", minutes=40, active_minutes=20)
    assert BY_NAME["timeline_creation"].check(seen, [good]) == []
    assert blocking("timeline_creation", seen, good.model_copy(update={"step": 2}))
    assert blocking("timeline_creation", seen, good.model_copy(update={"text": ""}))
    items = menu.dishes(order(), fold(order(), [Decided(decision=good, by="mid")]))
    assert items[0].recipe is not None
    assert [step.minutes for step in items[0].recipe.steps] == [40]


@pytest.mark.parametrize(
    "wrong",
    [
        {"minutes": 2_000},
        {"minutes": 2, "active_minutes": 60},
        {"max_hold_minutes": 2_000},
        {"make_ahead_hours": 300},
        {"equipment": ("rocket",)},
        {"step": 99, "minutes": 30},
        {"dish": "d3", "minutes": 30},
    ],
)
def test_times_outside_their_bands_are_rejected(wrong: dict[str, Any]) -> None:
    seen = given("timeline_creation", subject="d2")
    assert blocking("timeline_creation", seen, d.SplitTask.model_validate({"dish": "d2", "step": 1, **wrong}))


# constraint_solving


def test_a_note_is_open_to_a_model_and_the_kitchen_settles_nothing_of_it() -> None:
    task = BY_NAME["constraint_solving"]
    seen = given(task)
    assert task.is_open(seen)
    assert task.leave(seen, False) == ()
    assert task.is_empty(given(task, notes="", guests=60))


@pytest.mark.parametrize(
    ("by_item", "rule"),
    [
        ("walnuts", "task.riskier"),
        ("worcestershire sauce", "task.riskier"),
        ("unobtainium", "task.food_unheard_of"),
        ("carrots", None),
    ],
)
def test_a_substitute_never_moves_toward_a_risk(by_item: str, rule: str | None) -> None:
    from catering_cli.tasks.shared import proposals

    dishes = [proposals.DishFoods(id="d1", name="Soup", course="soup", ingredients=["potatoes"])]
    found = proposals.check(dishes, ["p1"], [d.Substitute(dish="d1", item="potatoes", by_item=by_item)])
    assert [one.rule for one in found] == ([rule] if rule else [])


def test_moves_speak_of_what_there_is() -> None:
    from catering_cli.tasks.shared import proposals

    dishes = [proposals.DishFoods(id="d1", name="Caesar salad", course="salad", ingredients=["romaine"])]
    wrong: list[Decision] = [
        d.Substitute(dish="d9", item="romaine", by_item="carrots"),
        d.Substitute(dish="d1", item="beef", by_item="carrots"),
        d.Assign(profile="p9", dish="d1"),
        d.Assign(profile="p1", dish="Moon cheese"),
        d.AddDish(dish="Moon cheese"),
        d.AddDish(dish="caesar salad"),
        d.OpenQuestion(text="Is it 80 guests?"),
    ]
    found = proposals.check(dishes, ["p1"], wrong)
    assert {one.where for one in found} == {f"moves[{number}]" for number in range(len(wrong))}


# the hierarchical tree


def test_overage_and_staffing_stay_in_their_bands() -> None:
    seen = given("resource_planning")
    assert not blocking("resource_planning", seen, d.Overage(dish="d1", percent=10))
    assert blocking("resource_planning", seen, d.Overage(dish="d1", percent=50))
    fixed = given("resource_planning", menu=[{"dish": "Caesar salad", "portions": 70}])
    assert blocking("resource_planning", fixed, d.Overage(dish="d1", percent=10))
    floor = given("service_coordination")
    assert not blocking("service_coordination", floor, d.Staffing(role="server", count=4))
    assert blocking("service_coordination", floor, d.Staffing(role="server", count=0))
    assert blocking("service_coordination", floor, d.Staffing(role="server", count=900))
    assert blocking("service_coordination", floor, d.Staffing(role="wizard", count=1))


def test_briefs_reach_only_their_audience_and_hold_no_figures() -> None:
    briefs = (d.Brief(audience="resources", text="buy early"), d.Brief(audience="timeline", text="start late"))
    assert given("resource_planning", *briefs).brief == "buy early"
    assert given("timeline_planning", *briefs).brief == "start late"
    assert given("ingredient_calculation", *briefs).brief == ""
    assert blocking("timeline_planning", given("timeline_planning"), d.Brief(audience="recipes", text="Start at 9."))
