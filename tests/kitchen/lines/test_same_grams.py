"""Laws of reading: one amount in another unit, bracket, order or number form is the same grams of the same food."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catering_cli.domain.order_parts.recipe import Ingredient
from catering_cli.kitchen.foods.resolve import Resolver
from catering_cli.kitchen.lines.several_foods import parse_lines

RESOLVER = Resolver({}, {}, "us")
FOODS = st.sampled_from(
    ["flour", "sugar", "butter", "whole milk", "olive oil", "cooked rice", "honey", "grated parmesan", "almonds"]
)
QUARTERS = st.integers(1, 48).map(lambda n: Fraction(n, 4))


def grams(*lines):
    """What lines weigh together, low and high, by the product that is bought."""
    total = {}
    for text in lines:
        for line in parse_lines(text):
            read = RESOLVER.ingredient(Ingredient(**line.fields()))
            low, high = total.get(read.name.product.name, (0, 0))
            total[read.name.product.name] = (low + read.mass.grams.low, high + read.mass.grams.high)
    return total


def spelled(value):
    """A number of quarters as cooks write it: 1 1/2, 1½, 1.5, 1-1/2."""
    whole, part = divmod(value, 1)
    if not part:
        return [str(whole)]
    vulgar = {Fraction(1, 4): "¼", Fraction(1, 2): "½", Fraction(3, 4): "¾"}[part]
    ways = [f"{float(value):g}", f"{whole} {part}", f"{whole}{vulgar}", f"{whole}-{part}", f"{whole} {vulgar}"]
    return ways if whole else [str(part), vulgar, f"{float(value):g}"]


@given(QUARTERS, st.sampled_from(["cup", "lb", "oz", "tbsp", "kg"]), FOODS)
@settings(max_examples=60, deadline=None)
def test_another_form_of_the_number(value, unit, food):
    assert len({str(grams(f"{number} {unit} {food}")) for number in spelled(value)}) == 1


@given(st.integers(1, 40), FOODS)
@settings(max_examples=60, deadline=None)
def test_another_unit(count, food):
    cups = [f"{count} cups {food}", f"{16 * count} tbsp {food}", f"{48 * count} teaspoons {food}"]
    assert len({str(grams(line)) for line in cups}) == 1
    pounds = [f"{count} lb {food}", f"{16 * count} ounces {food}", f"{count} pounds {food}"]
    assert len({str(grams(line)) for line in pounds}) == 1
    metric = [f"{count * 100} g {food}", f"{count / 10} kg {food}", f"{count},00 g {food}".replace(",00", "00")]
    assert len({str(grams(line)) for line in metric}) == 1


@given(st.integers(20, 900), FOODS)
@settings(max_examples=60, deadline=None)
def test_another_place_or_bracket(weight, food):
    ounces = round(weight / 28.35, 1)
    ways = [
        f"{weight} g {food}",
        f"{weight}g {food}",
        f"{food} {weight} g",
        f"{food} ({weight} g)",
        f"{food}: {weight} g",
        f"{food}, {weight} g",
        f"{weight} g ({ounces} oz) {food}",
        f"{weight}g/{ounces}oz {food}",
        f"{weight}g {ounces}oz {food}",
        f"about {weight} g {food}",
        f"{weight} g of {food}",
        f"- {weight} g {food}",
        f"<b>{weight} g</b> {food}",
    ]
    assert {way: grams(way) for way in ways} == dict.fromkeys(ways, grams(ways[0]))


@given(st.integers(1, 9), st.integers(1, 15), FOODS)
@settings(max_examples=60, deadline=None)
def test_sums_and_descending_units(large, small, food):
    assert grams(f"{large} lb {small} oz {food}") == grams(f"{16 * large + small} oz {food}")
    assert grams(f"{large}lb {small}oz {food}") == grams(f"{16 * large + small} oz {food}")
    assert grams(f"{large} cups plus {small} tbsp {food}") == grams(f"{16 * large + small} tbsp {food}")
    assert grams(f"{large} cups {food} plus {small} tbsp") == grams(f"{16 * large + small} tbsp {food}")
    assert grams(f"{large} cups minus {small} tsp {food}") == grams(f"{48 * large - small} tsp {food}")


@given(st.integers(1, 9), st.integers(1, 3), st.sampled_from(["lb", "cup", "oz"]), FOODS)
@settings(max_examples=60, deadline=None)
def test_ranges(low, more, unit, food):
    high = low + more
    ways = [f"{low}-{high} {unit} {food}", f"{low} to {high} {unit} {food}", f"{low} – {high} {unit} {food}"]
    ways += [f"{low}- to {high}-{unit} {food}", f"{low} {unit} to {high} {unit} {food}"]
    assert len({str(grams(way)) for way in ways}) == 1


@given(st.integers(2, 9), st.integers(50, 900), FOODS)
@settings(max_examples=60, deadline=None)
def test_packs(count, weight, food):
    total = grams(f"{count * weight} g {food}")
    assert grams(f"{count} x {weight} g {food}") == total
    assert grams(f"{count} ({weight} g) packages {food}") == total
    assert grams(f"{count} packages {food}, {weight} g each") == total


@given(st.integers(10, 500), st.permutations(["almonds", "sugar", "honey"]))
@settings(max_examples=30, deadline=None)
def test_several_foods_of_each_so_much(weight, foods):
    one, two, three = foods
    alone = grams(*(f"{weight} g {food}" for food in foods))
    assert grams(f"{weight} g each {one}, {two} and {three}") == alone
    assert grams(f"{one}, {two} and {three}, {weight} g each") == alone
    assert grams(f"{weight} g {one}, {weight} g {two}, {weight} g {three}") == alone


@pytest.mark.parametrize(
    "ways",
    [
        (
            "2 x 400 g tins chickpeas",
            "2 400g cans chickpeas",
            "2 cans (400 g) chickpeas",
            "2 (400 g) cans of chickpeas",
        ),
        ("6 eggs", "half a dozen eggs", "Six eggs", "1/2 dozen eggs"),
        ("36 carrots", "Thirty-six carrots", "3 dozen carrots"),
        ("4 chicken breasts, about 180 g each", "4 (180 g) chicken breasts", "720 g chicken breasts"),
    ],
)
def test_other_words_for_one_amount(ways):
    assert {str(grams(way)) for way in ways} == {str(grams(ways[0]))}
