"""The planner of the day says on which day and where a step is done; code holds it to what keeps and what is there."""

from __future__ import annotations

from typing import Any

import pytest

from catering_cli.domain import decision as d
from catering_cli.tasks.shared.dish_steps import NOT_WRITTEN, DishSteps
from catering_cli.tasks.timeline_planning import TIMELINE_PLANNING, Ahead, Answer, Given

CHOP = NOT_WRITTEN.model_copy(update={"number": 1, "make_ahead_hours": 24, "shelf_life_hours": 48, "minutes": 20})
BAKE = NOT_WRITTEN.model_copy(update={"number": 2, "equipment": ["oven"], "minutes": 40, "kind": "cook"})
GRATIN = DishSteps(
    dish="d1", name="Gratin", course="side", served_at="hot", ingredients=[], method="", steps=[CHOP, BAKE]
)
GIVEN = Given(brief="", style="buffet", travels=True, venue=["hot_box"], dishes=[GRATIN])


def answer(**row: Any) -> Answer:
    usual = {"dish": "d1", "step": 1, "make_ahead_hours": -1, "days_before": -1, "place": ""}
    return Answer(ahead=[Ahead.model_validate({**usual, **row})], recipes="", service="")


def faults(**row: Any) -> list[str]:
    made = TIMELINE_PLANNING.decide(GIVEN, answer(**row))
    return [one.rule for one in TIMELINE_PLANNING.check(GIVEN, made) if one.severity == "blocking"]


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
