"""What a step is read to leave must agree with itself: a plan edited to say otherwise is blocked."""

from __future__ import annotations

from typing import Any

import pytest

from catering_cli.checks.registry import RULES, check
from catering_cli.domain.order import Order
from catering_cli.intake import load
from catering_cli.kitchen.cook import cook

RULE = [rule for rule in RULES if rule.name == "safety.handling"]
STEPS = [
    {"text": "Cut the chicken in strips.", "minutes": 20},
    {"text": "Roast in the oven to 165 F.", "minutes": 40},
    {"text": "Toss with the carrots.", "minutes": 10},
]


def order() -> Order:
    recipe = {"name": "Chicken", "yield": 40, "ingredients": ["20 lb chicken thighs", "5 lb carrots"], "steps": STEPS}
    event = {"name": "Lunch", "service_at": "2027-06-12T12:00:00-04:00", "timezone": "America/New_York"}
    return load.order_of(
        {"event": event, "guests": 40, "menu": [{"dish": "Chicken", "course": "main", "recipe": recipe}]}, "order.json"
    )


def blocked(step: int, **edit: Any) -> list[str]:
    plan = cook(order())
    (dish,) = plan.menu
    handling = tuple(one.model_copy(update=edit) if one.step == step else one for one in dish.handling)
    edited = plan.model_copy(update={"menu": (dish.model_copy(update={"handling": handling}),)})
    return [one.message for one in check(order(), edited, RULE)[0] if one.severity == "blocking"]


def test_the_kitchen_agrees_with_itself():
    assert not blocked(0)


@pytest.mark.parametrize(
    ("step", "edit", "said"),
    [
        (1, {"state": "ready"}, "still raw"),
        (1, {"waits": "hot"}, "raw animal food is not kept hot"),
        (1, {"food_class": "whole_meat"}, "asks for the heat of poultry"),
        (1, {"food_class": "plant_hot"}, "asks for the heat of poultry"),
        (2, {"state": "raw"}, "nothing in it is raw"),
        (2, {"state": "stable"}, "does not agree"),
        (2, {"food_class": "not_tcs"}, "does not agree"),
        (2, {"state": "stable", "food_class": "not_tcs"}, "chicken thighs in it does not keep anywhere"),
        (3, {"food_class": "plant_hot", "waits": "fridge"}, "before it is cooled"),
        (3, {"food_class": "ready_to_eat", "waits": "hot"}, "cold food is not kept hot"),
        (3, {"food_class": "plant_hot", "state": "ready"}, "never cooked"),
    ],
)
def test_a_reading_that_contradicts_itself_is_blocked(step, edit, said):
    assert any(said in message for message in blocked(step, **edit))
