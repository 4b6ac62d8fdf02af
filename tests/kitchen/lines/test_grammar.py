"""The grammar: numbers in every spelling, packs, dual amounts, preparation and state, and clean refusals."""

import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from catering_cli.domain.quantity import Quantity
from catering_cli.kitchen.lines import ingredient_line
from catering_cli.kitchen.quantities import numerals
from catering_cli.kitchen.quantities.amount import parse_amount
from catering_cli.kitchen.quantities.scanner import Packs
from catering_cli.kitchen.quantities.units import UnknownUnit
from catering_cli.kitchen.recipes import text_readers

CASES = {c["id"]: c for c in json.loads((Path(__file__).parents[2] / "golden/units.json").read_text("utf-8"))["cases"]}


def amount(text, system="us"):
    return parse_amount(text, system).quantity


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("1 1/2 cups", "3/2", "3/2", "cup"),
        ("1½ cup", "3/2", "3/2", "cup"),
        ("1 ½ cup", "3/2", "3/2", "cup"),
        ("⅓ cup", "1/3", "1/3", "cup"),
        ("1⁄2 tsp", "1/2", "1/2", "tsp"),
        ("1¹⁄₂ tsp", "3/2", "3/2", "tsp"),
        ("2½ cups", "5/2", "5/2", "cup"),
        ("1/3rd cup", "1/3", "1/3", "cup"),
        ("1-1/2 cups", "3/2", "3/2", "cup"),
        ("1 and 1/2 cups", "3/2", "3/2", "cup"),
        ("one and a half cups", "3/2", "3/2", "cup"),
        ("0.75 L", "3/4", "3/4", "L"),
        (".5 oz", "1/2", "1/2", "oz"),
        ("two-thirds cup", "2/3", "2/3", "cup"),
        ("half a cup", "1/2", "1/2", "cup"),
        ("a cup", "1", "1", "cup"),
        ("2-3 cups", "2", "3", "cup"),
        ("2 – 3 cups", "2", "3", "cup"),
        ("2 to 3 cups", "2", "3", "cup"),
        ("2 or 3 cups", "2", "3", "cup"),
        ("1½-2 cups", "3/2", "2", "cup"),
        ("1/2-3/4 cup", "1/2", "3/4", "cup"),
        ("1 cup to 1 1/2 cups", "1", "3/2", "cup"),
        ("1,5 kg", "3/2", "3/2", "kg"),
        ("1,500 g", "1500", "1500", "g"),
        ("1,500.5 g", "3001/2", "3001/2", "g"),
        ("0,500 kg", "1/2", "1/2", "kg"),
        ("1 500 g", "1500", "1500", "g"),
        ("٢ cups", "2", "2", "cup"),
        ("２ cups", "2", "2", "cup"),
        ("३ kg", "3", "3", "kg"),
        ("2 x 400 g", "800", "800", "g"),
        ("2 × 400g tins", "800", "800", "g"),
        ("2x1 kg", "2", "2", "kg"),
        ("1 (28 ounce) can", "28", "28", "oz"),
        ("2 (8-ounce) packages", "16", "16", "oz"),
        ("1 14.5-oz can", "29/2", "29/2", "oz"),
        ("2 400 g cans", "800", "800", "g"),
        ("2 cans (400 g)", "800", "800", "g"),
        ("1 can (28 oz)", "28", "28", "oz"),
        ("300g/10½oz", "300", "300", "g"),
        ("300 g / 10 1/2 oz", "300", "300", "g"),
        ("1 cup (125 g)", "1", "1", "cup"),
        ("1 cup plus 2 tablespoons", "9/8", "9/8", "cup"),
        ("1 cup + 2 tbsp", "9/8", "9/8", "cup"),
        ("1 lb 4 oz", "5/4", "5/4", "lb"),
        ("2 sticks (8 oz)", "8", "8", "oz"),
        ("1/2 hotel pan 4 in", "1", "1", "1/2 hotel pan 4 in"),
        ("2 #10 cans", "2", "2", "#10 can"),
        ("half a dozen", "1/2", "1/2", "dozen"),
        ("3 large", "3", "3", "large"),
        ("a pinch", "1", "1", "pinch"),
        ("pinch", "1", "1", "pinch"),
        ("about 2 cups", "2", "2", "cup"),
        ("2 heaping tbsp", "2", "2", "tbsp"),
        ("350 F", "350", "350", "F"),
    ],
)
def test_quantities(text, low, high, unit):
    assert amount(text.replace("1 500", "1\u202f500")) == Quantity(Fraction(low), Fraction(high), unit)
    assert text_readers.TextReaders().quantity(text.replace("1 500", "1\u202f500")) == Quantity(
        Fraction(low), Fraction(high), unit
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("nan", "not an amount"),
        ("inf cups", "not an amount"),
        ("-inf", "not an amount"),
        ("1e400", "not a number"),
        ("1e3 g", "not a number"),
        ("", "no amount"),
        ("   ", "no amount"),
        ("cup", "no number"),
        ("cup flour", "no number"),
        ("-2 cups", "negative"),
        ("− 2 cups", "negative"),
        ("1/0 cup", "divides by zero"),
        ("1.2.3 g", "not a number"),
        ("3-2 cups", "high to low"),
        ("1 5/4 cups", "mixed number"),
        ("flour", "no amount"),
        ("half-and-half", "no amount"),
        ("Ⅳ cups", "no amount"),
        ("1 500 g", "one number or two"),
        ("2 x", "times what|unrecognized unit"),
        ("9" * 600, "characters"),
    ],
)
def test_refusals_say_what_is_right(text, says):
    with pytest.raises(ValueError, match=says):
        text_readers.TextReaders().quantity(text)


