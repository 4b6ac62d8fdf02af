"""What the work brings in: a batter, a roux, crumbs, butter for the tray are not absent because no line lists them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catering_cli.checks import registry
from catering_cli.data.tables import parts, rows
from catering_cli.intake import load
from catering_cli.kitchen.cook import cook

EVENT = {"name": "Lunch", "service_at": "2027-04-17T12:30:00-04:00", "timezone": "America/New_York"}


def state(lines: list[str], step: str, allergen: str) -> str:
    """The dish's cell of an allergen, in a plan that the checker does not block for it."""
    recipe = {"name": "Dish", "yield": 20, "ingredients": lines, "steps": [{"text": step, "minutes": 20}]}
    menu = [{"dish": "Dish", "course": "main", "recipe": recipe}]
    guests = {"guaranteed": 20, "allergies": [{"allergen": allergen, "count": 2, "severity": "severe"}]}
    order = load.order_of({"event": EVENT, "guests": guests, "menu": menu}, "order.json")
    plan = cook(order)
    found, _ = registry.check(order, plan)
    assert [one for one in found if one.severity == "blocking" and one.rule == "diets.allergens"] == []
    return next(cell.state for cell in plan.diets.rows[0].cells if cell.allergen == allergen)


@pytest.mark.parametrize(
    ("lines", "step", "allergen"),
    [
        (["2 kg zucchini"], "Dip in the batter and fry.", "wheat"),
        (["2 kg cauliflower"], "Make a roux and thicken.", "wheat"),
        (["2 kg chicken breast"], "Bread the chicken and fry.", "wheat"),
        (["2 kg chicken breast"], "Crumb the pieces; bake until the crumb is golden.", "wheat"),
        (["2 kg potatoes"], "Butter the trays and roast.", "milk"),
        (["2 kg short ribs"], "Sear, deglaze with beer and braise.", "gluten"),
        (["2 kg carrots"], "Glaze, then brush with egg wash.", "eggs"),
        (["2 kg carrots"], "Finish with a little cream.", "milk"),
        (["2 kg green beans"], "Scatter the nuts over and serve.", "tree nuts"),
        (["2 kg cod fillets"], "Dredge and fry.", "wheat"),
        (["2 kg mushrooms"], "Serve on toast.", "wheat"),
    ],
)
def test_what_a_step_brings_in_is_not_absent(lines: list[str], step: str, allergen: str) -> None:
    assert state(lines, step, allergen) not in ("none_found", "free")


@pytest.mark.parametrize(
    ("lines", "step", "allergen"),
    [
        (["2 kg zucchini", "500 g rice flour"], "Dip in the batter and fry.", "wheat"),
        (["2 kg cauliflower", "100 g arrowroot"], "Make a roux and thicken.", "wheat"),
        (["2 kg potatoes", "200 g olive oil"], "Roast until the skins are crisp.", "milk"),
        (["2 kg rice"], "Cream together and season; cream until smooth.", "milk"),
        (["2 kg chicken breast"], "Pat dry, season and roast on a tray.", "wheat"),
    ],
)
def test_what_the_lines_say_accounts_for_the_work(lines: list[str], step: str, allergen: str) -> None:
    assert state(lines, step, allergen) == "none_found"


NOUNS = [row for row in rows("allergen_words") if row["in_steps"] in ("noun", "either", "behind")]
"""Words that a step may use for a food or otherwise."""
FRAMES = (
    "Add the {}.", "Fold in the {}.", "Serve in a {}.", "Top each with a little {}.", "Work in some {}, then chill.",
    "Use the {}.", "Take the {} and cut it.", "Lay the carrots on a {}.", "Put them in the {} while it is warm.",
)  # fmt: skip


@given(st.sampled_from(NOUNS), st.sampled_from(FRAMES))
@settings(max_examples=60, deadline=None)
def test_no_noun_of_a_food_is_passed_over(row: dict[str, str], frame: str) -> None:
    assert state(["2 kg carrots"], frame.format(row["words"]), parts(row["contains"])[0]) not in ("none_found", "free")


@pytest.mark.parametrize(
    ("step", "allergen"),
    [
        ("Toast the carrots, then crumble them over.", "wheat"),
        ("Cream until smooth and roll up.", "milk"),
        ("Fish out the bay leaves with a fish slice.", "fish"),
        ("Press into a cake tin and sandwich together.", "wheat"),
    ],
)
def test_a_verb_or_a_tool_brings_nothing_in(step: str, allergen: str) -> None:
    assert state(["2 kg carrots", "5 bay leaves"], step, allergen) == "none_found"


def test_the_checker_lets_no_cell_be_safe_beside_a_noun_that_may_be_a_verb() -> None:
    recipe = {
        "name": "Dish",
        "yield": 20,
        "ingredients": ["2 kg carrots"],
        "steps": [{"text": "Enrich with chives and cream.", "minutes": 20}],
    }
    order = load.order_of(
        {"event": EVENT, "guests": 20, "menu": [{"dish": "Dish", "course": "main", "recipe": recipe}]}, "order.json"
    )
    plan = cook(order)
    row = plan.diets.rows[0]
    safe = tuple(cell.model_copy(update={"state": "none_found", "because": ()}) for cell in row.cells)
    rows = (row.model_copy(update={"cells": safe}),)
    slip = plan.model_copy(update={"diets": plan.diets.model_copy(update={"rows": rows})})
    blocked = [one.message for one in registry.check(order, slip)[0] if one.rule == "diets.allergens"]
    assert [one for one in blocked if "cream" in one and "milk" in one]
