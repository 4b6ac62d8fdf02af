"""Fifty orders that one known cut made impossible: the cut is named, and the first repair makes the day work."""

import re
from fractions import Fraction
from typing import Any

import pytest
from cut_orders import NAMED, blocking, cuts, order

from catering_cli.checks.registry import check
from catering_cli.domain.finding import Change
from catering_cli.domain.order import Order
from catering_cli.domain.plan_parts.timeline import Timeline
from catering_cli.kitchen.cook import cook
from catering_cli.kitchen.menu.decisions import fold
from catering_cli.kitchen.recipes import catalogue
from catering_cli.kitchen.repairs.cost import early
from catering_cli.kitchen.repairs.of_a_kind import is_alike
from catering_cli.kitchen.repairs.order_patch import applied
from catering_cli.kitchen.repairs.swap_dish import fed, swaps
from catering_cli.scheduling.backward_greedy import Found
from catering_cli.scheduling.problem import Job, Need, Problem, Resource
from catering_cli.scheduling.relaxation import Relief

SAMPLE = 6
FIFTY = 50
KINDS = tuple(NAMED)


CHEFS = re.compile(r"\d+ more |open (?:at|from)|make |finish |end service |start service (?:30|60) min later")
"""First repairs that a chef would make; another dish is none of them."""


def _tried(seed: int) -> tuple[bool, list[str], str] | None:
    """Whether the cut is named, what still blocks after the first repair, and its words; None: there is no such cut."""
    kind = KINDS[seed % len(KINDS)]
    cut = _cut(order(seed), kind, seed)
    if cut is None:
        return None
    refused = cook(cut).timeline
    named = any(word in line for line in refused.conflict for word in NAMED[kind])
    if not refused.repairs:
        return named, ["no repair"], ""
    return named, blocking(applied(cut, refused.repairs[0].changes))[1], refused.repairs[0].text


