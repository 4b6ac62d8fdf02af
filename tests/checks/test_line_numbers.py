"""No number of a line is dropped or counted twice unseen: what the kitchen reads is held against the text again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catering_cli.checks import registry
from catering_cli.checks.menu.readings import ReadLine, line_of, unaccounted
from catering_cli.domain.order import Order
from catering_cli.domain.order_parts.recipe import Ingredient
from catering_cli.domain.quantity import Quantity
from catering_cli.kitchen.cook import cook
from catering_cli.kitchen.lines.several_foods import parse_lines
from catering_cli.kitchen.recipes.text_readers import TextReaders

CASES = Path(__file__).parents[1] / "reading" / "cases" / "lines.json"
LINES = [case["line"] for case in json.loads(CASES.read_text(encoding="utf-8"))["cases"]]
"""Each way to write a line."""


def _read(text: str) -> tuple[ReadLine, ...]:
    return tuple(line_of(Ingredient(**line.fields())) for line in parse_lines(text))


def _is_in_doubt(text: str) -> bool:
    return any(line.doubts or line.warnings for line in parse_lines(text))


@pytest.mark.parametrize("text", LINES)
def test_a_line_that_is_read_right_leaves_no_number(text: str) -> None:
    assert not unaccounted(text, _read(text), "us") or _is_in_doubt(text)


Slip = Callable[[ReadLine], ReadLine]


def _times(factor: int) -> Slip:
    def slip(line: ReadLine) -> ReadLine:
        return line._replace(quantity=line.quantity.times(factor) if line.quantity else None)

    return slip


def _dropped(line: ReadLine) -> ReadLine:
    return line._replace(quantity=None)


def _one(line: ReadLine) -> ReadLine:
    return line._replace(quantity=Quantity.of(1, line.quantity.unit if line.quantity else ""))


SLIPS: tuple[tuple[str, Slip], ...] = (
    ("the amount is doubled", _times(2)),
    ("the amount is tripled", _times(3)),
    ("the amount is dropped", _dropped),
    ("one instead of many", _one),
)
CAUGHT = 0.93
"""Share of slips that are named: two pieces of a food that is "cut in two" look like its amount."""


@pytest.mark.parametrize("slip", [slip for _, slip in SLIPS], ids=[what for what, _ in SLIPS])
def test_a_slip_of_the_reader_is_named(slip: Slip) -> None:
    told = []
    for text in LINES:
        lines = _read(text)
        slipped = (*map(slip, lines[:1]), *lines[1:])
        if slipped != lines and any(character.isnumeric() for character in text):
            told.append(bool(unaccounted(text, slipped, "us")))
    assert len(told) > len(LINES) / 2
    assert sum(told) >= CAUGHT * len(told)


@pytest.mark.parametrize(
    ("text", "slip"),
    [
        ("1 can (14 oz, 400 g) chopped tomatoes", Quantity.of(800, "g")),
        ("125g 4½oz soft brown sugar", Quantity.of("252.5", "g")),
        ("500g/1lb 2oz puff pastry", Quantity.of(1010, "g")),
        ("1 tsp ground ginger 5 mL", Quantity.of(2, "tsp")),
        ("½ cup (1 stick) plus 3 tablespoons unsalted butter", Quantity.of("1/2", "cup")),
        ("3 cups minus 2 tablespoons cake flour", Quantity.of("25/8", "cup")),
        ("5- to 6-pound beef tenderloin, trimmed", Quantity.of(5, "")),
        ("7 ¼-inch-thick slices bread", Quantity.of("7/4", "slice")),
        ("2 lb 90/10 ground beef", Quantity.of(180, "lb")),
        ("Thirty-six mussels", None),
        ("Basmati rice 350 g", None),
    ],
)
def test_a_misreading_of_old_is_named(text: str, slip: Quantity | None) -> None:
    lines = _read(text)
    assert not unaccounted(text, lines, "us")
    assert unaccounted(text, (lines[0]._replace(quantity=slip), *lines[1:]), "us")


def test_a_food_of_a_line_that_is_lost_is_named() -> None:
    text = "4 oz ham, 3 oz cheddar cheese, 2 eggs"
    assert not unaccounted(text, _read(text), "us")
    assert unaccounted(text, _read(text)[:-1], "us") == "2"


AMOUNTS = st.sampled_from(["3", "1/2", "2 1/2", "¾", "1¼", "0.75", "7", "twelve"])
FORMS = st.sampled_from(
    [
        "{a} cups flour",
        "{a} cups (200 g) flour, sifted",
        "flour, {a} cups",
        "{a} lb carrots, cut into 1-inch pieces",
        "{a} cups plus 2 tbsp sugar",
        "{a} (14 oz) cans chickpeas, drained",
        "about {a} oz butter (3 tbsp)",
        "{a}-9 large onions, sliced 5 mm thick",
    ]
)


@settings(max_examples=100, deadline=None)
@given(form=FORMS, amount=AMOUNTS, factor=st.sampled_from([2, 5]))
def test_any_amount_in_any_form_is_read_once(form: str, amount: str, factor: int) -> None:
    text = form.format(a=amount)
    if _is_in_doubt(text):
        return
    lines = _read(text)
    assert not unaccounted(text, lines, "us")
    assert unaccounted(text, tuple(map(_times(factor), lines)), "us")
    assert unaccounted(text, tuple(map(_dropped, lines)), "us")


def _order(line: str | dict[str, Any]) -> Order:
    recipe = {
        "name": "Bean salad",
        "course": "side",
        "yield": 10,
        "ingredients": ["2 lb green beans", line],
        "steps": ["Mix, 10 minutes."],
    }
    order = {
        "event": {"name": "Lunch", "service_at": "2027-04-17T12:30:00-04:00"},
        "guests": 10,
        "menu": ["Bean salad"],
        "recipes": [recipe],
    }
    return Order.model_validate(order, context={"readers": TextReaders()})


def test_the_finding_names_the_line_and_both_readings() -> None:
    text = "½ cup (1 stick) plus 3 tablespoons unsalted butter"
    dropped = {"item": "unsalted butter", "quantity": {"amount": 0.5, "unit": "cup"}, "text": text}
    for line, count in ((text, 0), (dropped, 1)):
        order = _order(line)
        findings, _ = registry.check(order, cook(order))
        told = [one for one in findings if one.rule == "lines.read"]
        assert len(told) == count
        for one in told:
            assert one.severity == "blocking"
            assert one.where == "order.recipes[0].ingredients[1]"
            assert one.value == text
            assert "1/2 cup" in one.message
            assert one.message.endswith("3")
