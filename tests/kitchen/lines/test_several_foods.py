"""Lines that name several foods: each is read with its amount; a choice and a pair that is one food stay whole."""

import pytest

from catering_cli.kitchen.lines.several_foods import parse_lines
from catering_cli.kitchen.quantities.amount import parse_amount


def foods(text):
    return [(line.item, line.quantity) for line in parse_lines(text)]


def amounts(*pairs):
    return [(food, parse_amount(amount).quantity if amount else None) for amount, food in pairs]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2 tbsp each soy sauce, honey and water", [("2 tbsp", "soy sauce"), ("2 tbsp", "honey"), ("2 tbsp", "water")]),
        ("1 each red and yellow peppers, diced", [("1", "red peppers"), ("1", "yellow peppers")]),
        ("salt and sugar, 1 tsp each", [("1 tsp", "salt"), ("1 tsp", "sugar")]),
        ("8 oz feta, 6 oz olives; 3 lemons", [("8 oz", "feta"), ("6 oz", "olives"), ("3", "lemons")]),
        ("2 large eggs and 1 large yolk", [("2 large", "eggs"), ("1 large", "yolk")]),
        ("200 g flour, plus 2 tbsp for dusting", [("200 g", "flour"), ("2 tbsp", "flour")]),
        ("1 cup sugar plus 2 tablespoons", [("1 cup", "sugar"), ("2 tbsp", "sugar")]),
        ("Salt & freshly ground pepper", [("", "Salt"), ("", "freshly ground pepper")]),
        ("1/4 lb plus 4 tbsp butter, cold", [("1/4 lb", "butter"), ("4 tbsp", "butter")]),
        ("1 green and 1 red bell pepper", [("1", "green bell pepper"), ("1", "red bell pepper")]),
        ("50 mL each light and dark soy sauce", [("50 mL", "light soy sauce"), ("50 mL", "dark soy sauce")]),
        ("2 sprigs each parsley and basil, leaves torn", [("2 sprig", "parsley"), ("2 sprig", "basil")]),
        ("S&P", [("", "salt"), ("", "pepper")]),
    ],
)
def test_each_food_has_its_amount(text, wanted):
    assert foods(text) == amounts(*wanted)


@pytest.mark.parametrize(
    "text",
    [
        "2 cups half and half",
        "3 tbsp olive oil, or 2 tbsp butter and 1 tbsp lard",
        "1 lb morels, or substitute 2 ounces dried morels, 2 ounces dried ceps and 12 ounces button mushrooms",
        "1 cup butter or oil",
        "2 onions, 1 chopped and 1 sliced",
        "1 lb chicken, 2 inch pieces",
        "8 oz mushrooms, 2 cups sliced",
        "1 lemon, zest and juice",
        "salt or soy sauce",
    ],
)
def test_one_food_with_what_is_said_of_it_stays_one(text):
    assert len(foods(text)) == 1


def test_every_line_keeps_the_text_it_is_from():
    assert {line.text for line in parse_lines("1 egg plus 1 egg yolk")} == {"1 egg plus 1 egg yolk"}
