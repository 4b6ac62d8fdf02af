"""A bar by the hour: its drinks are for as long as its service lasts, and another number in its name is asked about."""

from __future__ import annotations

import pytest

from catering_cli.domain.plan import CateringPlan
from catering_cli.intake import load
from catering_cli.kitchen.cook import cook

BARS = ("Open bar (4 hours)", "Four-hour open bar", "4 hr open bar", "Open bar, 4 hours", "Open bar - 4h")


def planned(bar: str, ends: str | None = None) -> CateringPlan:
    event = {"name": "Party", "service_at": "2027-07-24T18:00:00-04:00", "style": "buffet"}
    if ends:
        event["ends_at"] = f"2027-07-24T{ends}:00-04:00"
    return cook(load.order_of({"event": event, "guests": 100, "menu": ["Roast chicken", bar]}, "order.json"))


def asked(plan: CateringPlan) -> list[str]:
    return [one.value for one in plan.findings if one.rule == "kitchen.bar_hours"]


@pytest.mark.parametrize("bar", BARS)
def test_hours_that_are_not_those_of_the_service_are_asked_about_once(bar: str) -> None:
    plan = planned(bar)
    assert len(asked(plan)) == 1
    assert {dish.name.partition(": ")[0] for dish in plan.menu if dish.course == "drink"} == {bar}


@pytest.mark.parametrize("bar", BARS)
def test_a_service_as_long_as_the_bar_asks_nothing_and_pours_for_all_of_it(bar: str) -> None:
    short, whole = planned(bar), planned(bar, ends="22:00")
    assert asked(whole) == []
    drunk = [sum(dish.needed for dish in plan.menu if dish.course == "drink") for plan in (short, whole)]
    assert drunk[1] > 1.5 * drunk[0]


def test_a_bar_without_hours_asks_nothing() -> None:
    assert asked(planned("Open bar")) == []
