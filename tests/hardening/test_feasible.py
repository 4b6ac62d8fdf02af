"""Orders that once ended in a defect, or in a block that no one could answer for."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from catering_cli.checks import registry
from catering_cli.domain.problem import Refused
from catering_cli.intake import load
from catering_cli.kitchen.cook import cook
from catering_cli.orchestrator.work_plan.patterns import kitchen_plan, tree

CASES = Path(__file__).parent / "cases"
FEASIBLE = ("drop", "diets", "eggwhite", "repairs", "seconds", "evoo", "tom", "staff0")


@pytest.mark.parametrize("name", FEASIBLE)
def test_a_feasible_order_is_not_blocked(name):
    order = load.order(str(CASES / f"{name}.json"))
    plan = cook(order)
    found, _ = registry.check(order, plan)
    blocking = [(one.rule, one.message) for one in (*plan.findings, *found) if one.severity == "blocking"]
    assert [one for one in blocking if not one[0].startswith("diets.unfed")] == []


def test_a_role_without_a_name_is_refused_with_its_place():
    with pytest.raises(Refused, match=r"order\.menu\[1\]\.recipe\.steps\[0\]\.skill"):
        load.order(str(CASES / "u.json"))


def test_a_dish_that_the_client_drops_has_no_step():
    order = load.order(str(CASES / "drop.json"))
    steps = [*kitchen_plan(order).steps, *tree(order).steps]
    assert {step.subject for step in steps if step.subject.startswith("d")} == {"d2"}


def test_a_venue_without_a_drive_to_it_is_asked_about():
    told = [one for one in cook(load.order(str(CASES / "noleg.json"))).findings if one.rule == "kitchen.way_unknown"]
    assert [(one.severity, one.value) for one in told] == [("open", "barn")]


@pytest.mark.parametrize(("name", "says"), [("svcguests", "more than the 10"), ("svcbefore", "days from the event")])
def test_a_service_that_is_none_of_this_event_is_refused(name, says):
    with pytest.raises(Refused, match=says):
        load.order(str(CASES / f"{name}.json"))


def test_nothing_is_packed_up_before_the_last_course_is_out():
    blocks = cook(load.order(str(CASES / "latemain3.json"))).timeline.blocks
    last = max(block.end for block in blocks if block.kind == "plate")
    after = [block for block in blocks if block.kind == "strike" or block.id == "service.drive.back"]
    assert len(after) == 2
    assert all(block.start >= last for block in after)


def test_food_is_in_the_house_when_work_with_it_begins():
    plan = cook(load.order(str(CASES / "early.json")))
    beans = next(line for line in plan.shopping.lines if line.item == "black bean")
    begins = min(block.start.date() for block in plan.timeline.blocks if block.dish == beans.dishes[0].dish)
    assert beans.order_by is not None
    assert beans.order_by + timedelta(days=2) <= begins


def test_a_batch_is_for_no_two_services_if_it_keeps_no_longer_than_from_one_to_the_other():
    buffers = cook(load.order(str(CASES / "twodays.json"))).timeline.buffers
    assert buffers
    assert all(one.minutes >= one.wanted for one in buffers)


def test_a_base_recipe_is_offered_to_no_guest_as_a_dish():
    shortages = cook(load.order(str(CASES / "stock.json"))).diets.shortages
    assert shortages
    assert not [one for short in shortages for one in short.repairs if "stock" in one.text.casefold()]
