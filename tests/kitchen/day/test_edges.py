"""Days at the edge: the turn of the day, the month and the clocks, other zones, nobody, next to nothing, very much."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from test_schedule import block, day, recipe, roast
from timeline_proof import faults

NEW_YORK = ZoneInfo("America/New_York")
CHOP = {"minutes": 30, "kind": "prep", "make_ahead_hours": 24}


@pytest.mark.parametrize(
    "at",
    [
        "2027-05-01T00:00:00-04:00",  # midnight, and a month ends
        "2027-03-01T09:00:00-05:00",  # the day before is the last of February
        "2028-02-29T12:00:00-05:00",  # a leap day
        "2027-01-01T00:30:00-05:00",  # a year ends
        "2027-03-14T12:00:00-04:00",  # the clocks went forward in the night
        "2027-11-07T12:00:00-05:00",  # the clocks went back in the night
        "2027-03-14T03:00:00-04:00",  # service begins as the clocks go forward
        "2027-11-07T01:30:00-05:00",  # the second half past one of that night
    ],
)
def test_a_day_holds_whatever_the_calendar_does(at):
    soak = {"minutes": 600, "active_minutes": 5, "equipment": "fridge_shelf", "kind": "rest"}
    order, dishes, timeline = day([recipe("Beans", soak, CHOP), roast("Beef", 60)], event={"service_at": at})
    assert timeline.status == "scheduled"
    assert faults(order, dishes, timeline) == []
    soaked = block(timeline, "d1.s1.b1")
    assert soaked.end.astimezone(UTC) - soaked.start.astimezone(UTC) == timedelta(minutes=600)
    for one in timeline.blocks:
        assert one.start.utcoffset() == one.start.astimezone(NEW_YORK).utcoffset()


def test_hours_of_a_long_night_are_counted_as_they_pass():
    """Bread for the morning after the clocks went back rests six hours, one of them the hour that comes twice."""
    rest = {"minutes": 360, "active_minutes": 0, "kind": "rest", "max_hold_minutes": 0}
    hours = [{"from": "2027-11-06T20:00:00-04:00", "until": "2027-11-07T12:00:00-05:00"}]
    order, dishes, timeline = day(
        [recipe("Dough", rest, {"minutes": 60, "kind": "cook", "max_hold_minutes": 15})],
        event={"service_at": "2027-11-07T07:00:00-05:00"},
        kitchen={"hours": hours},
    )
    assert faults(order, dishes, timeline) == []
    baked = block(timeline, "d1.s2.b1")
    assert block(timeline, "d1.s1.b1").start.astimezone(UTC) == baked.start.astimezone(UTC) - timedelta(hours=6)


def test_a_service_in_another_zone_is_shown_in_its_own():
    event = {"service_at": "2027-04-17T18:30:00+00:00", "timezone": "Asia/Kathmandu"}
    order, dishes, timeline = day([roast("Momo", 30)], event=event)
    assert timeline.status == "scheduled"
    assert faults(order, dishes, timeline) == []
    served = block(timeline, "service.serve")
    assert served.start.isoformat() == "2027-04-18T00:15:00+05:45"
    assert served.start == datetime(2027, 4, 17, 18, 30, tzinfo=UTC)


def test_a_dish_of_thirty_hours_begins_before_the_shop_is_shut_and_a_day_that_is_too_short_says_so():
    cure = {"minutes": 1800, "active_minutes": 10, "kind": "rest", "equipment": "fridge_shelf"}
    order, dishes, timeline = day([recipe("Gravlax", cure, {"minutes": 20, "kind": "finish"})])
    assert timeline.status == "scheduled"
    assert faults(order, dishes, timeline) == []
    late = {"available_from": "2027-04-16T18:00:00-04:00"}
    _, _, refused = day([recipe("Gravlax", cure, {"minutes": 20, "kind": "finish"})], kitchen=late)
    assert refused.status == "infeasible"
    assert any("Gravlax" in line and "30 h" in line for line in refused.conflict)
    assert "open at" in refused.repairs[0].text


def test_nobody_in_the_kitchen_is_a_conflict_whose_repair_is_a_cook():
    _, _, refused = day([roast("Beef"), recipe("Slaw", CHOP)], staff={"server": 4})
    assert refused.status == "infeasible"
    assert any("cook" in line and "there is none" in line for line in refused.conflict)
    assert any(change.value == {"role": "cook", "available": 1} for change in refused.repairs[0].changes)


def test_a_kitchen_with_nothing_but_a_cold_room_serves_cold_food_and_refuses_a_roast():
    cold = {"equipment": {"cold room": 4}}
    slaw = recipe("Slaw", CHOP, {"minutes": 60, "active_minutes": 0, "kind": "chill", "equipment": "fridge_shelf"})
    order, dishes, timeline = day([slaw], kitchen=cold)
    assert timeline.status == "scheduled"
    assert faults(order, dishes, timeline) == []
    _, _, refused = day([slaw, roast("Beef")], kitchen=cold)
    assert refused.status == "infeasible"
    assert any("oven" in line and "there is none" in line for line in refused.conflict)
    assert all("Slaw" not in line for line in refused.conflict)


@pytest.mark.parametrize("ovens", [12, 1])
def test_a_hundred_and_twenty_dishes_are_scheduled_or_refused_in_bounded_work(ovens):
    bake = {"minutes": 40, "active_minutes": 5, "kind": "cook", "equipment": "oven", "max_hold_minutes": 120}
    recipes = [recipe(f"Dish {n}", CHOP, bake) for n in range(120)]
    order, dishes, timeline = day(recipes, kitchen={"equipment": {"oven": ovens * 5}}, staff={"cook": 40})
    assert timeline.status == ("scheduled" if ovens == 12 else "infeasible")
    if ovens == 12:
        assert faults(order, dishes, timeline) == []
    else:
        assert any("oven" in line for line in timeline.conflict)