def _cut(whole: dict[str, Any], kind: str, seed: int) -> Order | None:
    """The order with the least cut of a kind that leaves no day; None if it does not work whole, or whatever is cut."""
    plan, wrong = blocking(Order.model_validate(whole))
    cut = (Order.model_validate(one) for one in cuts(whole, kind, plan, seed // len(KINDS)))
    return None if wrong else next((one for one in cut if _is_refused(one)), None)


def _is_refused(document: Order) -> bool:
    return cook(document, remedies=False).timeline.status == "infeasible"


@pytest.mark.parametrize("seed", range(SAMPLE))
def test_a_cut_is_named_and_its_first_repair_works(seed):
    tried = _tried(seed)
    assert tried is not None
    assert tried[:2] == (True, [])
    assert CHEFS.match(tried[2])


@pytest.mark.slow
def test_of_fifty_cuts_forty_eight_are_named_and_every_first_repair_works():
    found = []
    for seed in range(3 * FIFTY):
        if (one := _tried(seed)) is not None:
            found.append((seed, *one))
        if len(found) == FIFTY:
            break
    assert len(found) == FIFTY
    assert sum(named for _, named, *_ in found) >= 48, [seed for seed, named, *_ in found if not named]
    assert [row for row in found if row[2]] == []
    assert sum(bool(CHEFS.match(text)) for *_, text in found) >= 45, [row[3] for row in found]


def test_a_change_is_put_where_its_path_says():
    document = {"event": {"name": "Lunch", "service_at": "2027-06-19T12:00:00Z"}, "guests": 40, "menu": ["Soup"],
                "staff": {"cook": 1}}  # fmt: skip
    changes = (
        Change(path="order.staff[0].available", value=2),
        Change(path="order.staff[1]", value={"role": "chef", "available": 1}),
        Change(path='order.kitchen.equipment["6-pan oven"]', value=3),
    )
    changed = applied(Order.model_validate(document), changes)
    assert [(row.role, row.available) for row in changed.staff or ()] == [("cook", 2), ("chef", 1)]
    assert changed.kitchen.equipment == {"6-pan oven": 3}


def test_people_have_a_price_where_their_rate_is_known():
    whole = order(2)
    whole["budget"] = {"labor_per_hour": 30}
    _, refused = _refused(whole, "cook", 2)
    repair = next(repair for repair in refused.repairs if "more cook" in repair.text)
    assert repair.cost is not None
    assert repair.cost > 0


def test_two_things_that_are_short_at_once_are_added_together_and_what_is_assumed_stays_assumed():
    event = {"name": "Fair", "service_at": "2027-06-19T18:00:00-04:00", "timezone": "America/New_York"}
    document = {"event": event, "guests": 2_000, "menu": ["Chicken piccata", "Roasted vegetables"]}
    order_ = Order.model_validate(document)
    refused, _ = blocking(order_)
    assert refused.timeline.status == "infeasible"
    first = refused.timeline.repairs[0]
    assert {change.path.rpartition(".")[2] for change in first.changes} == {"equipment", "oven"}
    changed = applied(order_, first.changes)
    assert "prep_table" not in (changed.kitchen.equipment or {})
    told = blocking(changed)[1]
    assert all(one.startswith("timeline.buffers") for one in told), told  # it works, with no time in hand


def _refused(whole: dict, kind: str, seed: int) -> tuple[Order, Timeline]:
    cut = _cut(whole, kind, seed)
    assert cut is not None
    return cut, cook(cut).timeline


def test_opening_earlier_costs_the_paid_time_before_the_old_opening():
    whole = {**order(9), "budget": {"labor_per_hour": 30}}
    cut, refused = _refused(whole, "hour", 9)
    first = refused.repairs[0]
    assert first.text.startswith("open at")
    then = blocking(applied(cut, first.changes))[0].timeline
    opened = cut.kitchen.available_from
    assert opened is not None
    before = [block for block in then.blocks if block.start < opened and block.crew]
    most = sum(Fraction((opened - block.start).total_seconds()) / 3600 * 30 for block in before)
    assert first.cost is not None
    assert 0 < first.cost <= most
    known = [one.cost for one in refused.repairs if one.cost is not None]
    assert known == sorted(known)


def test_what_one_person_does_before_the_opening_is_paid_once_and_until_the_opening():
    cook = Resource("staff", "cook", "any")
    jobs = tuple(Job(name, 30, "base", needs=(Need((cook,), 1, 30),)) for name in ("first", "second", "beside"))
    problem = Problem(jobs, {cook: 2}, {"base": ((-120, 60),)})
    found = Found({"first": -200, "second": -160, "beside": -160}, {job.id: (cook,) for job in jobs})
    assert early(problem, Relief(found, earlier=120)) == {cook: 80 + 40}


@pytest.mark.parametrize("needs", ["vegan", "gluten-free", "milk"])
def test_a_dish_is_exchanged_only_where_nobody_goes_without_for_it(needs):
    event = {"name": "Lunch", "service_at": "2027-06-19T18:00:00-04:00"}
    guests = {"guaranteed": 20, "profiles": [{"needs": [needs], "count": 4, "severity": "allergy"}]}
    menu = ["Marinated white beans with roasted peppers", "Chickpea and vegetable tagine", "Fresh fruit salad"]
    document = Order.model_validate({"event": event, "guests": guests, "menu": menu})
    dishes, before = fed(document, fold(document))
    assert not before
    offered = {dish.name: list(swaps(document, [dish], lambda now: fed(now, fold(now)))) for dish in dishes}
    for swap in (one for found in offered.values() for one in found):
        assert not fed(applied(document, swap.changes), fold(document))[1], swap.texts
    tagine = catalogue.recipe_named("Chickpea and vegetable tagine")
    assert tagine is not None
    others = [recipe for recipe in catalogue.recipes() if is_alike(tagine, recipe) and recipe.name != tagine.name]
    quick = sorted(others, key=lambda r: sum(step.minutes for step in r.steps))[:6]
    assert {swap.name for swap in offered[tagine.name]} <= {recipe.name for recipe in quick}


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("BBQ brisket", "Roast chicken with rosemary", False),
        ("BBQ brisket", "Braised beef short ribs", True),
        ("Roast chicken with rosemary", "Chicken piccata", True),
        ("Vegetable lasagna", "Roast chicken with rosemary", False),
        ("Vegetable lasagna", "Eggplant parmesan", True),
        ("Roasted Brussels sprouts", "Green beans with garlic and lemon", True),
        ("Roasted Brussels sprouts", "Creamy polenta", False),
        ("Vanilla wedding cake", "Flourless chocolate almond cake", True),
        ("Vanilla wedding cake", "Chocolate chip cookies", False),
        ("Cheeseburgers", "Braised beef short ribs", False),
        ("French fries", "Green beans with garlic and lemon", False),
        ("French fries", "Roasted potatoes with rosemary", True),
    ],
)
def test_a_dish_of_the_same_kind(one, other, alike):
    recipes = [catalogue.recipe_named(name) for name in (one, other)]
    assert None not in recipes
    assert is_alike(*recipes) is alike


def test_what_keeps_too_shortly_for_the_road_is_finished_at_the_venue():
    plan, _ = blocking(Order.model_validate(order(4)))
    cut = Order.model_validate(cuts(order(4), "hold", plan, 0)[0])
    refused = blocking(cut)[0].timeline
    first = refused.repairs[0]
    assert first.text.startswith("finish Cut dish at the venue")
    then, wrong = blocking(applied(cut, first.changes))
    assert wrong == []
    drive = next(block for block in then.timeline.blocks if block.kind == "drive")
    last = [block for block in then.timeline.blocks if block.dish == "d1" and block.place == drive.place]
    assert last
    assert all(block.start >= drive.end for block in last)


LUNCH = {"name": "Lunch", "service_at": "2027-06-19T12:30:00-04:00", "timezone": "America/New_York"}
FILET = [
    {"text": "Sear the beef on both sides", "minutes": 10, "kind": "cook", "equipment": ["burner"],
     "batch_portions": 40, "max_hold_minutes": 30},
    {"text": "Finish in the oven to 145 F", "minutes": 12, "kind": "cook", "equipment": ["oven"],
     "batch_portions": 20, "storage": "hot", "max_hold_minutes": 30},
]  # fmt: skip


