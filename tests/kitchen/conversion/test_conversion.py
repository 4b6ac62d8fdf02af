"""Conversion: the golden cases, densities with their source, AP and EP, and never an invented number."""

import json
import math
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from catering_cli.data.tables import rows
from catering_cli.domain.quantity import Quantity
from catering_cli.kitchen.conversion import convert
from catering_cli.kitchen.foods import weights
from catering_cli.kitchen.lines import ingredient_line
from catering_cli.kitchen.quantities import numerals, units
from catering_cli.kitchen.quantities.amount import parse_amount

CASES = json.loads((Path(__file__).parents[2] / "golden/units.json").read_text("utf-8"))["cases"]
BY_ID = {case["id"]: case for case in CASES}


def near(value, case):
    expect, tolerance = case["expect"], case["tolerance"]
    if "range" in tolerance:
        return tolerance["range"][0] <= value <= tolerance["range"][1]
    return abs(value - expect) <= tolerance.get("abs", tolerance.get("rel", 0) * expect)


@pytest.mark.parametrize("case", [c for c in CASES if c["kind"] == "convert"], ids=lambda c: c["id"])
def test_golden(case):
    text = f"{case['value']} {case['unit']}"
    got = convert.convert_text(text, case["to"], case.get("ingredient"), case.get("system", "us"))
    assert near(float(got.to.low), case), got
    assert got.to.unit == case["to"]
    assert got.source


def test_golden_merge():
    case = BY_ID["S10"]
    masses = [ingredient_line.parse_line(line) for line in case["input"]["merge"]]
    total = sum(convert.to_mass(m.quantity, m.item).grams.low for m in masses)
    low, high = case["expect"]["total_g"]["range"]
    assert low <= total <= high


@pytest.mark.parametrize(
    ("text", "to", "error", "says"),
    [
        ("1 cup", "g", convert.NeedsIngredient, "--ingredient"),
        ("1 cup unicorn dust", "g", convert.UnknownDensity, "closest foods"),
        ("-2 cups flour", "g", numerals.BadQuantity, "negative"),
        ("1 florp", "g", units.UnknownUnit, "florp.*did you mean"),
        ("1 florp sugar", "g", units.UnknownUnit, "florp"),
        ("nan", "g", numerals.BadQuantity, "not an amount"),
        ("1e400 g", "kg", numerals.BadQuantity, "not a number"),
        ("", "g", numerals.BadQuantity, "no amount"),
        ("cup", "g", numerals.BadQuantity, "no number"),
        ("2 cups flour", "florp", units.UnknownUnit, "florp"),
        ("1 bunch parsley", "g", convert.UnknownDensity, "no weight on file for one bunch"),
        ("400 F", "g", numerals.BadQuantity, "temperature"),
        ("2 cups flour", "C", numerals.BadQuantity, "not a temperature"),
        ("-300 C", "F", numerals.BadQuantity, "absolute zero"),
        ("gas mark 12", "C", numerals.BadQuantity, "gas mark"),
        ("salt to taste", "g", numerals.BadQuantity, "no amount"),
        ("10 kg unicorn EP", "kg AP", convert.UnknownDensity, "yield"),
        ("10 kg EP", "kg AP", convert.NeedsIngredient, "--ingredient"),
        ("8 oz", "mL", convert.NeedsIngredient, "fl oz"),
        ("1 cup kosher salt", "g", convert.UnknownDensity, "kosher"),
        ("1 #16", "cup", units.UnknownUnit, "#16 scoop"),
        ("1 full hotel pan", "qt", units.UnknownUnit, "hotel pan 2.5 in"),
    ],
)
def test_refusals(text, to, error, says):
    with pytest.raises(error, match=says):
        convert.convert_text(text, to)


