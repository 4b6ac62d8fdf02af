"""Orders made of the foods and the guests' words of `guest_words.json`: nobody is fed what a pair says they avoid.

A few are made in every run; two thousand with `-m slow`.
"""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from catering_cli.checks import registry
from catering_cli.intake import load
from catering_cli.kitchen.cook import cook

PAIRS = json.loads((Path(__file__).parent / "guest_words.json").read_text(encoding="utf-8"))
WITHHELD = ("guest word", "negation", "cross-reaction")
HARMFUL = {(pair["guest"], pair["food"]) for pair in PAIRS if pair["kind"] in WITHHELD}
FOODS = sorted({pair["food"] for pair in PAIRS})
GUESTS = sorted({pair["guest"] for pair in PAIRS})
EVENT = {"name": "Lunch", "service_at": "2027-04-17T12:30:00-04:00", "timezone": "America/New_York"}
STEPS = ("Combine and serve.", "Chop, combine and season.", "Roast in the oven until done.", "Simmer, then serve.")
DISHES, LINES, WORDS = 6, 3, 4


def order(seed: int) -> dict[str, Any]:
    """An order of a few dishes of a few foods each, for guests of a few words."""
    chance = random.Random(seed)
    menu = []
    for number in range(DISHES):
        lines = [f"{chance.randint(1, 4)} kg {food}" for food in chance.sample(FOODS, LINES)]
        steps = [{"text": chance.choice(STEPS), "minutes": 20}]
        recipe = {"name": f"Dish {number}", "yield": 20, "ingredients": lines, "steps": steps}
        menu.append({"dish": recipe["name"], "course": "main", "recipe": recipe})
    words = chance.sample(GUESTS, WORDS)
    allergies = [{"allergen": word, "count": 1, "severity": "severe"} for word in words]
    return {"event": EVENT, "guests": {"guaranteed": 20, "allergies": allergies}, "menu": menu}


def unsafe(seed: int) -> list[tuple[str, str]]:
    """What a guest of the order is fed though a pair says that they avoid it; false blocks of our own plan too."""
    document = order(seed)
    asked = load.order_of(document, "order.json")
    plan = cook(asked)
    fed: list[tuple[str, str]] = []
    for profile in plan.diets.profiles:
        for dish in plan.menu:
            lines = document["menu"][int(dish.id[1:]) - 1]["recipe"]["ingredients"]
            foods = [line.split(" kg ", 1)[1] for line in lines]
            if dish.id in profile.may_eat:
                fed += [(need, food) for need in profile.needs for food in foods if (need, food) in HARMFUL]
    found, _ = registry.check(asked, plan)
    wrong = ("diets.allergens", "diets.diets", "diets.columns")
    return fed + [("blocked", one.message) for one in found if one.severity == "blocking" and one.rule in wrong]


@pytest.mark.parametrize("seed", range(12))
def test_nobody_is_fed_what_they_avoid(seed: int) -> None:
    assert unsafe(seed) == []


@pytest.mark.slow
def test_nobody_is_fed_what_they_avoid_in_two_thousand_orders() -> None:
    assert [(seed, one) for seed in range(12, 2012) for one in unsafe(seed)] == []
