"""Cans: so many of a size, of the canned food, whole; drained they weigh less on the plate and cost the same."""

from fractions import Fraction

import pytest

from catering_cli.domain.quantity import Quantity
from catering_cli.kitchen.foods.mass import to_mass
from catering_cli.kitchen.lines.ingredient_line import parse_line
from catering_cli.kitchen.quantities import display, units


@pytest.mark.parametrize(
    ("text", "count", "unit", "item"),
    [
        ("2 x 400 g tins chickpeas, drained", 2, "400 g can", "canned chickpeas"),
        ("3 (15 oz) cans kidney beans", 3, "15 oz can", "canned kidney beans"),
        ("1 can (14 oz, 400 g) chopped tomatoes", 1, "14 oz can", "canned tomatoes"),
        ("half a 15-ounce can crushed tomatoes", Fraction(1, 2), "15 oz can", "crushed tomatoes"),
        ("½ 400g/14oz can cherry tomatoes", Fraction(1, 2), "400 g can", "canned cherry tomatoes"),
        ("1 - 7 oz can corn", 1, "7 oz can", "canned corn"),
        ("2 #10 cans peaches, drained", 2, "#10 can", "canned peaches"),
        ("1 #2½ can pears", 1, "#2.5 can", "canned pears"),
        ("2 #10 cans sweet potatoes", 2, "#10 can", "canned sweet potatoes"),
        ("6 cans beer", 6, "can", "beer"),
        ("2 tins anchovies (50 g each)", 2, "50 g can", "anchovies"),
    ],
)
def test_cans_are_counted_and_hold_the_canned_food(text, count, unit, item):
    line = parse_line(text)
    assert (line.quantity, line.item) == (Quantity.of(count, unit), item)


def test_a_can_of_a_size_is_a_unit_of_what_it_holds():
    can = units.find("14.5 oz can")
    assert (can.dimension, can.factor) == ("mass", Fraction("14.5") * units.find("oz").factor)
    assert display.amount_text(Quantity.of("5/2", "400 g can")) == "2 1/2 cans (400 g)"
    assert units.lookup("400 florp can") is None


@pytest.mark.parametrize(("item", "percent"), [("canned chickpeas", 56), ("canned kidney beans", 61), ("peas", 62)])
def test_drained_weight_is_a_share_of_the_contents_with_its_source(item, percent):
    whole, left = (to_mass(Quantity.of(2, "400 g can"), item, how) for how in ("", "drained and rinsed"))
    assert whole.grams == Quantity.of(800, "g")
    assert left.grams == Quantity.of(8 * percent, "g")
    assert left.source
    assert left.approximate is ("[K]" in left.source)


def test_a_can_by_number_is_drained_from_what_it_holds_and_not_filled_with_drained_food():
    whole, left = (to_mass(Quantity.of(1, "#10 can"), "canned kidney beans", how) for how in ("", "drained"))
    assert left.grams.low == whole.grams.low * Fraction(61, 100)


@pytest.mark.parametrize(
    ("text", "count", "unit"),
    [
        ("2 2-pound whole chickens", 2, "2 lb whole"),
        ("3 turkeys (15 lb each)", 3, "15 lb whole"),
        ("1 leg of lamb, about 2 kg", 1, "2 kg whole"),
    ],
)
def test_whole_birds_and_joints_are_counted_by_their_weight(text, count, unit):
    assert parse_line(text).quantity == Quantity.of(count, unit)


def test_pieces_of_a_bird_and_a_weight_that_no_scale_shows_are_weighed():
    assert parse_line("6 chicken thighs (about 700 g)").quantity == Quantity.of(700, "g")
    assert parse_line("3 whole chickens (5 kg)").quantity == Quantity.of(5, "kg")
