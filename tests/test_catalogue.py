"""Every recipe of the catalogue is one that a kitchen can cook, schedule and serve."""

from fractions import Fraction
from functools import cache

import pytest

from catering_cli.checks.registry import check
from catering_cli.cli import catalogue as made
from catering_cli.data.tables import DATA, rows
from catering_cli.domain.finding import Finding
from catering_cli.domain.order import Order
from catering_cli.domain.order_parts.recipe import Recipe
from catering_cli.domain.plan import CateringPlan
from catering_cli.kitchen.cook import cook, prepared
from catering_cli.kitchen.foods import identify
from catering_cli.kitchen.foods.names import tokens
from catering_cli.kitchen.menu.decisions import DecisionIndex
from catering_cli.kitchen.menu.dishes import resolver_of
from catering_cli.kitchen.quantities import units
from catering_cli.kitchen.recipes import catalogue
from catering_cli.kitchen.recipes.card import read_cards
from catering_cli.kitchen.recipes.card_text import card_text
from catering_cli.kitchen.serving.scale import served_mass

PLANT = {
    "oven", "burner", "fridge_shelf", "freezer_shelf", "blast_chiller", "fryer", "grill", "mixer", "blender",
    "food_processor", "steamer", "hot_box", "coffee_urn", "prep_table",
}  # fmt: skip
LARGE = {
    "oven": 8, "burner": 16, "grill": 4, "fryer": 4, "steamer": 4, "blast_chiller": 4, "fridge_shelf": 60,
    "freezer_shelf": 20, "mixer": 3, "blender": 3, "food_processor": 3, "hot_box": 12, "coffee_urn": 6,
    "prep_table": 10,
}  # fmt: skip
"""A kitchen for five hundred."""
EVENT = {"name": "Trial", "service_at": "2027-04-17T18:30:00-04:00", "style": "buffet"}
INDEX = catalogue.index()
COURSES = sorted({row["course"] for row in INDEX})
LIGHT = {"Potato chips": 40, "Bacon": 35, "Turkey bacon": 38}
"""Grams of a portion of what is lighter than its course usually is: a bag of chips, three slices of bacon."""
DISHES = [row["name"] for row in INDEX]
named = cache(catalogue.recipe_named)


@cache
def filed() -> tuple[made.Filed, ...]:
    return made.filed()


@pytest.fixture(params=COURSES)
def recipes(request) -> list[Recipe]:
    """The dishes of a course: a test for each of a thousand dishes would be most of the run."""
    return [named(name) for name in of_course(request.param)]


def of_course(course: str) -> list[str]:
    return [row["name"] for row in INDEX if row["course"] == course]


def test_the_recipes_are_those_of_the_cards_and_a_third_of_the_index_is():
    recipes = made.whole(filed())
    assert catalogue.RECIPES.read_text(encoding="utf-8") == made.written(recipes), "run `catering dishes --renew`"
    index = {row["name"]: row for row in rows(catalogue.INDEX)}
    assert list(index) == [one.card.recipe.name for one in filed()]
    sample = list(made.rows_of(filed()[::3], recipes))
    assert [row for row in sample if row != index[row["name"]]] == [], "run `catering dishes --renew`"


@pytest.mark.slow
def test_index_and_recipes_are_those_of_the_cards():
    for file, content in made.generated(filed()).items():
        assert (DATA / file).read_text(encoding="utf-8") == content, "run `catering dishes --renew`"


def test_a_card_that_is_read_and_written_is_the_same():
    sample = filed()[::3]
    assert [one.card.recipe.name for one in sample if read_cards(card_text(one.card)) != (one.card,)] == []


@pytest.mark.slow
def test_every_card_that_is_read_and_written_is_the_same():
    assert [one.card.recipe.name for one in filed() if read_cards(card_text(one.card)) != (one.card,)] == []


def test_the_allergens_are_those_that_a_person_read_in_the_card():
    index = {row["name"]: set(filter(None, row["contains"].split("|"))) for row in catalogue.index()}
    dishes = [one.card for one in filed() if not one.card.is_base]
    assert [card.recipe.name for card in dishes if index[card.recipe.name] != set(card.contains)] == []


def test_the_allergens_of_every_dish_were_read_by_eye_beside_its_foods():
    """Hold its `contains` beside its ingredients; then give its row of data/dishes_reviewed.tsv the mark told here."""
    unread = [row for row in INDEX if not row["reviewed"]]
    assert [made.review_mark(named(row["name"]), filter(None, row["contains"].split("|"))) for row in unread] == []


