"""Vans are the base's: one that has brought the main load drives again when it is back, and no sooner."""

from datetime import timedelta

import pytest
from cut_orders import blocking

from catering_cli.checks.registry import run
from catering_cli.domain.order import Order
from catering_cli.domain.plan import CateringPlan
from catering_cli.domain.plan_parts.timeline import Block
from catering_cli.kitchen.repairs.order_patch import applied

WAY = timedelta(minutes=25)
FRITTERS = {
    "name": "Fritters", "course": "main", "yield": {"portions": 40},
    "ingredients": [{"item": "rice", "quantity": {"amount": 1, "unit": "kg"}}],
    "steps": [{"text": "Fry", "minutes": 20, "active_minutes": 20, "kind": "cook", "equipment": ["fryer"],
               "max_hold_minutes": 60, "food_class": "plant_hot", "temperature": "350 F"}],
}  # fmt: skip


def _order(vans: int) -> Order:
    """A buffet 25 minutes away: the salad goes with the main load, what is fried is driven behind it."""
    event = {"name": "Fair", "service_at": "2027-06-19T18:00:00-04:00", "timezone": "America/New_York"}
    plant = {"fryer": 2, "oven": 2, "burner": 4, "van": vans}
    document = {"event": {**event, "travel_minutes": 25}, "guests": 40, "menu": ["Fritters", "Caesar salad"],
                "recipes": [FRITTERS], "kitchen": {"equipment": plant}}  # fmt: skip
    return Order.model_validate(document)


def _blocks(plan: CateringPlan) -> dict[str, Block]:
    return {block.id: block for block in plan.timeline.blocks}


@pytest.mark.parametrize("vans", [1, 2])
def test_the_main_load_and_what_is_fried_last_go_with_as_many_vans_as_there_are(vans):
    order = _order(vans)
    plan, wrong = blocking(order)
    assert wrong == []
    main, late = _blocks(plan)["service.drive"], _blocks(plan)["service.drive.hot"]
    assert main.start + 2 * WAY <= late.start or vans == 2
    assert [(one.count, one.assumed) for one in plan.timeline.capacities if one.name == "van"] == [(vans, False)]


def test_a_van_that_is_not_back_is_found_by_the_checks():
    order = _order(1)
    plan, _ = blocking(order)
    late = _blocks(plan)["service.drive.hot"].start
    moved = [
        one.model_copy(update={"start": late - WAY, "end": late}) if one.id == "service.drive" else one
        for one in plan.timeline.blocks
    ]
    changed = plan.model_copy(update={"timeline": plan.timeline.model_copy(update={"blocks": tuple(moved)})})
    (found,) = run(["timeline.capacity"], order, changed)
    assert "van: 2 in use" in found.message
    assert {"service.drive", "service.drive.hot"} <= set(found.message.rpartition(": ")[2].split(", "))


def test_without_a_van_nothing_leaves_and_the_repair_is_a_van():
    order = _order(0)
    refused, _ = blocking(order)
    assert refused.timeline.status == "infeasible"
    assert any("van" in line for line in refused.timeline.conflict)
    first = refused.timeline.repairs[0]
    assert "more van" in first.text
    assert blocking(applied(order, first.changes))[1] == []
