"""Vendors' price lists: which food an item is, what its pack holds; a word that is not understood matches nothing."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

from catering_cli.checks import registry
from catering_cli.domain.problem import Refused
from catering_cli.intake import load
from catering_cli.kitchen.cook import cook
from catering_cli.kitchen.purchasing.price_list import parse_item
from catering_cli.kitchen.quantities.case_packs import parse_pack

ITEMS = {
    "Carrots, Jumbo": ("carrot", None),
    "Butter, AA, unsalted, 36/1 lb": ("unsalted butter", (36, "lb")),
    "Eggs, large, 15 dz": ("egg", (180, "")),
    "Flour, bread, 50#": ("bread flour", (50, "lb")),
    "EVOO, 4/1 gal": ("olive oil", (4, "gal")),
    "Cream, heavy, 40%, 12/1 qt": ("cream", (12, "qt")),
    "Shrimp 16/20 P&D, 10/2 lb": ("shrimp", (20, "lb")),
    "Beef, ground, 80/20, 8/10#": ("ground beef", (80, "lb")),
    "Oil, olive, extra virgin, 4/1 gal": ("extra virgin olive oil", (4, "gal")),
    "Tomatoes, crushed, 6/#10": ("canned crushed tomato", (6, "#10 can")),
    "Bacon, sliced, 14/18 ct, 15#": ("bacon", (15, "lb")),
    "Milk, coconut, 24/13.5 oz": ("coconut milk", (324, "oz")),
    "2% milk": ("2 milk", None),
    "Butter, cashew": ("cashew butter", None),
    "Cocoa powder, Dutch, 5 lb": ("", (5, "lb")),
    "Sesame bagel thing, 2 dz": ("", (24, "")),
}


@pytest.mark.parametrize("text", ITEMS)
def test_an_item_is_its_food_and_its_pack(text):
    read = parse_item(text)
    pack = (read.pack.low, read.pack.unit) if read.pack else None
    assert (read.food, pack) == ITEMS[text]


@pytest.mark.parametrize(("text", "amount"), [("6/5 lb", 30), ("2/5#", 10), ("12 x 1 lb", 12), ("4/10-12 lb", 40)])
def test_a_pack_of_packs_is_their_sum_and_no_fraction(text, amount):
    assert (parse_pack(text).low, parse_pack(text).unit) == (Fraction(amount), "lb")


def order(lines: list[str], **more: object) -> dict[str, object]:
    steps = [{"text": "Make it.", "minutes": 10}]
    recipe = {"name": "Dish", "yield": 20, "ingredients": lines, "steps": steps}
    event = {"name": "Lunch", "service_at": "2027-04-17T12:30:00-04:00", "timezone": "America/New_York"}
    return {"event": event, "guests": 20, "menu": [{"dish": "Dish", "portions": 20, "recipe": recipe}], **more}


def test_a_price_list_in_csv_prices_the_foods_it_names_and_the_checker_agrees(tmp_path):
    (tmp_path / "list.csv").write_text(
        "Item,Pack Size,Price,Vendor\n"
        '"Butter, AA, unsalted",36/1 lb,"$99.00",Dairy Co\n'
        '"Peanut butter, creamy",35#,$60.00,Dry Goods\n'
        "Carrots,lb,0.80,Farm\n"
    )
    (tmp_path / "order.json").write_text(
        json.dumps(order(["2 lb unsalted butter", "5 lb carrots"], supply_file="list.csv"))
    )
    read = load.order(str(tmp_path / "order.json"))
    plan = cook(read)
    rows = {line.item: (line.supplier, line.cost, line.offer) for line in plan.shopping.lines}
    assert rows["unsalted butter"] == ("Dairy Co", 99, "Butter, AA, unsalted")
    assert rows["carrot"][0] == "Farm"
    found, _ = registry.check(read, plan)
    assert [one.message for one in found if one.severity == "blocking"] == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Food thing;Cost\nx;1\n", "line 1.*no column item"),
        ("item,price\nCarrots,cheap 1.2.3\n", "line 2.*no price"),
        ("item,pack,price\nCarrots,a heap,3\n", "line 2"),
    ],
)
def test_a_price_list_that_cannot_be_read_is_refused_with_its_line(tmp_path, text, says):
    (tmp_path / "list.csv").write_text(text)
    (tmp_path / "order.json").write_text(json.dumps(order(["5 lb carrots"], supply_file="list.csv")))
    with pytest.raises(Refused, match=says):
        load.order(str(tmp_path / "order.json"))


def test_a_price_list_outside_the_folder_is_not_opened(tmp_path):
    (tmp_path / "order.json").write_text(json.dumps(order(["5 lb carrots"], supply_file="../list.csv")))
    with pytest.raises(Refused, match="outside the order's folder"):
        load.order(str(tmp_path / "order.json"))


@pytest.mark.parametrize(
    ("text", "food"),
    [
        ("Rice Basmati", "basmati rice"),
        ("Sugar Granulated", "sugar"),
        ("Butter Unsalted Solid", "unsalted butter"),
        ("Milk Coconut", "coconut milk"),
        ("Butter Peanut", "peanut butter"),
        ("CHICKEN, THIGH, BNLS SKLS, RANDOM", "chicken thigh"),
        ("Pie Apple", ""),
    ],
)
def test_words_behind_a_food_without_a_comma_describe_it_too(text, food):
    assert parse_item(text).food == food
