"""A caterer's own folder of recipes stands before the catalogue."""

import json
import shutil

import pytest

from catering_cli.domain.problem import Refused
from catering_cli.intake import load
from catering_cli.kitchen.cook import cook

CARD = """\
# Macaroni and cheese
also: grandmother's macaroni
side | 20 portions | hot | half hotel pan
contains: wheat, gluten, milk

2 lb macaroni
+ 2 qt House cheese sauce

1. Boil the macaroni, fold in the sauce, bake.
   cook 40 min a batch of 40, 10 by hand, oven, at 350 F, hot, holds 90 min, plant hot

# House cheese sauce
base | 2 qt

1 1/2 qt milk
2 lb cheddar, grated

1. Bring the milk to a simmer, melt in the cheddar.
   cook 15 min, burner, hot, holds 60 min, not tcs
"""
CHILI = {
    "name": "Ranch Chili", "course": "main", "yield": 40,
    "ingredients": ["10 lb ground beef", "4 lb onions", "2 #10 cans crushed tomatoes"],
    "steps": [{"text": "Brown, add the rest, simmer.", "minutes": 90, "active_minutes": 20, "equipment": "burner"}],
}  # fmt: skip
FOREIGN = r"""{"@type": "Recipe", "author": {"name": "Coffee"}, "name": "Cr\u00e8me du jour", "recipeYield": "10",
"recipeIngredient": ["1 lb leeks"]}"""


@pytest.fixture
def kitchen(tmp_path):
    """An order's folder with a folder of recipes beside the order."""
    own = tmp_path / "recipes"
    own.mkdir()
    (own / "mac.card").write_text(CARD, encoding="utf-8")
    (own / "soup-7.json").write_text(json.dumps(CHILI), encoding="utf-8")
    (own / "foreign.json").write_text(FOREIGN, encoding="utf-8")
    (own / "Leek pie.cook").write_text("Bake @leeks{1%kg} for ~{40%minutes}.", encoding="utf-8")
    (own / "broken.json").write_text('{"name": "Broken", "yield": ', encoding="utf-8")
    return tmp_path


def order(folder, *menu, **more):
    event = {"name": "Supper", "service_at": "2027-06-12T18:00:00-04:00", "style": "buffet"}
    written = {"event": event, "guests": 40, "menu": list(menu), "recipe_folder": "recipes", **more}
    return load.order_of(written, str(folder / "order.json"))


@pytest.mark.parametrize(
    ("asked", "recipe"),
    [
        ("Macaroni and cheese", "Macaroni and cheese"),
        ("Mac & Cheese", "Macaroni and cheese"),
        ("GRANDMOTHER'S MACARONI", "Macaroni and cheese"),
        ("ranch chili", "Ranch Chili"),
        ("soup-7", "Ranch Chili"),
        ("Creme du jour", "Crème du jour"),
    ],
)
def test_an_own_recipe_stands_before_the_catalogue(kitchen, asked, recipe):
    found = order(kitchen, {"dish": asked, "yield": 20}).menu[0].recipe
    assert found.name == recipe
    assert found.source.startswith("own recipe, ")


def test_a_base_recipe_of_the_folder_is_made(kitchen):
    dish = cook(order(kitchen, "Macaroni and cheese")).menu[0]
    assert [part.name for part in dish.recipe.parts] == ["House cheese sauce"]
    assert "cheddar" in {line.item for line in dish.recipe.ingredients}


def test_what_the_folder_lacks_is_the_catalogues(kitchen):
    menu = order(kitchen, "Rice pilaf", "Coffee", "Turkey chili").menu
    assert [item.recipe for item in menu] == [None, None, None]
    assert cook(order(kitchen, "Rice pilaf")).menu[0].recipe_from == "catalogue"


def test_the_orders_own_recipe_stands_before_the_folder(kitchen):
    own = {**CHILI, "ingredients": ["10 lb venison"]}
    (line,) = cook(order(kitchen, "Ranch chili", recipes=[own])).menu[0].recipe.ingredients
    assert line.item == "venison"


def test_the_plan_needs_the_folder_no_more(kitchen):
    settled = order(kitchen, "Ranch chili")
    before = cook(settled)
    shutil.rmtree(kitchen / "recipes")
    assert settled.recipe_folder == ""
    assert cook(settled) == before


def test_a_misspelt_own_dish_is_asked_about(kitchen):
    with pytest.raises(Refused, match="Did you mean 'Ranch Chili'"):
        order(kitchen, "Rnach chilli")


@pytest.mark.parametrize(
    ("folder", "said"),
    [("nowhere", "is no folder of recipes"), ("../other", "lies outside the order's folder")],
)
def test_a_folder_that_is_none_is_refused(kitchen, folder, said):
    with pytest.raises(Refused, match=said):
        order(kitchen, "Rice pilaf", recipe_folder=folder)


def test_a_recipe_that_cannot_be_read_is_refused_if_it_is_asked_for(kitchen):
    assert order(kitchen, "Rice pilaf")
    with pytest.raises(Refused, match="is not a recipe"):
        order(kitchen, "Broken")


def test_two_recipes_of_one_name_are_refused(kitchen):
    (kitchen / "recipes" / "again.json").write_text(json.dumps(CHILI), encoding="utf-8")
    with pytest.raises(Refused, match=r"again\.json and soup-7\.json both have a recipe of this name"):
        order(kitchen, "Ranch chili")