def _own(steps, event=LUNCH, guests=40, **more):
    beef = {"item": "beef tenderloin", "quantity": {"amount": 9, "unit": "lb"}}
    own = {"name": "Filet", "course": "main", "yield": {"portions": 20}, "ingredients": [beef], "steps": steps}
    return Order.model_validate({"event": event, "guests": guests, "menu": ["Filet"], "recipes": [own], **more})


def test_what_the_road_makes_stale_is_finished_in_an_oven_that_is_brought():
    document = _own(FILET, {**LUNCH, "style": "plated", "travel_minutes": 50}, 36)
    first = blocking(document)[0].timeline.repairs[0]
    assert first.text.startswith("finish Filet at the venue: “Sear")
    assert "oven" in first.text.rpartition(", with ")[2]
    changed = applied(document, first.changes)
    plan, wrong = blocking(changed)
    assert wrong == []
    assert {block.place for block in plan.timeline.blocks if block.dish} == {"venue"}


def test_a_day_that_blocks_is_told_what_was_tried_and_lets_nothing_block():
    steps = [{**FILET[1], "max_hold_minutes": 12}]
    document = _own(steps, {**LUNCH, "style": "plated"}, 36, kitchen={"equipment": {"oven": 1, "hot_box": 4}})
    plan, wrong = blocking(document)
    assert plan.timeline.status == "scheduled"
    assert wrong
    first = plan.timeline.repairs[0]
    assert first.text in " ".join(one.fix for one in check(document, plan)[0] if one.severity == "blocking")
    assert blocking(applied(document, first.changes))[1] == []


@pytest.mark.parametrize(("size", "most"), [(10, 10), (60, 20)])
def test_a_batch_is_only_ever_made_smaller(size, most):
    split = {"kind": "split_task", "dish": "d1", "step": 2, "batch_portions": size}
    plan, wrong = blocking(_own(FILET, guests=36, decisions=[split]))
    assert wrong == []
    assert max(block.portions for block in plan.timeline.blocks if block.step == 2) == most


def test_what_no_morning_holds_is_made_the_day_before_and_not_by_night():
    plan, _ = blocking(Order.model_validate(order(3)))
    cut = next(Order.model_validate(one) for one in cuts(order(3), "hour", plan, 0))
    texts = [repair.text for repair in blocking(cut)[0].timeline.repairs]
    assert texts[0].startswith("make it the day before: open from 15:00 to 19:00")


@pytest.mark.parametrize("at", ["06:00", "07:00"])
def test_a_service_at_or_before_opening_is_refused_with_an_opening_on_that_day(at):
    days = ("2027-06-18", "2027-06-19")
    hours = [{"from": f"{day}T07:00:00-04:00", "until": f"{day}T20:00:00-04:00"} for day in days]
    event = {"name": "Early", "service_at": f"2027-06-19T{at}:00-04:00", "timezone": "America/New_York"}
    menu = ["Caesar salad", "Fresh fruit salad"]
    document = Order.model_validate({"event": event, "guests": 40, "menu": menu, "kitchen": {"hours": hours}})
    refused, _ = blocking(document)
    assert refused.timeline.status == "infeasible"
    first = refused.timeline.repairs[0]
    assert first.text == f"open at 0{int(at[1]) - 1}:00 and stay open until service"
    assert blocking(applied(document, first.changes))[1] == []
    changed = blocking(applied(document, first.changes))[0].timeline.openings
    assert any(f"{one.start:%d %H:%M}" == "18 07:00" and f"{one.end:%d %H:%M}" == "18 20:00" for one in changed)


def test_a_cold_buffet_soon_after_opening_is_made_the_day_before():
    days = ("2027-06-18", "2027-06-19")
    hours = [{"from": f"{day}T07:00:00-04:00", "until": f"{day}T20:00:00-04:00"} for day in days]
    event = {"name": "Early", "service_at": "2027-06-19T08:00:00-04:00", "timezone": "America/New_York"}
    menu = ["Caesar salad", "Tiramisu", "Chocolate chip cookies"]
    document = Order.model_validate({"event": event, "guests": 40, "menu": menu, "kitchen": {"hours": hours}})
    plan, wrong = blocking(document)
    assert wrong == []
    assert plan.timeline.first_start is not None
    assert plan.timeline.first_start.day == 18


def test_a_decision_of_the_client_stands_in_the_plan_and_blocks_nothing():
    split = {"kind": "split_task", "dish": "d1", "step": 1, "make_ahead_hours": 2}
    event = {"name": "Lunch", "service_at": "2027-06-19T12:00:00-04:00"}
    document = {"event": event, "guests": 20, "menu": ["Caesar salad"], "decisions": [split]}
    plan, wrong = blocking(Order.model_validate(document))
    assert wrong == []
    assert [(one.by, one.decision.kind) for one in plan.decisions] == [("client", "split_task")]
    again = cook(plan.order, plan.decisions)
    assert again.decisions == plan.decisions
