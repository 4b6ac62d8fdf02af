"""Amounts, batch weights and yields of dishes beside quantity recipes: within 15 % of them, or it is said why not."""

from pathlib import Path

from catering_cli.kitchen.foods.mass import to_mass
from catering_cli.kitchen.recipes import catalogue

POUND = 453.59237
LINES = (Path(__file__).parent / "quantity_facts.tsv").read_text(encoding="utf-8").splitlines()
HEAD, *ROWS = (line.split("\t") for line in LINES if not line.startswith("#"))
FACTS = [dict(zip(HEAD, row, strict=True)) for row in ROWS]
WIDE = 0.15


def pounds(dish: str, foods: str) -> float:
    """Pounds of foods, or of everything, that a dish of the catalogue has for 100 portions."""
    recipe = catalogue.recipe_named(dish)
    assert recipe is not None
    wanted = foods.split("|")
    grams = 0.0
    for line in recipe.ingredients:
        if line.quantity is not None and (foods == "*" or line.item in wanted):
            mass = to_mass(line.quantity, line.item, line.preparation, state=line.state)
            grams += float(mass.grams.high) if mass else 0
    return grams / POUND * 100 / recipe.yields.portions


def away(fact: dict[str, str]) -> float:
    """How much more a dish has than its quantity recipe, as a share of that."""
    return pounds(fact["dish"], fact["foods"]) / float(fact["pounds"]) - 1


def test_every_dish_has_the_amounts_of_its_quantity_recipe_or_says_why_not():
    wrong = [fact for fact in FACTS if (abs(away(fact)) > WIDE) != bool(fact["why"])]
    assert [f"{fact['dish']}, {fact['foods']}: {away(fact):+.0%}, {fact['why']}" for fact in wrong] == []


def test_the_card_of_a_dish_says_what_it_was_compared_with():
    silent: list[dict[str, str]] = []
    for fact in FACTS:
        recipe = catalogue.recipe_named(fact["dish"])
        silent += [] if recipe and f"TM 10-412 (2003) {fact['card']}, compared" in recipe.source else [fact]
    assert silent == []
