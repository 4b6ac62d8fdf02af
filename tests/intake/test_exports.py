"""Recipes as apps export them, each read as its kind; archives are refused with the way out of the app."""

from __future__ import annotations

import json

import pytest

from catering_cli.domain.problem import Refused
from catering_cli.intake import load, recipe_file

TANDOOR = {
    "name": "Bean soup", "servings": 8, "servings_text": "portions", "working_time": 20, "waiting_time": 60,
    "steps": [
        {"instruction": "Soak the beans.", "time": 0, "ingredients": [
            {"food": {"name": "white beans"}, "unit": {"name": "g"}, "amount": 500.0, "note": "dried"},
            {"is_header": True, "note": "For the pot"}]},
        {"instruction": "Simmer.", "time": 60, "ingredients": [
            {"food": {"name": "onions"}, "unit": None, "amount": 2}]},
    ],
}  # fmt: skip
MEALIE = {
    "name": "Bean soup", "slug": "bean-soup", "recipeServings": 8, "recipeYield": "", "totalTime": "1 hour 10 minutes",
    "recipeIngredient": [
        {"quantity": 500, "unit": {"name": "gram", "abbreviation": "g"}, "food": {"name": "white beans"},
         "note": "dried"},
        {"quantity": 2, "unit": None, "food": {"name": "onions"}, "note": ""}],
    "recipeInstructions": [{"text": "Simmer."}],
}  # fmt: skip
PAPRIKA = {"name": "Bean soup", "servings": "8", "ingredients": "For the pot:\n500 g white beans, dried\n2 onions\n",
           "directions": "Soak.\nSimmer for 70 minutes.", "total_time": ""}  # fmt: skip


@pytest.mark.parametrize(("document", "minutes"), [(TANDOOR, [0, 60]), (MEALIE, [70]), (PAPRIKA, [70])])
def test_an_export_is_read_whole(document, minutes):
    read = recipe_file.parse_recipe(json.dumps(document), ".json", "soup", "us")
    assert (read.name, read.yields.portions) == ("Bean soup", 8)
    lines = [(line.item, line.quantity.low, line.quantity.unit, line.preparation) for line in read.ingredients]
    assert lines == [("white beans", 500, "g", "dried"), ("onions", 2, "", "")]
    assert [step.minutes for step in read.steps] == minutes


@pytest.mark.parametrize("suffix", [".paprikarecipes", ".melarecipe", ".pdf", ".docx"])
def test_an_archive_is_refused_with_the_way_out(tmp_path, suffix):
    event = {"name": "Lunch", "service_at": "2027-04-17T12:30:00-04:00"}
    order = {"event": event, "guests": 20, "menu": [{"dish": "Bean soup", "recipe": f"soup{suffix}"}]}
    with pytest.raises(Refused, match=r"order\.menu\[0\]\.recipe.*(export|share|save|copy)"):
        load.order_of(order, str(tmp_path / "order.json"))


@pytest.mark.parametrize(
    ("service", "says"),
    [
        ({"id": "a", "at": "2027-04-17T12:30:00-04:00", "guests": 1000}, r"services\[0\]\.guests.*more than the 20"),
        ({"id": "a", "at": "2028-01-17T12:30:00-05:00"}, r"services\[0\]\.at.*days from the event"),
    ],
)
def test_a_service_that_is_not_of_this_event_is_refused(service, says):
    event = {"name": "Lunch", "service_at": "2027-04-17T12:30:00-04:00"}
    with pytest.raises(Refused, match=says):
        load.order_of({"event": event, "guests": 20, "menu": ["Rice pilaf"], "services": [service]}, "order.json")
