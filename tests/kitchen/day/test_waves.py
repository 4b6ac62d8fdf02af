"""Food that keeps less long than its service lasts goes out in waves."""

from datetime import timedelta

import pytest
from test_schedule import NOON, block, day, recipe
from timeline_proof import faults

from catering_cli.checks.registry import check
from catering_cli.domain.order import Order
from catering_cli.domain.order_parts.recipe import Recipe
from catering_cli.kitchen.cook import cook

BAKE = {"minutes": 30, "active_minutes": 5, "kind": "cook", "equipment": ["oven"], "max_hold_minutes": 60}
LONG = {"ends_at": "2027-04-17T14:30:00-04:00"}


def lying(puffs: Recipe) -> list[str]:
    """What is said of food that lies longer than it keeps."""
    event = {"name": "Lunch", "service_at": NOON, "timezone": "America/New_York", **LONG}
    own = puffs.model_dump(mode="json", by_alias=True, exclude_unset=True)
    order = Order.model_validate({"event": event, "guests": 60, "menu": ["Puffs"], "recipes": [own]})
    return [one.message for one in check(order, cook(order))[0] if one.rule == "timeline.lasting"]


def test_a_second_fire_is_made_while_the_first_is_eaten():
    order, dishes, timeline = day([recipe("Puffs", {**BAKE, "batch_portions": 20})], event=LONG)
    assert faults(order, dishes, timeline) == []
    refills = [one for one in timeline.blocks if one.kind == "refill"]
    assert [one.label for one in refills] == ["Refill: Puffs"] * len(refills)
    assert refills
    at = block(timeline, "service.serve").start
    loads = [one for one in timeline.blocks if one.dish == "d1"]
    assert min(one.end for one in loads) <= at < max(one.end for one in loads)
    for refill in refills:
        for wait in refill.after:
            assert timedelta(0) <= refill.start - block(timeline, wait.block).end <= timedelta(minutes=60)
    assert lying(recipe("Puffs", {**BAKE, "batch_portions": 10})) == []


@pytest.mark.parametrize("keeps", [180, 210, 240])
def test_what_could_be_made_ahead_is_not_if_the_last_guests_would_then_find_it_stale(keeps):
    dress = {"minutes": 40, "kind": "prep", "max_hold_minutes": keeps, "make_ahead_hours": 6}
    own = recipe("Skewers", {**dress, "batch_portions": 30})
    order, dishes, timeline = day([own], event=LONG)
    assert faults(order, dishes, timeline) == []
    served = block(timeline, "service.serve")
    first = [one for one in timeline.blocks if one.dish == "d1" and one.end <= served.start]
    assert first
    assert lying(own) == []


@pytest.mark.parametrize("event", [{"style": "plated"}, {"style": "boxed"}, {"travel_minutes": 20}])
def test_what_is_plated_boxed_or_driven_goes_out_at_once(event):
    _, _, timeline = day([recipe("Puffs", {**BAKE, "batch_portions": 20})], event={**LONG, **event})
    assert [one for one in timeline.blocks if one.kind == "refill"] == []


@pytest.mark.parametrize(("plant", "fires"), [({"oven": 2}, True), ({}, False)])
def test_what_would_not_keep_is_fired_where_it_is_eaten_if_the_plant_is_there(plant, fires):
    at = {"places": [{"id": "base", "kind": "base"}, {"id": "truck", "kind": "venue", "equipment": plant}],
          "legs": [{"from": "base", "to": "truck", "minutes": 25}]}  # fmt: skip
    order, dishes, timeline = day([recipe("Puffs", {**BAKE, "batch_portions": 20})], 40, event=LONG, **at)
    assert faults(order, dishes, timeline) == []
    loads = [one for one in timeline.blocks if one.dish == "d1"]
    assert {one.place for one in loads} == ({"truck"} if fires else {"base"})
    assert any(one.kind == "refill" for one in timeline.blocks) == fires


def test_one_load_that_lies_too_long_is_named():
    (said,) = lying(recipe("Puffs", BAKE))
    assert "guests take of it up to" in said


def test_a_long_step_that_people_come_back_to_may_be_done_at_the_venue():
    smoke = {"minutes": 300, "active_minutes": 60, "kind": "cook", "equipment": ["grill"], "place": "venue"}
    at = {"places": [{"id": "base", "kind": "base"}, {"id": "field", "kind": "venue", "equipment": {"grill": 2}}],
          "legs": [{"from": "base", "to": "field", "minutes": 20}]}  # fmt: skip
    _, _, timeline = day([recipe("Brisket", {"minutes": 20, "kind": "prep"}, smoke)], **at)
    assert timeline.status == "scheduled"
    drive = block(timeline, "service.drive")
    assert all(one.start >= drive.end for one in timeline.blocks if one.dish == "d1" and one.place == "field")
