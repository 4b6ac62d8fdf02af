"""Counts of diets and allergies that may be the same people: a combination that no dish serves is a question."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from catering_cli.domain.finding import Finding
from catering_cli.domain.order import Order
from catering_cli.intake.settle import settle
from catering_cli.kitchen.cook import cook
from catering_cli.kitchen.recipes.text_readers import TextReaders

STEP = {"text": "Cook.", "minutes": 5}
DISHES = {"Nut loaf": "1 kg almonds", "Beef": "1 kg beef chuck", "Carrots": "1 kg carrots"}


def questions(guests: dict[str, Any], *dishes: str) -> list[Finding]:
    document = {
        "event": {"name": "x", "service_at": "2027-04-17T12:30:00-04:00"},
        "guests": {"guaranteed": 20, **guests},
        "menu": list(dishes),
        "recipes": [
            {"name": name, "course": "main", "yield": {"portions": 10}, "ingredients": [DISHES[name]], "steps": [STEP]}
            for name in dishes
        ],
    }
    order = settle(Order.model_validate(document, context={"readers": TextReaders()}), Path())
    return [one for one in cook(order).findings if one.rule == "kitchen.overlap_unknown"]


COUNTS = {"diets": [{"diet": "vegan", "count": 5}], "allergies": [{"allergen": "tree nuts", "count": 2}]}


def test_a_vegan_with_a_nut_allergy_would_go_hungry_between_a_nut_loaf_and_beef():
    (question,) = questions(COUNTS, "Nut loaf", "Beef")
    assert (question.severity, question.guests, question.where) == ("open", 2, "order.guests.diets[0]")
    assert "vegan" in question.message
    assert "tree nuts" in question.message
    assert "main" in question.message


@pytest.mark.parametrize("guests", [{"profiles": [{"needs": ["vegan", "tree nuts"], "count": 2}]}, {}])
def test_stated_people_and_nobody_are_no_question(guests):
    assert questions(guests, "Nut loaf", "Beef") == []


def test_a_dish_that_feeds_both_settles_it():
    assert questions(COUNTS, "Nut loaf", "Beef", "Carrots") == []


def test_one_who_is_not_fed_at_all_is_no_question_of_overlap():
    assert questions(COUNTS, "Beef") == []


def with_plate(guests: dict[str, Any], plate: str) -> list[Finding]:
    """The questions if the vegans are given a plate of their own beside the beef."""
    document = {
        "event": {"name": "x", "service_at": "2027-04-17T12:30:00-04:00"},
        "guests": {"guaranteed": 20, **guests},
        "menu": ["Beef"],
        "decisions": [{"kind": "assign", "profile": "p1", "dish": plate}],
        "recipes": [
            {"name": name, "course": "main", "yield": {"portions": 10}, "ingredients": [line], "steps": [STEP]}
            for name, line in DISHES.items()
        ],
    }
    order = settle(Order.model_validate(document, context={"readers": TextReaders()}), Path())
    return [one for one in cook(order).findings if one.rule == "kitchen.overlap_unknown"]


def test_it_stays_when_the_vegans_get_a_plate_that_those_with_the_allergy_must_not_eat():
    assert len(with_plate(COUNTS, "Nut loaf")) == 1


def test_a_plate_that_feeds_both_settles_it():
    assert with_plate(COUNTS, "Carrots") == []


def test_a_profile_with_both_needs_answers_it():
    both = {"profiles": [{"needs": ["tree nut", "plant based"], "count": 1}]}
    assert questions(COUNTS | both, "Nut loaf", "Beef") == []


def test_three_needs_at_once_are_a_question_if_every_two_of_them_are_fed():
    counts = {
        "allergies": [
            {"allergen": "tree nuts", "count": 2},
            {"allergen": "eggs", "count": 3},
            {"allergen": "fish", "count": 4},
        ]
    }
    lines = {"Nuts": "1 kg almonds", "Eggs": "1 kg eggs", "Fish": "1 kg cod"}
    recipes = [
        {"name": name, "course": "main", "yield": {"portions": 10}, "ingredients": [line], "steps": [STEP]}
        for name, line in lines.items()
    ]
    event = {"name": "x", "service_at": "2027-04-17T12:30:00-04:00"}
    document = {"event": event, "guests": {"guaranteed": 20, **counts}, "menu": list(lines), "recipes": recipes}
    order = settle(Order.model_validate(document, context={"readers": TextReaders()}), Path())
    (question,) = [one for one in cook(order).findings if one.rule == "kitchen.overlap_unknown"]
    assert (question.value, question.guests) == ("tree nuts, eggs and fish", 2)