def bands() -> dict[str, tuple[Fraction, Fraction]]:
    """Served grams of a portion by course: low, high."""
    return {r["course"]: (Fraction(r["low"]), Fraction(r["high"])) for r in rows("portions") if r["kind"] == "band"}


def test_every_course_has_a_band():
    assert set(COURSES) <= set(bands())
    assert all(0 < low < high for low, high in bands().values())


def test_rows_of_the_portions_table_say_where_they_come_from():
    assert all(row["source"] and row["mark"] in {"V", "K"} and row["rule"] for row in rows("portions"))


def test_yield_course_and_temperature_of_service_are_stated(recipes):
    for recipe in recipes:
        assert 10 <= recipe.yields.portions <= 200
        assert recipe.course
        assert recipe.served_at
        assert recipe.vessel
        assert recipe.source


def test_steps_wait_only_for_earlier_steps(recipes):
    for recipe in recipes:
        for number, step in enumerate(recipe.steps, 1):
            assert all(1 <= other < number for other in step.after or ())


def test_every_step_leads_to_the_last(recipes):
    """Nothing is cooked and then forgotten."""
    for recipe in recipes:
        used = {
            other
            for number, step in enumerate(recipe.steps, 1)
            for other in (step.after if step.after is not None else (number - 1,))
        }
        assert used == set(range(1, len(recipe.steps)))


def test_steps_have_times_and_known_equipment(recipes):
    for recipe in recipes:
        assert recipe.steps
        for step in recipe.steps:
            assert step.active_minutes is not None
            assert step.active_minutes <= step.minutes
            assert set(step.equipment) <= PLANT
            if step.make_ahead_hours and step.shelf_life_hours is not None:
                assert step.storage


def test_every_food_is_known(recipes):
    for recipe in recipes:
        assert [line.item for line in recipe.ingredients if identify.identify(line.item) is None] == []


def test_every_unit_is_known(recipes):
    for recipe in recipes:
        assert all(units.find(line.quantity.unit, "us") for line in recipe.ingredients if line.quantity)


def test_a_portion_weighs_what_its_course_allows(recipes):
    for recipe in recipes:
        order = Order.model_validate({"event": EVENT, "guests": 20, "menu": [recipe.name]})
        served = served_mass(recipe, resolver_of(order, DecisionIndex({})).ingredients(recipe), order.system)
        assert served is not None
        low, high = bands()[recipe.course]
        assert LIGHT.get(recipe.name, low) <= served.quantity.high <= high


def test_the_catalogue_is_wide_enough():
    courses = [row["course"] for row in INDEX]
    assert len(DISHES) >= 80
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

    fit = [name for name in of_course(course) if all(plain(line.item) for line in named(name).ingredients)]
    assert len(fit) >= count


def test_what_is_cooked_and_kept_cold_is_chilled_within_the_law(recipes):
    """A dish that is reheated was chilled after it was cooked, unless its cook step itself ends in the cold."""
    for recipe in recipes:
        for number, step in enumerate(recipe.steps, 1):
            if step.kind == "reheat":
                befores = [recipe.steps[other - 1] for other in (step.after or (number - 1,))]
                assert all(before.storage in {"fridge", "freezer"} for before in befores)
                assert step.food_class == "reheated"


def alone(name: str, guests: int, equipment: dict[str, int] | None = None) -> tuple[CateringPlan, list[Finding]]:
    """The plan of an event with that dish alone, and its blocking findings."""
    large = LARGE if guests > 100 else None
    kitchen = {"equipment": equipment or large} if equipment or large else {}
    order = Order.model_validate({"event": EVENT, "guests": guests, "menu": [name], "kitchen": kitchen})
    plan = cook(order)
    found, _ = check(order, plan)
    return plan, [one for one in (*plan.findings, *found) if one.severity == "blocking"]


def wrong_alone(name: str, guests: int, equipment: dict[str, int] | None = None) -> list[str]:
    """What is wrong with the plan of an event with that dish alone."""
    plan, blocking = alone(name, guests, equipment)
    if plan.timeline.status != "scheduled":
        return [f"{name}: {plan.timeline.conflict}"]
    done = {block.step for block in plan.timeline.blocks if block.dish == "d1"}
    own = {number for number, step in enumerate(named(name).steps, 1) if not step.part}
    left_out = [f"{name}: step {number} is not in the day" for number in sorted(own - done)]
    return left_out + [f"{name}: {one.message}" for one in blocking]


