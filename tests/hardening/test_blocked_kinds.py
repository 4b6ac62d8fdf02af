"""Kinds of orders that were once blocked for no honest reason, or planned as no cook would."""

from __future__ import annotations

from typing import Any

import pytest

from catering_cli.checks import registry
from catering_cli.domain.order import Order
from catering_cli.domain.plan import CateringPlan
from catering_cli.intake import load
from catering_cli.kitchen.cook import cook, prepared, scheduled
from catering_cli.kitchen.recipes import catalogue
from catering_cli.kitchen.repairs.order_patch import applied
from catering_cli.scheduling.shifts import ShiftLimits, dealt

EVENT = {"name": "L", "service_at": "2027-06-10T11:15:00-04:00", "timezone": "America/New_York", "style": "buffet"}


def _order(menu: list[Any], guests: Any = 60, **more: Any) -> Order:
    return load.order_of({"event": EVENT, "guests": guests, "menu": menu, **more}, "order.json")


def _rules(order: Order, severity: str) -> tuple[CateringPlan, list[str]]:
    plan = cook(order)
    found, _ = registry.check(order, plan)
    return plan, [one.rule for one in (*plan.findings, *found) if one.severity == severity]


def test_assumed_hours_open_early_before_a_day_is_given_up():
    _, blocking = _rules(_order(["Porchetta"]), "blocking")
    assert blocking == []
    _, asked = _rules(_order(["Porchetta"]), "open")
    assert "kitchen.early_start" in asked


def test_given_hours_are_kept():
    hours = {"hours": [{"from": "2027-06-10T06:00:00-04:00", "until": "2027-06-10T16:00:00-04:00"}]}
    _, blocking = _rules(_order(["Porchetta"], kitchen=hours), "blocking")
    assert "kitchen.no_schedule" in blocking


def test_one_more_cook_is_called_if_none_is_counted_and_there_is_no_time_in_hand():
    event = {**EVENT, "service_at": "2027-06-10T09:15:00-04:00"}
    order = _order(["French toast"], guests=220, event=event)
    plan, blocking = _rules(order, "blocking")
    assert blocking == []
    assert all(one.minutes for one in plan.timeline.buffers)


def test_a_base_that_goes_stale_between_two_services_is_made_for_each():
    services = [{"id": "one", "at": "2027-06-10T18:15:00-04:00"}, {"id": "two", "at": "2027-06-11T18:15:00-04:00"}]
    order = _order(["Swedish meatballs", "Banana pudding"], services=services)
    plan, blocking = _rules(order, "blocking")
    assert blocking == []
    assert "Brown gravy" not in {base.name for base in plan.bases}


def test_what_may_not_be_made_so_far_ahead_is_made_for_each_service_with_all_that_follows():
    event = {**EVENT, "service_at": "2027-06-10T16:00:00-04:00"}
    services = [{"id": "one", "at": "2027-06-10T16:00:00-04:00"}, {"id": "two", "at": "2027-06-10T20:00:00-04:00"}]
    plan, blocking = _rules(_order(["Taco dip"], event=event, services=services), "blocking")
    assert blocking == []
    assert plan.menu[0].batches[-1].batches > 1


def test_a_volume_as_purchased_keeps_its_trim():
    line = {"item": "Medjool dates", "quantity": {"amount": 10, "unit": "cup"}, "state": "AP"}
    dates = {"name": "Dates", "course": "dessert", "yield": {"portions": 10}, "ingredients": [line],
             "steps": [{"text": "Pit.", "minutes": 10}]}  # fmt: skip
    plan, blocking = _rules(_order([{"dish": "Dates", "recipe": dates, "over_percent": 0}], guests=20), "blocking")
    assert blocking == []
    bought = plan.shopping.lines[0].as_purchased.quantity
    made = plan.menu[0].lines[0].quantity
    assert made is not None
    assert float(bought.high) == pytest.approx(float(made.quantity.high) * 236.5882365)


def test_a_short_shift_is_filled_up_after_the_rest_and_not_before():
    limits = ShiftLimits(longest=720, call=240, rest=600, break_after=360, pause=30)
    first, second = dealt([(0, 700), (1320, 1400)], limits, until=1400)
    assert (first.who, second.who) == (1, 1)
    assert second.start - first.end >= limits.rest
    assert second.minutes == limits.call


@pytest.mark.parametrize(("boxes", "told"), [(1, True), (30, False)])
def test_hot_food_that_waits_fits_in_the_boxes_or_it_is_said(boxes, told):
    plant = {"oven": 6, "burner": 10, "fridge_shelf": 60, "hot_box": boxes, "blast_chiller": 2, "prep_table": 8}
    order = _order(["Roast chicken", "Rice pilaf", "Glazed carrots"], guests=200, kitchen={"equipment": plant})
    _, asked = _rules(order, "open")
    assert ("kitchen.store_full" in asked) == told


