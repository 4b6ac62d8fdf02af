"""What a step alone brings in: a word that is not understood is asked about; what was made before is not."""

from __future__ import annotations

import pytest

from catering_cli.checks.registry import check
from catering_cli.domain.plan import CateringPlan
from catering_cli.intake import load
from catering_cli.kitchen.cook import cook


def planned(*steps: str, lines: tuple[str, ...] = ("2 kg carrots",)) -> CateringPlan:
    recipe = {
        "name": "Dish",
        "yield": 20,
        "ingredients": list(lines),
        "steps": [{"text": text, "minutes": 5} for text in steps],
    }
    event = {"name": "Lunch", "service_at": "2027-04-17T12:30:00-04:00", "timezone": "America/New_York"}
    menu = [{"dish": "Dish", "course": "main", "recipe": recipe}]
    return cook(load.order_of({"event": event, "guests": 20, "menu": menu}, "order.json"))


def unsafe(plan: CateringPlan) -> set[str]:
    return {cell.allergen for cell in plan.diets.rows[0].cells if cell.state not in ("none_found", "free")}


def test_a_word_that_is_not_understood_leaves_every_cell_open_and_is_asked_about():
    plan = planned("Roast.", "Stir in the rasam podi.")
    assert len(unsafe(plan)) == len(plan.diets.rows[0].cells)
    asked = [one for one in plan.findings if one.value == "rasam podi"]
    assert [(one.severity, one.where) for one in asked] == [("open", "plan.menu[0].recipe.steps[1]")]


def test_a_bought_compound_that_no_line_lists_may_hold_what_it_is_made_of():
    assert {"eggs", "milk", "wheat"} <= unsafe(planned("Serve with tortilla wraps and brown gravy."))


@pytest.mark.parametrize(
    "steps",
    [
        ("Toss with the remaining oil and season well.",),
        ("Whisk with a fork, then cover with damp kitchen paper.",),
        ("Make the rosti and fry.", "Serve with the rosti."),
        ("Dissolve the starch; add it slowly.",),
        ("Scatter with the nuts.",),
    ],
)
def test_words_of_work_and_what_was_made_or_listed_bring_nothing_in(steps):
    lines = ("2 kg carrots", "100 ml olive oil", "50 g cornstarch", "200 g pecans")
    assert unsafe(planned(*steps, lines=lines)) == unsafe(planned("Serve.", lines=lines))


def test_a_food_that_is_listed_by_another_name_is_accounted_for():
    lines = ("2 kg carrots", "100 g scallions")
    assert unsafe(planned("Finish with spring onions.", lines=lines)) == unsafe(planned("Serve.", lines=lines))


def test_what_a_note_names_is_in_the_line_whatever_its_name_says_is_not():
    assert "tree nuts" in unsafe(planned("Serve.", lines=("1 kg nut-free granola, with almonds",)))


def test_the_checker_lets_no_cell_be_safe_beside_such_a_word():
    plan = planned("Roast.", "Stir in the rasam podi.")
    row = plan.diets.rows[0]
    safe = [cell.model_copy(update={"state": "none_found", "because": ()}) for cell in row.cells]
    rows = (row.model_copy(update={"cells": tuple(safe)}),)
    slip = plan.model_copy(update={"diets": plan.diets.model_copy(update={"rows": rows})})
    blocked = [
        one for one in check(plan.order, slip)[0] if one.rule == "diets.allergens" and one.severity == "blocking"
    ]
    assert len(blocked) == len(row.cells)
    assert not [one for one in check(plan.order, plan)[0] if one.rule == "diets.allergens"]
