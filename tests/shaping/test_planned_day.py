"""The planner of the day says on which day and where a step is done; code holds it to what keeps and what is there."""

from __future__ import annotations

from typing import Any

import pytest

from catering_cli.domain import decision as d
from catering_cli.tasks.shaping.shareable import OvenPair
from catering_cli.tasks.shared.dish_steps import NOT_WRITTEN, DishSteps
from catering_cli.tasks.tree.timeline_planning import TIMELINE_PLANNING, Answer, Given

CHOP = NOT_WRITTEN.model_copy(update={"number": 1, "make_ahead_hours": 24, "shelf_life_hours": 48, "minutes": 20})
BAKE = NOT_WRITTEN.model_copy(update={"number": 2, "equipment": ["oven"], "minutes": 40, "kind": "cook"})
GRATIN = DishSteps(
    dish="d1", name="Gratin", course="side", served_at="hot", ingredients=[], method="", steps=[CHOP, BAKE]
)
ROAST = GRATIN.model_copy(update={"dish": "d2", "name": "Roast", "course": "main"})
PAIR = {"dish": "d1", "step": 2, "with_dish": "d2", "with_step": 2}
GIVEN = Given(
    brief="", style="buffet", travels=True, venue=["hot_box"], dishes=[GRATIN, ROAST], days=[],
    pairs=[OvenPair.model_validate(PAIR)],
)  # fmt: skip


def whole(**lists: Any) -> Answer:
    none: dict[str, Any] = {"ahead": [], "fire_order": [], "together": [], "recipes": "", "service": ""}
    return Answer.model_validate({**none, **lists})


def answer(**row: Any) -> Answer:
    usual = {"dish": "d1", "step": 1, "make_ahead_hours": -1, "days_before": -1, "place": "", "why": ""}
    return whole(ahead=[{**usual, **row}])


def faults_of(said: Answer) -> list[str]:
    made = TIMELINE_PLANNING.decide(GIVEN, said)
    return [one.rule for one in TIMELINE_PLANNING.check(GIVEN, made) if one.severity == "blocking"]


def faults(**row: Any) -> list[str]:
    return faults_of(answer(**row))


@pytest.mark.parametrize(
    ("lists", "wrong"),
    [
        ({"fire_order": [{"dish": "d1", "after": "d2", "why": "it dries out"}]}, 0),
        ({"fire_order": [{"dish": "d1", "after": "d7", "why": ""}]}, 1),
        ({"fire_order": [{"dish": "d1", "after": "d1", "why": ""}]}, 1),
        ({"together": [{**PAIR, "why": "ovens are few"}]}, 0),
        ({"together": [{"dish": "d2", "step": 2, "with_dish": "d1", "with_step": 2, "why": ""}]}, 0),
        ({"together": [{**PAIR, "step": 1, "why": ""}]}, 1),
        ({"together": [{**PAIR, "why": "the roast is nut-free"}]}, 1),
    ],
)
def test_fire_order_and_shared_ovens_are_of_dishes_and_pairs_that_are_given(lists: dict[str, Any], wrong: int) -> None:
    assert len(faults_of(whole(**lists))) == wrong


def test_a_row_becomes_the_day_and_the_place_of_a_step() -> None:
    made = TIMELINE_PLANNING.decide(GIVEN, answer(days_before=1, place="base"))
    assert made == (d.SplitTask(dish="d1", step=1, place="base"), d.MakeOn(dish="d1", step=1, days_before=1))
    assert TIMELINE_PLANNING.decide(GIVEN, answer()) == ()


@pytest.mark.parametrize(
    "row",
    [
        {"days_before": 1},
        {"days_before": 0, "step": 2},
        {"days_before": 1, "make_ahead_hours": 24},
        {"place": "base", "step": 2},
        {"place": "venue"},
    ],
)
def test_what_keeps_and_what_is_there_stands(row: dict[str, Any]) -> None:
    assert faults(**row) == []


@pytest.mark.parametrize(
    "row",
    [
        {"days_before": 2},
        {"days_before": 1, "step": 2},
        {"days_before": 0, "step": 9},
        {"days_before": 1, "dish": "d7"},
        {"place": "venue", "step": 2},
    ],
)
def test_what_does_not_is_refused(row: dict[str, Any]) -> None:
    assert len(faults(**row)) == 1
