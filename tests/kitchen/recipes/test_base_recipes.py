"""Recipes within recipes: mass is conserved through any number of levels, whatever they are cut into."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from bases_made import made
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from catering_cli.checks import registry
from catering_cli.checks.evidence import Evidence
from catering_cli.domain.problem import Refused
from catering_cli.intake import load
from catering_cli.kitchen.cook import cook

FOODS = ("onions", "carrots", "butter", "flour", "rice", "sugar", "celery", "tomatoes")


def order(recipe: dict[str, Any], *bases: dict[str, Any], **more: Any) -> dict[str, Any]:
    event = {"name": "Lunch", "service_at": "2027-04-17T12:30:00-04:00", "timezone": "America/New_York"}
    dish = {"dish": recipe["name"], "course": "main", "portions": 40, "recipe": recipe["name"]}
    return {"event": event, "guests": 20, "menu": [dish], "recipes": [recipe, *bases], **more}


def recipe(name: str, made: Any, *lines: str, minutes: int = 10) -> dict[str, Any]:
    steps = [{"text": "Make it.", "minutes": minutes, "kind": "cook"}]
    return {"name": name, "yield": made, "ingredients": list(lines), "steps": steps}


def bought(document: dict[str, Any]) -> dict[str, Fraction]:
    plan = cook(load.order_of(document, "order.json"))
    return {line.item: line.needed.quantity.high for line in plan.shopping.lines}


@settings(max_examples=10)
@given(
    grams=st.lists(st.integers(1, 5_000), min_size=3, max_size=len(FOODS)),
    cut=st.integers(1, 2),
    inner=st.integers(100, 9_000),
)
def test_cutting_a_recipe_into_base_recipes_changes_no_purchase(grams, cut, inner):
    lines = [f"{amount} g {food}" for amount, food in zip(grams, FOODS, strict=False)]
    whole = recipe("Stew", {"portions": 10}, *lines)
    base = recipe("House base", {"amount": f"{inner} g"}, *lines[cut:])
    outer = recipe("Stew", {"portions": 10}, *lines[:cut], f"{inner} g house base")
    assert bought(order(outer, base)) == bought(order(whole))


@settings(max_examples=10)
@given(times=st.integers(2, 50), taken=st.integers(1, 4_000))
def test_a_base_written_for_more_changes_nothing(times, taken):
    def made(factor: int) -> dict[str, Fraction]:
        base = recipe("House base", f"{2 * factor} kg", f"{3 * factor} kg tomatoes", f"{100 * factor} g butter")
        return bought(order(recipe("Stew", 10, "1 kg rice", f"{taken} g house base"), base))

    assert made(times) == made(1)


def test_three_levels_are_scaled_once_and_every_allergen_comes_up():
    stock = recipe("House fish stock", "4 kg", "2 kg cod", "3 L water", minutes=40)
    sauce = recipe("House veloute", "2 kg", "2 kg house fish stock", "150 g butter", "150 g flour", minutes=30)
    document = order(recipe("Poached leeks", 10, "3 kg leeks", "500 g house veloute"), sauce, stock)
    read = load.order_of(document, "order.json")
    plan = cook(read)
    need = {line.item: line.needed.quantity.high for line in plan.shopping.lines}
    assert (need["cod"], need["butter"]) == (1000, 150)
    cells = {cell.allergen: cell.state for cell in plan.diets.rows[0].cells}
    assert [cells[name] for name in ("fish", "milk", "wheat")] == ["contains"] * 3
    parts = [(part.name, part.within, str(part.quantity.low)) for part in plan.menu[0].recipe.parts]
    assert parts == [("House veloute", "", "500"), ("House fish stock", "House veloute", "1/2")]
    assert [block.dish for block in plan.timeline.blocks if block.dish] == ["b1", "b2", "d1"]
    found, _ = registry.check(read, plan)
    assert [one.message for one in found if one.severity == "blocking"] == []


def test_the_steps_of_a_base_come_before_those_that_use_it():
    base = recipe("Herb oil", "1 L", "1 L olive oil", "200 g parsley")
    user = recipe("Salad", 10, "1 kg lettuce", "100 ml herb oil")
    user["steps"] = [
        {"text": "Wash the lettuce.", "minutes": 10, "after": []},
        {"text": "Dress with the herb oil.", "minutes": 5, "after": [1]},
    ]
    steps = load.order_of(order(user, base), "order.json").recipes[0].steps
    assert [(step.part, step.after) for step in steps] == [("Herb oil", ()), ("", ()), ("", (2, 1))]


def test_a_recipe_that_needs_itself_is_refused_with_the_way_round():
    one = recipe("Chili base", "1 kg", "500 g shallots", "200 g house paste")
    two = recipe("House paste", "1 kg", "300 g garlic", "100 g chili base")
    with pytest.raises(Refused, match="Chili base -> House paste -> Chili base"):
        load.order_of(order(recipe("Noodles", 10, "1 kg rice noodles", "300 g chili base"), one, two), "order.json")


def test_a_dish_called_like_its_food_is_no_base_of_another():
    rice = {"dish": "Rice", "course": "side", "recipe": "Rice"}
    document = order(recipe("Fried rice", 10, "1 kg rice", "200 g peas"), recipe("Rice", 10, "800 g rice"))
    document["menu"].append(rice)
    assert load.order_of(document, "order.json").recipes[0].parts == ()


def test_what_a_base_makes_of_other_measures_is_reckoned_and_asked():
    base = recipe("House marinara", {"portions": 20}, "6 lb canned crushed tomatoes", "1 cup olive oil")
    read = load.order_of(order(recipe("Pasta", 10, "2 lb penne", "2 qt house marinara"), base), "order.json")
    told = [one for one in cook(read).findings if one.rule == "kitchen.base_amount"]
    assert [one.severity for one in told] == ["open"]
    assert "House marinara: its yield says nothing about 2 qt" in told[0].message


def test_a_recipe_that_nothing_uses_is_said():
    spare = recipe("Aioli", 10, "1 kg olive oil")
    told = cook(load.order_of(order(recipe("Soup", 10, "1 kg onions"), spare), "order.json")).findings
    assert [one.value for one in told if one.rule == "kitchen.recipe_unused"] == ["Aioli"]


def test_a_file_may_name_another_beside_it(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "dish.cook").write_text(
        ">> servings: 10\n\nBoil @potatoes{2%kg}, dress with @./pesto{300%g} ~{20%minutes}.\n"
    )
    (tmp_path / "sub" / "pesto.cook").write_text(
        ">> yield: 600 g\n\nBlend @basil{200%g} and @olive oil{400%g} ~{5%minutes}.\n"
    )
    document = order(recipe("Potatoes", 10, "1 kg rice"))
    document["menu"] = [{"dish": "Potatoes", "course": "side", "portions": 10, "recipe": "sub/dish.cook"}]
    read = load.order_of(document, str(tmp_path / "order.json"))
    need = {line.item: line.as_purchased.quantity.high for line in cook(read).shopping.lines}
    assert need["basil"] == 100


def test_a_base_is_made_once_for_all_dishes_and_before_each_of_them():
    stock = recipe("House fish stock", "4 kg", "2 kg cod", "3 L water", minutes=40)
    sauce = recipe("House veloute", "2 kg", "2 kg house fish stock")
    soup = recipe("Leek soup", 10, "1 kg leeks", "1 kg house veloute")
    document = order(recipe("Poached leeks", 10, "3 kg leeks", "500 g house veloute"), soup, sauce, stock)
    document["menu"].append({"dish": "Leek soup", "course": "soup", "portions": 20})
    read = load.order_of(document, "order.json")
    plan = cook(read)
    assert [(base.name, base.portions) for base in plan.bases] == [("House fish stock", 60), ("House veloute", 60)]
    taken = {line.item: (line.quantity.quantity.high, line.mass.quantity.high) for line in plan.bases[1].lines}
    assert taken == {"House fish stock": (4, 4_000)}
    ends = {block.dish: block.end for block in plan.timeline.blocks if block.dish.startswith("b")}
    assert sorted(ends) == ["b1", "b2"]
    starts = [block.start for block in plan.timeline.blocks if block.dish.startswith("d")]
    assert ends["b1"] <= ends["b2"] <= min(starts)
    found, _ = registry.check(read, plan)
    assert [one.message for one in found if one.severity == "blocking"] == []


@pytest.mark.parametrize("sauce", [(), ("1 kg house veloute",)])
def test_a_base_on_two_lines_or_levels_is_worked_once(sauce):
    stock = recipe("House stock", "4 kg", "2 kg beef bones", "3 L water", minutes=40)
    veloute = recipe("House veloute", "2 kg", "2 kg house stock", "200 g flour")
    soup = recipe("Soup", 10, "1 kg leeks", *sauce, "1 kg house stock", "500 g house stock, cold")
    read = load.order_of(order(soup, veloute, stock), "order.json")
    plan = cook(read)
    stocks = next(base for base in plan.bases if base.name == "House stock")
    assert [step.minutes for step in stocks.recipe.steps] == [40]
    assert {line.item: line.quantity.quantity.high for line in stocks.lines}["beef bones"] == (5 if sauce else 3)
    found, _ = registry.check(read, plan)
    assert [one.message for one in found if one.severity == "blocking"] == []


def test_a_food_that_no_table_has_is_made_by_a_recipe_beside_the_order_or_of_the_catalogue(tmp_path):
    (tmp_path / "house-dukkah-mix.cook").write_text(
        ">> yield: 600 g\n\nGrind @hazelnuts{400%g} and @sesame seeds{200%g} ~{15%minutes}.\n"
    )
    lines = ("1 kg rice", "300 g house dukkah mix", "10 portions caprese skewers", "1 loaf cornbread")
    read = load.order_of(order(recipe("Platter", 10, *lines)), str(tmp_path / "order.json"))
    plan = cook(read)
    assert {base.name for base in plan.bases} == {"House dukkah mix", "Caprese skewers"}
    needed = {line.item for line in plan.shopping.lines}
    assert {"hazelnut", "cornbread"} <= needed  # a known food is bought, though the catalogue can make it
    assert not {"house dukkah mix", "caprese skewers"} & needed


STEPS = st.lists(
    st.fixed_dictionaries(
        {"text": st.just("Work on it."), "minutes": st.integers(1, 60)},
        optional={
            "grows": st.sampled_from(["linear", "per_batch"]),
            "batch_portions": st.integers(3, 60),
            "equipment": st.sampled_from(["oven", "burner", "mixer"]),
            "max_hold_minutes": st.integers(60, 600),
        },
    ),
    min_size=1,
    max_size=3,
)


@settings(max_examples=12)
@given(base=STEPS, inner=STEPS, own=STEPS, second=STEPS, two=st.booleans())
def test_whatever_the_steps_of_a_base_the_checker_agrees_with_the_kitchen(base, inner, own, second, two):
    stock = recipe("Brown stock", "5 kg", "2 kg onions", "3 L water") | {"steps": inner}
    sauce = recipe("House gravy", 30, "1 kg brown stock", "100 g flour") | {"steps": base}
    pie = recipe("Pie", 10, "1 kg carrots", "10 portions house gravy") | {"steps": own}
    stew = recipe("Stew", 10, "1 kg celery", "500 g brown stock") | {"steps": second}
    document = order(pie, stew, sauce, stock)
    document["menu"].append({"dish": "Stew", "course": "side", "portions": 30})
    if two:
        times = {"early": "2027-04-17T12:30:00-04:00", "late": "2027-04-17T19:30:00-04:00"}
        document["services"] = [{"id": ident, "at": at} for ident, at in times.items()]
    read = load.order_of(document, "order.json")
    plan = cook(read)
    assume(not plan.timeline.conflict)
    found, _ = registry.check(read, plan)
    wrong = [(one.rule, one.message) for one in found if one.severity == "blocking"]
    assert [one for one in wrong if one[0] != "timeline.buffer"] == []
    assert list(made(Evidence(read, plan))) == []


def test_a_draft_within_a_dish_and_what_a_line_says_of_a_base_make_it_no_safer():
    def cells(base: dict[str, Any], line: str) -> dict[str, str]:
        plan = cook(load.order_of(order(recipe("Stew", 10, "1 kg rice", line), base), "order.json"))
        return {cell.allergen: cell.state for cell in plan.diets.rows[0].cells}

    base = recipe("Herb oil", "1 L", "1 L olive oil", "200 g parsley")
    assert cells(base, "100 ml herb oil")["peanuts"] == "none_found"
    assert cells(base | {"tags": ["draft"]}, "100 ml herb oil")["peanuts"] == "unknown"
    assert cells(base, "100 ml herb oil, mixed with peanut butter")["peanuts"] != "none_found"
