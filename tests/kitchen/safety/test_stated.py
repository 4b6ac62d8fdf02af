"""A field that says less than the words is obeyed, and said; one that says the same or more is not spoken of."""

from __future__ import annotations

from typing import Any

import pytest
from kitchen.safety.test_handling import plan_of

CHICKEN: dict[str, Any] = {
    "name": "Roast chicken",
    "yield": 50,
    "ingredients": ["12 kg chicken thighs"],
    "steps": [{"text": "Roast in the oven.", "minutes": 60}, {"text": "Serve hot.", "minutes": 5}],
}


@pytest.mark.parametrize(
    ("step", "served", "fields"),
    [
        ({"food_class": "ready_to_eat"}, None, ["food_class"]),
        ({"food_class": "whole_meat"}, None, ["food_class"]),
        ({"kind": "prep"}, None, ["kind"]),
        ({"storage": "ambient"}, None, ["storage"]),
        ({}, "room", ["served_at"]),
        ({"food_class": "poultry", "kind": "cook", "storage": "hot"}, "hot", []),
        ({}, None, []),
    ],
)
def test_a_field_against_the_words_stands_and_is_said(step: dict[str, str], served: str | None, fields: list[str]):
    first, last = CHICKEN["steps"]
    recipe = CHICKEN | {"steps": [first | step, last]} | ({"served_at": served} if served else {})
    plan = plan_of(recipe, "main")
    said = [one for one in plan.findings if one.rule == "kitchen.field_contradicts"]
    assert [one.where.rpartition(".")[2] for one in said] == fields
    assert {one.severity for one in said} == {"advice" if "served_at" in one.where else "warning" for one in said}
    if "food_class" in step:
        assert step["food_class"] in {point.food_class for point in plan.safety.points}


def test_what_no_table_knows_is_cooked_to_the_strictest_limit_and_the_field_is_named():
    steps = [{"text": "Sear.", "minutes": 20}, {"text": "Roast until done.", "minutes": 40}]
    plan = plan_of({"name": "Zorbo", "yield": 50, "ingredients": ["8 kg zorbo fillets"], "steps": steps}, "main")
    (cooked,) = [point for point in plan.safety.points if point.kind == "cook"]
    (asked,) = [one for one in plan.findings if one.rule == "kitchen.food_unknown"]
    assert cooked.limit.startswith(">=165F")
    assert (asked.severity, "steps[1].food_class" in asked.fix) == ("open", True)
