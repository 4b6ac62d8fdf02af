"""The flow of portions from dishes to guests."""

from fractions import Fraction
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from catering_cli.kitchen.quantities.apportion import apportion
from catering_cli.kitchen.serving.allocation import Demand, allocate

DISHES = ("d1", "d2", "d3")


@st.composite
def problems(draw):
    demands = []
    for number in range(draw(st.integers(1, 4))):
        dishes = draw(st.lists(st.sampled_from(DISHES), min_size=1, max_size=3, unique=True))
        demands.append(Demand(f"p{number}", draw(st.integers(1, 6)), tuple(dishes)))
    weights = {dish: draw(st.integers(1, 5)) for dish in DISHES}
    capped = draw(st.lists(st.sampled_from(DISHES), unique=True))
    return demands, weights, {dish: draw(st.integers(0, 6)) for dish in capped}


def best_served(demands, caps):
    """Most portions that any assignment could serve: the smallest cut over sets of demands (Hall's theorem)."""
    total = sum(demand.portions for demand in demands)
    worst = 0
    for chosen in product((False, True), repeat=len(demands)):
        group = [demand for demand, use in zip(demands, chosen, strict=True) if use]
        dishes = {dish for demand in group for dish in demand.dishes}
        if dishes <= set(caps):
            worst = max(worst, sum(d.portions for d in group) - sum(caps[dish] for dish in dishes))
    return total - worst


@given(problems())
def test_as_many_portions_are_served_as_any_assignment_could(problem):
    demands, weights, caps = problem
    flow, short = allocate(demands, weights, caps)
    assert sum(flow.values()) == best_served(demands, caps)
    for demand in demands:
        served = sum(count for (profile, _), count in flow.items() if profile == demand.profile)
        assert served + short.get(demand.profile, 0) == demand.portions
    for (profile, dish), count in flow.items():
        assert count > 0
        assert dish in next(demand.dishes for demand in demands if demand.profile == profile)
    for dish, cap in caps.items():
        assert sum(count for (_, eaten), count in flow.items() if eaten == dish) <= cap


@given(problems(), st.randoms(use_true_random=False))
def test_the_order_of_the_demands_does_not_matter(problem, random):
    demands, weights, caps = problem
    shuffled = list(demands)
    random.shuffle(shuffled)
    assert allocate(shuffled, weights, caps) == allocate(demands, weights, caps)


@given(st.integers(0, 500), st.lists(st.integers(1, 20), min_size=1, max_size=6))
def test_a_split_is_whole_and_within_one_of_the_exact_share(total, weights):
    parts = apportion(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - Fraction(total * weight, sum(weights))) < 1


def test_guests_with_one_dish_are_served_before_those_with_a_choice():
    demands = [Demand("p0", 8, ("d1", "d2")), Demand("p1", 2, ("d2",))]
    flow, short = allocate(demands, {"d1": 1, "d2": 9}, {"d1": 8, "d2": 2})
    assert flow == {("p0", "d1"): 8, ("p1", "d2"): 2}
    assert not short
