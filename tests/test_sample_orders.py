"""The sample orders are whole: every dish known, every food priced, every guest counted once."""

import json
from functools import cache
from pathlib import Path

import pytest

from catering_cli.checks import registry
from catering_cli.domain.finding import Finding
from catering_cli.domain.order import Order
from catering_cli.domain.plan import CateringPlan
from catering_cli.intake import settle
from catering_cli.kitchen.cook import cook
from catering_cli.kitchen.recipes import catalogue

FOLDER = Path(__file__).parent.parent / "sample_orders"
NAMES = ("wedding", "corporate_buffet", "cocktail_reception", "boxed_lunches", "gala", "impossible")
GUESTS = {
    "wedding": 120,
    "corporate_buffet": 60,
    "cocktail_reception": 200,
    "boxed_lunches": 45,
    "gala": 350,
}


def order(name: str) -> Order:
    return Order.model_validate(json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8")))


def items(of: Order) -> set[str]:
    recipes = [catalogue.recipe_named(line.dish) for line in of.menu]
    return {line.item for recipe in recipes if recipe for line in recipe.ingredients}


def test_there_is_no_other_sample():
    assert {path.stem for path in FOLDER.glob("*.json")} == set(NAMES)


@pytest.mark.parametrize(("name", "guests"), GUESTS.items())
def test_the_count_is_the_one_that_was_asked_for(name, guests):
    assert order(name).guests.guaranteed == guests


@pytest.mark.parametrize("name", NAMES)
def test_every_dish_is_in_the_catalogue(name):
    assert [line.dish for line in order(name).menu if catalogue.recipe_named(line.dish) is None] == []


@pytest.mark.parametrize("name", NAMES)
def test_profiles_add_up_to_no_more_than_the_guests(name):
    guests = order(name).guests
    assert sum(profile.count for profile in guests.profiles) <= guests.guaranteed


@pytest.mark.parametrize("name", [name for name in NAMES if name != "impossible"])
def test_every_food_has_a_price(name):
    of = order(name)
    priced = {row.item for row in of.supply if row.price is not None} | {row.item for row in of.prices}
    assert items(of) - priced <= {"water"}


@pytest.mark.parametrize("name", NAMES)
def test_services_and_menus_name_each_other_and_their_places(name):
    of = order(name)
    assert {line.service for line in of.menu if line.service} <= {service.id for service in of.services}
    assert {service.place for service in of.services if service.place} <= {place.id for place in of.places}
    assert all(service.at >= of.event.service_at for service in of.services)


def test_the_boxes_of_the_drop_offs_are_all_the_boxes():
    of = order("boxed_lunches")
    assert len(of.services) == 3
    assert sum(service.guests or 0 for service in of.services) == of.guests.guaranteed
    assert len({service.at for service in of.services}) == 3


def test_needs_of_the_gala_overlap():
    needs = [set(profile.needs) for profile in order("gala").guests.profiles]
    single = set.union(*needs)
    assert {"vegan", "halal", "kosher-style", "gluten-free", "shellfish", "tree nuts"} <= single
    assert sum(len(of_one) > 1 for of_one in needs) >= 6


@cache
def cooked(name: str) -> tuple[CateringPlan, tuple[Finding, ...]]:
    """The kitchen's own plan, and all that it and the checks have to say of it."""
    of = settle.settle(order(name), FOLDER, name)
    plan = cook(of)
    return plan, (*plan.findings, *registry.check(of, plan)[0])


@pytest.mark.parametrize("name", GUESTS)
def test_the_kitchens_own_plan_may_be_served(name):
    plan, findings = cooked(name)
    assert plan.timeline.status == "scheduled"
    assert [finding.message for finding in findings if finding.severity == "blocking"] == []
    # samples share a mixer, as kitchens do; and a lunch with two of every course is more than is usual
    told = ("diets.apart", "kitchen.food_per_guest")
    assert [one.message for one in findings if one.severity == "warning" and one.rule not in told] == []


@pytest.mark.parametrize("name", GUESTS)
def test_every_guest_is_fed_in_every_course_that_is_plated(name):
    plan, _ = cooked(name)
    courses = {dish.id: dish.course for dish in plan.menu}
    fed = {(eats.profile, courses[eats.dish]) for eats in plan.diets.eats}
    profiles = [profile.id for profile in plan.diets.profiles if profile.count]
    assert fed == {(profile, course) for profile in profiles for course in set(courses.values())}


@pytest.mark.parametrize("name", GUESTS)
def test_food_is_priced_and_within_the_budget(name):
    plan, _ = cooked(name)
    assert plan.shopping.unpriced == ()
    assert plan.costing.over_budget is None


def test_the_impossible_order_says_why():
    plan, findings = cooked("impossible")
    assert plan.timeline.status == "infeasible"
    why = " ".join(plan.timeline.conflict)
    assert "oven" in why
    assert all(roast in why for roast in ("tenderloin", "lamb", "pork"))
    assert any(finding.severity == "blocking" for finding in findings)
    assert plan.timeline.blocks
    assert plan.shopping.lines
