"""Pans, trays and rounds by count and shape: what is packed, and what an oven or a shelf holds."""

from __future__ import annotations

from fractions import Fraction

import pytest

from catering_cli.checks.event import packing
from catering_cli.data.tables import rows
from catering_cli.domain.order_parts.recipe import Course, Recipe
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.kitchen.serving.loads import loaded, with_loads
from catering_cli.kitchen.serving.vessels import vessel_of


def dish(name: str, course: Course, portions: int, *steps: dict[str, object]) -> Dish:
    recipe = {
        "name": name,
        "course": course,
        "yield": {"portions": 50},
        "ingredients": [{"item": "flour"}],
        "steps": steps,
    }
    made = Recipe.model_validate(recipe) if steps else None
    return Dish(id="d1", name=name, course=course, needed=portions, portions=portions, recipe=made)


def test_the_checker_reads_every_name_of_the_catalogue_as_the_kitchen_does() -> None:
    named = [(name, row["course"]) for row in rows("dishes") for name in (row["name"], *row["also"].split("|")) if name]
    food = [dish(name, course, 997) for name, course in named if course not in ("base", "drink")]
    assert [one.name for one in food if vessel_of(one).filled(997, None) != packing._in_pans(one)] == []


@pytest.mark.parametrize(
    ("name", "course", "text", "vessels"),
    [
        ("Seeded rolls", "bread", "", 20),  # 50 to a sheet
        ("Seeded rolls", "bread", "Shape, tray 24 to a sheet.", 42),
        ("Carrot cake", "dessert", "", 19),  # 6 by 9
        ("Lemon tart", "dessert", "Cut 10 to the tart.", 100),
        ("Yogurt parfaits", "side", "", 42),
        ("Turkey sandwich", "main", "", 42),
        ("Garden salad", "salad", "", 42),
        ("Beef stew", "main", "", 25),  # by weight: not known, so 6 oz each
    ],
)
def test_food_is_counted_by_its_shape(name: str, course: Course, text: str, vessels: int) -> None:
    steps = ({"text": text, "minutes": 5},) if text else ()
    assert vessel_of(dish(name, course, 1_000, *steps)).filled(1_000, None) == vessels


def test_by_weight_a_pan_holds_240_fluid_ounces() -> None:
    assert vessel_of(dish("Beef stew", "main", 300)).filled(300, Fraction(250)) == 11


def test_an_oven_bakes_as_many_cookies_as_stand_on_its_sheets() -> None:
    step = {"text": "Bake 18 minutes.", "minutes": 18, "kind": "cook"}
    assert with_loads(dish("Oat cookies", "dessert", 900, step), [None]).loads[0].portions == 5 * 36


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("Shape into rolls and tray them.", 7), ("Fill the shells.", 9), ("Chill.", None), ("Rest.", None)],
)
def test_hand_work_without_a_time_takes_as_long_as_its_pieces(text: str, minutes: int | None) -> None:
    load = with_loads(dish("Hand rolls", "bread", 400, {"text": text, "minutes": 0}), [None]).loads[0]
    assert load.minutes == minutes
    assert load.grows == ("linear" if minutes else "per_batch")


def test_what_is_baked_takes_an_oven_though_its_recipe_does_not_say_so() -> None:
    rolls = with_loads(dish("Hand rolls", "bread", 400, {"text": "Bake 18 minutes.", "minutes": 18}), [None])
    assert rolls.recipe
    assert loaded(rolls.recipe, rolls.loads).steps[0].equipment == ("oven",)