def test_what_has_no_recipe_takes_no_guest_from_the_mains_that_have_one():
    plan = cook(_order(["Turkey club", "Veggie wrap", "Potato chips"], guests=36))
    assert {dish.name: (dish.course, dish.needed) for dish in plan.menu}["Potato chips"] == ("side", 36)
    assert cook(_order(["Roast chicken", "Sea bass"])).menu[1].course == "main"


def test_a_recipe_pasted_as_text_is_read_line_by_line():
    pasted = {
        "name": "Chili", "yield": "serves 6-8", "course": "main",
        "ingredients": "2 lbs ground beef (80/20)\n1 large onion, diced\n\n2 (15 oz) cans kidney beans, drained",
        "steps": "1. Brown the beef, about 10 min.\n2. Add the rest.\n3. Simmer 1 1/2 hours.",
    }  # fmt: skip
    recipe = cook(_order([{"dish": "Chili", "recipe": pasted}])).menu[0].recipe
    assert recipe is not None
    assert len(recipe.ingredients) == 3
    assert [(step.text, step.minutes) for step in recipe.steps] == [
        ("Brown the beef, about 10 min.", 10), ("Add the rest. Simmer 1 1/2 hours.", 90),
    ]  # fmt: skip


def test_what_is_tended_at_the_venue_waits_for_its_drive_and_for_no_circle():
    smoked = {
        "name": "Brisket", "course": "main", "yield": {"portions": 40}, "ingredients": ["20 lb beef brisket"],
        "steps": [
            {"text": "Rub the brisket", "minutes": 30},
            {"text": "Smoke to 195 F", "minutes": 300, "active_minutes": 60, "equipment": ["smoker"], "place": "venue"},
        ],
    }  # fmt: skip
    places = [{"id": "base", "kind": "base"}, {"id": "hall", "kind": "venue", "equipment": {"smoker": 2}}]
    legs = [{"from": "base", "to": "hall", "minutes": 30}]
    plan = cook(_order([{"dish": "Brisket", "recipe": smoked}], guests=40, places=places, legs=legs))
    assert plan.timeline.status in ("scheduled", "infeasible")


def test_another_van_is_found_if_it_is_what_lacks():
    places = [{"id": "base", "kind": "base"}, *({"id": name, "kind": "venue"} for name in ("north", "south"))]
    legs = [{"from": "base", "to": name, "minutes": 45} for name in ("north", "south")]
    services = [{"id": name, "at": EVENT["service_at"], "place": name, "guests": 30} for name in ("north", "south")]
    order = _order(
        ["Garden salad"], places=places, legs=legs, services=services, kitchen={"equipment": {"van": 1, "oven": 2}}
    )
    assert any("van" in one.text for one in cook(order).timeline.repairs)


LONG = ("Braised brisket", "Veal osso buco", "Cholent", "Corned beef and cabbage", "BBQ ribs", "Pulled pork sandwich")
"""What takes longer than a night's hours allow, if it is not made the day before or left in the oven."""


def _is_made(name: str, at: str) -> bool:
    event = {**EVENT, "service_at": f"2027-06-10T{at}:00-04:00", "travel_minutes": 40}
    ready = prepared(_order([name], event=event))
    return scheduled(ready.order, ready.dishes, ready.view, remedies=False).status == "scheduled"


@pytest.mark.parametrize("name", LONG)
def test_what_cooks_for_hours_is_ready_at_any_hour_of_service(name: str):
    assert [at for at in ("07:30", "10:45", "12:15") if not _is_made(name, at)] == []


@pytest.mark.slow
def test_every_dish_of_the_catalogue_is_ready_at_any_hour_of_service():
    named = [row["name"] for row in catalogue.index()]
    late = [(name, at) for name in named for at in ("07:30", "10:45", "12:15") if not _is_made(name, at)]
    assert late == []


def test_no_dish_is_offered_that_does_not_keep_on_the_way():
    event = {**EVENT, "service_at": "2027-07-23T10:15:00-04:00", "style": "boxed", "travel_minutes": 70}
    guests = {"guaranteed": 40, "profiles": [{"needs": ["gluten-free", "soy"], "count": 2, "severity": "severe"}]}
    order = _order(["Bagels and lox", "Kulfi"], guests, event=event)
    repairs = [one for short in cook(order).diets.shortages for one in short.repairs if one.changes]
    assert repairs
    for one in repairs:
        _, blocking = _rules(applied(order, one.changes), "blocking")
        assert not [rule for rule in blocking if rule != "diets.unfed"], one.text
