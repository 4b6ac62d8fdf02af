"""Measures of other kitchens, and amounts that stand after their food."""

from __future__ import annotations

from fractions import Fraction

import pytest

from catering_cli.domain.quantity import Quantity
from catering_cli.kitchen.lines import ingredient_line
from catering_cli.kitchen.quantities import units


@pytest.mark.parametrize(
    ("text", "amount", "unit", "item"),
    [
        ("2 EL Öl", 2, "metric tbsp", "Öl"),
        ("1/2 TL Salz", Fraction(1, 2), "metric tsp", "Salz"),
        ("2 c. à s. d'huile d'olive", 2, "metric tbsp", "huile d'olive"),
        ("1 cuillère à café de sel", 1, "metric tsp", "sel"),
        ("2,5 msk strösocker", Fraction(5, 2), "metric tbsp", "strösocker"),
        ("240 gramos de arroz", 240, "g", "arroz"),
        ("2 gousses d'ail", 2, "clove", "ail"),
        ("1 Prise Salz", 1, "pinch", "Salz"),
        ("Zucchero a velo 30 g", 30, "g", "Zucchero a velo"),
        ("Eau - 1 cuillère à soupe", 1, "metric tbsp", "Eau"),
        ("eieren 2", 2, "", "eieren"),
        ("Fragole 1,1 kg", Fraction(11, 10), "kg", "Fragole"),
        ("Scant 1/2 teaspoon ginger", Fraction(1, 2), "tsp", "ginger"),
        ("1 poundÂ\u00a0asparagus", 1, "lb", "asparagus"),
        ("1 large garlic clove", 1, "clove", "garlic"),
    ],
)
def test_a_line_of_another_kitchen_is_read(text, amount, unit, item):
    line = ingredient_line.parse_line(text)
    assert line.quantity is not None
    assert (line.quantity.low, line.quantity.unit, line.item) == (amount, unit, item)


@pytest.mark.parametrize("text", ["enough water to make 3 cups", "Wok, 32 cm", "0 g salt"])
def test_a_number_that_is_no_amount_of_the_food_is_told(text):
    line = ingredient_line.parse_line(text)
    assert line.quantity is None
    assert line.warnings or line.doubts


def test_spoons_of_the_metric_kitchen_are_the_same_in_every_system():
    for system in units.SYSTEMS:
        assert units.find("EL", system).factor == 15
        assert units.find("metric tbsp", system).factor == 15
        assert units.find("Teelöffel", system).factor == 5


@pytest.mark.parametrize(
    ("text", "quantity", "item"),
    [
        ("1 cs huile d'olive", Quantity.of(1, "metric tbsp"), "huile d'olive"),
        ("2 c.s. farine", Quantity.of(2, "metric tbsp"), "farine"),
        ("1 cc sel", Quantity.of(1, "metric tsp"), "sel"),
        ("2 cs romaine lettuce", Quantity.of(2, "case"), "romaine lettuce"),
        ("1 gestr. TL Zimt", Quantity.of(1, "metric tsp"), "Zimt"),
        ("2 c. à s. rases de sucre", Quantity.of(2, "metric tbsp"), "sucre"),
    ],
)
def test_spoons_of_a_language(text, quantity, item):
    line = ingredient_line.parse_line(text)
    assert (line.quantity, line.item) == (quantity, item)
