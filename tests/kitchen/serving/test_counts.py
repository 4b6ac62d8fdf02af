"""How many of each dish are eaten and made: by severity, choices, fixed counts, services, their mains, and drinks."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catering_cli.checks.registry import check
from catering_cli.domain.order import Order
from catering_cli.domain.plan import CateringPlan
from catering_cli.domain.problem import Refused
from catering_cli.intake.settle import settle
from catering_cli.kitchen.cook import cook
from catering_cli.kitchen.recipes.text_readers import TextReaders

STEP = {"text": "Cook.", "minutes": 5}
FOODS = {
    "Beef": ("main", "4 kg beef tenderloin"),
    "Salmon": ("main", "3 kg salmon fillets"),
    "Cauliflower": ("main", "4 kg cauliflower"),
    "Mystery pie": ("main", "4 kg zorrel"),
    "Gratin": ("side", "3 kg potatoes", "1 L heavy cream"),
    "Rice": ("side", "2 kg white rice"),
    "Cake": ("dessert", "2 kg all-purpose flour", "1 kg almonds"),
    "Fruit": ("dessert", "3 kg apples"),
    "Olives": ("canape", "2 kg green olives"),
    "Coffee": ("drink", "350 g ground coffee", "5 L water"),
    "Lemonade": ("drink", "5 L water", "1 kg lemons", "1 kg sugar"),
}
AT = "2027-04-17T12:30:00-04:00"


def ordered(menu: list[Any], guests: Any = 50, **more: Any) -> Order:
    event = {"name": "x", "service_at": AT, "timezone": "America/New_York", **more.pop("event", {})}
    recipes = [
        {"name": name, "course": course, "yield": {"portions": 20}, "ingredients": lines, "steps": [STEP]}
        for name, (course, *lines) in FOODS.items()
    ]
    document = {"event": event, "guests": guests, "menu": menu, "recipes": recipes, **more}
    return settle(Order.model_validate(document, context={"readers": TextReaders()}), Path())


def planned(menu: list[Any], guests: Any = 50, **more: Any) -> CateringPlan:
    return cook(ordered(menu, guests, **more), remedies=False)


def needed(plan: CateringPlan) -> dict[str, int]:
    return {dish.name: dish.needed for dish in plan.menu}


def found(plan: CateringPlan, *rules: str) -> list[tuple[str, str]]:
    """Severity and message of what the rules say."""
    findings = (*plan.findings, *check(plan.order, plan)[0])
    return [(one.severity, one.message) for one in dict.fromkeys(findings) if one.rule in rules]


COUNTS = ("portions.made", "portions.eaten", "diets.unfed", "diets.shares", "diets.choices", "portions.none_left_out")


@settings(max_examples=10, deadline=None)
@given(st.integers(1, 40), st.integers(1, 40), st.sampled_from(["plated", "buffet", "family"]))
def test_choices_are_eaten_exactly(beef, salmon, style):
    profiles = [
        {"count": beef, "choices": ["Beef"], "name": "table 1"},
        {"needs": [], "count": salmon, "choices": ["Salmon"]},
    ]
    plan = planned(
        ["Beef", "Salmon", "Rice"],
        {"guaranteed": beef + salmon, "profiles": profiles},
        event={"style": style},
    )
    assert (needed(plan)["Beef"], needed(plan)["Salmon"]) == (beef, salmon)
    assert needed(plan)["Rice"] == beef + salmon
    assert found(plan, *COUNTS) == []


def test_a_dish_that_more_chose_is_named_more_often():
    table = [{"count": 8, "choices": ["Beef"] * 5 + ["Salmon"] * 3, "name": "table 7"}]
    plan = planned(["Beef", "Salmon"], {"guaranteed": 8, "profiles": table})
    assert needed(plan) == {"Beef": 5, "Salmon": 3}


def test_what_was_chosen_and_is_not_on_the_menu_or_does_not_feed_is_a_question():
    guests = {"guaranteed": 9, "profiles": [{"needs": ["vegan"], "count": 9, "choices": ["Beef", "Tofu"]}]}
    said = found(planned(["Beef", "Cauliflower"], guests), "diets.choices")
    assert [severity for severity, _ in said] == ["open", "open"]
    assert any("Tofu" in message for _, message in said)
    assert any("does not feed" in message for _, message in said)


def test_a_profile_says_what_it_needs_or_what_it_chose():
    with pytest.raises(ValueError, match="neither what they need nor what they chose"):
        ordered(["Beef"], {"guaranteed": 9, "profiles": [{"count": 2}]})


@settings(max_examples=8, deadline=None)
@given(st.integers(1, 80), st.integers(1, 60), st.integers(1, 60))
def test_a_fixed_count_is_never_overrun_however_many_services_share_it(portions, lunch, dinner):
    services = [
        {"id": "lunch", "at": AT, "guests": lunch},
        {"id": "dinner", "at": "2027-04-17T18:30:00-04:00", "guests": dinner},
    ]
    menu = [{"dish": "Beef", "portions": portions}]
    plan = planned(menu, max(lunch, dinner), services=services)
    assert needed(plan)["Beef"] == min(portions, lunch + dinner)
    assert plan.menu[0].portions == portions
    assert not found(plan, "portions.made", "portions.eaten", "diets.shares")
    lacks = found(plan, "diets.unfed")
    assert bool(lacks) is (portions < lunch + dinner)


def test_enough_for_a_portion_each_is_no_shortage_and_what_it_means_for_a_guest_is_said():
    plan = planned([{"dish": "Beef", "portions": 100}, {"dish": "Salmon", "portions": 60}], 150)
    assert needed(plan) == {"Beef": 100, "Salmon": 60}
    assert found(plan, *COUNTS) == []
    assert ("advice", "Beef: 100 portions as ordered are 0.67 a guest; 100 dealt out") in found(
        plan, "kitchen.portions_fixed"
    )


SEVERITIES = ["preference", "intolerance", "allergy", "severe", "anaphylaxis"]


@settings(max_examples=8, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(SEVERITIES), st.integers(1, 6)), min_size=1, max_size=4), st.integers(1, 20))
def test_what_is_short_goes_to_the_gravest_needs_first(kinds, portions):
    profiles = [
        {"needs": ["tree nuts"], "count": count, "severity": severity, "name": f"k{number}"}
        for number, (severity, count) in enumerate(kinds)
    ]
    guests = {"guaranteed": 30, "profiles": profiles}
    plan = planned(["Beef", {"dish": "Fruit", "portions": portions}, {"dish": "Cake", "portions": 60}], guests)
    fruit = {one.profile: one.portions for one in plan.diets.eats if one.dish == "d2"}
    for grave in plan.diets.profiles[1:]:
        lesser = [
            one for one in plan.diets.profiles if SEVERITIES.index(one.severity) < SEVERITIES.index(grave.severity)
        ]
        if fruit.get(grave.id, 0) < grave.count:
            assert not any(fruit.get(one.id) for one in lesser)


@pytest.mark.parametrize(
    ("severity", "course", "said"),
    [
        ("anaphylaxis", "dessert", "blocking"),
        ("allergy", "dessert", "blocking"),
        ("intolerance", "dessert", "open"),
        ("preference", "dessert", "warning"),
        ("preference", "main", "blocking"),
    ],
)
def test_a_course_that_is_missing_weighs_as_the_need_does(severity, course, said):
    need, menu = ("tree nuts", ["Beef", "Cake"]) if course == "dessert" else ("beef", ["Beef", "Fruit"])
    guests = {"guaranteed": 9, "profiles": [{"needs": [need], "count": 2, "severity": severity}]}
    (finding,) = found(planned(menu, guests), "diets.unfed")
    assert finding[0] == said
    assert course in finding[1]


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 20), st.sampled_from(["vegetarian", "halal", "vegan"]))
def test_a_wish_and_a_word_that_is_not_known_change_no_count_and_the_label_is_asked_for(count, diet):
    profiles = [{"needs": [diet], "count": count, "severity": "preference"}] if count else []
    menu = ["Mystery pie", "Cauliflower"]
    plan = planned(menu, {"guaranteed": 40, "profiles": profiles})
    alone = planned(menu, 40)
    assert sum(needed(plan).values()) in range(sum(needed(alone).values()), sum(needed(alone).values()) + 2)
    assert abs(needed(plan)["Mystery pie"] - needed(alone)["Mystery pie"]) <= 1
    assert bool(found(plan, "diets.labels")) is bool(count)
    assert found(plan, *COUNTS) == []


def test_a_dish_that_no_guest_may_eat_is_blocking_and_says_why():
    guests = {"guaranteed": 9, "profiles": [{"needs": ["tree nuts"], "count": 9}]}
    (finding,) = found(planned(["Beef", "Cake", "Fruit"], guests), "portions.none_left_out")
    assert finding[0] == "blocking"
    assert "Cake is not made: no guest may eat it (tree nuts: contains)" in finding[1]


def test_two_dishes_of_a_course_at_two_services_are_each_for_all_who_are_there():
    services = [
        {"id": "lunch", "at": AT},
        {"id": "dinner", "at": "2027-04-17T18:30:00-04:00", "guests": 30},
    ]
    menu = [
        {"dish": "Beef", "service": "lunch"}, {"dish": "Salmon", "service": "dinner"},
        {"dish": "Rice", "service": "lunch"}, {"dish": "Gratin", "service": "dinner"},
    ]  # fmt: skip
    plan = planned(menu, 50, services=services)
    assert needed(plan) == {"Beef": 50, "Salmon": 30, "Rice": 50, "Gratin": 30}
    assert found(plan, *COUNTS) == []


def test_a_side_that_goes_with_a_main_is_made_for_those_who_eat_it():
    profiles = [
        {"count": 30, "choices": ["Beef"]},
        {"count": 15, "choices": ["Salmon"]},
        {"needs": ["milk"], "count": 5, "choices": ["Beef"]},
    ]
    menu = ["Beef", "Salmon", {"dish": "Gratin", "goes_with": "Beef"}, {"dish": "Rice", "goes_with": "Salmon"}]
    plan = planned(menu, {"guaranteed": 50, "profiles": profiles})
    assert needed(plan) == {"Beef": 35, "Salmon": 15, "Gratin": 30, "Rice": 15}
    (lack,) = found(plan, "diets.unfed")
    assert lack[0] == "blocking"
    assert "5 of the 5 guests 'milk' have no side" in lack[1]


def test_what_a_dish_goes_with_is_on_the_menu():
    with pytest.raises(Refused, match="Gravy") as refused:
        ordered(["Beef", {"dish": "Rice", "goes_with": "Gravy"}])
    assert refused.value.problems[0].place == "order.menu[1].goes_with"


@pytest.mark.parametrize(
    ("menu", "ends", "cups"),
    [
        (["Beef", "Coffee"], "17:00", {"Coffee": 75}),
        (["Beef", "Coffee"], "14:00", {"Coffee": 50}),
        (["Beef", "Coffee", "Lemonade"], "14:00", {"Coffee": 50, "Lemonade": 100}),
        (["Beef", "Lemonade"], "14:00", {"Lemonade": 150}),
    ],
)
def test_coffee_is_by_the_cup_and_of_the_drinks_of_an_hour(menu, ends, cups):
    plan = planned(menu, event={"ends_at": f"2027-04-17T{ends}:00-04:00"})
    assert {name: count for name, count in needed(plan).items() if name in cups} == cups
    assert found(plan, *COUNTS) == []


def test_pieces_before_dinner_are_fewer_than_without_one():
    reception = {"id": "reception", "at": "2027-04-17T16:00:00-04:00", "until": "2027-04-17T17:30:00-04:00"}
    dinner = {"id": "dinner", "at": "2027-04-17T18:00:00-04:00", "style": "plated"}
    menu = [{"dish": "Olives", "service": "reception"}, {"dish": "Beef", "service": "dinner"}]
    both = planned(menu, services=[{**reception, "style": "cocktail"}, dinner])
    alone = planned(menu[:1], services=[{**reception, "style": "cocktail"}])
    assert needed(both)["Olives"] == 50 * 6
    assert needed(alone)["Olives"] == 50 * 12
    assert found(both, *COUNTS) == []


def test_a_lunch_that_is_too_much_is_said_and_each_service_has_its_weight():
    plan = planned(["Beef", "Salmon", "Rice", "Gratin", "Fruit", "Cake"])
    (service,) = plan.service
    assert service.food is not None
    assert (service.food.usual_low, service.food.usual_high) == (400, 900)
    heavy = service.food.grams > 900
    assert bool([one for one in plan.findings if one.rule == "kitchen.food_per_guest"]) is heavy


def test_what_goes_with_coffee_is_bought_for_its_cups_unless_the_menu_brings_it():
    plan = planned(["Beef", "Coffee"])
    cups = next(dish.portions for dish in plan.menu if dish.name == "Coffee")
    bought = {one.item: (one.amount.quantity.high, one.amount.quantity.unit) for one in plan.shopping.beside}
    assert bought["milk or cream"] == (math.ceil(cups * 2 / 100), "quart")
    assert bought["cups of it decaffeinated"] == (math.ceil(cups / 4), "")
    assert all(one.source for one in plan.shopping.beside)
    less = plan.shopping.model_copy(update={"beside": plan.shopping.beside[1:]})
    told, _ = check(plan.order, plan.model_copy(update={"shopping": less}))
    assert [one.rule for one in told if one.severity == "blocking"] == ["shopping.beside"]
    assert planned(["Beef", "Lemonade"]).shopping.beside == ()


WHOLE_MENU = ["Beef", "Salmon", "Cauliflower", "Mystery pie", "Gratin", "Rice", "Cake", "Fruit", "Coffee", "Lemonade"]


def courses(plan: CateringPlan) -> dict[str, int]:
    """Portions eaten of each course."""
    eaten: dict[str, int] = {}
    for dish in plan.menu:
        eaten[dish.course] = eaten.get(dish.course, 0) + dish.needed
    return eaten


@settings(max_examples=6, deadline=None)
@given(st.integers(1, 30), st.sampled_from(["vegetarian", "vegan", "halal", "hindu", "milk", "tree nuts"]))
def test_a_preference_takes_from_the_dishes_it_rules_out_and_from_no_other(count, need):
    alone = planned(WHOLE_MENU, 60)
    profile = {"needs": [need], "count": count, "severity": "preference"}
    wished = planned(WHOLE_MENU, {"guaranteed": 60, "profiles": [profile]})
    may = set(wished.diets.profiles[1].may_eat)
    kinds = 2
    for before, after in zip(alone.menu, wished.menu, strict=True):
        if before.id in may:
            assert after.needed >= before.needed - kinds
        else:
            assert before.needed - after.needed <= before.needed * count / 60 + kinds
    for course, eaten in courses(wished).items():
        assert eaten <= courses(alone)[course] + kinds * len(WHOLE_MENU)


@settings(max_examples=6, deadline=None)
@given(
    st.sampled_from(["milk", "tree nuts", "fish", "gluten-free", "zorrel", "kiwi"]),
    st.sampled_from(["intolerance", "allergy", "severe", "anaphylaxis"]),
)
def test_a_careful_guest_more_removes_no_control(need, severity):
    first = {"needs": ["tree nuts"], "count": 2, "severity": "anaphylaxis", "name": "Ann"}
    more = {"needs": [need], "count": 1, "severity": severity, "name": "Bo"}
    one = planned(WHOLE_MENU, {"guaranteed": 60, "profiles": [first]})
    two = planned(WHOLE_MENU, {"guaranteed": 60, "profiles": [first, more]})

    def controls(plan: CateringPlan) -> set[tuple[str, str, str]]:
        return {(point.dish, point.kind, point.limit) for point in plan.safety.points}

    def asked(plan: CateringPlan) -> set[str]:
        return {message for _, message in found(plan, "diets.labels", "diets.unfed", "kitchen.food_unknown")}

    assert controls(one) <= controls(two)
    assert asked(one) <= asked(two)
    assert set(two.diets.profiles[1].may_eat) <= set(one.diets.profiles[1].may_eat)


def test_guests_of_whom_no_choice_is_known_are_told():
    guests = {"guaranteed": 12, "profiles": [{"count": 8, "choices": ["Beef"]}]}
    (told,) = found(planned(["Beef", "Salmon"], guests), "kitchen.choice_missing")
    assert told == ("warning", "4 guests have chosen no main: they are shared out over what they may eat")
