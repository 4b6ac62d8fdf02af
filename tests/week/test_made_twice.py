"""What two events each make and one could make for both, by their own blocks and the limits of their recipes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from catering_cli.domain.order import Order
from catering_cli.domain.plan import CateringPlan
from catering_cli.kitchen.cook import cook
from catering_cli.kitchen.week.made_twice import made_twice

MENU = ["Garden salad", "Chicken piccata", "Tiramisu"]


def planned(day: int, hour: int, menu: list[str] = MENU, **guests: Any) -> CateringPlan:
    event = {"name": "Party", "service_at": f"2027-04-{day}T{hour}:30:00-04:00", "style": "buffet"}
    order = {"event": event, "guests": {"guaranteed": 60, **guests}, "menu": menu}
    return cook(Order.model_validate(order))


def last_end(plan: CateringPlan, name: str) -> Any:
    dish = next(one for one in (*plan.bases, *plan.menu) if one.name == name)
    return max(block.end for block in plan.timeline.blocks if block.dish == dish.id)


@pytest.fixture(scope="module")
def noon() -> CateringPlan:
    return planned(16, 12)


def test_what_keeps_is_named_with_the_events_that_make_it(noon: CateringPlan) -> None:
    evening = planned(16, 19)
    told = {one.message.partition(" is made")[0]: one for one in made_twice({"noon": noon, "evening": evening})}
    vinaigrette = told["Italian vinaigrette"]
    base = next(one for one in noon.bases if one.name == "Italian vinaigrette")
    assert base.recipe
    hours = base.recipe.steps[-1].shelf_life_hours
    assert hours
    assert evening.order.event.service_at - last_end(noon, "Italian vinaigrette") <= timedelta(hours=hours)
    assert "make 132 portions" in vinaigrette.fix
    assert all(one.severity == "advice" for one in told.values()), "each plan stands as it is"


def test_what_does_not_keep_so_long_is_not(noon: CateringPlan) -> None:
    month_later = planned(30, 12)
    assert not list(made_twice({"now": noon, "later": month_later}))


def test_nothing_is_shared_with_guests_whom_a_food_may_harm(noon: CateringPlan) -> None:
    profiles = [{"needs": ["peanut"], "count": 1, "severity": "anaphylaxis"}]
    evening = planned(16, 19, profiles=profiles)
    assert not list(made_twice({"noon": noon, "evening": evening}))


def test_another_recipe_of_the_same_name_is_another_thing(noon: CateringPlan) -> None:
    evening = planned(16, 19, ["Caesar salad", "Roast chicken"])
    assert not list(made_twice({"noon": noon, "evening": evening}))
