"""What is packed for a venue without power, water, fridge and roof: another number of any of it is named."""

from __future__ import annotations

import pytest

from catering_cli.checks import registry
from catering_cli.domain.order import Order
from catering_cli.domain.plan import CateringPlan
from catering_cli.intake import load
from catering_cli.kitchen.cook import cook

MENU = [
    {"dish": "Roast chicken with rosemary", "course": "main"},
    {"dish": "Fresh fruit salad", "course": "dessert"},
    {"dish": "Coffee", "course": "drink"},
]
MEADOW = {"id": "meadow", "name": "The meadow", "power": False, "water": False, "shelter": False}


@pytest.fixture(scope="module")
def planned() -> tuple[Order, CateringPlan]:
    event = {"name": "Picnic", "service_at": "2027-06-12T13:00:00-04:00", "timezone": "America/New_York"}
    legs = [{"from": "base", "to": "meadow", "minutes": 30}]
    places = [{"id": "base", "kind": "base"}, MEADOW]
    order = load.order_of({"event": event, "guests": 60, "menu": MENU, "places": places, "legs": legs}, "order.json")
    return order, cook(order)


def named(order: Order, plan: CateringPlan) -> bool:
    return any(one.rule == "packing.venue" for one in registry.check(order, plan)[0])


def kit(plan: CateringPlan) -> list[int]:
    return [at for at, line in enumerate(plan.packing) if "for the venue" in line.box]


def test_what_is_packed_for_the_meadow_is_right(planned: tuple[Order, CateringPlan]) -> None:
    order, plan = planned
    assert not named(order, plan)
    packed = " ".join(plan.packing[at].item for at in kit(plan))
    assert all(word in packed for word in ("generator", "carrier", "lantern", "cooler", "ice", "hand-wash", "tent"))


def test_one_more_or_none_of_anything_is_named(planned: tuple[Order, CateringPlan]) -> None:
    order, plan = planned
    for at in kit(plan):
        line = plan.packing[at]
        rest = (*plan.packing[:at], *plan.packing[at + 1 :])
        more = line.model_copy(update={"count": line.count + 1})
        for packing in (rest, (*rest, more)):
            assert named(order, plan.model_copy(update={"packing": packing})), line.item
