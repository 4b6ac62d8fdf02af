"""Loads, visits, wishes, waves and what a venue lacks, on orders of the cases."""

from __future__ import annotations

import json
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from day.day_judge import CASES

from catering_cli.data.tables import rows
from catering_cli.domain.plan import CateringPlan
from catering_cli.intake import load
from catering_cli.kitchen.cook import cook


def order(name: str) -> dict[str, Any]:
    return json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))


def planned(document: dict[str, Any]) -> CateringPlan:
    return cook(load.order_of(document, "order.json"))


@pytest.mark.parametrize("guests", [40, 900])
def test_no_oven_bakes_more_than_it_holds(guests: int) -> None:
    plan = planned(order("nine-hundred-pies") | {"guests": guests})
    (dish,) = plan.menu
    holds = next(int(row["grams"]) for row in rows("loads") if row["equipment"] == "oven" and not row["words"])
    each = sum(line.mass.quantity.high for line in dish.lines if line.mass) / dish.portions
    baked = [block.portions for block in plan.timeline.blocks if block.step == 2]
    assert sum(baked) == dish.portions
    assert max(baked) * each <= holds


def test_hands_grow_with_the_portions() -> None:
    plan = planned(order("nine-hundred-pies"))
    hands = sum(crew.minutes for block in plan.timeline.blocks if block.step == 1 for crew in block.crew)
    assert hands >= 50 * plan.menu[0].portions / 16


def test_a_long_fire_is_left_alone_for_three_hours_at_most() -> None:
    blocks = planned(order("orchard-smoke")).timeline.blocks
    smoke = next(block for block in blocks if block.id == "d1.s2.b1")
    there = sorted([smoke.start, *(block.start for block in blocks if block.kind == "tend"), smoke.end])
    assert max(later - before for before, later in pairwise(there)) <= timedelta(hours=3)


def test_a_wish_to_be_made_ahead_is_kept_if_it_can_be() -> None:
    document = order("museum-supper")
    document["recipes"][2]["steps"][0]["best_made_hours"] = 20
    plan = planned(document)
    shred = [block for block in plan.timeline.blocks if block.dish == "d3" and block.step == 1]
    assert all(plan.timeline.service_at - block.end >= timedelta(hours=20) for block in shred)


def test_what_is_cooked_to_order_is_there_all_the_time() -> None:
    plan = planned(order("meadow-with-everything"))
    fired = sorted(block.start for block in plan.timeline.blocks if block.id.startswith("d1.s2"))
    assert max(later - before for before, later in pairwise(fired)) <= timedelta(minutes=27)


@pytest.mark.parametrize(("circuits", "asked"), [([], False), ([20, 20], False), ([15], True), ([5], True)])
def test_circuits_carry_what_is_plugged_in(circuits: list[int], asked: bool) -> None:
    document = order("meadow-with-everything")
    document["places"][1]["circuits"] = circuits
    assert any(one.rule == "kitchen.circuits" for one in planned(document).findings) is asked


def test_a_kit_is_packed_for_what_is_missing_and_for_nothing_else() -> None:
    lacking, having = planned(order("meadow-without-anything")), planned(order("meadow-with-everything"))
    packed = [line.item for line in lacking.packing if line.box.startswith("6 ")]
    assert {row["lacks"] for row in rows("venue_kit") if row["item"] in packed} == {
        "power",
        "fridge",
        "water",
        "burner",
    }
    assert not [line for line in having.packing if line.box.startswith("6 ")]


def test_what_is_drawn_says_how_many_generators_and_no_yard_brings_a_tent() -> None:
    document = order("meadow-without-anything")
    document["places"][1]["shelter"] = False
    items = {line.item: line.count for line in planned(document).packing if line.box.startswith("6 ")}
    assert [count for item, count in items.items() if "generator" in item] == [1]
    assert [count for item, count in items.items() if "insulated carrier" in item] == [1]
    assert [count for item, count in items.items() if "tent" in item] == [1]


def test_those_who_ride_have_a_seat() -> None:
    plan = planned(order("meadow-without-anything"))
    riding = max(sum(crew.count for crew in block.crew) for block in plan.timeline.blocks if block.kind == "drive")
    cars = sum(line.count for line in plan.packing if line.item.startswith("crew car"))
    assert riding <= 2 + 5 * cars
    assert any(one.rule == "kitchen.seats" for one in plan.findings) is bool(cars)


def hands_of(plan: CateringPlan, role: str) -> int:
    return sum(crew.count * crew.minutes for block in plan.timeline.blocks for crew in block.crew if crew.role == role)


def test_those_who_lead_are_no_spare_hands() -> None:
    document = order("museum-supper")
    document["staff"] |= {"chef": 1, "sous chef": 1}
    plan = planned(document)
    assert hands_of(plan, "chef") == hands_of(plan, "sous chef") == 0
    assert [line.count for line in plan.staffing if line.role == "chef"] == [1]
    document["staff"] |= {"cook": 2}
    assert hands_of(planned(document), "chef") > 0  # beside two cooks a chef cooks
