"""A written name that somebody decided to be a known food: it is weighed, trimmed and bought as that food.

And no allergen cell is any safer for it.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from catering_cli.checks.registry import check
from catering_cli.domain.decision import Decided, InformalMeasure, SameFood
from catering_cli.domain.order import Order
from catering_cli.domain.plan import CateringPlan
from catering_cli.domain.quantity import Amount, Quantity
from catering_cli.kitchen.cook import cook
from catering_cli.kitchen.recipes.text_readers import TextReaders

IS_SPINACH = Decided(decision=SameFood(items=("zorrel",), food="spinach"), by="mid", step="foods")
HERE = ("lines.", "shopping.", "kitchen.measure_unknown")


def order(line: str | dict[str, Any]) -> Order:
    soup = {
        "name": "House soup", "course": "soup", "yield": {"portions": 10}, "ingredients": [line, "2 L water"],
        "steps": [{"text": "Simmer.", "minutes": 40, "active_minutes": 15, "equipment": ["burner"]}],
    }  # fmt: skip
    document = {
        "event": {"name": "Lunch", "service_at": "2027-04-17T12:30:00-04:00", "style": "buffet"},
        "guests": 60, "menu": ["House soup"], "recipes": [soup],
    }  # fmt: skip
    return Order.model_validate(document, context={"readers": TextReaders("us")})


def found(asked: Order, plan: CateringPlan) -> list[tuple[str, str]]:
    findings, _ = check(asked, plan)
    return [(one.rule, one.where) for one in findings if one.rule.startswith(HERE)]


def altered(plan: CateringPlan, **changes: Any) -> CateringPlan:
    soup = plan.menu[0]
    lines = (soup.lines[0].model_copy(update=changes), *soup.lines[1:])
    return plan.model_copy(update={"menu": (soup.model_copy(update={"lines": lines}),)})


def test_it_is_weighed_as_what_it_is() -> None:
    asked = order("2 cups zorrel")
    assert cook(asked).menu[0].lines[0].mass is None
    assert [rule for rule, _ in found(asked, cook(asked))] == ["kitchen.measure_unknown"]
    plan = cook(asked, [IS_SPINACH])
    line = plan.menu[0].lines[0]
    assert line.mass is not None
    assert line.mass.quantity.high == 30 * 2 * Fraction(plan.menu[0].portions, 10)
    assert (line.item, line.by) == ("zorrel", "mid")
    assert line.source.startswith("decided: zorrel is spinach; USDA")
    assert plan.menu[0].served is not None
    assert found(asked, plan) == []


@pytest.mark.parametrize("amount", ["2 cups", "2 lb"])
def test_bought_whole_it_is_trimmed_once_and_as_what_it_is(amount: str) -> None:
    unit = amount.partition(" ")[2]
    asked = order({"item": "zorrel", "quantity": {"amount": 2, "unit": unit.removesuffix("s")}, "state": "AP"})
    plan = cook(asked, [IS_SPINACH])
    mass = plan.menu[0].lines[0].mass
    (bought,) = (line for line in plan.shopping.lines if line.item == "spinach")
    assert mass is not None
    assert bought.as_purchased.quantity.high == mass.quantity.high
    assert bought.needed.quantity.high < mass.quantity.high
    assert found(asked, plan) == []


def test_a_measure_that_somebody_decided_for_the_name_is_not_overruled_by_a_row_about_the_food() -> None:
    asked = order("2 bunches zorrel")
    measured = Decided(decision=InformalMeasure(item="zorrel", measure="bunch", quantity=Quantity.of(60, "g")), by="me")
    line = cook(asked, [IS_SPINACH, measured]).menu[0].lines[0]
    assert line.mass is not None
    assert line.mass.quantity.high == 60 * 2 * 66 / Fraction(10)
    assert line.by == "me"


def test_the_checker_finds_another_weight_and_another_who_decided() -> None:
    asked = order("2 cups zorrel")
    plan = cook(asked, [IS_SPINACH])
    assert ("lines.weighed", "plan.menu[0].lines[0].by") in found(asked, altered(plan, by="kitchen"))
    heavier = Amount(Quantity.of(9_000, "g"), "9 kg")
    assert ("lines.weighed", "plan.menu[0].lines[0].mass") in found(asked, altered(plan, mass=heavier))
    unlike = Decided(decision=SameFood(items=("zorrel",), food="parsley"), by="mid", step="foods")
    another = altered(plan, food="parsley").model_copy(update={"decisions": (unlike,)})
    assert ("lines.weighed", "plan.menu[0].lines[0].mass") in found(asked, another)


def test_no_allergen_cell_is_safer_for_it() -> None:
    asked = order("2 cups zorrel")
    before, after = cook(asked), cook(asked, [IS_SPINACH])
    states = [[(cell.allergen, cell.state) for cell in plan.diets.rows[0].cells] for plan in (before, after)]
    assert states[0] == states[1]
    assert {state for _, state in states[0]} == {"unknown"}
