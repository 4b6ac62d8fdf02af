"""Decisions that shape the menu and the day: cooked, and proven by the checker."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from catering_cli.checks.registry import check, rank
from catering_cli.domain import decision as d
from catering_cli.domain.decision import Decided, Decision
from catering_cli.domain.order import Order
from catering_cli.domain.plan import CateringPlan
from catering_cli.kitchen.cook import cook
from catering_cli.orchestrator.context import RunContext
from catering_cli.orchestrator.evaluate import evaluate
from catering_cli.orchestrator.workable import workable
from catering_cli.tasks.shaping.shareable import Pair, shareable

ORDER = {
    "event": {"name": "Dinner", "service_at": "2027-06-19T18:00:00-04:00", "style": "buffet"},
    "guests": {"guaranteed": 60, "profiles": [{"needs": ["vegetarian"], "count": 6, "severity": "preference"}]},
    "services": [
        {"id": "reception", "at": "2027-06-19T17:00:00-04:00", "style": "cocktail"},
        {"id": "dinner", "at": "2027-06-19T18:30:00-04:00", "style": "buffet"},
    ],
    "menu": [
        {"dish": "Caesar salad", "service": "dinner"},
        {"dish": "Chicken piccata", "service": "dinner"},
        {"dish": "Eggplant parmesan", "service": "dinner"},
        {"dish": "Rice pilaf", "service": "dinner"},
        {"dish": "Iced tea"},
    ],
}


def order() -> Order:
    return Order.model_validate(ORDER)


@cache
def plan(*made: Decision) -> CateringPlan:
    return cook(order(), tuple(Decided(decision=one, by="planner") for one in made))


def blocking(made: CateringPlan) -> list[str]:
    found, _ = check(made.order, made)
    return [one.message for one in found if one.severity == "blocking"]


def dish(made: CateringPlan, ident: str) -> Any:
    return next(one for one in made.menu if one.id == ident)


SHAPES: list[Decision] = [
    d.ReplaceDish(dish="d4", by_dish="Roasted potatoes with rosemary"),
    d.Share(dish="d3", popularity=3),
    d.ServeAt(dish="d5", service="reception"),
    d.LeaveOut(dish="d1", item="anchovy fillets"),
    d.MakeOn(dish="d3", step=1, days_before=1),
    d.Staffing(role="server", count=9, why="two rooms"),
    d.SplitTask(dish="d2", step=1, place="base"),
    d.FireOrder(dish="d4", after="d2", why="the rice dries out"),
]
TWO_TRAYS = {
    **ORDER,
    "guests": {"guaranteed": 20},
    "menu": ["Roasted potatoes with rosemary", "Roast chicken with rosemary"],
    "services": [],
}
"""Two dishes of which one oven holds a whole load together."""
IN_WITH = d.SharedBatch(dish="d1", step=2, with_dish="Roast chicken with rosemary", with_step=2, why="one oven is free")


def trays(*made: Decision) -> CateringPlan:
    return cook(Order.model_validate(TWO_TRAYS), tuple(Decided(decision=one, by="planner") for one in made))


def test_loads_of_two_dishes_that_fit_go_into_one_oven_together() -> None:
    together = trays(IN_WITH)
    assert blocking(together) == blocking(trays()) == []
    baked = [one for one in together.timeline.blocks if (one.dish, one.step) in {("d1", 2), ("d2", 2)}]
    assert len({one.start for one in baked}) == 1
    assert sorted(len(one.equipment) for one in baked) == [0, 1]
    (rider,) = [one for one in baked if not one.equipment]
    assert rider.label.endswith("(in with Roasted potatoes with rosemary)")
    assert shareable(trays()) == (Pair("d1", 2, "d2", 2),)


def test_no_oven_is_shared_by_sweet_and_savory_or_past_a_guest_with_an_allergy() -> None:
    plan = trays()
    sweet = plan.menu[0].model_copy(update={"course": "dessert"})
    assert shareable(plan.model_copy(update={"menu": (sweet, *plan.menu[1:])})) == ()
    for severity, fed, offered in (
        ("severe", ("d1",), 0), ("severe", ("d1", "d2"), 1), ("severe", (), 1), ("preference", ("d1",), 1),
    ):  # fmt: skip
        guest = plan.diets.profiles[0].model_copy(update={"severity": severity, "may_eat": fed})
        diets = plan.diets.model_copy(update={"profiles": (*plan.diets.profiles, guest)})
        assert len(shareable(plan.model_copy(update={"diets": diets}))) == offered


def test_a_shared_oven_that_is_only_claimed_or_too_small_is_found() -> None:
    claimed = trays().model_copy(update={"decisions": (Decided(decision=IN_WITH, by="planner"),)})
    assert any("is not" in said for said in blocking(claimed))
    undecided = trays(IN_WITH).model_copy(update={"decisions": ()})
    assert any("plant" in said for said in blocking(undecided))
    crowd = cook(Order.model_validate({**TWO_TRAYS, "guests": {"guaranteed": 40}}), (Decided(decision=IN_WITH),))
    assert blocking(crowd) == []
    assert all(one.equipment for one in crowd.timeline.blocks if (one.dish, one.step) in {("d1", 2), ("d2", 2)})


@pytest.mark.parametrize("shape", SHAPES, ids=lambda one: one.kind)
def test_a_shaped_plan_is_proven_like_any(shape: Decision) -> None:
    assert blocking(plan(shape)) == blocking(plan())
    assert plan(shape) != plan()
    assert plan(shape).order == order()


def test_a_dish_takes_the_place_of_another_and_keeps_its_id() -> None:
    made = plan(SHAPES[0])
    assert dish(made, "d4").name == "Roasted potatoes with rosemary"
    assert (dish(made, "d4").course, dish(made, "d4").service) == ("side", "dinner")
    assert "rice" not in {line.item for line in made.shopping.lines}


def test_more_take_a_dish_and_fewer_the_others() -> None:
    assert dish(plan(SHAPES[1]), "d3").portions > dish(plan(), "d3").portions
    assert dish(plan(SHAPES[1]), "d2").portions < dish(plan(), "d2").portions


def test_a_food_is_left_out_of_one_dish_and_of_what_is_bought() -> None:
    before, after = dish(plan(), "d1"), dish(plan(SHAPES[3]), "d1")
    gone = {line.item for line in before.lines} - {line.item for line in after.lines}
    assert gone == {"anchovy fillets"}


def test_the_last_food_of_a_dish_stays() -> None:
    foods = [line.item for line in dish(plan(), "d1").recipe.ingredients]
    made = plan(*(d.LeaveOut(dish="d1", item=food) for food in foods))
    assert dish(made, "d1").recipe.ingredients == dish(plan(), "d1").recipe.ingredients


def test_a_step_is_done_on_its_day_and_not_before_or_after() -> None:
    made = plan(SHAPES[4])
    days = {one.start.date().isoformat() for one in made.timeline.blocks if one.dish == "d3" and one.step == 1}
    assert days == {"2027-06-18"}
    moved = made.model_copy(update={"decisions": (Decided(decision=d.MakeOn(dish="d3", step=1, days_before=2)),)})
    assert any("another day" in said for said in blocking(moved))


def test_what_is_fired_later_begins_when_the_first_load_of_the_other_is_done() -> None:
    def last_work(made: CateringPlan, ident: str) -> list[Any]:
        last = max(one.step for one in made.timeline.blocks if one.dish == ident and one.step)
        return [one for one in made.timeline.blocks if one.dish == ident and one.step == last]

    for first, then in (("d2", "d4"), ("d4", "d2")):
        made = plan(d.FireOrder(dish=then, after=first))
        done = min(one.end for one in last_work(made, first) if one.batch == 1)
        assert all(one.start >= done for one in last_work(made, then))
        assert blocking(made) == blocking(plan())
        turned = made.model_copy(update={"decisions": (Decided(decision=d.FireOrder(dish=first, after=then)),)})
        assert any("starts" in said for said in blocking(turned))


def test_a_wish_for_people_is_no_way_below_what_the_work_needs() -> None:
    def servers(made: CateringPlan) -> int:
        return sum(line.count for line in made.staffing if line.role == "server")

    assert servers(plan(SHAPES[5])) == 9
    assert servers(plan(d.Staffing(role="server", count=0))) == servers(plan())
    assert blocking(plan(d.Staffing(role="server", count=0))) == blocking(plan())


def test_a_shape_that_is_not_in_the_plan_is_found() -> None:
    """The checker reads the decisions by itself: a plan that only claims them does not pass."""
    for shape in (SHAPES[0], SHAPES[2], SHAPES[3], SHAPES[5]):
        claimed = plan().model_copy(update={"decisions": (Decided(decision=shape, by="planner"),)})
        assert len(blocking(claimed)) > len(blocking(plan())), shape.kind


async def test_what_no_day_bears_is_left_out_and_said() -> None:
    context = RunContext(cook=cook, check=check, rank=rank)
    harm = [Decided(decision=d.MakeOn(dish="d2", step=last, days_before=3), by="mid") for last in (2, 3)]
    good = Decided(decision=SHAPES[1], by="mid")
    broken = await evaluate(order(), (good, *harm), context)
    assert len(blocking(broken)) > len(blocking(plan()))
    made, notices = await workable(broken, context)
    assert blocking(made) == blocking(plan())
    assert good in made.decisions
    assert not set(harm) & set(made.decisions)
    (notice,) = notices
    assert "Of 2 decisions" in notice
    assert "2 were left out (2 make_on)" in notice
    assert await workable(made, context) == (made, ())