@pytest.mark.parametrize(
    ("text", "to", "amount", "unit"),
    [
        ("2 cups flour", "g", "250", "g"),
        ("250 g flour", "cups", "2", "cup"),
        ("1 cup packed brown sugar", "g", "220", "g"),
        ("1 cup brown sugar, packed", "g", "220", "g"),
        ("1 cup sifted powdered sugar", "g", "100", "g"),
        ("1 cup powdered sugar, sifted", "g", "120", "g"),
        ("1 cup chopped pecans", "g", "109", "g"),
        ("1 cup sugar", "g", "200", "g"),
        ("1 cup whipped cream", "g", "60", "g"),
        ("1 cup heavy cream", "g", "238", "g"),
        ("1 cup heavy cream, whipped", "g", "238", "g"),
        ("1 cup canned chickpeas, drained", "g", "240", "g"),
        ("1 cup drained canned chickpeas", "g", "152", "g"),
        ("350 F", "C", "1590/9", "C"),
        ("-40 F", "C", "-40", "C"),
        ("minus 18 °C", "F", "-2/5", "F"),
        ("0 C", "K", "273.15", "K"),
        ("gas mark 4", "F", "350", "F"),
        ("180 C", "gas mark", "4", "gas mark"),
        ("100 lb asparagus AP", "lb EP", "53", "lb EP"),
        ("53 lb asparagus EP", "lb AP", "100", "lb AP"),
        ("2 dozen eggs", "g", "1200", "g"),
        ("1 dozen eggs", "pieces", "12", ""),
        ("100 g eggs", "large", "2", "large"),
        ("1 pt strawberries", "mL", "550.6104713575", "mL"),
        ("2 sticks butter", "oz", "8", "oz"),
        ("1 #10 can tomatoes", "cup", "12.5", "cup"),
        ("2 C flour", "g", "250", "g"),
        ("2 cloves garlic, minced", "g", "6", "g"),
        ("1 bunch spinach", "g", "340", "g"),
        ("89 onions", "g AP", "11000", "g AP"),
        ("300g/10½oz onions, thinly sliced", "g", "300", "g"),
    ],
)
def test_exact(text, to, amount, unit):
    got = convert.convert_text(text, to)
    assert got.to.unit == unit
    assert got.to.low == Fraction(amount) or float(got.to.low) == pytest.approx(float(Fraction(amount)), rel=1e-5)


def test_a_range_stays_a_range():
    got = convert.convert_text("2-3 cups flour", "g")
    assert got.to == Quantity(Fraction(250), Fraction(375), "g")
    assert set(got.document()["to"]) == {"low", "high", "exact_low", "exact_high", "unit"}


def test_document_has_the_promised_shape():
    document = convert.convert_text("2 cups flour", "g").document()
    assert list(document) == ["input", "to", "ingredient", "source", "approximate", "warnings"]
    assert document["to"] == {"amount": 250, "exact": "250", "unit": "g"}
    assert (document["input"], document["ingredient"], document["approximate"]) == ("2 cups flour", "flour", False)
    assert "20081" in document["source"]


@pytest.mark.parametrize(
    ("text", "to", "says"),
    [
        ("8 oz milk", "g", "8 fl oz would be 244 g"),
        ("1 pt strawberries", "g", "473.18"),
        ("1 T sugar", "g", "tablespoon"),
        ("1 cup flour", "g", "King Arthur"),
        ("1 full hotel pan 2.5 in", "qt", "usable 240"),
    ],
)
def test_warnings(text, to, says):
    assert any(says in warning for warning in convert.convert_text(text, to).warnings)


@pytest.mark.parametrize(
    ("text", "to"), [("a pinch of salt", "g"), ("1 clove garlic", "g"), ("1 #10 can corn", "g"), ("1 cup onion", "g")]
)
def test_rough_measures_are_marked(text, to):
    assert convert.convert_text(text, to).approximate


def test_a_pinch_is_no_pico_inch():
    got = convert.convert_text("a pinch of salt", "g")
    assert 0.3 <= got.to.low <= 0.45
    assert convert.convert_text("a pinch", "tsp").to.low == Fraction(1, 16)


def test_decided_measures_are_used_and_named():
    decided = {("parsley", "bunch"): Quantity.of(60, "g")}
    got = convert.to_mass(Quantity.of(2, "bunch"), "parsley", measures=decided)
    assert (got.grams, got.by, got.approximate) == (Quantity.of(120, "g"), "decision", True)
    assert convert.to_mass(Quantity.of(2, "bunch"), "parsley") is None


def test_a_piece_as_purchased_weighs_more_than_its_edible_part():
    edible = convert.to_mass(Quantity.of(3), "onions", state="EP")
    bought = convert.to_mass(Quantity.of(3), "onions", state="AP")
    assert bought.grams.high * convert.edible_share("onions").percent / 100 == edible.grams.high


def test_the_lowest_yield_is_used_and_all_are_named():
    share = convert.edible_share("banana")
    assert share.percent == 64
    assert "64" in share.source
    assert "68" in share.source
    assert convert.edible_share("peeled potatoes").percent == 100
    assert convert.edible_share("crushed tomatoes").source == ""
    assert convert.edible_share("boneless leg of lamb").percent == 100


