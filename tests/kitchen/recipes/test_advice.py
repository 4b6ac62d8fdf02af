"""Advice beside the linear figure: above four times, for what outgrows it, never for what raises or preserves."""

from __future__ import annotations

from fractions import Fraction

import pytest

from catering_cli.data.tables import rows
from catering_cli.domain.order_parts.recipe import Recipe
from catering_cli.kitchen.foods.names import tokens
from catering_cli.kitchen.foods.resolve import resolve_name
from catering_cli.kitchen.foods.table import names, table
from catering_cli.kitchen.recipes import resize, volume_advice
from catering_cli.kitchen.recipes.text_readers import TextReaders


def recipe(*lines: str, name: str = "Stew", step: str = "Simmer.") -> Recipe:
    document = {
        "name": name,
        "yield": {"portions": 4},
        "ingredients": list(lines),
        "steps": [{"text": step, "minutes": 40, "temperature": "350 F", "grows": "per_batch"}],
    }
    return Recipe.model_validate(document, context={"readers": TextReaders()})


def beside(text: str, factor: int | Fraction, **about: str) -> str:
    written = recipe(text, **about)
    line = written.ingredients[0]
    return volume_advice.advice_for(line, resolve_name(line.item).named, written, Fraction(factor))


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("2 tsp chili powder", "chilli"),
        ("2 jalapeños, chopped", "chilli"),
        ("1 tsp ground cloves", "strong spice"),
        ("1 cup dry red wine", "alcohol"),
        ("2 tbsp cornstarch", "thickener"),
        ("1 tsp salt", "salt"),
        ("1 tsp kosher salt", "salt"),
    ],
)
def test_what_outgrows_the_linear_figure_has_advice_above_four_times(text, what):
    assert beside(text, 4) == ""
    assert beside(text, 5).startswith(f"{what} at 5 times")


def test_the_advice_names_three_quarters_of_the_linear_figure():
    assert "begin with 1/4 cup + 2 tbsp" in beside("1 tbsp chili powder", 8)


@pytest.mark.parametrize(
    "text", ["2 tsp baking powder", "1 tsp baking soda", "7 g yeast", "2 cups flour", "1 tsp cream of tartar", "salt"]
)
def test_leavening_and_plain_food_never_have_advice(text):
    assert beside(text, 50) == ""


@pytest.mark.parametrize("about", [{"name": "Pickled cucumbers"}, {"step": "Brine the pork overnight."}])
def test_salt_that_preserves_has_no_advice(about):
    assert beside("1 cup salt", 10, **about) == ""
    assert beside("2 tsp chili powder", 10, **about)


def test_scaling_changes_neither_time_nor_temperature_nor_the_linear_figure():
    written = recipe("1 tsp salt", "2 tsp chili powder")
    large = resize.resize_recipe(written, Fraction(25))
    assert [line.quantity.low for line in large.ingredients if line.quantity] == [25, 50]
    assert [(step.minutes, step.temperature) for step in large.steps] == [(40, "350 F")]


def test_every_food_of_the_table_is_a_food():
    known = {food.name for food in table().values()}
    said = [word for row in rows("volume_advice") if row["kind"] == "food" for word in row["words"].split("|")]
    assert [word for word in said if word not in known] == []
    assert all(names().get(tokens(word)) for word in said)
