"""Every number of a line is accounted for, or the line is in doubt with both readings."""

import pytest

from catering_cli.kitchen.lines.several_foods import parse_lines


def doubts(text):
    return [doubt.sentence for line in parse_lines(text) for doubt in line.doubts]


@pytest.mark.parametrize(
    "text",
    [
        "1 can (14 oz, 400 g) chopped tomatoes",
        "500g/1lb 2oz puff pastry",
        "4 dozen (5-6 inch) corn tortillas",
        "2 lb 90/10 ground beef",
        "1 lb carrots, diced (about 3 cups)",
        "2 lbs beef, cut into chunks 1 kg",
        "2 cups sugar, divided: 1 1/2 cups and 1/2 cup",
        "1 bunch basil, 2 cups packed leaves",
        "1 tsp yeast, dissolved in 2 tbsp warm water",
        "1 cup milk or 2 cups water",
        "200 g flour, plus 2 tbsp for dusting",
        "1 cup (plus 2 tbsp) flour",
        "2% milk",
        "1 egg, beaten with 2 tbsp (25 ml) water",
        "00 flour",
        "1 tbsp 5-spice powder",
        "8 9-inch tortillas",
        "juice of 2 limes (about 1/4 cup)",
    ],
)
def test_numbers_with_a_place_are_not_doubted(text):
    assert doubts(text) == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("enough water to make 3 cups", "not read as an amount"),
        ("1 bay leaf 1/2 teaspoon salt", "beside its amount"),
        ("1 egg, beaten with 2 tbsp milk", "2 tbsp more"),
        ("1 tsp salt and pepper", "1 tsp of each"),
        ("½ to 1/3 cup heavy cream", "not read as an amount"),
        ("One 9 x 13 x 2-inch pan of polenta", "not read as an amount"),
    ],
)
def test_what_has_no_place_is_doubted_with_the_other_reading(text, says):
    assert any(says in doubt for doubt in doubts(text))
