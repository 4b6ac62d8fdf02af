"""The driver's sheet: every drive on one vehicle, a vehicle's ways without a gap, every dish loaded."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from catering_cli.domain.plan import CateringPlan
from catering_cli.intake import load
from catering_cli.kitchen.cook import cook
from catering_cli.render.page import Page, Table
from catering_cli.render.papers.transport.driver import driver_section
from catering_cli.render.papers.transport.trips import vehicles
from catering_cli.render.places import base_id

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module", params=["wedding", "boxed_lunches"])
def plan(request: pytest.FixtureRequest) -> CateringPlan:
    return cook(load.order(str(ROOT / "sample_orders" / f"{request.param}.json")), ())


def test_each_drive_and_load_is_one_vehicles_and_each_way_begins_where_the_last_ended(plan):
    driven = Counter(trip.block.id for vehicle in vehicles(plan) for trip in vehicle.trips)
    assert driven == Counter(block.id for block in plan.timeline.blocks if block.kind in ("drive", "load"))
    for vehicle in vehicles(plan):
        ways = [trip for trip in vehicle.trips if trip.end]
        assert ways[0].start == base_id(plan)
        assert all(one.end == two.start and one.block.end <= two.block.start for one, two in pairwise(ways))


def test_every_dish_that_is_served_is_loaded(plan):
    tables = [part for part in driver_section(plan, Page()).parts if isinstance(part, Table)]
    cargo = " ".join(row[-1] for table in tables for row in table.rows)
    assert [dish.name for dish in plan.menu if dish.portions and dish.name not in cargo] == []
