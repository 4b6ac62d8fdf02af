"""Food that is cooked a day ahead and kept hot until its next step: it is asked about, and what to do is said."""

from __future__ import annotations

from typing import Any

from catering_cli.checks.registry import check
from catering_cli.domain.finding import Finding
from catering_cli.intake import load
from catering_cli.kitchen.cook import cook

SMOKED = {"text": "Smoke at 225 F until 203 F inside.", "minutes": 720, "active_minutes": 20, "equipment": ["smoker"]}


def hot_waits(**smoked: Any) -> list[Finding]:
    steps = [{"text": "Rub with salt.", "minutes": 30}, {**SMOKED, **smoked}, {"text": "Slice and pan.", "minutes": 45}]
    recipe = {"name": "Brisket", "yield": 40, "ingredients": ["20 lb beef brisket", "1 cup salt"], "steps": steps}
    order = load.order_of(
        {
            "event": {
                "name": "Barn",
                "service_at": "2027-06-12T17:00:00-04:00",
                "timezone": "America/New_York",
                "travel_minutes": 60,
                "style": "buffet",
            },
            "guests": 120,
            "kitchen": {"equipment": {"smoker": 2, "hot_box": 3, "oven": 2, "burner": 6, "fridge_shelf": 20}},
            "menu": [{"dish": "Brisket", "course": "main", "recipe": recipe}],
        },
        "order.json",
    )
    return [one for one in check(order, cook(order))[0] if one.rule == "timeline.hot_waits"]


def test_a_brisket_that_waits_hot_overnight_is_open_and_says_to_chill_it_or_start_later():
    (told,) = hot_waits()
    assert told.severity == "open"
    assert told.message.startswith("Brisket, step 2 is held hot")
    assert "chill it after this step and reheat it" in told.fix
    assert "start the step later" in told.fix


def test_a_hold_that_the_recipe_limits_is_not_asked_about():
    assert not hot_waits(max_hold_minutes=240)
