"""Lines as they stand in e-mails: each food of a line with its amount, or a doubt that names both readings."""

from __future__ import annotations

import pytest

from catering_cli.kitchen.lines.several_foods import parse_lines


def read(text: str) -> list[tuple[str, str]]:
    lines = parse_lines(text)
    return [
        (f"{float(one.quantity.high):g} {one.quantity.unit}".strip() if one.quantity else "", one.item) for one in lines
    ]


@pytest.mark.parametrize(
    ("text", "foods"),
    [
        (
            "2 onions, 3 carrots, 3 ribs celery - all rough chopped",
            [("2", "onions"), ("3", "carrots"), ("3 stalk", "celery")],
        ),
        ("few sprigs thyme, 2 bay lvs", [("3 sprig", "thyme"), ("2", "bay leaves")]),
        ("2 cans (10.5 oz ea) cream of mushroom soup", [("2 10.5 oz can", "cream of mushroom soup")]),
        ("4 cl garlic sliced thin", [("4 clove", "garlic")]),
        ("4 cl brandy", [("4 cL", "brandy")]),
        ("Crust - 1 c flour, 1/2 c butter", [("1 cup", "flour"), ("0.5 cup", "butter")]),
        ("Chicken: 2 lb boneless thighs", [("2 lb", "Chicken")]),
        ("1/2 tsp b. powder", [("0.5 tsp", "baking powder")]),
        ("1/2 red onion small dice", [("0.5", "red onion")]),
        ("6-bone rack of lamb", [("1 rack", "lamb")]),
        ("12-grain bread", [("1", "bread")]),
        ("five-spice powder", [("", "five-spice powder")]),
        ("flour, twelve cups", [("12 cup", "flour")]),
        ("2 1-inch thick each swordfish fillets, about 6-7 oz each", [("14 oz", "swordfish fillets")]),
        ("Thirty-six mussels", [("36", "mussels")]),
    ],
)
def test_a_pasted_line_is_read(text: str, foods: list[tuple[str, str]]) -> None:
    assert read(text) == foods


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("4-3 lb beef chuck", "4 of 3 lb each"),
        ("bananas (4-5 small ones, or 2-3 large)", "says how many"),
        ("Aromatics: 6 parsley branches, 3 garlic cloves, 1 bay leaf", "3 garlic cloves is needed too"),
    ],
)
def test_what_may_be_meant_otherwise_is_a_doubt(text: str, said: str) -> None:
    assert any(said in doubt.sentence for line in parse_lines(text) for doubt in line.doubts)


@pytest.mark.parametrize("text", ["2 red chillies, 1 finely chopped, 1 sliced", "3 eggs, 2 whole, 1 yolk only, beaten"])
def test_a_share_of_the_amount_is_no_other_food(text: str) -> None:
    assert not any(line.doubts for line in parse_lines(text))
