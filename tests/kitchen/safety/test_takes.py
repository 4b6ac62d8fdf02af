"""What goes in at which step, and what a sheet weighs there."""

from __future__ import annotations

import pytest

from catering_cli.domain.plan import CateringPlan
from catering_cli.intake import load
from catering_cli.kitchen.cook import cook
from catering_cli.render.forms.writers import WRITERS
from catering_cli.render.page import Page

RECIPE = {
    "name": "Caesar with croutons",
    "yield": 10,
    "ingredients": [
        "600 g romaine lettuce", "200 g bread", "50 g olive oil", "100 g egg yolks", "20 g anchovies",
        "300 g extra-virgin olive oil", "10 g salt",
    ],
    "steps": [
        {"text": "Wash and cut the romaine; chill.", "minutes": 20},
        {"text": "Toss the bread with the oil and bake.", "minutes": 20, "equipment": ["oven"], "after": []},
        {"text": "Blend yolks and anchovies, run in the oil, season; chill.", "minutes": 20, "after": []},
        {"text": "Portion all into cups.", "minutes": 20, "after": [1, 2, 3]},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def plan() -> CateringPlan:
    event = {"name": "Lunch", "service_at": "2027-04-17T11:00:00-04:00", "timezone": "America/New_York"}
    menu = [{"dish": RECIPE["name"], "course": "salad", "recipe": RECIPE}]
    document = {"event": event, "guests": 10, "menu": menu, "system": "metric"}
    return cook(load.order_of(document, "order.json"))


def test_a_line_goes_in_at_one_step_beside_its_neighbours_of_the_recipe(plan: CateringPlan) -> None:
    takes = [one.takes for one in plan.menu[0].handling]
    assert takes == [
        ("romaine lettuce",),
        ("bread", "olive oil"),
        ("egg yolks", "anchovies", "extra-virgin olive oil", "salt"),
        (),
    ]


def test_a_sheet_weighs_what_goes_in_and_not_the_whole_dish(plan: CateringPlan) -> None:
    rows = WRITERS["terminal"](plan, Page(section="production", width=300)).splitlines()
    bake = next(row for row in rows if "Toss the bread" in row)
    portion = next(row for row in rows if "Portion all" in row)
    assert "220 g bread; 55 g olive oil" in bake
    assert "in all" not in bake
    assert "1.5 kg in all" in portion


def test_a_stock_goes_in_where_stock_is_said_and_what_is_poured_is_no_weight() -> None:
    recipe = {
        "name": "Chicken in sauce",
        "yield": 10,
        "ingredients": ["2 kg chicken breast", "1 L chicken stock", "500 g penne", "600 g water, taken up in boiling"],
        "steps": [
            {"text": "Pound the chicken.", "minutes": 20},
            {"text": "Reduce the stock, lay in the breasts and simmer to 165 F.", "minutes": 30},
            {"text": "Boil the penne.", "minutes": 15, "after": []},
        ],
    }
    event = {"name": "Lunch", "service_at": "2027-04-17T11:00:00-04:00", "timezone": "America/New_York"}
    menu = [{"dish": recipe["name"], "course": "main", "recipe": recipe}]
    made = cook(load.order_of({"event": event, "guests": 10, "menu": menu, "system": "metric"}, "order.json"))
    rows = WRITERS["terminal"](made, Page(section="production", width=300)).splitlines()
    pound, reduce, boil = (next(row for row in rows if word in row) for word in ("Pound", "Reduce", "Boil"))
    assert "stock" not in pound.replace("Chicken in sauce", "")
    assert "1.1 L chicken stock" in reduce
    assert "550 g penne" in boil
    assert "water" not in boil
