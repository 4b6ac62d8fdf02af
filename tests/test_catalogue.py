"""Every recipe of the catalogue is one that a kitchen can cook, schedule and serve."""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from catering_cli.data.tables import rows
from catering_cli.domain.order import Order
from catering_cli.domain.recipe import Recipe
from catering_cli.kitchen.conversion import convert
from catering_cli.kitchen.cook import cook
from catering_cli.kitchen.foods import identify
from catering_cli.kitchen.quantities import units
from catering_cli.kitchen.recipes.catalogue import key

FOLDER = Path(__file__).parent.parent / "catering_cli" / "data" / "catalogue"
FILES = sorted(FOLDER.glob("*.json"))
PLANT = {
    "oven", "burner", "fridge_shelf", "freezer_shelf", "blast_chiller", "fryer", "grill", "mixer", "blender",
    "food_processor", "steamer", "hot_box", "coffee_urn", "prep_table",
}  # fmt: skip


def read(path: Path) -> Recipe:
    return Recipe.model_validate(json.loads(path.read_text(encoding="utf-8")))


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def recipe(request) -> Recipe:
    return read(request.param)


def test_a_file_is_named_after_its_dish(recipe):
    assert (FOLDER / f"{key(recipe.name)}.json").exists()


def bands() -> dict[str, tuple[Fraction, Fraction]]:
    """Served grams of a portion by course: low, high."""
    return {r["course"]: (Fraction(r["low"]), Fraction(r["high"])) for r in rows("portions") if r["kind"] == "band"}


def test_every_course_has_a_band():
    assert {read(path).course for path in FILES} <= set(bands())
    assert all(0 < low < high for low, high in bands().values())


def test_rows_of_the_portions_table_say_where_they_come_from():
    assert all(row["source"] and row["mark"] in {"V", "K"} and row["rule"] for row in rows("portions"))


def test_yield_course_and_temperature_of_service_are_stated(recipe):
    assert 10 <= recipe.yields.portions <= 100
    assert recipe.course
    assert recipe.served_at
    assert recipe.vessel
    assert recipe.source


def test_steps_wait_only_for_earlier_steps(recipe):
    for number, step in enumerate(recipe.steps, 1):
        assert all(1 <= other < number for other in step.after or ())


def test_every_step_leads_to_the_last(recipe):
    """Nothing is cooked and then forgotten."""
    used = {
        other
        for number, step in enumerate(recipe.steps, 1)
        for other in (step.after if step.after is not None else (number - 1,))
    }
    assert used == set(range(1, len(recipe.steps)))


def test_steps_have_times_and_known_equipment(recipe):
    assert recipe.steps
    for step in recipe.steps:
        assert step.active_minutes is not None
        assert step.active_minutes <= step.minutes
        assert set(step.equipment) <= PLANT
        if step.make_ahead_hours and step.shelf_life_hours is not None:
            assert step.storage


def test_every_food_is_known(recipe):
    assert [line.item for line in recipe.ingredients if identify.identify(line.item) is None] == []


def test_every_unit_is_known(recipe):
    assert all(units.find(line.quantity.unit, "us") for line in recipe.ingredients if line.quantity)


def test_a_portion_weighs_what_its_course_allows(recipe):
    masses = {
        (line.item, line.quantity.unit): convert.to_mass(line.quantity, line.item, line.preparation, "us")
        for line in recipe.ingredients
        if line.quantity
    }
    assert [of for of, mass in masses.items() if mass is None] == []
    total = sum(mass.grams.high for mass in masses.values() if mass)
    served = total * recipe.cook_yield_percent / 100 / recipe.yields.portions
    low, high = bands()[recipe.course]
    assert low <= served <= high


def test_the_catalogue_is_wide_enough():
    courses = [read(path).course for path in FILES]
    assert len(FILES) >= 48
    least = {
        "starter": 4,
        "soup": 3,
        "salad": 4,
        "main": 12,
        "side": 6,
        "dessert": 6,
        "canape": 8,
        "bread": 3,
        "drink": 4,
    }
    assert {course for course, count in least.items() if courses.count(course) < count} == set()


@pytest.mark.parametrize(("course", "count"), [("main", 3), ("side", 4), ("dessert", 3), ("canape", 3), ("bread", 1)])
def test_guests_with_many_needs_find_something(course, count):
    """Dishes of the course in which no food carries an animal, gluten, a nut or sesame, by the table of foods."""
    table = {row["food"]: row for row in rows("foods")}

    def plain(item: str) -> bool:
        food = identify.identify(item)
        row = table[food.name] if food else {}
        danger = {
            "wheat",
            "gluten",
            "tree nuts",
            "peanuts",
            "sesame",
            "milk",
            "eggs",
            "fish",
            "crustaceans",
            "molluscs",
        }
        return row.get("animal") == "none" and not row.get("compound") and not danger & set(row["contains"].split("|"))

    fit = [
        path.stem
        for path in FILES
        if (found := read(path)).course == course and all(plain(x.item) for x in found.ingredients)
    ]
    assert len(fit) >= count


def test_what_is_cooked_and_kept_cold_is_chilled_within_the_law(recipe):
    """A dish that is reheated was chilled after it was cooked, unless its cook step itself ends in the cold."""
    for number, step in enumerate(recipe.steps, 1):
        if step.kind == "reheat":
            befores = [recipe.steps[other - 1] for other in (step.after or (number - 1,))]
            assert all(before.storage in {"fridge", "freezer"} for before in befores)
            assert step.food_class == "reheated"


def test_the_default_kitchen_can_make_it_for_a_hundred(recipe):
    event = {"name": "Trial", "service_at": "2027-04-17T18:30:00-04:00", "style": "buffet"}
    order = Order.model_validate({"event": event, "guests": 100, "menu": [recipe.name]})
    timeline = cook(order).timeline
    assert timeline.status == "scheduled", timeline.conflict
    done = {block.step for block in timeline.blocks if block.dish}
    assert done == set(range(1, len(recipe.steps) + 1))


def test_no_tag_contradicts_the_matrix(recipe):
    """Tags are for finding a dish; a diet that the foods conflict with must not be among them."""
    event = {"name": "Trial", "service_at": "2027-04-17T18:30:00-04:00"}
    diets = ["vegan", "vegetarian", "gluten-free", "dairy-free", "nut-free", "halal"]
    profiles = [{"needs": [diet], "count": 1} for diet in diets]
    guests = {"guaranteed": 40, "profiles": profiles}
    row = cook(Order.model_validate({"event": event, "guests": guests, "menu": [recipe.name]})).diets.rows[0]
    conflicts = {cell.diet for cell in row.diets if cell.state == "conflict"}
    assert conflicts >= {"vegan"} or "vegan" in recipe.tags
    assert conflicts & {tag.removesuffix("-suitable") for tag in recipe.tags} == set()
