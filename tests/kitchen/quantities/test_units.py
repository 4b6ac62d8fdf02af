"""Units: the table against pint and its own sources, names in all their spellings, clean refusals."""

from fractions import Fraction
from typing import get_args

import pint
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catering_cli.data.tables import rows
from catering_cli.kitchen.quantities import units

ORACLE = pint.UnitRegistry()
PINT = [
    ("g", "us", "gram"),
    ("kg", "us", "kilogram"),
    ("oz", "us", "ounce"),
    ("lb", "us", "pound"),
    ("stone", "us", "stone"),
    ("mL", "us", "milliliter"),
    ("L", "us", "liter"),
    ("tsp", "us", "teaspoon"),
    ("tbsp", "us", "tablespoon"),
    ("cup", "us", "cup"),
    ("fl oz", "us", "fluid_ounce"),
    ("pt", "us", "pint"),
    ("qt", "us", "quart"),
    ("gal", "us", "gallon"),
    ("gill", "us", "gill"),
    ("fluid dram", "us", "fluid_dram"),
    ("dry pt", "us", "dry_pint"),
    ("dry qt", "us", "dry_quart"),
    ("peck", "us", "peck"),
    ("bushel", "us", "bushel"),
    ("cup", "imperial", "imperial_cup"),
    ("fl oz", "imperial", "imperial_fluid_ounce"),
    ("gill", "imperial", "imperial_gill"),
    ("pt", "imperial", "imperial_pint"),
    ("qt", "imperial", "imperial_quart"),
    ("gal", "imperial", "imperial_gallon"),
]


@pytest.mark.parametrize(("name", "system", "oracle"), PINT)
def test_pint_agrees(name, system, oracle):
    base = {"mass": "gram", "volume": "milliliter"}[units.find(name, system).dimension]
    assert float(units.find(name, system).factor) == pytest.approx(
        ORACLE.Quantity(1, oracle).to(base).magnitude, rel=1e-9
    )


@pytest.mark.parametrize(
    ("name", "system", "factor"),
    [
        ("cup", "metric", "250"),
        ("tbsp", "metric", "15"),
        ("tbsp", "au", "20"),
        ("cup", "au", "250"),
        ("tsp", "au", "5"),
        ("legal cup", "us", "240"),
        ("legal tbsp", "us", "15"),
        ("japanese cup", "us", "200"),
        ("go", "us", "180"),
        ("dessertspoon", "imperial", "10"),
        ("drop", "us", "0.05"),
        ("qt", "us", "946.352946"),
        ("pt", "imperial", "568.26125"),
    ],
)
def test_stated_factors(name, system, factor):
    assert units.find(name, system).factor == Fraction(factor)


@pytest.mark.parametrize(
    ("name", "of", "many"),
    [
        ("pinch", "tsp", Fraction(1, 16)),
        ("dash", "tsp", Fraction(1, 8)),
        ("smidgen", "tsp", Fraction(1, 32)),
        ("jigger", "fl oz", Fraction(3, 2)),
        ("#16 scoop", "cup", Fraction(1, 4)),
        ("#8 scoop", "cup", Fraction(1, 2)),
        ("#40 disher", "fl oz", Fraction(4, 5)),
        ("#300 can", "cup", Fraction(7, 4)),
        ("#2 1/2 can", "cup", Fraction(7, 2)),
        ("no. 303 tin", "cup", Fraction(2)),
        ("#10 can", "cup", Fraction(25, 2)),
        ("full hotel pan 2.5 in", "qt", Fraction(63, 8)),
        ("half hotel pan 4 inch", "qt", Fraction(27, 4)),
        ('1/3 pan, 6" deep', "qt", Fraction(49, 8)),
        ("two-thirds hotel pan 2 1/2 inches", "qt", Fraction(23, 4)),
    ],
)
def test_one_is_so_many_of_another(name, of, many):
    assert units.convert(Fraction(1), units.find(name), units.find(of)) == many