def test_an_unknown_unit_in_a_quantity_is_named():
    with pytest.raises(UnknownUnit, match="florp"):
        text_readers.TextReaders().quantity("1 florp")


def test_ambiguous_letters_are_warned_of():
    assert (amount("1 T").unit, amount("1 t").unit) == ("tbsp", "tsp")
    assert "tablespoon" in parse_amount("1 T").warnings[0]
    assert "teaspoon" in parse_amount("1 t").warnings[0]
    assert amount("1 C flour").unit == "cup"
    assert parse_amount("1 C flour").warnings
    assert amount("180 C").unit == "C"


def test_a_thousands_comma_that_may_be_a_decimal_one_is_warned_of():
    assert parse_amount("1,500 kg").warnings
    assert not parse_amount("1,500 g").warnings


def test_packs_and_alternatives_are_kept():
    parsed = parse_amount("2 x 400 g tins tomatoes")
    assert parsed.packs == Packs(Quantity.of(2), Quantity.of(400, "g"), "can")
    assert parse_amount("300g/10½oz onions").alternative == Quantity.of("21/2", "oz")
    assert parse_amount("10 kg EP").state == "EP"


@pytest.mark.parametrize(
    ("text", "quantity", "item", "preparation", "state"),
    [
        ("2 lb asparagus, trimmed", "2 lb", "asparagus", "trimmed", "AP"),
        ("2 lb trimmed asparagus", "2 lb", "asparagus", "trimmed", "EP"),
        ("300g/10½oz onions, thinly sliced", "300 g", "onions", "thinly sliced", "AP"),
        ("1 cup finely chopped onion", "1 cup", "onion", "finely chopped", "EP"),
        (
            "2 lb boneless, skinless chicken thighs, cut into strips",
            "2 lb",
            "boneless, skinless chicken thighs",
            "cut into strips",
            "AP",
        ),
        ("4 garlic cloves, minced", "4 clove", "garlic", "minced", "AP"),
        ("1 cup packed brown sugar", "1 cup", "brown sugar", "packed", "EP"),
        ("3 large eggs", "3 large", "eggs", "", "EP"),
        ("2 onions (300 g), diced", "300 g", "onions", "diced", "AP"),
        ("4 chicken breasts (6 oz each)", "24 oz", "chicken breasts", "", "EP"),
        ("1 (28 oz) can crushed tomatoes", Quantity.of(1, "28 oz can"), "crushed tomatoes", "", "EP"),
        ("1 cup (120g) unicorn dust", "120 g", "unicorn dust", "", "EP"),
        ("2 cups of flour", "2 cup", "flour", "", "EP"),
        ("juice of 1 lemon", "1", "lemon", "juice", "AP"),
        ("2 tbsp olive oil, plus more for drizzling", "2 tbsp", "olive oil", "plus more for drizzling", "EP"),
        ("- 2 cups flour", "2 cup", "flour", "", "EP"),
        ("5 lb bag potatoes, peeled", "5 lb", "potatoes", "peeled", "AP"),
        ("1 tsp salt, or to taste", "1 tsp", "salt", "or to taste", "EP"),
        ("2 x 400 g tins tomatoes", Quantity.of(2, "400 g can"), "canned tomatoes", "", "EP"),
        ("2 tbsp/30ml/1fl oz oil", "2 tbsp", "oil", "", "EP"),
        ("flour: 200 g", "200 g", "flour", "", "EP"),
        ("1/4 + 1/8 teaspoon salt", "3/8 tsp", "salt", "", "EP"),
        ("12 minced cloves of garlic", "12 clove", "garlic", "minced", "EP"),
        ("1 cup cake flour", "1 cup", "cake flour", "", "EP"),
        ("284ml tub buttermilk", "284 mL", "buttermilk", "", "EP"),
        ("1 14½-ounce can tomato puree", Quantity.of(1, "14.5 oz can"), "tomato puree", "", "EP"),
        ("3 apples (peeled (and cored))", "3", "apples", "and cored; peeled", "AP"),
        ("2 T-bone steaks", "2", "T-bone steaks", "", "AP"),
        ("2 NY strip steaks", "2", "NY strip steaks", "", "EP"),
        ("1 2-inch piece ginger, peeled", "1", "ginger", "2-inch, peeled", "AP"),
    ],
)
def test_lines(text, quantity, item, preparation, state):
    fields = ingredient_line.parse_line(text).fields()
    assert fields == {
        "item": item,
        "quantity": amount(quantity) if isinstance(quantity, str) else quantity,
        "preparation": preparation,
        "state": state,
        "text": text,
    }


