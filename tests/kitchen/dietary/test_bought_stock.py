"""Bought stock, bouillon, gravy and paste: what makes of them differ in is never shown as absent without a label."""

from __future__ import annotations

import pytest

from catering_cli.checks.registry import check
from catering_cli.domain.order import Order
from catering_cli.domain.plan import CateringPlan
from catering_cli.intake import load
from catering_cli.kitchen.cook import cook

NAMES = """
chicken stock, chicken broth, beef stock, veal stock, vegetable stock, fish stock, lobster stock, broth, bouillon,
chicken bouillon, beef bouillon, vegetable bouillon, fish bouillon, stock powder, vegetable stock powder, stock cubes,
chicken base, beef base, ham base, mushroom base, seafood base, demi-glace, glace de viande, au jus, gravy,
brown gravy mix, gravy granules, turkey gravy, curry paste, red curry paste, tikka paste, soup base,
better than bouillon
"""
BOUGHT = [name.strip() for name in NAMES.split(",")]

DIFFERS = {"celery", "milk", "soybeans", "fish", "crustaceans", "molluscs", "gluten"}
"""What makes of one and the same name differ in."""


def order_of(step: str = "Serve.", **lines: list[str]) -> Order:
    recipes = [
        {"name": name, "yield": 20, "ingredients": listed, "steps": [{"text": step, "minutes": 5}]}
        for name, listed in lines.items()
    ]
    menu = [{"dish": recipe["name"], "course": "main", "recipe": recipe} for recipe in recipes]
    event = {
        "name": "Lunch",
        "service_at": "2027-04-17T12:30:00-04:00",
        "timezone": "America/New_York",
        "jurisdiction": "eu",
    }
    return load.order_of({"event": event, "guests": 20, "menu": menu}, "order.json")


def planned(step: str = "Serve.", **lines: list[str]) -> CateringPlan:
    return cook(order_of(step, **lines))


def absent(plan: CateringPlan) -> list[set[str]]:
    return [{cell.allergen for cell in row.cells if cell.state in ("none_found", "free")} for row in plan.diets.rows]


def test_what_makes_differ_in_is_never_absent_and_the_checker_agrees():
    order = order_of(**{f"Dish {name}": [f"2 l {name}"] for name in BOUGHT})
    plan = cook(order)
    shown = {name: cells & DIFFERS for name, cells in zip(BOUGHT, absent(plan), strict=True) if cells & DIFFERS}
    assert not shown
    assert not [one for one in check(order, plan)[0] if one.rule.startswith("diets.") and one.severity == "blocking"]


def test_a_stock_made_in_the_kitchen_is_what_its_lines_say():
    made = planned(stock=["10 kg chicken bones", "2 kg onions", "1 kg carrots", "20 l water"])
    assert absent(made)[0] >= DIFFERS


def test_what_a_food_is_known_to_differ_in_wins_over_what_its_group_never_holds():
    crouton, stuffing = absent(planned(crouton=["1 kg croutons"], stuffing=["1 kg stuffing mix"]))
    assert not crouton & {"fish", "celery", "mustard"}
    assert not stuffing & {"celery", "mustard", "fish"}


@pytest.mark.parametrize("step", ["Crumble in a stock cube.", "Simmer in stock.", "Dissolve the bouillon; add it."])
@pytest.mark.parametrize("line", ["2 kg carrots", "1 head celery", "2 tbsp paprika powder"])
def test_a_stock_that_only_a_step_names_leaves_the_same_open(step: str, line: str):
    assert not absent(planned(step, Dish=[line]))[0] & (DIFFERS - {"celery"})