@pytest.mark.parametrize(
    ("text", "item", "system", "amount", "unit"),
    [
        ("1 lb", "beef", "metric", "453.59237", "g"),
        ("3 lb", "beef", "metric", "1.36077711", "kg"),
        ("4 oz", "beef", "metric", "113.398", "g"),
        ("2 cup", "flour", "metric", "250", "g"),
        ("1 cup", "milk", "metric", "236.588", "mL"),
        ("3 large", "eggs", "metric", "3", "large"),
        ("500 g", "flour", "us", "1.10231", "lb"),
        ("1 tbsp", "oil", "au", "0.739338", "tbsp"),
    ],
)
def test_to_system(text, item, system, amount, unit):
    source = "us" if system != "us" else "metric"
    got = convert.to_system(parse_amount(text).quantity, item, system, source=source)
    assert got.to.unit == unit
    assert float(got.to.low) == pytest.approx(float(amount), rel=1e-4)


@pytest.mark.parametrize(
    ("text", "to", "amount", "unit"),
    [
        ("350 F", "metric", "176.667", "C"),
        ("180 C", "us", "356", "F"),
        ("2 cups flour", "metric", "250", "g"),
        ("1 lb beef", "au", "453.592", "g"),
    ],
)
def test_a_system_may_be_asked_for(text, to, amount, unit):
    got = convert.convert_text(text, to)
    assert (got.to.unit, got.input) == (unit, text)
    assert float(got.to.low) == pytest.approx(float(amount), rel=1e-5)


def test_what_somebody_could_decide_is_named():
    with pytest.raises(convert.UnknownDensity) as caught:
        convert.convert_text("1 bunch parsley", "g")
    assert (caught.value.item, caught.value.measure) == ("parsley", "bunch")
    decided = {("parsley", "bunch"): Quantity.of(60, "g")}
    assert convert.convert_text("1 bunch parsley", "g", decided=decided).to == Quantity.of(60, "g")


def test_names_are_found_in_singular_plural_and_with_idle_words():
    for name in ("carrot", "carrots", "fresh carrots", "large carrots", "organic carrots"):
        assert weights.density(name).food == "carrot"
    assert weights.density("blueberries").food == "blueberry"
    assert weights.density("all purpose flour").food == "all-purpose flour"


@pytest.mark.parametrize(
    "name", ["unicorn flour", "cooked lentil soup", "flour tortilla dust", "milk thistle", "", "sugar snap", "x" * 500]
)
def test_no_food_is_guessed(name):
    assert weights.density(name) is None


def test_the_tables_are_whole():
    foods = {row["food"] for row in rows("densities") if row["ndb_no"]}
    assert len(foods) >= 500
    for row in rows("densities"):
        assert row["source"], row
        assert Fraction(row["grams"]) > 0, row
        density = Fraction(row["grams"]) / Fraction(row["ml"])
        assert Fraction("0.03") < density < Fraction("1.6"), row
        assert abs(density - Fraction(row["g_per_ml"])) < Fraction("0.0001"), row
    for row in rows("pieces"):
        assert row["source"], row
        assert row["of"] in ("AP", "EP")
        assert Fraction(row["grams"]) > 0
        units.find(row["measure"].partition("@")[0])
    for row in rows("yields"):
        assert row["source"], row
        assert 0 < Fraction(row["percent"]) <= 100, row
    assert len(rows("yields")) >= 100


def test_no_name_means_two_foods():
    for table, column in (("densities", "food"), ("pieces", "item"), ("yields", "item")):
        seen = {}
        for row in rows(table):
            for name in (row[column], *row["synonyms"].split("|")):
                if name:
                    assert seen.setdefault(name.lower(), row[column]) == row[column], (table, name)


def test_every_name_of_a_table_is_found():
    for row in rows("densities"):
        for name in (row["food"], *filter(None, row["synonyms"].split("|"))):
            assert weights.density(name).food == row["food"], name
    for row in rows("yields"):
        for name in (row["item"], *filter(None, row["synonyms"].split("|"))):
            assert weights.edible_share(name).food == row["item"], name


def test_the_table_equals_what_usda_printed():
    """The rows that name a USDA food keep its own grams."""
    sample = {
        ("20081", "1 cup"): "125",
        ("19296", "1 cup"): "339",
        ("01001", "1 tbsp"): "14.2",
        ("11282", "1 cup, chopped"): "160",
    }
    found = {(r["ndb_no"], r["usda_measure"]): r["grams"] for r in rows("densities")}
    for key, grams in sample.items():
        assert found[key] == grams


FOODS = sorted({row["food"] for row in rows("densities")})


@given(
    st.fractions(min_value=0, max_value=1000, max_denominator=1000),
    st.sampled_from(FOODS),
    st.sampled_from(["cup", "tbsp", "mL", "L", "gal"]),
    st.sampled_from(["g", "oz", "kg", "lb"]),
    st.sampled_from(units.SYSTEMS),
)
def test_volume_to_mass_and_back_is_exact(amount, food, volume, mass, system):
    there = convert.to_mass(Quantity.of(amount, volume), food, "", system)
    assert there is not None
    back = there.grams.low / convert.to_mass(Quantity.of(1, volume), food, "", system).grams.low
    assert back == amount
    assert (
        convert.convert_text(f"{amount} {volume}", mass, food, system).to.low * units.find(mass).factor
        == there.grams.low
    )


