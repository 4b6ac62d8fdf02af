"""A base made once for two events, judged by the blocks of both plans."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from catering_cli.checks.registry import check
from catering_cli.checks.week import check_week
from catering_cli.domain.decision import MakeFor, TakeMade
from catering_cli.domain.order import Order
from catering_cli.domain.plan import CateringPlan
from catering_cli.domain.week import Week, WeekEvent
from catering_cli.kitchen.cook import cook
from catering_cli.kitchen.week.guide import guide
from catering_cli.kitchen.week.pay import pay
from catering_cli.kitchen.week.planning import Given, cook_week

Plans = Mapping[str, CateringPlan]
BASE = "Italian vinaigrette"
KITCHEN = {"equipment": {"oven": 4, "burner": 8, "refrigerator_shelf": 60}}


def given(name: str, day: int, hour: int, **guests: Any) -> Given:
    event = {"name": name, "service_at": f"2027-04-{day}T{hour}:30:00-04:00", "style": "buffet"}
    menu = ["Garden salad", "Chicken piccata", "Mashed potatoes", "Chocolate cake"]
    order = {"event": event, "guests": {"guaranteed": 60, **guests}, "menu": menu, "kitchen": KITCHEN}
    return Given(name, Order.model_validate(order))


def planned(*events: Given) -> Plans:
    cooked = cook_week(events, "test", share=True)
    assert not cooked.findings
    return cooked.plans


@pytest.fixture(scope="module")
def pair() -> Plans:
    return planned(given("sat", 17, 19), given("sun", 18, 19))


def week_of(plans: Plans) -> Week:
    events = [
        WeekEvent(id=name, name=name, plan=f"{name}.plan.json", digest="", service_at=plan.order.event.service_at)
        for name, plan in plans.items()
    ]
    return Week(events=tuple(events), guide=guide(plans), pay=pay(plans))


def shares(plan: CateringPlan, kind: type[Any]) -> list[Any]:
    return [one.decision for one in plan.decisions if isinstance(one.decision, kind)]


def blocks_of(plan: CateringPlan, base: str) -> list[Any]:
    ids = {one.id for one in plan.bases if one.name == base}
    return [block for block in plan.timeline.blocks if block.dish in ids]


def test_one_event_makes_it_for_both_and_the_other_takes_it(pair: Plans) -> None:
    (taken,) = [one for one in shares(pair["sun"], TakeMade) if one.base == BASE]
    (made,) = [one for one in shares(pair[taken.event], MakeFor) if one.base == BASE]
    assert (made.event, made.portions) == ("sun", pair["sun"].menu[0].portions)
    base = next(one for one in pair["sat"].bases if one.name == BASE)
    assert base.portions == pair["sat"].menu[0].portions + pair["sun"].menu[0].portions
    ready = max(block.end for block in blocks_of(pair["sat"], BASE))
    (fetched,) = blocks_of(pair["sun"], BASE)
    assert ready <= taken.ready <= fetched.start
    assert base.recipe
    assert base.recipe.steps[-1].shelf_life_hours
    keeps = timedelta(hours=base.recipe.steps[-1].shelf_life_hours)
    assert pair["sun"].order.event.service_at - ready <= keeps


def test_the_lines_of_the_pot_are_those_of_both(pair: Plans) -> None:
    def grams(plan: CateringPlan, of_base: bool) -> float:
        dishes = [one for one in (plan.bases if of_base else plan.menu) if one.name in (BASE, "Garden salad")]
        lines = [(line, part) for dish in dishes if dish.recipe
                 for line, part in zip(dish.lines, dish.recipe.ingredients, strict=True)]  # fmt: skip
        masses = [line.mass for line, part in lines if of_base or part.part == BASE]
        return float(sum(mass.quantity.high for mass in masses if mass))

    pot = grams(pair["sat"], True)
    assert pot == pytest.approx(grams(pair["sat"], False) + grams(pair["sun"], False))


def test_each_plan_holds_by_itself_and_all_together(pair: Plans) -> None:
    for plan in pair.values():
        found, _ = check(plan.order, plan)
        assert not [one for one in found if one.severity == "blocking"]
        assert cook(plan.order, plan.decisions, version="test", timeline=plan.timeline) == plan
    assert not [one for one in check_week(week_of(pair), pair) if one.severity == "blocking"]


def test_what_is_not_there_in_time_is_found(pair: Plans) -> None:
    def told(changed: Plans) -> list[str]:
        return [one.message for one in check_week(week_of(changed), changed) if one.rule == "week.shared"]

    sat, sun = pair["sat"], pair["sun"]
    alone = cook(sat.order, version="test")
    assert any("too little is made there" in said for said in told({"sat": alone, "sun": sun}))
    early = [
        one.model_copy(update={"decision": one.decision.model_copy(update={"ready": one.decision.begun})})
        if isinstance(one.decision, TakeMade) else one
        for one in sun.decisions
    ]  # fmt: skip
    sooner = sun.model_copy(update={"decisions": tuple(early)})
    assert any("at another time" in said for said in told({"sat": sat, "sun": sooner}))
    assert any("is not made there" in said for said in told({"sun": sun}))


def test_nothing_is_shared_with_guests_in_danger_or_beyond_what_keeps() -> None:
    profiles = [{"needs": ["peanut"], "count": 1, "severity": "anaphylaxis"}]
    plans = planned(given("sat", 17, 19), given("sun", 18, 19, profiles=profiles))
    assert not any(shares(plan, MakeFor) or shares(plan, TakeMade) for plan in plans.values())
    far = planned(given("sat", 10, 19), given("sun", 25, 19))
    assert not any(shares(plan, TakeMade) for plan in far.values())
