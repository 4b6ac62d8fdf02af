"""What a step of heat speaks of once more is under its heat: it is turned or tended, not put in at the end."""

import pytest

from catering_cli.domain.order import Order
from catering_cli.kitchen.cook import prepared


def handled(*steps: str) -> list[tuple[str, ...]]:
    """The raw food after each step of a dish of pork and eggs."""
    rows = [{"text": text, "minutes": 30} for text in steps]
    pork = {"item": "pork shoulder", "quantity": {"amount": 10, "unit": "lb"}}
    recipe = {"name": "Dish", "yield": {"portions": 20}, "ingredients": [pork], "steps": rows}
    event = {"name": "Lunch", "service_at": "2027-06-19T12:00:00-04:00"}
    order = Order.model_validate({"event": event, "guests": 20, "menu": ["Dish"], "recipes": [recipe]})
    return [one.raw for one in prepared(order).dishes[0].handling]


@pytest.mark.parametrize(
    "heat",
    [
        "Smoke at 225 F for twelve hours: turn the shoulders every hour",
        "Smoke at 225 F; tend the fire and the shoulders",
    ],
)
def test_what_is_turned_is_cooked(heat):
    assert handled("Rub the shoulders", heat)[-1] == ()


def test_what_is_folded_in_after_the_heat_stays_raw():
    assert handled("Cube the shoulder", "Boil the brine; fold in the pork shoulder")[-1] == ("pork shoulder",)
