"""A seasoned, flavored, stuffed or mixed food is more than the food: what a make of it may hold is never absent."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from catering_cli.checks.dietary.step_foods import hidden_in_steps
from catering_cli.checks.evidence import Evidence
from catering_cli.intake import load
from catering_cli.kitchen.cook import cook
from catering_cli.kitchen.dietary import matrix
from catering_cli.kitchen.foods.identify import descriptors
from catering_cli.kitchen.foods.names import tokens
from catering_cli.kitchen.foods.table import table
from catering_cli.kitchen.menu.decisions import fold
from catering_cli.kitchen.menu.dishes import dishes

SAFE = ("none_found", "free")
EVERY = 6
"""Of so many names one is stirred in too; the others are marked slow."""


def listed(*, in_step: bool) -> list[tuple[str, tuple[str, ...]]]:
    """Each name with what some makes of it hold."""
    text = (Path(__file__).parent / "products.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line[0] != "#"][1:]
    kept = [(holds, names) for holds, step, names in rows if step == "yes" or not in_step]
    return [(name, tuple(holds.split("|"))) for holds, names in kept for name in names.split("|")]


def order(names: list[str], step: str = "") -> dict[str, Any]:
    """A dish of each name: its one line, or carrots with a step that says it."""
    menu = []
    for name in names:
        lines = ["2 kg carrots"] if step else [f"1 kg {name}"]
        steps = [{"text": step.format(name) or "Serve.", "minutes": 5}]
        recipe = {"name": "Dish", "yield": 20, "ingredients": lines, "steps": steps}
        menu.append({"dish": "Dish", "course": "main", "recipe": recipe})
    beyond = [
        {"allergen": name, "count": 1} for name in ("gluten", "molluscs", "celery", "mustard", "lupin", "sulphites")
    ]
    event = {"name": "Lunch", "service_at": "2027-04-17T12:30:00-04:00", "timezone": "America/New_York"}
    return {"event": event, "guests": {"guaranteed": 20, "allergies": beyond}, "menu": menu}


def missed(products: list[tuple[str, tuple[str, ...]]], step: str = "") -> list[tuple[str, str]]:
    """Names with what they may hold and are shown without."""
    planned = load.order_of(order([name for name, _ in products], step), "order.json")
    view = fold(planned, ())
    found: list[tuple[str, str]] = []
    for (name, holds), one in zip(products, dishes(planned, view), strict=True):
        cells = matrix.matrix(planned, (one,), view).rows[0].cells
        found += [(name, cell.allergen) for cell in cells if cell.allergen in holds and cell.state in SAFE]
    return found


def test_no_line_of_a_product_shows_as_absent_what_a_make_of_it_holds() -> None:
    assert missed(listed(in_step=False)) == []


@pytest.mark.parametrize("step", ["Stir in the {}.", "Grill the {} for 5 minutes.", "Top with {} and serve."])
def test_no_step_that_brings_in_a_product_shows_it_as_absent(step: str) -> None:
    assert missed(listed(in_step=True)[::EVERY], step) == []


@pytest.mark.slow
@pytest.mark.parametrize("step", ["Stir in the {}.", "Toss the carrots with {}.", "Grill the {} for 5 minutes."])
def test_no_step_of_the_whole_list(step: str) -> None:
    assert missed(listed(in_step=True), step) == []


def test_the_checker_reads_a_product_in_a_step_by_itself() -> None:
    """It asks none of the kitchen's findings."""
    names = ["seasoned black beans", "marinated shrimp", "taco seasoning", "salmon spread"]
    plan = cook(load.order_of(order(names, "Stir in the {}."), "order.json")).model_copy(update={"findings": ()})
    evidence = Evidence(plan.order, plan)
    assert all(hidden_in_steps(evidence, dish, "soybeans") for dish in plan.menu)


MADE = frozenset({
    "seasoned", "flavored", "flavoured", "marinated", "stuffed", "breaded", "battered", "coated", "glazed", "spiced",
    "seasoning", "rub", "dip",
})  # fmt: skip
"""Words of packs by which a food is more than its name."""

JUDGED = {"italian seasoning", "olive oil flavored cooking spray", "butter flavored cooking spray"}
"""Kinds with such a word that hold what their food holds: dried herbs; sprays, whose milk is in the row."""


def test_no_kind_of_a_food_is_more_than_the_food() -> None:
    """A kind is the same for allergens: "seasoned breadcrumbs" are a food of their own; no word of packs is idle."""
    for food in table().values():
        known = {word for name in (food.name, *food.synonyms) for word in tokens(name)}
        kinds = [kind for kind in food.kinds if MADE & set(tokens(kind)) - known and food.never]
        assert not set(kinds) - JUDGED, food.name
    assert not [words for words in descriptors() if MADE & set(words) and descriptors()[words].kind != "prep"]
