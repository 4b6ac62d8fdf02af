"""What recipes in a cook's own words leave out, half cook, freeze, cool and hold, and who the guests are."""

from __future__ import annotations

from typing import Any

import pytest

from catering_cli.checks import registry
from catering_cli.domain.plan import CateringPlan
from catering_cli.intake import load
from catering_cli.kitchen.cook import cook
from catering_cli.kitchen.safety.population import population

EVENT = {"name": "Supper", "service_at": "2027-06-05T18:00:00-04:00", "timezone": "America/New_York", "style": "buffet"}
CHILI = ["20 lb ground beef", "10 lb kidney beans", "10 lb tomatoes"]


def planned(lines: list[str], *steps: tuple[str, int], **event: str) -> CateringPlan:
    told = [{"text": text, "minutes": minutes} for text, minutes in steps]
    recipe = {"name": "Dish", "yield": 20, "ingredients": lines, "steps": told}
    menu = [{"dish": "Dish", "course": "main", "recipe": recipe}]
    return cook(load.order_of({"event": EVENT | event, "guests": 40, "menu": menu}, "order.json"))


def said(plan: CateringPlan, rule: str) -> set[str]:
    return {one.severity for one in plan.findings if one.rule == rule}


@pytest.mark.parametrize(
    ("lines", "steps", "severity"),
    [
        (CHILI, [("Simmer it all.", 120), ("Kill the heat, leave it where it is till morning.", 600)], "blocking"),
        (["10 kg chicken thighs"], [("Season; leave out overnight.", 20), ("Roast to 165 F.", 60)], "blocking"),
        (["3 kg bean sprouts"], [("Toss and leave on the counter.", 20)], "open"),
        (["20 lb potatoes"], [("Boil, drain and dress.", 40), ("Stand at room temperature.", 180)], "blocking"),
    ],
)
def test_food_that_words_leave_out_of_heat_and_cold_is_told(
    lines: list[str], steps: list[tuple[str, int]], severity: str
) -> None:
    assert severity in said(planned(lines, *steps), "kitchen.left_out") | said(
        planned(lines, *steps), "kitchen.cooling"
    )


@pytest.mark.parametrize(
    "step", ["Set out on platters.", "Leave room at the top.", "Rest on a rack 10 minutes.", "Lay out and cover."]
)
def test_words_of_a_buffet_leave_nothing_out(step: str) -> None:
    assert said(planned(["10 kg beef brisket"], ("Braise until tender.", 240), (step, 20)), "kitchen.left_out") == set()


@pytest.mark.parametrize("bought", ["rock-hard from the freezer", "IQF", "deep-frozen", "frozen solid"])
def test_whole_birds_out_of_the_freezer_are_thawed_or_nothing_is_planned(bought: str) -> None:
    plan = planned([f"64 lb whole turkeys, {bought}"], ("Straight into the ovens.", 240))
    assert said(plan, "kitchen.thawing") == {"blocking"}


@pytest.mark.parametrize("unit", ["the Alto-Shaam", "the proofer", "the warmers", "the heated cabinet"])
def test_what_only_holds_does_not_heat_by_any_name(unit: str) -> None:
    steps = [
        ("Simmer it all.", 120),
        ("Let it come down on its own in shallow pans.", 60),
        (f"Bring up to temp in {unit}.", 60),
    ]
    plan = planned(CHILI, *steps)
    assert said(plan, "kitchen.reheating") == {"blocking"}
    assert {"cook", "cool", "reheat"} <= {point.kind for point in plan.safety.points}


def test_half_of_the_heat_does_not_cook_through() -> None:
    lines = ["5 kg ground beef", "3 kg lasagna noodles"]
    plan = planned(lines, ("Layer.", 30), ("Bake half way.", 30), ("Hold on the buffet.", 30))
    assert said(plan, "kitchen.undercooked")


def test_food_that_words_cool_and_heat_again_is_held_by_the_checker() -> None:
    plan = planned(CHILI, ("Simmer it all.", 120), ("Cool in shallow pans in the walk-in.", 60), ("Reheat it.", 60))
    found, _ = registry.check(plan.order, plan)
    assert [one.message for one in found if one.severity == "blocking" and one.rule.startswith("safety")] == []


def test_a_participle_that_tells_which_food_is_meant_cooks_nothing() -> None:
    lines = ["3 kg ahi tuna", "1 kg wonton wrappers"]
    plan = planned(lines, ("Dice the tuna and dress it.", 20), ("Spoon it on the fried wrappers.", 10))
    assert plan.menu[0].handling[-1].raw == ("ahi tuna",)


@pytest.mark.parametrize(
    ("told", "who"),
    [
        ({"name": "Bone marrow ward dinner"}, "yes"),
        ({"name": "Lunch for pre-k"}, "yes"),
        ({"venue": "Geriatric unit, hall B"}, "yes"),
        ({"notes": "Three of the mothers-to-be sit at table 3."}, "perhaps"),
        ({"name": "Baby shower"}, "perhaps"),
        ({"venue": "Oak Street Elementary"}, "perhaps"),
        ({"name": "Retirement party"}, "no"),
        ({"name": "Lunch for over 80 guests"}, "no"),
    ],
)
def test_guests_who_are_in_danger_are_told_by_the_words_of_the_event(told: dict[str, Any], who: str) -> None:
    notes = told.get("notes", "")
    event = EVENT | {name: text for name, text in told.items() if name != "notes"}
    order = load.order_of({"event": event, "guests": 40, "menu": ["Fruit salad"], "notes": notes}, "order.json")
    assert population(order).susceptible == who


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        ("Bake waffles from flour, eggs, milk and butter.", ()),
        ("Bake the flour and butter brown; whisk milk, eggs and butter; pour on.", ("eggs",)),
        ("Bake the flour and butter, crown with eggs.", ("eggs",)),
    ],
)
def test_a_list_of_foods_goes_on_with_what_is_done_before_it(text: str, raw: tuple[str, ...]) -> None:
    plan = planned(["2 kg flour", "20 eggs", "1 l milk", "500 g butter"], (text, 30))
    assert plan.menu[0].handling[0].raw == raw
