"""Plated dinners: every course at its time, whoever is at the table, and nothing plated before it has arrived."""

import itertools

import pytest
from cut_orders import blocking

from catering_cli.checks.registry import run
from catering_cli.domain.order import Order
from catering_cli.domain.plan import CateringPlan
from catering_cli.kitchen.repairs.order_patch import applied

EVENT = {"name": "Dinner", "service_at": "2027-06-19T18:00:00-04:00", "timezone": "America/New_York", "style": "plated"}
BOUGHT = {"name": "Cold cuts", "yield": {"portions": 10},
          "ingredients": [{"item": "ham", "quantity": {"amount": 1, "unit": "kg"}}]}  # fmt: skip


def _ends(plan: CateringPlan) -> dict[str, str]:
    blocks = [block for block in plan.timeline.blocks if block.kind == "plate"]
    return {block.id.rpartition(".")[2]: f"{block.end:%H:%M}" for block in blocks}


@pytest.mark.parametrize(("guests", "times"), [(1, ("18:00", "18:20", "19:00")), (40, ("18:00", "18:25", "19:05"))])
def test_a_dish_without_work_of_its_own_is_plated_and_the_dessert_keeps_its_time(guests, times):
    menu = ["Caesar salad", {"dish": "Cold cuts", "course": "main"}, "Tiramisu"]
    order = Order.model_validate({"event": EVENT, "guests": guests, "menu": menu, "recipes": [BOUGHT]})
    plan, wrong = blocking(order)
    assert wrong == []
    assert _ends(plan) == dict(zip(("salad", "main", "dessert"), times, strict=True))
    assert run(["timeline.event"], order, plan) == ()


@pytest.mark.parametrize("menu", [["Caesar salad", "Tiramisu"], ["Tiramisu"], ["Roasted vegetables", "Tiramisu"]])
def test_a_single_guest_without_a_main_has_a_dessert_in_time(menu):
    order = Order.model_validate({"event": EVENT, "guests": 1, "menu": menu})
    plan, wrong = blocking(order)
    assert wrong == []
    assert run(["timeline.event"], order, plan) == ()


def test_one_cook_at_the_venue_plates_after_the_food_has_arrived():
    staff = {"cook": 1, "server": 10, "driver": 2}
    document = {"event": {**EVENT, "travel_minutes": 30}, "guests": 100, "staff": staff, "menu": ["Caesar salad"]}
    order = Order.model_validate(document)
    plan, wrong = blocking(order)
    assert wrong == []
    blocks = {block.id: block for block in plan.timeline.blocks}
    assert blocks["service.drive"].end <= blocks["service.plate.salad"].start
    late = blocks["service.drive"].model_copy(update={"end": blocks["service.plate.salad"].end})
    moved = [late if block.id == late.id else block for block in plan.timeline.blocks]
    changed = plan.model_copy(update={"timeline": plan.timeline.model_copy(update={"blocks": tuple(moved)})})
    told = [one.where for one in run(["timeline.event"], order, changed)]
    assert any(where.endswith(".start") for where in told)


DINNER = {"id": "dinner", "at": EVENT["service_at"], "until": "2027-06-19T18:20:00-04:00"}


@pytest.mark.parametrize("services", [(), (DINNER,)])
def test_a_service_too_short_to_plate_its_courses_is_named_and_the_repair_lets_it_last(services):
    event = {**EVENT, "ends_at": "2027-06-19T18:20:00-04:00"}
    menu = ["Caesar salad", "Chicken piccata", "Tiramisu"]
    order = Order.model_validate({"event": event, "guests": 40, "menu": menu, "services": list(services)})
    refused, _ = blocking(order)
    assert refused.timeline.status == "infeasible"
    assert any("too short for its courses" in line for line in refused.timeline.conflict)
    first = refused.timeline.repairs[0]
    assert first.text == "end service at 18:50"
    assert blocking(applied(order, first.changes))[1] == []


def test_one_cook_who_plates_too_slowly_is_given_help():
    event = {**EVENT, "ends_at": "2027-06-19T18:40:00-04:00"}
    staff = {"cook": 1, "server": 8, "captain": 1}
    menu = ["Caesar salad", "Fresh fruit salad"]
    order = Order.model_validate({"event": event, "guests": 90, "menu": menu, "staff": staff})
    refused, _ = blocking(order)
    assert refused.timeline.status == "infeasible"
    helped = [one for one in refused.timeline.repairs if one.text.endswith("to plate the courses on time")]
    assert [change.path for one in helped for change in one.changes] == ["order.staff[0].available"]
    assert blocking(applied(order, helped[0].changes))[1] == []


@pytest.mark.parametrize("guests", [29, 140])
def test_many_courses_in_a_short_service_come_no_faster_than_they_are_plated(guests):
    courses = ("starter", "soup", "salad", "main", "dessert")
    menu = [{"dish": f"Cold {course}", "course": course} for course in courses]
    recipes = [{**BOUGHT, "name": item["dish"]} for item in menu]
    event = {**EVENT, "travel_minutes": 45}
    order = Order.model_validate({"event": event, "guests": guests, "menu": menu, "recipes": recipes})
    plan, wrong = blocking(order)
    assert wrong == []
    plates = sorted((block.start, block.end) for block in plan.timeline.blocks if block.kind == "plate")
    assert len(plates) == len(courses)
    assert all(first[1] <= then[0] for first, then in itertools.pairwise(plates))
    assert run(["timeline.event"], order, plan) == ()