@pytest.mark.parametrize(
    "text", ["salt to taste", "Salt, to taste", "salt", "parsley, for garnish", "some flour, for dusting"]
)
def test_lines_without_an_amount(text):
    fields = ingredient_line.parse_line(text).fields()
    assert fields["quantity"] is None
    assert fields["item"].lower() in {"salt", "parsley", "flour"}


@pytest.mark.parametrize(
    "text", ["2% milk", "00 flour", "avocado, sour cream, cheese (for serving)", "sea salt, black pepper"]
)
def test_a_list_or_a_name_with_a_number_stays_whole(text):
    fields = ingredient_line.parse_line(text).fields()
    assert fields["quantity"] is None
    assert fields["item"] == text.removesuffix(" (for serving)")


def test_what_was_probably_meant_is_told():
    assert "tablespoons?" in ingredient_line.parse_line("3 tableaspoons milk").warnings[0]
    assert "not read as an amount" in ingredient_line.parse_line("enough water to make 3 cups").doubts[0].reading


@pytest.mark.parametrize("text", ["2 dozen", "-2 cups flour", "nan cups flour", "", "2 cups", "cup"])
def test_lines_that_are_none(text):
    with pytest.raises(numerals.BadQuantity):
        ingredient_line.parse_line(text).fields()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2 onions finely chopped", "after weighing"),
        ("2 lb asparagus", "as purchased"),
        ("1 cup onion, chopped", "trimmed and cut"),
        ("8 oz milk", "fl oz would be 244 g"),
        ("1 pt strawberries", "550.61 mL"),
        ("2 heaping tbsp cocoa", "level"),
    ],
)
def test_ambiguous_lines_are_warned_of(text, says):
    assert any(says in warning for warning in ingredient_line.parse_line(text).warnings)