@pytest.mark.parametrize("name", DISHES[::40])
def test_a_dish_is_planned_alone(name):
    assert wrong_alone(name, 100) == []


NO_CHILLER = {name: count for name, count in LARGE.items() if name != "blast_chiller"}
CHILLED = [name for name in DISHES if any("blast_chiller" in step.equipment for step in named(name).steps)]


@pytest.mark.parametrize("name", CHILLED[::12])
def test_a_kitchen_without_a_blast_chiller_chills_in_the_walk_in(name):
    assert wrong_alone(name, 100, NO_CHILLER) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", CHILLED)
def test_every_dish_that_is_chilled_is_made_without_a_blast_chiller(name):
    assert wrong_alone(name, 100, NO_CHILLER) == []


@pytest.mark.slow
@pytest.mark.parametrize("guests", [20, 100, 500])
@pytest.mark.parametrize("course", COURSES)
def test_every_dish_is_planned_alone(course, guests):
    wrong: list[str] = []
    for name in of_course(course):
        wrong += wrong_alone(name, guests)
    assert wrong == []


def test_no_tag_contradicts_the_matrix(recipes):
    """Tags are for finding a dish; a diet that the foods conflict with must not be among them.

    What has no tag and is not offered says nothing that the matrix could contradict.
    """
    recipes = [recipe for recipe in recipes if recipe.tags or recipe.name in catalogue.names()]
    needs = ["vegan", "vegetarian", "gluten-free", "dairy-free", "nut-free", "halal"]
    guests = {"guaranteed": 40, "profiles": [{"needs": [need], "count": 1} for need in needs]}
    menu = [recipe.name for recipe in recipes]
    fed = prepared(Order.model_validate({"event": EVENT, "guests": guests, "menu": menu})).served.diets
    for recipe, row in zip(recipes, fed.rows, strict=True):
        conflicts = {cell.diet for cell in row.diets if cell.state == "conflict"}
        if recipe.name in catalogue.names():  # what is offered as a repair is found by its tags
            assert conflicts >= {"vegan"} or "vegan" in recipe.tags
        assert conflicts & {tag.removesuffix("-suitable") for tag in recipe.tags} == set()


NO_FLESH = {"steak", "heart", "caviar", "scampi", "char", "goat", "kidney", "fish", "seafood", "meat", "meatball"}
"""Words of names that are no meat or fish there (cauliflower steak, Texas caviar, goat cheese), or any kind of it."""
FLESH = {"meat", "poultry", "seafood"}


def test_a_meat_or_fish_of_any_of_its_names_is_in_the_dish():
    """A menu that prints it gets it: no dish of pork is found as a chicken dish."""
    lacking = []
    for row in catalogue.index():
        lines = [(tokens(line.item), identify.identify(line.item)) for line in named(row["name"]).ingredients]
        has = [(words, food) for words, food in lines if food and food.department in FLESH]
        for word in {word for name in (row["name"], *row["also"].split("|")) for word in tokens(name)} - NO_FLESH:
            meant = identify.identify(word)
            if meant and meant.department in FLESH:
                kept = any(word in words or food.groups & {meant.name, *meant.groups} for words, food in has)
                lacking += [] if kept else [(row["name"], word)]
    assert lacking == [("Chicken fried steak", "chicken"), ("Turkey gravy", "turkey")]  # fried like it; for it


def asked(name: str) -> list[str]:
    """What the plan of a dish leaves to a person, the labels of bought food aside."""
    event = {**EVENT, "timezone": "America/New_York"}
    plan = cook(Order.model_validate({"event": event, "guests": 40, "menu": [name]}))
    return [one.message for one in plan.findings if one.severity in {"open", "blocking"}]


@pytest.mark.parametrize("name", DISHES[::25])
def test_a_dish_asks_nothing(name):
    assert asked(name) == []


@pytest.mark.slow
@pytest.mark.parametrize("course", COURSES)
def test_no_dish_asks_anything(course):
    """Nothing raw that is not meant so, no food unread, no time unsaid."""
    assert [(name, told) for name in of_course(course) if (told := asked(name))] == []
