"""Laws that hold between two plans, whatever the figures are: kitchen and checker cannot share a mistake in them."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import Any

from golden.orders import DISHES, NEEDS
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from catering_cli.data import tables
from catering_cli.domain.plan import CateringPlan
from catering_cli.intake import load
from catering_cli.kitchen.cook import cook

few = settings(max_examples=6, deadline=None)
dishes = st.lists(st.sampled_from([name for names in DISHES.values() for name in names]), min_size=2, max_size=5,
                  unique=True)  # fmt: skip
needs = st.sampled_from(NEEDS)

FEEDS = ("free", "none_found")
DANGER = {"free": 0, "none_found": 1, "unknown": 2, "may_contain": 2, "contains": 3}
EVENT = {"name": "Law", "service_at": "2027-06-05T18:00:00-04:00", "timezone": "America/New_York", "style": "buffet"}


def planned(document: dict[str, Any]) -> CateringPlan:
    return cook(load.order_of(document, "order.json"))


def fixed(names: list[str], portions: int, **more: Any) -> dict[str, Any]:
    """An order of so many portions of each dish, for as many guests without needs."""
    menu = [{"dish": name, "portions": portions, "over_percent": 0} for name in names]
    return {"event": EVENT, "guests": portions, "menu": menu, **more}


def needed(plan: CateringPlan) -> dict[tuple[str, str], Fraction]:
    """EP need of each item and unit."""
    return {(line.item, line.needed.quantity.unit): line.needed.quantity.high for line in plan.shopping.lines}


def cells(plan: CateringPlan) -> dict[tuple[str, str], str]:
    """State of each cell by the name of its dish."""
    names = {dish.id: dish.name for dish in plan.menu}
    return {(names[row.dish], cell.allergen): cell.state for row in plan.diets.rows for cell in row.cells}


@few
@given(dishes, st.integers(10, 60))
def test_twice_the_guests_need_twice_the_food(names: list[str], portions: int) -> None:
    once, twice = needed(planned(fixed(names, portions))), needed(planned(fixed(names, 2 * portions)))
    assert twice == {key: 2 * amount for key, amount in once.items()}


@few
@given(dishes, st.data())
def test_a_further_allergen_on_a_label_never_makes_a_cell_safer(names: list[str], data: st.DataObject) -> None:
    document = fixed(names, 20)
    items = sorted({line.item for dish in planned(document).menu for line in dish.lines})
    assume(items)
    item = data.draw(st.sampled_from(items))
    label = data.draw(st.lists(needs.filter(lambda need: need in NEEDS[5:13]), max_size=2, unique=True))
    further = data.draw(st.sampled_from([need for need in NEEDS[5:13] if need not in label]))
    before = cells(planned(document | {"products": [{"item": item, "label": label}]}))
    after = cells(planned(document | {"products": [{"item": item, "label": [*label, further]}]}))
    safer = [key for key, state in before.items() if DANGER[after[key]] < DANGER[state]]
    assert safer == []


@few
@given(dishes, needs, needs)
def test_a_stricter_need_never_widens_what_guests_may_eat(names: list[str], one: str, more: str) -> None:
    assume(one != more)

    def may_eat(*wanted: str) -> set[str]:
        profiles = [{"needs": list(wanted), "count": 2, "severity": "allergy"}]
        plan = planned(fixed(names, 20, guests={"guaranteed": 20, "profiles": profiles}))
        feeds = next(profile.may_eat for profile in plan.diets.profiles if profile.needs)
        return {dish.name for dish in plan.menu if dish.id in feeds}

    assert may_eat(one, more) <= may_eat(one)


@few
@given(dishes)
def test_a_dish_less_never_adds_a_purchase(names: list[str]) -> None:
    whole, less = needed(planned(fixed(names, 30))), needed(planned(fixed(names[1:], 30)))
    assert {item for item, _ in less} <= {item for item, _ in whole}
    assert [key for key, amount in less.items() if key in whole and amount > whole[key]] == []


@few
@given(dishes.flatmap(lambda names: st.tuples(st.just(names), st.permutations(names))))
def test_another_order_of_the_menu_changes_ids_and_nothing_else(pair: tuple[list[str], list[str]]) -> None:
    one, other = (planned(fixed(names, 30)) for names in pair)
    assert needed(one) == needed(other)
    assert cells(one) == cells(other)
    made = [{dish.name: (dish.portions, dish.lines, dish.served) for dish in plan.menu} for plan in (one, other)]
    assert made[0] == made[1]


@few
@given(st.integers(1, 40), st.sampled_from(["zucchini", "cod", "wheat flour", "butter", "shrimp"]))
def test_metric_or_us_weighs_the_same(pounds: int, food: str) -> None:
    def masses(system: str, line: str) -> list[Fraction | None]:
        recipe = made_of("Dish", "griddle", line)
        (dish,) = planned(fixed(["Dish"], 30, system=system, recipes=[recipe])).menu
        return [line.mass and line.mass.quantity.high for line in dish.lines]

    grams = Fraction(45359237, 100_000) * pounds
    assert masses("us", f"{pounds} lb {food}") == masses("metric", f"{float(grams):.5f} g {food}")


@cache
def untouched() -> frozenset[str]:
    """Names of equipment that food does not touch."""
    rows = [row for row in tables.rows("equipment") if row["contact"] == "no"]
    names = {name.strip() for row in rows for name in (row["name"].replace("_", " "), *row["aliases"].split(","))}
    return frozenset(names)


@few
@given(dishes, needs, st.sampled_from(["preference", "intolerance", "allergy", "anaphylaxis"]))
def test_a_careful_guest_more_removes_no_control(names: list[str], need: str, severity: str) -> None:
    def controls(profiles: list[dict[str, Any]]) -> set[tuple[str, str, str]]:
        guests = {"guaranteed": 30, "profiles": profiles}
        plan = planned(fixed(names, 30, guests=guests))
        called = {dish.id: dish.name for dish in plan.menu}
        return {(called[point.dish], point.kind, point.limit) for point in plan.safety.points if point.dish in called}

    careful = [{"needs": [need], "count": 1, "severity": severity}]
    assert controls([]) <= controls(careful)


things = st.sampled_from(
    ["griddle", "grill", "mixer", "slicer", "stock pot", "waffle iron", "tandoor", "fryer", "blender", "steam kettle"]
) | st.text("abcdefghijklmnoprstuvz", min_size=4, max_size=9).filter(lambda name: name not in untouched())
foods = st.sampled_from(
    ["2 kg shrimp", "1 kg wheat flour", "500 g cheddar", "1 kg tofu", "300 g sesame seeds", "2 kg zucchini",
     "1 kg white rice", "12 eggs", "1 kg peanuts", "2 kg cod"]
)  # fmt: skip


def made_of(name: str, thing: str, *ingredients: str) -> dict[str, Any]:
    steps = [{"text": "Make it.", "minutes": 10, "equipment": [thing]}]
    return {"name": name, "yield": {"portions": 20}, "ingredients": list(ingredients), "steps": steps}


@settings(max_examples=20, deadline=None)
@given(things, foods, foods)
def test_two_dishes_that_share_what_food_touches_are_no_safer_than_one(thing: str, one: str, other: str) -> None:
    apart = [made_of("First", thing, one), made_of("Second", thing, other)]
    both = [made_of("Both", thing, one, other)]
    shared = cells(planned(fixed(["First", "Second"], 20, recipes=apart)))
    together = cells(planned(fixed(["Both"], 20, recipes=both)))
    for (dish, allergen), state in shared.items():
        assert state not in FEEDS or together["Both", allergen] in FEEDS, (dish, allergen)
