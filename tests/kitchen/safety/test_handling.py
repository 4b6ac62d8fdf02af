"""What the words of recipes do to the safety of food: recipes as chefs write them, and laws over the catalogue."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as draw

from catering_cli.checks import registry
from catering_cli.domain.order_parts.recipe import Recipe
from catering_cli.domain.plan import CateringPlan
from catering_cli.intake import load
from catering_cli.kitchen.cook import cook
from catering_cli.kitchen.recipes import catalogue

RECIPES = json.loads((Path(__file__).parent / "recipes.json").read_text(encoding="utf-8"))
STEP_FIELDS = ("kind", "food_class", "storage")
FIELDS = (*STEP_FIELDS, "served_at")
HEATED = {"cook", "reheat"}
HELD = {"hot_hold", "cold_hold"}
EVENT = {"name": "Supper", "service_at": "2027-04-17T18:30:00-04:00", "timezone": "America/New_York"}


def plan_of(recipe: dict[str, Any], course: str | None = None, **event: str) -> CateringPlan:
    """The plan of a supper with one dish."""
    entry = {"dish": recipe["name"], "course": course or recipe.get("course"), "recipe": recipe}
    return cook(load.order_of({"event": EVENT | event, "guests": 50, "menu": [entry]}, "order.json"))


@pytest.mark.parametrize("written", RECIPES, ids=lambda one: one["name"])
def test_what_each_step_leaves(written):
    """Read by a cook once, and right: what is read at the end of each step, of which class, and what it leaves."""
    recipe = {name: value for name, value in written.items() if name not in ("served", "steps_leave")}
    dish = plan_of(recipe).menu[0]
    left = [
        f"{one.state}{': ' + ', '.join(one.reads) + ' ' + one.food_class if one.reads else ''}" for one in dish.handling
    ]
    assert (dish.served_at, left) == (written["served"], written["steps_leave"])


def without(recipe: Recipe, fields: frozenset[str]) -> Recipe:
    """The recipe with these fields left to its words."""
    bare = dict.fromkeys(fields & set(STEP_FIELDS))
    steps = tuple(step.model_copy(update=bare) for step in recipe.steps)
    served = None if "served_at" in fields else recipe.served_at
    return recipe.model_copy(update={"steps": steps, "served_at": served})


@cache
def judged(name: str, fields: frozenset[str]) -> tuple[CateringPlan, tuple[int, int, float]]:
    """The plan of a dish of the catalogue without some fields, and its rank."""
    recipe = catalogue.recipe_named(name)
    assert recipe is not None
    document = json.loads(without(recipe, fields).model_dump_json(by_alias=True))
    plan = plan_of(document, recipe.course)
    return plan, registry.rank(*registry.check(plan.order, plan))


def kinds(plan: CateringPlan) -> dict[str, int]:
    """How many points there are of receiving, heat and holding; what a field has chilled the words may hold hot."""
    of = [point.kind for point in plan.safety.points]
    groups = {"receive": {"receive"}, "heat": HEATED, "hold": HELD}
    return {name: sum(kind in group for kind in of) for name, group in groups.items()}


@settings(max_examples=60, deadline=None)
@given(draw.sampled_from(catalogue.names()), draw.sets(draw.sampled_from(FIELDS), min_size=1).map(frozenset))
def test_leaving_a_field_to_the_words_never_makes_a_plan_look_safer(name, fields):
    stated, stated_rank = judged(name, frozenset())
    read, read_rank = judged(name, fields)
    assert kinds(stated)["receive"] == kinds(read)["receive"]
    assert bool(kinds(stated)["heat"]) <= bool(kinds(read)["heat"])
    assert kinds(stated)["hold"] <= kinds(read)["hold"]
    assert len(stated.safety.points) <= len(read.safety.points)
    assert stated_rank <= read_rank


@settings(max_examples=60, deadline=None)
@given(draw.sampled_from(catalogue.names()), draw.sets(draw.sampled_from(FIELDS)).map(frozenset))
def test_raw_animal_food_is_cooked_to_its_limit_or_said_to_be_raw(name, fields):
    plan, _ = judged(name, fields)
    received = {point.food_class for point in plan.safety.points if point.kind == "receive"}
    read = {point.kind for point in plan.safety.points}
    baked = all(one.state == "stable" for one in plan.menu[0].handling[-1:])
    assert not received or baked or read & (HEATED | {"advisory"})


@pytest.mark.parametrize(
    ("words", "severity"),
    [
        ({"venue": "Meadow Brook Nursing Home"}, "blocking"),
        ({"venue": "Sunny Days Preschool"}, "blocking"),
        ({"venue": "The Ritz", "name": "Children's Hospital Foundation gala"}, "open"),
        ({"venue": "Lincoln High School"}, "open"),
        ({"venue": "Offices of a law firm"}, "warning"),
        ({"venue": "Meadow Brook Nursing Home", "population": "general"}, "warning"),
        ({"population": "highly_susceptible"}, "blocking"),
    ],
)
def test_raw_eggs_by_who_the_guests_are(words, severity):
    """FDA Food Code 2022 3-801.11 and 1-201.10: the words of the event tell of a highly susceptible population."""
    recipe = {
        "name": "Chocolate mousse", "yield": 20, "ingredients": ["1 kg dark chocolate", "20 egg whites, raw"],
        "steps": ["Melt and fold in the whipped egg whites, 40 minutes.", "Chill, 4 hours."],
    }  # fmt: skip
    plan = plan_of(recipe, "dessert", **words)
    assert {one.severity for one in plan.findings if one.rule == "kitchen.undercooked"} == {severity}


@pytest.mark.parametrize(
    ("step", "severities"),
    [
        ("Cool in the pot, 2 hours.", {"blocking"}),
        ("Cool on the counter to room temperature, 2 hours.", {"blocking"}),
        ("Chill, 4 hours.", {"warning"}),
        ("Chill in shallow pans, 2 hours.", set()),
        ("Pan 2 inches deep; chill.", set()),
        ("Spread in layers of 2 inches and chill.", set()),
        ("Chill in 2-inch hotel pans.", set()),
        ("Cool with ice wands, 2 hours.", set()),
        ("Blast chill to 41 F, 2 hours.", set()),
    ],
)
def test_cooling_by_depth_and_mass(step, severities):
    """FDA Food Code 2022 3-501.14 and 3-501.15: shallow pans, ice or rapid cooling; not a pot."""
    recipe = {
        "name": "Chili", "yield": 50, "ingredients": ["8 kg ground pork", "8 kg crushed tomatoes"],
        "steps": ["Brown and simmer, 2 hours.", step, "Reheat to 165 F on the burner, 1 hour."],
    }  # fmt: skip
    plan = plan_of(recipe, "main")
    assert {one.severity for one in plan.findings if one.rule == "kitchen.cooling"} == severities
    assert {"cool", "reheat"} <= {point.kind for point in plan.safety.points}


@pytest.mark.parametrize(
    ("line", "severities"),
    [
        ("1 frozen whole turkey, 14 lb", {"blocking"}),
        ("5 kg frozen pork shoulder", {"blocking"}),
        ("3 kg frozen shrimp, peeled", {"open"}),
        ("3 kg frozen peas", set()),
        ("14 lb fresh turkey", set()),
    ],
)
def test_thawing(line, severities):
    """FDA Food Code 2022 3-501.13."""
    recipe = {"name": "Roast", "yield": 20, "ingredients": [line], "steps": ["Roast in the oven, 3 hours."]}
    plan = plan_of(recipe, "main")
    assert {one.severity for one in plan.findings if one.rule == "kitchen.thawing"} == severities