def test_a_hotel_pan_needs_its_depth_and_a_frying_pan_is_none():
    assert units.lookup("half hotel pan") is None
    assert units.lookup("pan") is None
    assert units.lookup("frying pan 4") is None


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Tbsp.", "tbsp"),
        ("TBSP", "tbsp"),
        ("tb", "tbsp"),
        ("tbs", "tbsp"),
        ("T", "tbsp"),
        ("t", "tsp"),
        ("tsps", "tsp"),
        ("Teaspoonfuls", "tsp"),
        ("c", "cup"),
        ("c.", "cup"),
        ("C", "C"),
        ("F", "F"),
        ("°C", "C"),
        ("deg F", "F"),
        ("fl. oz.", "fl oz"),
        ("fluid ounces", "fl oz"),
        ("oz.", "oz"),
        ("LBS", "lb"),
        ("#", "lb"),
        ("kilos", "kg"),
        ("grammes", "g"),
        ("gr", "g"),
        ("millilitres", "mL"),
        ("cc", "mL"),
        ("ltr", "L"),
        ("pints", "pt"),
        ("Quarts", "qt"),
        ("dry pints", "dry pt"),
        ("pints dry", "dry pt"),
        ("bunches", "bunch"),
        ("leaves", "leaf"),
        ("loaves", "loaf"),
        ("tins", "can"),
        ("pkg", "package"),
        ("each", ""),
        ("pieces", ""),
        ("", ""),
        ("extra-large", "extra large"),
        ("imperial pints", "imperial pt"),
        ("UK gallon", "imperial gal"),
        ("US cup", "us cup"),
        ("metric cup", "metric cup"),
        ("Australian tablespoon", "au tbsp"),
        ("doz", "dozen"),
    ],
)
def test_spellings(written, name):
    assert units.find(written).name == name


def test_a_prefix_fixes_the_system():
    assert units.find("imperial pint", "us") == units.find("imperial pint", "au")
    assert units.find("us cup", "metric").factor == units.find("cup", "us").factor


def test_an_unknown_unit_names_the_nearest():
    with pytest.raises(units.UnknownUnit, match="did you mean") as caught:
        units.find("teespoon")
    assert "tsp" in caught.value.suggestions
    assert isinstance(caught.value, ValueError)
    with pytest.raises(units.UnknownUnit, match="unrecognized unit 'florp'"):
        units.find("florp")


def test_an_unknown_system_names_the_known():
    with pytest.raises(ValueError, match="us, imperial, metric, au"):
        units.find("cup", "roman")


def test_what_does_not_measure_the_same_is_not_converted():
    with pytest.raises(ValueError, match="do not measure the same"):
        units.convert(Fraction(1), units.find("cup"), units.find("g"))
    with pytest.raises(ValueError, match="do not measure the same"):
        units.convert(Fraction(1), units.find("clove"), units.find("bunch"))


def test_every_row_is_whole():
    for row in rows("units"):
        assert row["source"], row
        assert row["dimension"] in get_args(units.Dimension), row
        for system in units.SYSTEMS:
            found = units.find(row["name"], system)
            assert found.name == row["name"]
            assert (found.factor > 0) == (found.dimension != "temperature"), row
            for alias in row["aliases"].split("|"):
                if alias:
                    assert units.find(alias, system).name == row["name"], alias


def test_no_name_means_two_units():
    seen = {}
    for row in rows("units"):
        for alias in row["aliases"].split("|"):
            if alias:
                assert seen.setdefault(alias.lower(), row["name"]) == row["name"], alias


VOLUMES = sorted({row["name"] for row in rows("units") if row["dimension"] == "volume"})
MASSES = sorted({row["name"] for row in rows("units") if row["dimension"] == "mass"})


@given(
    st.fractions(min_value=0, max_value=10**6),
    st.sampled_from([(a, b) for names in (VOLUMES, MASSES) for a in names for b in names]),
    st.sampled_from(units.SYSTEMS),
)
def test_round_trips_are_exact(amount, pair, system):
    one, other = (units.find(name, system) for name in pair)
    assert units.convert(units.convert(amount, one, other), other, one) == amount


@given(st.text(max_size=30))
def test_any_text_is_a_unit_or_a_clean_error(text):
    known = units.lookup(text)
    if known is None:
        with pytest.raises(units.UnknownUnit, match="unrecognized unit"):
            units.find(text)
    else:
        assert known.source
