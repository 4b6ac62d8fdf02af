"""The purchase list: mass is conserved, AP is never less than EP, packs are whole and what they leave is valued."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catering_cli.checks import registry
from catering_cli.domain.order import Order
from catering_cli.domain.plan import CateringPlan
from catering_cli.intake.settle import settle
from catering_cli.kitchen.cook import cook
from catering_cli.kitchen.recipes.text_readers import TextReaders

STEP = {"text": "Cook.", "minutes": 5}


def planned(*recipes: list[Any], guests: int = 10, **more: Any) -> CateringPlan:
    """A plan of dishes that each guest eats one portion of, without overage; each recipe makes ten."""
    courses = ("main", "side", "salad", "soup", "dessert", "bread")
    written = [
        {"name": f"Dish {n}", "course": courses[n], "yield": {"portions": 10}, "ingredients": lines, "steps": [STEP]}
        for n, lines in enumerate(recipes)
    ]
    document = {
        "event": {"name": "x", "service_at": "2027-04-17T12:30:00-04:00", "style": "plated"},
        "guests": guests,
        "menu": [{"dish": recipe["name"], "over_percent": 0} for recipe in written],
        "recipes": written,
        **more,
    }
    order = Order.model_validate(document, context={"readers": TextReaders()})
    return cook(settle(order, Path()))


def blocking(plan: CateringPlan) -> list[str]:
    """What the checks hold against the purchase list and the lines."""
    findings, _ = registry.check(plan.order, plan)
    return [f"{one.where}: {one.message}" for one in findings
            if one.severity == "blocking" and one.rule.startswith(("shopping", "lines", "amounts"))]  # fmt: skip


def bought(plan: CateringPlan, item: str) -> Any:
    return next(line for line in plan.shopping.lines if line.item == item)


def test_one_food_by_volume_and_by_mass_is_one_line():
    plan = planned(["2 cups all-purpose flour"], ["500 g flour"])
    assert 740 <= bought(plan, "flour").needed.quantity.low <= 750
    assert blocking(plan) == []


def test_without_a_density_they_stay_two_lines():
    plan = planned(["1 cup zorrel"], ["100 g zorrel"])
    assert [line.needed.quantity.unit for line in plan.shopping.lines] == ["g", "mL"]
    assert blocking(plan) == []


def test_names_of_one_food_are_one_line_and_another_product_is_its_own():
    plan = planned(["100 g scallions"], ["100 g spring onions"], ["100 g green onions"], ["100 g butter"],
                   ["100 g unsalted butter"])  # fmt: skip
    assert [line.item for line in plan.shopping.lines] == ["butter", "unsalted butter", "scallion"]
    assert bought(plan, "scallion").names == ("green onions", "scallions", "spring onions")


def test_pieces_are_counted_together_and_bought_whole():
    plan = planned(["3 large eggs"], ["1 dozen eggs"], guests=25)
    egg = bought(plan, "egg")
    assert (egg.needed.quantity.low, egg.buy.quantity.low, egg.buy.quantity.unit) == (Fraction(75, 2), 38, "")
    assert egg.left.quantity.low == Fraction(1, 2)
    assert blocking(plan) == []
    assert plan.menu[0].lines[0].quantity.kitchen == "7 1/2 (375 g) large"


def test_pieces_and_pieces_of_an_unknown_food_are_one_line():
    plan = planned(["2 dozen zorrels"], ["3 zorrels"])
    assert [(line.needed.quantity.low, line.needed.quantity.unit) for line in plan.shopping.lines] == [(27, "")]


def test_an_amount_as_purchased_is_trimmed_once():
    plan = planned(["10 onions, peeled"], ["1 kg onions, peeled"])
    onion = bought(plan, "onion")
    pieces = plan.menu[0].lines[0].mass.quantity.low
    assert plan.menu[0].lines[0].state == "AP"
    assert onion.as_purchased.quantity.low == pieces + 1000
    assert onion.needed.quantity.low == (pieces + 1000) * Fraction(onion.yield_percent) / 100
    assert blocking(plan) == []


def test_stock_is_taken_off_before_packs_and_what_they_leave_is_valued():
    plan = planned(
        ["1 kg flour"],
        supply=[{"item": "flour", "pack": "2 kg", "price": 3, "supplier": "Mill", "lead_days": 2}],
        on_hand=[{"item": "flour", "quantity": "400 g"}],
    )
    flour = bought(plan, "flour")
    assert (flour.packs, flour.left.quantity.low) == (1, 1400)
    assert (flour.cost, flour.left_value) == (Decimal(3), Decimal("2.10"))
    assert plan.shopping.left_value == Decimal("2.10")
    assert str(flour.order_by) == "2027-04-14"
    assert blocking(plan) == []


def test_a_stock_in_another_unit_counts_by_the_bottle_of_the_orders_system():
    for system, millilitres in (("metric", 330), ("au", 375)):
        stock = [{"item": "beer", "quantity": {"amount": 2 * millilitres, "unit": "mL"}}]
        plan = planned(["6 bottles beer"], on_hand=stock, system=system)
        assert plan.shopping.lines[0].buy.quantity.low == 4
        assert blocking(plan) == []


def test_four_bottles_and_a_bit_are_five_bottles():
    assert planned(["4.2 bottles lemonade"]).shopping.lines[0].buy.quantity.low == 5
    sold = [{"item": "wine", "pack": "1 wine bottle", "price": 9}]
    assert planned(["4.2 bottles wine"], supply=sold).shopping.lines[0].packs == 5
    assert planned(["4 bottles wine"], supply=sold).shopping.lines[0].packs == 4


def test_the_upper_end_of_a_range_is_bought():
    assert planned(["2-3 lb rice"]).shopping.lines[0].needed.quantity.low == 3 * Fraction("453.59237")


def test_a_total_without_every_price_is_at_least():
    plan = planned(["1 kg flour"], ["1 kg rice"], prices=[{"item": "flour", "price": 2, "per": "kg"}])
    assert plan.shopping.cost == Decimal(2)
    assert plan.shopping.unpriced == ("rice",)
    assert plan.costing.at_least


def test_a_doubtful_line_is_told():
    plan = planned(["3 T flour", "2 tableaspoons sugar"])
    told = [one.message for one in plan.findings if one.rule == "kitchen.line_doubtful"]
    assert any("'T' is read as tablespoon" in one for one in told)
    assert any("did you mean" in one for one in told)


LINES = st.tuples(
    st.sampled_from(["1 {}", "1/2 {}", "2 {}", "2-3 {}", "1 1/3 {}", "12 {}"]),
    st.sampled_from(["cups", "tbsp", "g", "oz", "lb", "kg", "dozen", "large", "", "bunch", "ml", "pinch", "cans"]),
    st.sampled_from(["onions", "flour", "eggs", "butter", "carrots, peeled", "milk", "parsley", "zorrel", "garlic"]),
).map(lambda parts: f"{parts[0].format(parts[1])} {parts[2]}")


@given(st.lists(st.lists(LINES, min_size=1, max_size=4), min_size=1, max_size=3), st.integers(1, 400))
@settings(max_examples=40, deadline=None)
def test_whatever_is_cooked_the_list_holds_it_all(recipes, guests):
    plan = planned(*recipes, guests=guests)
    assert blocking(plan) == []
    for line in plan.shopping.lines:
        assert line.as_purchased.quantity.low >= line.needed.quantity.low
        assert line.buy.quantity.low >= line.as_purchased.quantity.low
        assert sum(share.amount.quantity.low for share in line.dishes) == line.needed.quantity.low


@given(st.lists(LINES, min_size=1, max_size=4), st.integers(1, 60), st.integers(1, 60))
@settings(max_examples=40, deadline=None)
def test_scaling_twice_is_scaling_once(lines, one, other):
    from catering_cli.domain.order_parts.recipe import Recipe
    from catering_cli.kitchen.recipes.resize import resize_recipe

    document = {"name": "x", "yield": {"portions": 10}, "ingredients": lines, "steps": [STEP]}
    written = Recipe.model_validate(document, context={"readers": TextReaders()})
    twice = resize_recipe(resize_recipe(written, Fraction(one)), Fraction(other))
    assert twice == resize_recipe(written, Fraction(one * other))
    assert resize_recipe(twice, Fraction(1, one * other)).ingredients == resize_recipe(written, Fraction(1)).ingredients


def test_a_line_that_leaves_a_choice_is_weighed_as_its_first_food():
    lines = ["1 cup butter or margarine", "1 cup canola or vegetable oil", "1 cup canned or frozen corn"]
    plan = planned([*lines, "2 cups zorrel or salt"])
    assert [line.mass is not None for line in plan.menu[0].lines] == [True, True, True, False]
    assert blocking(plan) == []


@pytest.mark.parametrize(
    "line",
    [
        "8 oz baby spinach",
        "1 lb crushed tomatoes",
        "10 g ground ginger",
        "1 cup mandarin orange slices",
        "2 tsp sea salt",
    ],
)
def test_a_food_of_its_own_has_nothing_to_trim_for_the_checks_too(line):
    assert blocking(planned([line])) == []


@pytest.mark.parametrize(
    "line", ["2 tsp sea salt & black pepper", "2 cups fresh or frozen cranberries", "1 tbsp salt and pepper"]
)
def test_two_plain_foods_on_one_line_are_known_to_the_checks_as_to_the_kitchen(line):
    plan = planned([line])
    assert {cell.state for cell in plan.diets.rows[0].cells} == {"none_found"}
    findings, _ = registry.check(plan.order, plan)
    assert [one for one in findings if one.rule.startswith("diets.allergens")] == []
