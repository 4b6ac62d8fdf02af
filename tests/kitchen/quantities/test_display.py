"""Kitchen words: what a cook would say, never off by more than 2 %, never another unit's number."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catering_cli.domain.quantity import Quantity
from catering_cli.kitchen.foods.mass import spoken
from catering_cli.kitchen.lines import ingredient_line
from catering_cli.kitchen.quantities import display, units
from catering_cli.kitchen.quantities.amount import parse_amount


def said(text, system="us"):
    return display.amount_text(parse_amount(text, system).quantity, system)


@pytest.mark.parametrize(
    ("text", "system", "expect"),
    [
        ("8 tbsp", "us", "1/2 cup"),
        ("3 tsp", "us", "1 tbsp"),
        ("1/16 tsp", "us", "1/16 tsp (a pinch)"),
        ("25 lb", "us", "25 lb"),
        ("9/8 cup", "us", "1 cup + 2 tbsp"),
        ("3 1/3 tsp", "us", "1 tbsp + 1/3 tsp"),
        ("33/8 tsp", "us", "1 tbsp + 1 1/8 tsp"),
        ("9 1/4 tsp", "us", "3 tbsp + 1/4 tsp"),
        ("40 oz", "us", "2 1/2 lb"),
        ("17 oz", "us", "1 lb + 1 oz"),
        ("1500 g", "us", "1.5 kg"),
        ("1/3 cup", "us", "1/3 cup"),
        ("12 cups", "us", "12 cups"),
        ("100 cups", "us", "6 1/4 gal"),
        ("0.6000000001 cup", "us", "1/2 cup + 1 1/2 tbsp"),
        ("2-3 cups", "us", "2-3 cups"),
        ("4-6 tbsp", "us", "4-6 tbsp"),
        ("3 bunches", "us", "3 bunches"),
        ("1.5 leaf", "us", "1 1/2 leaves"),
        ("113.398 g", "metric", "113 g"),
        ("250 mL", "metric", "250 mL"),
        ("3 tsp", "metric", "1 tbsp"),
        ("1 tbsp", "au", "1 tbsp"),
        ("2500 mL", "metric", "2.5 L"),
        ("8 eggs", "us", "8"),
        ("2.5 dozen", "us", "2 1/2 dozen"),
        ("2 #10 cans", "us", "2 #10 cans"),
        ("0 g", "us", "0 g"),
        ("350 F", "us", "350 F"),
        ("0.4 g", "us", "0.4 g"),
        ("12345.6 kg", "metric", "12346 kg"),
    ],
)
def test_a_cook_says(text, system, expect):
    assert said(text.replace(" eggs", ""), system) == expect


def test_a_broken_egg_names_its_weight():
    eggs = ingredient_line.parse_line("3 large eggs").quantity.times(Fraction(5, 2))
    assert spoken(eggs, "eggs").startswith("7 1/2 (375 g)")
    assert spoken(Quantity.of(Fraction(15, 2)), "eggs") == "7 1/2 (375 g)"
    assert spoken(Quantity.of(8), "eggs") == "8"


def read_back(text, system):
    """The quantity that the words say, in the base of its dimension."""
    total = Fraction(0)
    for part in text.partition(" (a ")[0].split(" + "):
        quantity = parse_amount(part, system).quantity
        total += quantity.low * (units.find(quantity.unit, system).factor or 1)
    return total


UNITS = [
    "tsp",
    "tbsp",
    "cup",
    "fl oz",
    "pt",
    "qt",
    "gal",
    "oz",
    "lb",
    "g",
    "kg",
    "mL",
    "L",
    "pinch",
    "",
    "bunch",
    "large",
    "dozen",
    "#16 scoop",
]


@given(
    st.fractions(min_value=Fraction(1, 200), max_value=20_000, max_denominator=500),
    st.sampled_from(UNITS),
    st.sampled_from(units.SYSTEMS),
)
def test_never_off_by_more_than_two_percent(amount, unit, system):
    text = display.amount_text(Quantity(amount, amount, unit), system)
    exact = amount * (units.find(unit, system).factor or 1)
    assert abs(read_back(text, system) - exact) <= display.TOLERANCE * exact, text


@given(st.fractions(min_value=Fraction(1, 100), max_value=500, max_denominator=100), st.sampled_from(UNITS))
def test_a_range_says_both_ends(low, unit):
    text = display.amount_text(Quantity(low, low * 2, unit), "us")
    assert "-" in text or " to " in text
    high = read_back(text.rpartition(" to ")[2].rpartition("-")[2] if "-" in text or " to " in text else text, "us")
    exact = low * 2 * (units.find(unit).factor or 1)
    assert abs(high - exact) <= display.TOLERANCE * exact, text


@given(st.integers(1, 400), st.sampled_from(UNITS), st.sampled_from(units.SYSTEMS))
def test_a_tiny_amount_is_never_said_as_nothing(bottom, unit, system):
    text = display.amount_text(Quantity(Fraction(1, bottom), Fraction(1, bottom), unit), system)
    assert read_back(text, system) > 0


def test_an_unknown_unit_is_refused():
    with pytest.raises(units.UnknownUnit):
        display.amount_text(Quantity.of(1, "florp"))
