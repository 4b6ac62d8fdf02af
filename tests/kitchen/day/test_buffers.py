"""Time in hand where it can be had, calm last hours, and the day played again with delays."""

from datetime import timedelta

import pytest
from test_schedule import block, day, recipe, roast
from timeline_proof import faults

from catering_cli.checks.registry import check
from catering_cli.kitchen.cook import cook
from catering_cli.kitchen.cook import scheduled as schedule
from catering_cli.kitchen.menu.decisions import fold

AWAY = {"event": {"travel_minutes": 40}, "staff": {"cook": 4, "driver": 2, "server": 6}}


def free(timeline, first: str, then: str) -> timedelta:
    return block(timeline, then).start - block(timeline, first).end


def test_the_van_arrives_half_an_hour_before_anybody_has_to_set_up():
    order, dishes, timeline = day([roast("Beef", max_hold_minutes=240)], **AWAY)
    assert faults(order, dishes, timeline) == []
    assert free(timeline, "service.drive", "service.set_up") == timedelta(minutes=30)
    assert (timeline.buffers[0].minutes, timeline.buffers[0].wanted) == (30, 30)


@pytest.mark.parametrize("style", ["plated", "buffet"])
def test_food_is_ready_half_an_hour_before_it_is_plated_or_served_if_there_is_time(style):
    order, dishes, timeline = day([roast("Beef")], event={"style": style})
    assert faults(order, dishes, timeline) == []
    then = "service.plate.main" if style == "plated" else "service.serve"
    assert free(timeline, "d1.s1.b1", then) == timedelta(minutes=30)


def test_the_order_may_say_how_much_time_in_hand_it_wants():
    order, _, timeline = day([roast("Beef")], kitchen={"plating_buffer_minutes": 25})
    assert free(timeline, "d1.s1.b1", "service.serve") == timedelta(minutes=25)
    assert order.kitchen.plating_buffer_minutes == timeline.buffers[0].wanted


def test_what_keeps_for_ten_minutes_waits_for_five_and_never_too_long():
    order, dishes, timeline = day([roast("Soufflé", 25, max_hold_minutes=10)])
    assert faults(order, dishes, timeline) == []
    assert free(timeline, "d1.s1.b1", "service.serve") == timedelta(minutes=5)


def test_a_day_without_room_for_buffers_is_scheduled_without_them():
    recipes = [roast(f"Roast {n}", 60, max_hold_minutes=5) for n in range(2)]
    hours = [{"from": "2027-04-17T11:30:00-04:00", "until": "2027-04-17T16:00:00-04:00"}]
    order, dishes, timeline = day(recipes, kitchen={"equipment": {"oven": 2}, "hours": hours})
    assert timeline.status == "scheduled"
    assert faults(order, dishes, timeline) == []
    assert timeline.buffers[0].minutes == 0


def test_what_can_be_made_ahead_is_done_before_the_last_two_hours():
    chop = {"minutes": 30, "kind": "prep", "make_ahead_hours": 24}
    order, dishes, timeline = day([recipe("Slaw", chop, {"minutes": 10, "kind": "finish"})])
    assert faults(order, dishes, timeline) == []
    assert block(timeline, "d1.s1.b1").end <= block(timeline, "service.serve").start - timedelta(hours=2)
    assert block(timeline, "d1.s2.b1").end > block(timeline, "service.serve").start - timedelta(hours=1)


def test_what_must_be_fresh_stays_fresh():
    chop = {"minutes": 30, "kind": "prep", "make_ahead_hours": 1}
    _, _, timeline = day([recipe("Slaw", chop)])
    assert block(timeline, "d1.s1.b1").end >= block(timeline, "service.serve").start - timedelta(hours=1)


def test_a_day_with_room_holds_in_every_replay_and_one_without_names_its_dish():
    stew = {"minutes": 60, "active_minutes": 5, "kind": "cook", "max_hold_minutes": 240}
    _, _, easy = day([recipe("Stew", stew)], kitchen={"plating_buffer_minutes": 60})
    assert easy.replay is not None
    assert (easy.replay.held, easy.replay.first) == (easy.replay.days, "")
    _, _, hard = day([recipe("Stew", stew), roast("Soufflé", 25, max_hold_minutes=2)])
    assert hard.replay is not None
    assert hard.replay.held < hard.replay.days
    assert hard.replay.first == "d2"


def test_five_runs_are_identical():
    runs = []
    for _ in range(5):
        order, dishes, timeline = day([roast(f"Roast {n}", 40 + n) for n in range(4)], **AWAY)
        runs.append(timeline.model_dump_json())
        assert schedule(order, dishes, fold(order)).model_dump_json() == runs[0]
    assert len(set(runs)) == 1


def test_what_lets_most_runs_be_on_time_is_tried_and_named():
    fry = {"minutes": 20, "kind": "cook", "equipment": ["burner"], "max_hold_minutes": 20}
    menu = [recipe(f"Stir-fry {n}", fry) for n in range(2)]
    order, _, timeline = day(menu, staff={"cook": 1, "server": 6})
    test = timeline.replay
    assert test is not None
    assert test.held < test.days / 2
    assert test.change == "one more cook"
    assert test.then_held > test.days / 2
    found = [one for one in check(order, cook(order, timeline=timeline))[0] if one.rule == "timeline.stress"]
    assert [one.severity for one in found] == ["open"]
    assert f"one more cook: tried, {test.then_held} of {test.days} runs" in (found[0].fix or "")
