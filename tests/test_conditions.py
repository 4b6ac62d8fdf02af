"""Conditions of the tables: each form against an order and facts, and every row of the tables can be read."""

from __future__ import annotations

import pytest

from catering_cli.data.conditions import applies
from catering_cli.data.tables import rows
from catering_cli.domain.order import Order

ORDER = Order.model_validate(
    {
        "event": {"name": "Lunch", "service_at": "2027-05-01T12:00:00Z", "jurisdiction": "us-fda-2022"},
        "guests": 40,
        "menu": [{"dish": "Rice pilaf", "portions": 20}, {"dish": "Tiramisu", "over_percent": 0}],
        "kitchen": {"equipment": {}},
        "staff": [],
    }
)


@pytest.mark.parametrize(
    ("condition", "due"),
    [
        ("always", True),
        ("event.style is absent", True),
        ("event.style = buffet", True),
        ("event.style != boxed", True),
        ("event.jurisdiction is present", True),  # said, though it is the default
        ("guests.expected is absent", True),
        ("guests.children.share is absent", True),
        ("kitchen.equipment is present", True),  # an empty kitchen is a statement
        ("staff is absent", False),
        ("kitchen.hours is absent and staff is absent", False),
        ("staff is absent or tphc is absent", True),
        ("staff is absent or tphc is present and system = us", False),
        ("any menu: portions is absent", True),
        ("any menu: portions is absent and over_percent is absent", False),  # never of one dish
        ("alcohol is present", False),
        ("staff_called >= 6", True),
        ("staff_called >= 7", False),
        ("any dishes: recipe.served_at = hot", False),
    ],
)
def test_a_condition_holds(condition: str, due: bool) -> None:
    facts = {"alcohol": False, "staff_called": 6, "dishes": ()}
    assert applies(condition, ORDER, facts) is due


@pytest.mark.parametrize("table", ["assumptions", "contingency", "staff_ratios"])
def test_every_row_can_be_read(table: str) -> None:
    facts = {"alcohol": True, "staff_called": 9, "dishes": (), "services": ()}
    for row in rows(table):
        assert applies(row["applies"], ORDER, facts) in (True, False), row


@pytest.mark.parametrize("condition", ["guests.hopes is absent", "event.style", "event.style is gone", "system ~ us"])
def test_what_cannot_be_read_is_an_error(condition: str) -> None:
    with pytest.raises((AttributeError, KeyError, ValueError)):
        applies(condition, ORDER)
