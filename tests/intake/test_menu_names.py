"""Names as menus print them find the right dish of the catalogue, and never one of another main food."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catering_cli.checks.registry import check
from catering_cli.data.tables import rows
from catering_cli.intake import load
from catering_cli.kitchen.cook import cook
from catering_cli.kitchen.recipes import catalogue, dish_names


def labelled(file):
    """Each name of a file with the dishes that are right for it; "-" is a question."""
    lines = (Path(__file__).parent / file).read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return [(name, dishes.split("|")) for name, dishes in rows if name != "name"]


EVENT = {"name": "Party", "service_at": "2027-06-12T18:00:00-04:00", "style": "buffet"}


def settled(*menu):
    order = load.order_of({"event": EVENT, "guests": 60, "menu": list(menu)}, "order.json")
    return order.menu


def dish_of(name):
    """The dish that stands behind a name, or the name of the bar that it is."""
    first = settled(name)[0]
    for row in rows("dish_sets"):
        called = {catalogue.key(one) for one in (row["name"], *row["also"].split("|"))}
        if catalogue.key(name) in called and first.dish.startswith(f"{name}: "):
            return row["name"]
    recipe = first.recipe
    if getattr(recipe, "is_of_family", False):
        return ""  # a question: no recipe has it
    return getattr(recipe, "name", recipe) or next(
        (row["name"] for row in catalogue.index() if catalogue.key(row["name"]) == catalogue.key(first.dish)), ""
    )


@pytest.mark.parametrize(
    ("file", "least"),
    [
        ("menu-names.tsv", 0.95),
        ("menu-names-2.tsv", 0.9),
        ("menu-names-3.tsv", 0.9),
        ("menu-names-4.tsv", 0.9),
        ("menu-names-5.tsv", 0.9),
    ],
)
def test_nine_tenths_of_the_names_of_menus_are_the_right_dish(file, least):
    """Of the names that have a dish; none is another dish."""
    found = [(name, right, dish_of(name)) for name, right in labelled(file)]
    assert [one for one in found if one[2] and one[2] not in one[1]] == []
    due = [one for one in found if one[2] or "-" not in one[1]]
    missed = [one for one in due if not one[2]]
    assert len(missed) <= (1 - least) * len(due), missed


@pytest.mark.parametrize(
    ("name", "dish", "how"),
    [
        ("Our Famous BBQ Brisket", "BBQ brisket", "same"),
        ("Mac & Cheese", "Macaroni and cheese", "same"),
        ("mini Crab Cakes w/ remoulade", "Crab cakes", "more"),
        ("Salad, Caesar", "Caesar salad", "same"),
        ("Roasted Green Beans with Garlic", None, ""),
        ("Chicken picata", "Chicken piccata", "spelled"),
        ("Chiken Parmesean", "Chicken parmesan", "spelled"),
        ("Poached pears", "Poached pears in spiced syrup", "less"),
        ("Grilled salmon with lemon butter", "Grilled salmon", "more"),
        ("Bourbon glazed ham", "Glazed ham", "more"),
        ("Beef shepherd's pie", "Shepherd's pie", "more"),
    ],
)
def test_a_variant_is_the_dish_and_says_how(name, dish, how):
    found = dish_names.called(name)
    assert (found.name if found else None) == dish
    assert not found or found.how == how


@pytest.mark.parametrize(
    "name",
    [
        "Chicken shepherd's pie", "Turkey lasagna", "Lamb lasagna", "Tofu tikka masala", "Veal piccata", "Duck tacos",
        "Bacon mac and cheese", "Salmon Caesar salad", "Beef satay soup", "Pork fried rice", "Blueberry scones",
        "Gluten-free brownies", "Vegan mac and cheese", "Nut-free pesto pasta", "Asparagus quiche", "Roast goose",
        "Ginger beer", "Jerk pork", "Lobster rolls", "Chicken Wellington", "Shrimp francaise", "Almond flour cookies",
        "Turkey piccata", "Beef marsala", "Lamb stroganoff", "Venison stew", "Rabbit stew", "Cod cakes",
    ],
)  # fmt: skip
def test_another_main_food_or_form_is_no_match(name):
    assert dish_names.called(name) is None
    assert dish_names.nearest(name)


def test_what_a_name_says_beyond_the_recipe_counts_for_allergens():
    order = load.order_of({"event": EVENT, "guests": 40, "menu": ["Grilled salmon with lemon butter"]}, "order.json")
    plan = cook(order)
    states = {cell.allergen: cell.state for cell in plan.diets.rows[0].cells}
    assert states["milk"] == "contains"
    assert [one.severity for one in plan.findings if one.rule == "kitchen.recipe_stand_in"] == ["open"]


def test_a_close_name_is_a_question_and_no_refusal():
    plan = cook(load.order_of({"event": EVENT, "guests": 40, "menu": ["Veal piccata", "Rice pilaf"]}, "order.json"))
    asked = [one for one in plan.findings if one.rule == "kitchen.recipe_missing"]
    assert "Chicken piccata" in asked[0].fix


def test_the_orders_own_recipe_stands_before_the_catalogue():
    own = {"name": "Mac & Cheese", "yield": 10, "ingredients": ["2 lb macaroni"], "steps": ["Boil, 10 minutes."]}
    order = load.order_of({"event": EVENT, "guests": 40, "menu": ["Mac and cheese"], "recipes": [own]}, "order.json")
    assert order.menu[0].recipe is None
    assert cook(order).menu[0].recipe.name == "Mac & Cheese"


def test_a_bar_is_its_dishes_and_the_others_keep_their_places():
    menu = settled("Taco bar", "Rice pilaf")
    assert [item.dish for item in menu] == [
        "Taco bar: Tacos", "Rice pilaf", "Taco bar: Chicken tacos", "Taco bar: Vegetable tacos",
    ]  # fmt: skip


def test_every_dish_of_a_bar_is_in_the_catalogue():
    assert {row["dish"] for row in rows("dish_sets")} <= {row["name"] for row in catalogue.index()}


TWICE = {"Fresh fruit salad": "Fruit salad", "Fresh lemonade": "Lemonade"}
"""Dishes that differ from another by praise alone."""
NAMES = st.sampled_from([row["name"] for row in catalogue.index()])


@settings(max_examples=60)
@given(name=NAMES, around=st.sampled_from(["Our Famous {}", "{} (serves 10)", "Chef's Signature {}", "{} (our best)"]))
def test_praise_and_a_bracket_change_no_dish(name, around):
    found = dish_names.called(around.format(name))
    assert found is not None
    assert found.name in (name, TWICE.get(name))


@settings(max_examples=60)
@given(name=NAMES, around=st.sampled_from(["{} (GF)", "Gluten-Free {}", "{} - gluten free"]))
def test_a_diet_in_a_name_is_kept_or_asked(name, around):
    """No dish with wheat is found for it, however the name goes on."""
    found = dish_names.called(around.format(name))
    assert (
        found is None or "wheat" not in next(row for row in catalogue.index() if row["name"] == found.name)["contains"]
    )


@pytest.mark.parametrize(
    ("name", "dishes"),
    [
        ("Open Bar (4 hours)", ["Beer", "House red wine", "House white wine", "Mixed drinks", "Soft drinks"]),
        ("Our Famous Taco Bar", ["Tacos", "Chicken tacos", "Vegetable tacos"]),
        ("Assorted Muffins & Danish", ["Muffins", "Danish"]),
        ("Milk and Cookies", ["Milk", "Cookies"]),
        ("Tacos", ["Tacos"]),
        ("Bacon and Eggs", [""]),
        ("Peas & Carrots", ["Peas and carrots"]),
    ],
)
def test_a_praised_bar_and_two_dishes_in_one_name_are_their_dishes(name, dishes):
    """One that nothing knows is no dish of two."""
    assert [getattr(item.recipe, "name", item.recipe) or called(item.dish) for item in settled(name)] == dishes


def called(name):
    return next((row["name"] for row in catalogue.index() if catalogue.key(row["name"]) == catalogue.key(name)), "")


@pytest.mark.parametrize(
    ("name", "dish"),
    [
        ("Iceberg Wedge, Blue Cheese Dressing", "Wedge salad"),
        ("Tossed Garden Salad, Two Dressings", "Garden salad"),
        ("Texas-Style Chopped Brisket", "BBQ brisket"),
        ("Horiatiki Salad", "Greek salad"),
        ("Bacon, Egg and Cheese", None),
        ("Salmon, Caesar Salad", None),
    ],
)
def test_a_comma_a_region_and_the_course_at_the_end_hide_no_dish(name, dish):
    found = dish_names.called(name)
    assert (found.name if found else None) == dish


def test_a_name_that_nothing_knows_tells_its_course():
    names = ["Zorgle soup", "Fizzlewick slaw", "Quibble cobbler", "Wibble punch", "Snark rolls", "Blarg"]
    assert [dish_names.course_of(name) for name in names] == ["soup", "salad", "dessert", "drink", "bread", ""]


MENUS = {
    "wedding buffet": [
        "Assorted cheese and crackers", "Bruschetta", "Garden Salad", "Dinner Rolls", "Chicken Marsala",
        "Carved Roast Beef", "Roasted Garlic Mashed Potatoes", "Green Beans Almondine", "Wedding Cake", "Coffee",
    ],
    "taco bar": ["Taco Bar", "Spanish Rice", "Refried Beans", "Chips and Salsa", "Churros", "Limeade"],
    "breakfast": ["Scrambled Eggs", "Applewood Bacon", "Breakfast Potatoes", "French Toast", "Fresh Fruit"],
    "barbecue": [
        "Smoked Brisket", "Pulled Pork", "BBQ Chicken", "Baked Mac & Cheese", "BBQ Baked Beans", "Cole Slaw",
        "Cornbread", "Peach Cobbler", "Sweet Tea",
    ],
    "indian": ["Vegetable Samosas", "Butter Chicken", "Palak Paneer", "Dal Tadka", "Jeera Rice", "Naan", "Kheer"],
    "tea": ["Cucumber Sandwiches", "Egg Salad Tea Sandwiches", "Scones with Jam", "Lemon Bars", "Tea"],
    "cocktail": [
        "Bacon Wrapped Scallops", "Mini Crab Cakes", "Stuffed Mushrooms", "Crudités", "Spanakopita", "Open Bar",
    ],
    "boxed lunch": ["Turkey & Cheddar on Wheat", "Veggie Wrap", "Pasta Salad", "Chocolate Chip Cookie", "Water"],
    "vegan": ["Roasted Vegetable Wrap", "Chana Masala", "Quinoa Salad", "Vegan Chili", "Fruit Platter"],
    "children": ["Chicken Fingers", "Mac N Cheese", "Cheese Pizza", "Fruit Cup", "Birthday Cake", "Lemonade"],
}  # fmt: skip
"""By names alone, as menus print them."""


@pytest.mark.parametrize("kind", MENUS)
def test_a_real_menu_is_planned_by_names_alone(kind):
    order = load.order_of({"event": EVENT, "guests": 80, "menu": MENUS[kind]}, "order.json")
    plan = cook(order)
    found, _ = check(order, plan)
    assert [dish.name for dish in plan.menu if dish.recipe is None] == []
    assert {one.rule for one in (*plan.findings, *found) if one.severity == "blocking"} == set()