def test_clear_lines_are_not():
    for text in ("2 cups flour", "2 lb asparagus, trimmed", "8 fl oz milk", "3 large eggs", "500 g beef"):
        assert not ingredient_line.parse_line(text).warnings


def test_golden_wordings():
    assert amount(CASES["N07"]["input"]).low == Fraction(3, 2)
    assert amount(CASES["N08"]["input"]) == Quantity(Fraction(2), Fraction(3), "cup")
    dual = ingredient_line.parse_line(CASES["N15"]["input"])
    assert (dual.item, dual.quantity, dual.alternative) == ("onions", Quantity.of(300, "g"), Quantity.of("10.5", "oz"))
    for bad in ("nan", "inf", "1e400", "", "cup"):
        assert bad in CASES["N18"]["input"]
        with pytest.raises(numerals.BadQuantity):
            parse_amount(bad)
    with pytest.raises(numerals.BadQuantity, match="negative"):
        parse_amount(CASES["N03"]["input"])


PIECES = st.sampled_from(
    [
        "1",
        "2",
        "½",
        "1/2",
        "1/0",
        "-",
        " - ",
        " to ",
        "x",
        " x ",
        ",",
        ".",
        "(",
        ")",
        "/",
        "cup",
        "cups ",
        "g",
        "kg",
        " oz",
        "can ",
        "#10 can",
        "hotel pan 4 in",
        "flour",
        " onions",
        "chopped ",
        "trimmed",
        "EP",
        "AP",
        "of ",
        "a ",
        "dozen",
        "T",
        "C",
        "°",
        "%",
        "e5",
        "nan",
        "٣",
        "⅞",
        "²",
        "inch",
        '"',
        "plus",
        "each",
        "half",
        "pinch ",
        "large ",
        "to taste",
        "\u202f",
        "000",
        "1,5",
        "🍋",
        "\n",
        "+",
    ]
)


@given(
    st.one_of(
        st.text(max_size=60), st.lists(PIECES, max_size=9).map("".join), st.lists(PIECES, max_size=9).map(" ".join)
    )
)
@example("1 1/2 1/2")
@example("2 x 3 x 4 g")
@example("½½")
def test_any_text_is_understood_or_cleanly_refused(text):
    for read in (parse_amount, ingredient_line.parse_line):
        quantity, refused = None, "refused"
        try:
            quantity = read(text).quantity
        except ValueError as error:
            refused = str(error).strip()
        assert refused
        assert quantity is None or 0 <= quantity.low <= quantity.high


@given(
    st.integers(0, 500),
    st.integers(1, 16),
    st.integers(0, 15),
    st.sampled_from(["cup", "g", "lb", "tbsp", "fl oz", "kg"]),
)
def test_mixed_numbers_read_back(whole, bottom, top, unit):
    value = whole + Fraction(top % bottom, bottom)
    part = value - int(value)
    text = f"{int(value)} {part.numerator}/{part.denominator} {unit}" if part else f"{int(value)} {unit}"
    assert amount(text) == Quantity(value, value, unit)


@pytest.mark.parametrize(
    ("text", "item", "preparation"),
    [
        ("1 1/2 cups peeled and coarsely-grated carrots", "carrots", "peeled and coarsely-grated"),
        ("2 cups finely-chopped onions", "onions", "finely-chopped"),
        ("2 x 400 g / 14 oz can of chickpeas", "canned chickpeas", ""),
        ("200 g bag of spinach", "spinach", ""),
        ("1 cup self-rising flour", "self-rising flour", ""),
    ],
)
def test_a_participle_with_its_adverb_and_what_a_food_comes_in_are_no_food(text, item, preparation):
    read = ingredient_line.parse_line(text)
    assert (read.item, read.preparation) == (item, preparation)
