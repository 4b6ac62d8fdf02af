"""Whatever a guest with an allergy calls a food, it is never shown as absent and fed; plain foods and lookalikes are.

`guest_words.json` holds pairs of a guest's word and a food: one dish of the food, one guest with the word.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from catering_cli.checks import registry
from catering_cli.data.tables import parts, rows
from catering_cli.domain.plan import CateringPlan
from catering_cli.intake import load
from catering_cli.kitchen.cook import cook
from catering_cli.kitchen.dietary import profiles

PAIRS = json.loads((Path(__file__).parent / "guest_words.json").read_text(encoding="utf-8"))
WITHHELD = [pair for pair in PAIRS if pair["kind"] in ("guest word", "negation", "cross-reaction")]
PLAIN = [pair for pair in PAIRS if pair["kind"] == "plain food" or (pair["kind"] == "lookalike" and not pair["made"])]
MADE = [pair for pair in PAIRS if pair.get("made")]


def fed(pair: dict[str, Any]) -> bool:
    """Whether the guest may eat the dish, by a plan that the checker does not block for its allergens."""
    return "d1" in next(one for one in answered(pair).diets.profiles if one.needs).may_eat


def answered(pair: dict[str, Any]) -> CateringPlan:
    """The plan for one dish and one guest."""
    steps = [{"text": "Serve.", "minutes": 5}]
    recipe = {"name": "Dish", "yield": 20, "ingredients": [f"1 kg {pair['food']}"], "steps": steps}
    guests = {"guaranteed": 20, "allergies": [{"allergen": pair["guest"], "count": 2, "severity": "severe"}]}
    event = {"name": "Lunch", "service_at": "2027-04-17T12:30:00-04:00", "timezone": "America/New_York"}
    menu = [{"dish": "Dish", "course": "main", "recipe": recipe}]
    order = load.order_of({"event": event, "guests": guests, "menu": menu}, "order.json")
    plan = cook(order)
    found, _ = registry.check(order, plan)
    wrong = [
        one.message
        for one in found
        if one.severity == "blocking" and one.rule.startswith("diets") and one.rule != "diets.unfed"
    ]
    assert wrong == []
    return plan


@pytest.mark.parametrize("pair", WITHHELD, ids=lambda pair: f"{pair['guest']}, {pair['food']}")
def test_a_food_that_a_guest_means_is_not_fed(pair):
    assert not fed(pair)


@pytest.mark.parametrize("pair", PLAIN, ids=lambda pair: f"{pair['guest']}, {pair['food']}")
def test_a_plain_other_food_is_fed(pair):
    assert fed(pair)


@pytest.mark.parametrize("pair", MADE, ids=lambda pair: f"{pair['guest']}, {pair['food']}")
def test_of_a_made_lookalike_the_label_decides_at_worst(pair):
    plan = answered(pair)
    diets, allergens = profiles.columns(pair["guest"])
    states = {cell.state for cell in plan.diets.rows[0].cells if cell.allergen in allergens}
    states.update(cell.state for cell in plan.diets.rows[0].diets if cell.diet in diets)
    assert states
    assert states <= {"unknown", "none_found", "free", "cannot_tell", "compatible"}


def test_every_food_of_a_family_is_in_the_table_of_foods():
    known = {row["food"] for row in rows("foods")}
    known.update(group for row in rows("foods") for group in parts(row["groups"]))
    for family in rows("families"):
        assert {*parts(family["named"]), *parts(family["members"]), *parts(family["kin"])} <= known, family["family"]