@given(
    st.sampled_from([r["item"] for r in rows("yields")]),
    st.fractions(min_value=0, max_value=10_000, max_denominator=100),
)
def test_as_purchased_is_never_less_than_edible(item, grams):
    bought = convert.convert_text(f"{grams} g EP", "g AP", item).to.low
    assert bought >= grams
    assert convert.convert_text(f"{bought} g AP", "g EP", item).to.low == grams


TEXTS = st.one_of(
    st.text(max_size=40),
    st.builds(
        lambda *parts: " ".join(parts),
        st.sampled_from(["1", "2 1/2", "½", "2-3", "1e5", "-1", "a", "0", "9" * 14, "1,5"]),
        st.sampled_from([*sorted({r["name"] for r in rows("units")}), "florp", "T", "°F"]),
        st.sampled_from([*FOODS[:60], "", "unicorn dust", "onions, chopped", "EP", "eggs"]),
    ),
)


@given(
    TEXTS,
    st.one_of(
        st.text(max_size=12), st.sampled_from(["g", "cup", "kg AP", "lb EP", "C", "", "large", "#10 can", "dozen"])
    ),
)
@example("1 cup onions EP", "g AP")
def test_any_text_gives_a_number_or_a_clean_error(text, to):
    got, refused = None, "refused"
    try:
        got = convert.convert_text(text, to)
    except ValueError as error:
        refused = str(error).strip()
    assert refused
    if got is None:
        return
    document = json.loads(json.dumps(got.document(), allow_nan=False))
    values = [document["to"].get(key) for key in ("amount", "low", "high")]
    assert all(value is None or math.isfinite(value) for value in values)
    assert got.text()


@pytest.mark.parametrize(
    ("text", "system", "millilitres"),
    [
        ("2 bottles of red wine", "us", 1500),
        ("1 bottle of wine", "metric", 750),
        ("1 bottle champagne", "us", 750),
        ("6 bottles beer", "metric", 1980),
        ("6 cans beer", "us", Fraction("2129.2941285")),
        ("1 can cola", "au", 375),
        ("1 bottle vodka", "us", 750),
        ("1 bottle vodka", "imperial", 700),
        ("1 can coconut milk", "us", 400),
    ],
)
def test_bottles_and_cans_of_drinks_have_their_usual_size_and_say_that_it_is_about(text, system, millilitres):
    found = convert.convert_text(text, "mL", system=system)
    assert found.to.low == found.to.high == millilitres
    assert found.approximate
    assert "bottle" in found.source or "can" in found.source


@pytest.mark.parametrize("text", ["1 bottle olive oil", "2 cans tomatoes", "1 bottle ketchup", "1 can zorrel"])
def test_a_pack_that_has_no_usual_size_has_no_weight(text):
    with pytest.raises(convert.UnknownDensity):
        convert.convert_text(text, "g")


def test_of_two_foods_the_first_is_weighed_and_never_the_second_for_a_first_that_is_not_known():
    def grams(item):
        mass = convert.to_mass(Quantity.of(1, "cup"), item)
        return mass and mass.grams.low

    assert grams("butter or margarine") == grams("butter")
    assert grams("canned or frozen corn") == grams("canned corn") is not None
    assert grams("frozen or zurrel corn") == grams("frozen corn")
    assert grams("dried or table salt") == grams("table salt") is not None
    assert grams("canola or vegetable oil") == grams("canola oil") is not None
    for unknown in ("zorrel or salt", "flour sugar or salt", "zorrel or zurrel or flour"):
        assert grams(unknown) is None


@pytest.mark.parametrize(
    ("text", "state", "low", "unit"),
    [
        ("10 kg onions", "EP", Fraction(89, 10), "kg EP"),
        ("10 kg onions", "AP", 10, "kg AP"),
        ("3 onions", "EP", 330, "g EP"),
    ],
)
def test_a_state_alone_is_asked_in_the_unit_as_written_or_in_grams(text, state, low, unit):
    found = convert.convert_text(text, state)
    assert (found.to.low, found.to.unit) == (low, unit)


def test_of_several_foods_the_first_is_converted_and_the_others_are_named():
    got = convert.convert_text("4 oz ham, 6 oz cheddar, 2 eggs", "g")
    assert got.ingredient == "ham"
    assert any("cheddar, eggs" in warning for warning in got.warnings)
