"""Slips in the food-safety log and in the food for a guest are named: a date mark, a cooling, a basis, a kind."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from catering_cli.checks import registry
from catering_cli.domain.order import Order
from catering_cli.domain.plan import CateringPlan
from catering_cli.intake import load
from catering_cli.kitchen.cook import cook

STEPS = [
    {"text": "Simmer the chicken thighs.", "minutes": 60, "equipment": ["burner"]},
    {"text": "Chill the stew in shallow pans.", "minutes": 120, "active_minutes": 10, "equipment": ["blast_chiller"],
     "make_ahead_hours": 40, "storage": "fridge"},
    {"text": "Reheat to 165 F.", "minutes": 40, "equipment": ["oven"], "max_hold_minutes": 60, "storage": "hot"},
]  # fmt: skip


@pytest.fixture(scope="module")
def planned() -> tuple[Order, CateringPlan]:
    recipe = {"name": "Stew", "yield": 20, "ingredients": ["4 kg chicken thighs", "2 kg carrots"], "steps": STEPS}
    event = {"name": "Lunch", "service_at": "2027-04-17T11:00:00-04:00", "timezone": "America/New_York"}
    menu = [{"dish": "Stew", "course": "main", "recipe": recipe}]
    kitchen = {"equipment": {"oven": 2, "burner": 4, "blast_chiller": 1}, "available_from": "2027-04-16T08:00:00-04:00"}
    document = {"event": event, "guests": 20, "menu": menu, "kitchen": kitchen}
    order = load.order_of(document, "order.json")
    plan = cook(order)
    assert named(order, plan) == set()
    return order, plan


def named(order: Order, plan: CateringPlan) -> set[str]:
    """The rules of the log and the service that hold something against a plan."""
    rules = {one.rule for one in registry.check(order, plan)[0]}
    return rules & {"safety.points", "safety.limits", "safety.handling", "safety.flow", "service.run"}


def without(kind: str) -> Callable[[CateringPlan], CateringPlan]:
    def slip(plan: CateringPlan) -> CateringPlan:
        points = tuple(one for one in plan.safety.points if one.kind != kind)
        assert points != plan.safety.points
        return plan.model_copy(update={"safety": plan.safety.model_copy(update={"points": points})})

    return slip


def another_basis(plan: CateringPlan) -> CateringPlan:
    first, *rest = plan.safety.points
    assert first.derivation is not None
    basis = first.derivation.model_copy(update={"rule": first.derivation.rule + "_class_unknown"})
    points = (first.model_copy(update={"derivation": basis}), *rest)
    return plan.model_copy(update={"safety": plan.safety.model_copy(update={"points": points})})


def held_without_need(plan: CateringPlan) -> CateringPlan:
    points = tuple(
        one.model_copy(update={"food_class": "not_tcs"}) if one.kind == "hot_hold" else one
        for one in plan.safety.points
    )
    return plan.model_copy(update={"safety": plan.safety.model_copy(update={"points": points})})


def chilled_by_nothing(plan: CateringPlan) -> CateringPlan:
    dish = plan.menu[0]
    handling = tuple(one.model_copy(update={"kind": "chill"}) for one in dish.handling)
    return plan.model_copy(update={"menu": (dish.model_copy(update={"handling": handling}),)})


def gone_in_twice(plan: CateringPlan) -> CateringPlan:
    dish = plan.menu[0]
    handling = tuple(one.model_copy(update={"takes": dish.handling[0].takes}) for one in dish.handling)
    return plan.model_copy(update={"menu": (dish.model_copy(update={"handling": handling}),)})


def gone_in_elsewhere(plan: CateringPlan) -> CateringPlan:
    dish = plan.menu[0]
    first, second, *rest = dish.handling
    given = second.model_copy(update={"takes": (*second.takes, *first.takes)})
    handling = (first.model_copy(update={"takes": ()}), given, *rest)
    return plan.model_copy(update={"menu": (dish.model_copy(update={"handling": handling}),)})


def read_as(step: int, **fields: object) -> Callable[[CateringPlan], CateringPlan]:
    def slip(plan: CateringPlan) -> CateringPlan:
        dish = plan.menu[0]
        handling = list(dish.handling)
        handling[step - 1] = handling[step - 1].model_copy(update=fields)
        assert tuple(handling) != dish.handling
        return plan.model_copy(update={"menu": (dish.model_copy(update={"handling": tuple(handling)}),)})

    return slip


def usual_food(plan: CateringPlan) -> CateringPlan:
    line = plan.service[0]
    assert line.food is not None
    food = line.food.model_copy(update={"grams": 600})
    return plan.model_copy(update={"service": (line.model_copy(update={"food": food}),)})


SLIPS = {
    "cool": (without("cool"), "safety.points"),
    "date mark": (without("date_mark"), "safety.points"),
    "reheat": (without("reheat"), "safety.points"),
    "basis": (another_basis, "safety.limits"),
    "held": (held_without_need, "safety.limits"),
    "chill": (chilled_by_nothing, "safety.handling"),
    "goes in": (gone_in_twice, "safety.handling"),
    "named here": (gone_in_elsewhere, "safety.handling"),
    "food": (usual_food, "service.run"),
    "cooled and hot": (read_as(3, reads=("reheat", "cool")), "safety.flow"),
    "hot before a chill": (read_as(1, waits="hot"), "safety.flow"),
    "reheated at first": (read_as(1, reads=("reheat",)), "safety.flow"),
    "cooked again": (read_as(3, reads=("cook",)), "safety.flow"),
    "no heat read": (read_as(3, reads=()), "safety.points"),
    "weight": (read_as(1, percent=7), "safety.flow"),
    "named in another": (gone_in_elsewhere, "safety.flow"),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_the_slip_is_named(slip: str, planned: tuple[Order, CateringPlan]) -> None:
    order, plan = planned
    change, rule = SLIPS[slip]
    assert rule in named(order, change(plan))
