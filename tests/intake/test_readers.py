"""Orders made ready for the kitchen, and recipes from files."""

import json
from datetime import UTC, datetime

import pytest

from catering_cli.domain.order import Order
from catering_cli.domain.order_parts.recipe import Recipe
from catering_cli.domain.problem import Refused
from catering_cli.intake import recipe_file
from catering_cli.intake.settle import settle
from catering_cli.kitchen.recipes.text_readers import TextReaders

AT = "2027-04-17T12:30:00-04:00"
SOUP = {
    "name": "Zorrel soup",
    "yield": {"portions": 10},
    "ingredients": ["2 l water", "500 g sorrel, chopped"],
    "steps": [{"text": "Simmer.", "minutes": 20, "equipment": "burner"}],
}


def order(**more):
    event = {"name": "Lunch", "service_at": AT, **more.pop("event", {})}
    data = {"event": event, "guests": 60, "menu": ["Tiramisu"], **more}
    return Order.model_validate(data, context={"readers": TextReaders("us")})


def refused(tmp_path, **more):
    with pytest.raises(Refused) as caught:
        settle(order(**more), tmp_path, "order.json")
    return {problem.place: problem.message for problem in caught.value.problems}


def test_prices_become_supply_rows_loose_or_by_the_pack(tmp_path):
    settled = settle(
        order(prices=[{"item": "flour", "price": 21, "per": "25 kg"}, {"item": "basil", "price": 30, "per": "kg"}]),
        tmp_path,
    )
    flour, basil = settled.supply
    assert (flour.pack.low, flour.pack.unit, flour.unit) == (25, "kg", "")
    assert (basil.pack, basil.unit) == (None, "kg")
    assert settled.prices == ()


def test_a_recipe_file_is_inlined_so_that_the_order_is_self_contained(tmp_path):
    (tmp_path / "soup.json").write_text(json.dumps(SOUP))
    settled = settle(order(menu=[{"dish": "Zorrel soup", "recipe": "soup.json"}]), tmp_path)
    recipe = settled.menu[0].recipe
    assert isinstance(recipe, Recipe)
    assert [line.item for line in recipe.ingredients] == ["water", "sorrel"]
    assert recipe.ingredients[1].preparation == "chopped"


@pytest.mark.parametrize(
    ("more", "place", "words"),
    [
        ({"menu": [{"dish": "Soup", "recipe": "../soup.json"}]}, "order.menu[0].recipe", "outside"),
        ({"menu": [{"dish": "Soup", "recipe": "none.json"}]}, "order.menu[0].recipe", "no such file"),
        ({"menu": [{"dish": "Soup", "recipe": "qqq"}]}, "order.menu[0].recipe", "neither a recipe"),
        ({"menu": [{"dish": "Tiramisu", "service": "x"}]}, "order.menu[0].service", "not a service"),
        ({"prices": [{"item": "x", "price": 1, "per": "florp"}]}, "order.prices[0].per", "pack"),
        ({"guests": {"guaranteed": 5, "diets": [{"diet": "vegan", "count": 6}]}}, "order.guests.diets[0].count", "6"),
        (
            {"guests": {"guaranteed": 5, "allergies": [{"allergen": "milk", "count": 9}]}},
            "order.guests.allergies[0].count",
            "more than",
        ),
        (
            {"guests": {"guaranteed": 5, "profiles": [{"needs": ["vegan"], "count": 3}, {"needs": ["x"], "count": 3}]}},
            "order.guests.profiles",
            "6",
        ),
        ({"guests": {"guaranteed": 5, "children": {"count": 6}}}, "order.guests.children.count", "more than"),
        ({"kitchen": {"available_from": AT}}, "order.kitchen.available_from", "before the kitchen opens"),
        ({"event": {"ends_at": "2027-04-17T12:00:00-04:00"}}, "order.event.ends_at", "before"),
        ({"event": {"timezone": "Mars/Base"}}, "order.event.timezone", "IANA"),
        ({"legs": [{"from": "base", "to": "moon", "minutes": 9}]}, "order.legs[0].to", "not a place"),
    ],
)
def test_what_does_not_fit_together_is_refused_with_its_place(tmp_path, more, place, words):
    assert words in refused(tmp_path, **more)[place]


def test_every_problem_is_told_at_once_and_names_the_file(tmp_path):
    menu = [{"dish": "Soup", "recipe": "qqq"}, {"dish": "Tiramisu", "service": "x"}]
    with pytest.raises(Refused) as caught:
        settle(order(menu=menu, kitchen={"available_from": AT}), tmp_path, "order.json")
    assert [problem.file for problem in caught.value.problems] == ["order.json"] * 3


def test_a_dish_of_its_own_without_recipe_is_no_error_but_open(tmp_path):
    assert settle(order(menu=["Grandmother's secret pot"]), tmp_path).menu[0].recipe is None


def test_schema_org_recipes_are_read_with_html_lists_graphs_and_iso_durations():
    page = {
        "@graph": [
            {"@type": "WebPage"},
            {
                "@type": ["Recipe"],
                "name": "Cookies &amp; cream",
                "recipeYield": ["22", "22 cookies"],
                "recipeIngredient": ["<b>2 cups</b> all-purpose flour", "200 g sugar"],
                "recipeInstructions": [
                    {"@type": "HowToSection", "itemListElement": [{"text": "Mix."}, {"text": "Bake."}]}
                ],
                "totalTime": "PT1H30M",
            },
        ]
    }
    recipe = recipe_file.parse_recipe(json.dumps(page), ".json", "page", "us")
    assert (recipe.name, recipe.yields.portions) == ("Cookies & cream", 22)
    assert [line.item for line in recipe.ingredients] == ["all-purpose flour", "sugar"]
    assert (recipe.steps[0].text, recipe.steps[0].minutes) == ("Mix. Bake.", 90)


def test_cooklang_recipes_are_read_with_timers_and_without_guesses():
    text = """>> servings: 4
-- a comment
Mix @all-purpose flour{500%g} with @water{300%ml} and @salt.

Bake in the #oven{} for ~{1%hour} and rest ~{10%minutes}.
"""
    recipe = recipe_file.parse_recipe(text, ".cook", "plain-bread", "us")
    assert (recipe.name, recipe.yields.portions) == ("Plain bread", 4)
    assert [(line.item, line.quantity is None) for line in recipe.ingredients] == [
        ("all-purpose flour", False),
        ("water", False),
        ("salt", True),
    ]
    assert [step.minutes for step in recipe.steps] == [70]
    unsaid = recipe_file.parse_recipe("Mix @salt{1%g}.", ".cook", "x", "us").yields
    assert (unsaid.portions, unsaid.stated) == (0, "not stated")


def test_the_moment_of_service_is_kept(tmp_path):
    assert settle(order(), tmp_path).event.service_at == datetime(2027, 4, 17, 16, 30, tzinfo=UTC)
