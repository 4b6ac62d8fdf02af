"""A preference, whatever it is called and whatever is served, changes only what the dishes that it rules out take."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from catering_cli.data.tables import parts, rows
from catering_cli.domain.plan import CateringPlan
from catering_cli.intake import load
from catering_cli.kitchen.cook import cook
from catering_cli.kitchen.recipes import catalogue

GUESTS = 60
KINDS = 2
"""Kinds of guests, each of which may be rounded."""
EVENT = {"name": "Law", "service_at": "2027-06-05T18:00:00-04:00", "timezone": "America/New_York", "style": "buffet"}
FOODS = [row["food"] for row in rows("foods")]
WORDS = [word for row in rows("families") for word in (row["family"], *parts(row["synonyms"]))]
DIETS = [row["diet"] for row in rows("diets")]
wishes = st.one_of(st.sampled_from(FOODS), st.sampled_from(WORDS), st.sampled_from(DIETS), st.sampled_from(["zorrel"]))


def of(course: str) -> list[str]:
    return [row["name"] for row in catalogue.index() if row["course"] == course]


menus = st.tuples(
    *(
        st.lists(st.sampled_from(of(course)), min_size=1, max_size=3, unique=True)
        for course in ("main", "side", "dessert")
    )
)


def planned(menu: tuple[list[str], ...], *profiles: dict[str, Any]) -> CateringPlan:
    dishes = [name for course in menu for name in course]
    guests = {"guaranteed": GUESTS, "profiles": list(profiles)}
    return cook(load.order_of({"event": EVENT, "guests": guests, "menu": dishes}, "order.json"))


def grams(plan: CateringPlan) -> dict[str, float]:
    """What is bought of each dish."""
    return {dish.id: float(sum(line.mass.quantity.high for line in dish.lines if line.mass)) for dish in plan.menu}


@settings(max_examples=10, deadline=None)
@given(menus, wishes, st.integers(1, 20))
def test_a_wish_takes_no_more_than_its_guests_eat_of_what_it_rules_out(
    menu: tuple[list[str], ...], need: str, count: int
) -> None:
    alone = planned(menu)
    wished = planned(menu, {"needs": [need], "count": count, "severity": "preference"})
    may = set(wished.diets.profiles[1].may_eat)
    bought = grams(alone), grams(wished)
    for before, after in zip(alone.menu, wished.menu, strict=True):
        taken = 0 if before.id in may else before.needed * count / GUESTS
        assert before.needed - after.needed <= taken + KINDS, (before.name, need)
        if before.portions:
            a_portion = bought[0][before.id] / before.portions
            batches = before.portions - before.needed
            assert bought[0][before.id] - bought[1][before.id] <= a_portion * (taken + KINDS + batches + 1) * 1.11
