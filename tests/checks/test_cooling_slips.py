"""A plan in which the kitchen no longer says that much is cooled in a pot, or where food waits, does not hold."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

import pytest

from catering_cli.checks.registry import check
from catering_cli.domain.plan import CateringPlan
from catering_cli.domain.plan_parts.timeline import Block
from catering_cli.intake import load
from catering_cli.kitchen.cook import cook

EVENT = {"name": "Supper", "service_at": "2027-06-05T18:00:00-04:00", "timezone": "America/New_York", "style": "buffet"}
CHILI = ["60 lb ground beef", "30 lb kidney beans", "30 lb tomatoes"]


@cache
def planned(cooling: str, equipment: tuple[str, ...] = ()) -> CateringPlan:
    steps = [
        {"text": "Simmer it all.", "minutes": 120},
        {"text": cooling, "minutes": 120, "equipment": list(equipment)},
        {"text": "Reheat it.", "minutes": 60},
    ]
    recipe = {"name": "Chili", "yield": 200, "ingredients": CHILI, "steps": steps}
    menu = [{"dish": "Chili", "course": "main", "recipe": recipe}]
    return cook(load.order_of({"event": EVENT, "guests": 200, "menu": menu}, "order.json"))


def rules(plan: CateringPlan) -> set[str]:
    return {one.rule for one in check(plan.order, plan)[0] if one.rule in ("safety.cooling", "safety.waits")}


def silent(plan: CateringPlan, rule: str) -> CateringPlan:
    """The plan with one of the kitchen's own findings left out."""
    return plan.model_copy(update={"findings": tuple(one for one in plan.findings if one.rule != rule)})


@pytest.mark.parametrize("cooling", ["Cool it.", "Cool it in the pot.", "Let it come down on its own, then chill."])
def test_much_food_that_is_cooled_is_reported(cooling: str) -> None:
    assert rules(planned(cooling)) == set()
    assert rules(silent(planned(cooling), "kitchen.cooling")) == {"safety.cooling"}


@pytest.mark.parametrize(
    ("cooling", "equipment"),
    [("Cool it.", ("blast_chiller",)), ("Cool it over ice with ice paddles.", ()), ("Cool it 2 inches deep.", ())],
)
def test_what_cools_in_time_needs_no_report(cooling: str, equipment: tuple[str, ...]) -> None:
    assert rules(silent(planned(cooling, equipment), "kitchen.cooling")) == set()


def test_cooked_food_that_waits_has_a_place() -> None:
    steps = [{"text": "Brown the beef.", "minutes": 20}, {"text": "Add the rest; simmer.", "minutes": 60}]
    recipe = {"name": "Chili", "yield": 200, "ingredients": CHILI, "steps": steps}
    menu = [{"dish": "Chili", "course": "main", "recipe": recipe}]
    plan = cook(load.order_of({"event": EVENT, "guests": 200, "menu": menu}, "order.json"))
    (dish,) = plan.menu
    nowhere = tuple(one.model_copy(update={"waits": None}) for one in dish.handling)
    slip = plan.model_copy(update={"menu": (dish.model_copy(update={"handling": nowhere}),)})
    assert rules(slip) == set()
    sooner = tuple(_sooner(block) if block.step == 1 else block for block in plan.timeline.blocks)
    slip = slip.model_copy(update={"timeline": plan.timeline.model_copy(update={"blocks": sooner})})
    assert rules(slip) == {"safety.waits"}


def _sooner(block: Block) -> Block:
    """A block two hours before its time."""
    early = timedelta(hours=2)
    return block.model_copy(update={"start": block.start - early, "end": block.end - early})
