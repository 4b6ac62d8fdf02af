"""Water from the tap is needed and listed, and is no purchase: no price is missing, no supplier brings it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from catering_cli.checks import registry
from catering_cli.domain.order import Order
from catering_cli.domain.plan import CateringPlan
from catering_cli.kitchen.cook import cook
from catering_cli.kitchen.recipes.text_readers import TextReaders
from catering_cli.render.forms.writers import WRITERS, Page


def _order(*lines: str, **more: Any) -> Order:
    recipe = {
        "name": "Soup", "yield": {"portions": 10}, "ingredients": list(lines),
        "steps": [{"text": "Cook it", "minutes": 30}],
    }  # fmt: skip
    event = {"name": "Lunch", "service_at": "2027-04-17T12:30:00-04:00", "timezone": "America/New_York"}
    order = {"event": event, "guests": 40, "menu": [{"dish": "Soup", "recipe": recipe}], **more}
    return Order.model_validate(order, context={"readers": TextReaders("us")})


FLOUR = [{"item": "flour", "supplier": "Mill", "price": 2, "unit": "kg"}]
WET = ("1 kg flour", "2 L water")


def _about_money(order: Order, plan: CateringPlan) -> list[tuple[str, str]]:
    told = ("shopping.", "costing.")
    return [(one.severity, one.rule) for one in registry.check(order, plan)[0] if one.rule.startswith(told)]


@pytest.mark.parametrize(("lines", "unpriced"), [(WET, ()), (("1 kg flour", "500 g ice"), ("ice",))])
def test_only_what_is_bought_can_lack_a_price(lines: tuple[str, ...], unpriced: tuple[str, ...]) -> None:
    order = _order(*lines, supply=FLOUR)
    plan = cook(order)
    assert plan.shopping.unpriced == unpriced
    assert len(plan.shopping.lines) == len(lines)
    assert _about_money(order, plan) == []


def test_water_that_is_bought_has_its_price() -> None:
    order = _order(*WET, supply=[*FLOUR, {"item": "water", "price": 1, "unit": "L"}])
    plan = cook(order)
    water = next(line for line in plan.shopping.lines if line.item == "water")
    assert water.cost is not None
    assert water.cost >= Decimal(8)
    assert _about_money(order, plan) == []


def test_nothing_that_is_bought_hides_behind_the_tap() -> None:
    order = _order("1 kg flour", "1 kg rice", supply=FLOUR)
    data = cook(order).model_dump(mode="json", by_alias=True)
    next(line for line in data["shopping"]["lines"] if line["item"] == "rice")["department"] = "tap"
    data["shopping"]["unpriced"] = []
    data["costing"]["unpriced"] = [one for one in data["costing"]["unpriced"] if one != "rice"]
    told = _about_money(order, CateringPlan.model_validate(data))
    assert {("blocking", "shopping.priced"), ("blocking", "costing.unpriced")} <= set(told)


def test_a_client_who_makes_ice_buys_none() -> None:
    own = [{"kind": "department", "item": "ice", "department": "tap"}]
    order = _order("1 kg flour", "500 g ice", supply=FLOUR, decisions=own)
    plan = cook(order)
    assert plan.shopping.unpriced == ()
    assert _about_money(order, plan) == []


@pytest.mark.parametrize("form", ["terminal", "markdown"])
def test_it_is_no_line_of_the_order_guide(form: str) -> None:
    text = WRITERS[form](cook(_order(*WET, supply=FLOUR)), Page(width=200, section="shopping"))
    assert "flour" in text
    assert "water" not in text
    assert "Without a price" not in text


def test_no_supplier_is_asked_for_it() -> None:
    from catering_cli.render.forms import csv_tables, html_book

    plan = cook(_order(*WET, supply=FLOUR))
    page = html_book.html_text(plan, Page(section="shopping"))
    assert "No supplier named" not in page
    assert b",water," not in csv_tables.csv_files(plan)["shopping.csv"]
