"""What dishes share is used first for the one that is safe by itself; if that cannot be, the day still stands."""

from __future__ import annotations

from typing import Any

import pytest

from catering_cli.checks import registry
from catering_cli.domain.plan import CateringPlan
from catering_cli.intake import load
from catering_cli.kitchen.cook import cook

EVENT = {"name": "Lunch", "service_at": "2027-04-17T12:30:00-04:00", "timezone": "America/New_York"}


def fried(name: str, lines: list[str], course: str = "main", hold: int = 120) -> dict[str, Any]:
    step = {"text": "Cook in the fryer.", "equipment": "fryer", "minutes": 15, "max_hold_minutes": hold}
    recipe = {"name": name, "yield": 40, "ingredients": lines, "steps": [step]}
    return {"dish": name, "course": course, "recipe": recipe}


COD = fried("Fried cod", ["6 kg cod", "1 kg flour"])
FRIES = fried("Fries", ["8 kg potatoes"], "side")


def plan_of(menu: list[dict[str, Any]], **needs: str) -> CateringPlan:
    allergies = [{"allergen": name, "count": 2, "severity": severity} for name, severity in needs.items()]
    guests = {"guaranteed": 40, "allergies": allergies}
    return cook(load.order_of({"event": EVENT, "guests": guests, "menu": menu}, "order.json"))


def spans(plan: CateringPlan, name: str) -> tuple[Any, Any]:
    dish = next(one.id for one in plan.menu if one.name == name)
    mine = [block for block in plan.timeline.blocks if block.dish == dish]
    return min(block.start for block in mine), max(block.end for block in mine)


@pytest.mark.parametrize("menu", [[COD, FRIES], [FRIES, COD]], ids=["fish first on the menu", "fish last"])
def test_the_fryer_is_used_for_the_careful_dish_first(menu: list[dict[str, Any]]) -> None:
    plan = plan_of(menu, fish="severe")
    assert spans(plan, "Fries")[1] <= spans(plan, "Fried cod")[0]
    found, _ = registry.check(plan.order, plan)
    told = [one for one in found if one.rule == "diets.apart"]
    assert ["the schedule has Fries first" in one.fix for one in told] == [True]
    assert not [one for one in found if one.severity == "blocking" and one.rule.startswith("timeline")]


def test_the_order_of_work_moves_no_cell() -> None:
    row = next(row for row in plan_of([COD, FRIES], fish="severe").diets.rows if row.dish == "d2")
    assert next(cell.state for cell in row.cells if cell.allergen == "fish") == "may_contain"


def test_of_two_that_harm_each_other_the_gravest_need_decides() -> None:
    tofu = fried("Fried tofu", ["6 kg tofu"])
    cod = fried("Cod without flour", ["6 kg cod"])
    grave_fish = plan_of([cod, tofu], fish="anaphylaxis", soybeans="intolerance")
    grave_soy = plan_of([cod, tofu], soybeans="anaphylaxis", fish="intolerance")
    assert spans(grave_fish, "Fried tofu")[1] <= spans(grave_fish, "Cod without flour")[0]
    assert spans(grave_soy, "Cod without flour")[1] <= spans(grave_soy, "Fried tofu")[0]


def test_a_dish_that_does_not_keep_so_long_is_not_made_too_early() -> None:
    menu = [fried("Fried cod", ["6 kg cod"], hold=30), fried("Fries", ["8 kg potatoes"], "side", hold=15)]
    assert plan_of(menu, fish="severe").timeline.status == plan_of(menu).timeline.status
