"""Orders and recipes for another number of people."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catering_cli.domain.order import Order
from catering_cli.domain.order_parts.guests import Guests
from catering_cli.domain.order_parts.recipe import Recipe
from catering_cli.domain.problem import Refused
from catering_cli.kitchen.recipes import resize

EVENT = {"name": "x", "service_at": "2027-04-17T12:30:00-04:00"}
SOUP = Recipe.model_validate(
    {
        "name": "Soup",
        "yield": {"portions": 8},
        "ingredients": [{"item": "stock", "quantity": {"amount": 1, "exact": "1/3", "unit": "L"}}, {"item": "salt"}],
        "steps": [
            {"text": "Chop.", "minutes": 10, "grows": "linear"},
            {"text": "Simmer.", "minutes": 40, "temperature": "200 F"},
        ],
    }
)


def test_quantities_grow_exactly_and_times_do_not():
    twice = resize.resize_recipe(SOUP, Fraction(5, 2))
    assert twice.yields.portions == 20
    assert twice.ingredients[0].quantity is not None
    assert twice.ingredients[0].quantity.low == Fraction(5, 6)
    assert twice.ingredients[1].quantity is None
    assert [(step.minutes, step.temperature) for step in twice.steps] == [(25, ""), (40, "200 F")]


@given(st.integers(1, 500), st.integers(1, 500))
@settings(max_examples=50)
def test_there_and_back_is_the_same_recipe(up, down):
    factor = Fraction(up, down)
    if (8 * factor).denominator == 1:
        back = resize.resize_recipe(resize.resize_recipe(SOUP, factor), 1 / factor)
        assert [line.quantity for line in back.ingredients] == [line.quantity for line in SOUP.ingredients]


@pytest.mark.parametrize("factor", [Fraction(1, 3), Fraction(20_000)])
def test_no_fraction_of_a_portion_and_no_absurd_yield(factor):
    with pytest.raises(Refused):
        resize.resize_recipe(SOUP, factor)


@given(st.lists(st.integers(1, 300), min_size=1, max_size=8), st.integers(0, 300), st.integers(8, 2_000))
@settings(max_examples=100)
def test_shares_are_whole_fair_and_nobody_vanishes(counts, rest, total):
    given_out = resize.resized_counts(counts, rest, total)
    assert min(given_out) >= 1
    assert sum(given_out) <= total
    if rest == 0:
        assert sum(given_out) == total
    exact = [Fraction(count * total, sum(counts) + rest) for count in counts]
    if all(share >= 1 for share in exact):
        assert all(abs(got - share) < 1 for got, share in zip(given_out, exact, strict=True))
    assert resize.resized_counts(counts, rest, sum(counts) + rest) == tuple(counts)


def test_an_order_scales_its_guests_and_what_hangs_on_them():
    order = Order.model_validate(
        {
            "event": EVENT,
            "guests": {
                "guaranteed": 60,
                "profiles": [{"needs": ["vegan"], "count": 10}, {"needs": ["kiwi"], "count": 1}],
                "children": {"count": 6},
            },
            "menu": [{"dish": "Soup", "portions": 30}, "Salad"],
            "services": [{"id": "a", "at": EVENT["service_at"], "guests": 20}],
        }
    )
    double = resize.resize_order(order, 120)
    assert isinstance(double.guests, Guests)
    assert [profile.count for profile in double.guests.profiles] == [20, 2]
    assert double.guests.children is not None
    assert double.guests.children.count == 12
    assert (double.menu[0].portions, double.menu[1].portions, double.services[0].guests) == (60, None, 40)
    with pytest.raises(Refused):
        resize.resize_order(order, 1)
