"""Simple dishes that no card has are made by a family's card: stated, open, of the food of the name, and cooked."""

from fractions import Fraction

import pytest

from catering_cli.checks.registry import check
from catering_cli.data.tables import rows
from catering_cli.domain.decision import Decided, DraftedRecipe
from catering_cli.domain.order_parts.recipe import DRAFT, Recipe
from catering_cli.intake import load
from catering_cli.intake.dishes import families
from catering_cli.kitchen.cook import cook
from catering_cli.kitchen.foods import identify
from catering_cli.render.drafts import marked
from catering_cli.tasks.recipe_scaling import RECIPE_SCALING

EVENT = {"name": "Trial", "service_at": "2027-04-17T18:30:00-04:00", "style": "buffet"}
LARGE = {
    "oven": 8, "burner": 16, "grill": 4, "fryer": 4, "steamer": 4, "blast_chiller": 4, "fridge_shelf": 60,
    "freezer_shelf": 20, "mixer": 3, "blender": 3, "food_processor": 3, "hot_box": 12, "prep_table": 10,
}  # fmt: skip
EXAMPLES = {
    "Family roast whole bird": "Roast goose", "Family roast meat": "Carved roast bison",
    "Family roast game": "Roast venison", "Family roast poultry": "Roast ostrich|Crispy roast duck breast",
    "Family roast fish": "Baked trout", "Family roast vegetables": "Roasted parsnips",
    "Family meat kebabs": "Venison kebabs", "Family seafood kebabs": "Swordfish skewers",
    "Family meatballs": "Veal meatballs", "Family burgers": "Bison burgers", "Family fish burgers": "Salmon burgers",
    "Family tacos": "Duck tacos", "Family curry": "Goat curry", "Family stewed meat": "Rabbit stew",
    "Family grilled meat": "Grilled bison", "Family grilled game and poultry": "Grilled quail",
    "Family grilled fish": "Grilled swordfish", "Family grilled vegetables": "Grilled fennel",
    "Family braised meat": "Braised goat", "Family braised vegetables": "Braised leeks",
    "Family poached fish": "Poached halibut", "Family seared fish": "Pan-seared trout",
    "Family fried fish": "Fried smelt",
    "Family buttered vegetables": "Buttered turnips", "Family steamed vegetables": "Steamed kohlrabi",
    "Family sauteed vegetables": "Sauteed chard", "Family mashed vegetables": "Mashed rutabaga",
    "Family glazed vegetables": "Glazed parsnips", "Family vegetable gratin": "Fennel gratin",
    "Family fries": "Parsnip fries", "Family cream soup": "Cream of asparagus soup",
    "Family vegetable soup": "Parsnip soup", "Family vegetable salad": "Artichoke salad",
    "Family fruit crisp": "Plum crumble", "Family fruit pie": "Rhubarb pie", "Family poached fruit": "Poached peaches",
    "Family fruit smoothie": "Blueberry smoothie", "Family baked fruit": "Grilled peaches",
    "Family roast tofu": "Grilled tofu", "Family fresh fruit": "Sliced papaya", "Family grain pilaf": "Farro pilaf",
}  # fmt: skip
"""A name for the card of each family."""


def planned(*menu, guests=100, decisions=()):
    kitchen = {"equipment": LARGE} if guests > 100 else {}
    document = {"event": EVENT, "guests": guests, "menu": list(menu), "kitchen": kitchen}
    return cook(load.order_of(document, "order.json"), decisions)


def name_of(family):
    return EXAMPLES[family].split("|")[-1]


def test_every_family_has_an_example():
    assert set(EXAMPLES) == {row["recipe"] for row in rows("dish_families")}


@pytest.mark.parametrize("family", EXAMPLES)
def test_the_food_of_the_name_stands_in_the_card_of_its_family(family):
    made = families.stand_in(name_of(family))
    assert made is not None
    assert f"makes {family.removeprefix('Family ')}, of " in made.source
    assert made.is_of_family
    assert made.name == name_of(family)
    assert [line.item for line in made.ingredients if identify.identify(line.item) is None] == []
    row = next(row for row in rows("dish_families") if row["recipe"] == family)
    assert row["food"] in name_of(family) or row["food"] not in [line.item for line in made.ingredients]


@pytest.mark.parametrize(
    "name", ["Roast zorgle", "Grilled cheese", "Fried ice cream", "Roast chicken pizza", "Steamed buns", "Meat pie"]
)
def test_an_unknown_food_or_another_form_is_no_simple_dish(name):
    assert families.stand_in(name) is None


def made_alone(family, guests):
    plan = planned(name_of(family), guests=guests)
    found, _ = check(plan.order, plan)
    assert plan.timeline.status == "scheduled", plan.timeline.conflict
    assert [one.message for one in (*plan.findings, *found) if one.severity == "blocking"] == []
    assert {one.rule for one in plan.findings if one.severity == "open"} == {"kitchen.recipe_stand_in"}
    (dish,) = plan.menu
    band = next(row for row in rows("portions") if row["kind"] == "band" and row["course"] == dish.course)
    assert Fraction(band["low"]) <= dish.served.quantity.high <= Fraction(band["high"])


@pytest.mark.parametrize("family", list(EXAMPLES)[::9])
def test_a_simple_dish_is_planned_alone(family):
    made_alone(family, 100)


@pytest.mark.slow
@pytest.mark.parametrize("guests", [20, 100, 500])
@pytest.mark.parametrize("family", EXAMPLES)
def test_every_simple_dish_is_planned_alone(family, guests):
    made_alone(family, guests)


def test_it_is_open_marked_where_it_is_printed_and_its_allergens_are_those_of_its_foods():
    plan = planned("Fennel gratin", "Roast venison with zhoug sauce")
    asked = [one for one in plan.findings if one.rule == "kitchen.recipe_stand_in"]
    assert [one.severity for one in asked] == ["open", "open"]
    assert "catering confirm PLAN d1" in asked[0].fix
    assert "Fennel gratin (stand-in)" in [dish.name for dish in marked(plan).menu]
    gratin, venison = ({cell.allergen: cell.state for cell in row.cells} for row in plan.diets.rows)
    assert (gratin["milk"], gratin["wheat"], gratin["fish"]) == ("contains", "contains", "none_found")
    assert venison["milk"] == "unknown"  # no table knows what is in the sauce


def test_a_draft_takes_the_place_of_a_stand_in():
    order = planned("Roast goose").order
    assert not RECIPE_SCALING.given(order, "d1", ()).has_recipe
    assert isinstance(order.menu[0].recipe, Recipe)
    drafted = order.menu[0].recipe.model_copy(update={"tags": (DRAFT,)})
    plan = cook(order, (Decided(decision=DraftedRecipe(dish="d1", recipe=drafted), by="mid"),))
    assert plan.menu[0].recipe_from == "mid"
    assert "Roast goose (draft)" in [dish.name for dish in marked(plan).menu]
    found, _ = check(plan.order, plan)
    assert [one.message for one in found if one.rule == "menu.recipes"] == []


def test_what_a_name_says_beyond_a_recipe_is_bought():
    plan = planned("Green salad with pears", guests=50)
    (line,) = [line for line in plan.menu[0].lines if line.item == "pear"]
    assert line.mass.quantity.high > 1_000
