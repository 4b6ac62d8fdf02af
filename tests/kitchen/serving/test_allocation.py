"""The flow of portions from dishes to guests."""

from fractions import Fraction
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from catering_cli.kitchen.quantities.apportion import apportion
from catering_cli.kitchen.serving.allocation import Demand, allocate, leave_none_out

DISHES = ("d1", "d2", "d3")


@st.composite
def problems(draw):
    demands = []
    weight = {dish: draw(st.integers(1, 5)) for dish in DISHES}
    for number in range(draw(st.integers(1, 4))):
        dishes = tuple(draw(st.lists(st.sampled_from(DISHES), min_size=1, max_size=3, unique=True)))
        portions, gravity = draw(st.integers(1, 6)), draw(st.integers(0, 2))
        demands.append(Demand((f"p{number}",), portions, dishes, tuple(weight[dish] for dish in dishes), gravity))
    capped = draw(st.lists(st.sampled_from(DISHES), unique=True))
    return demands, {dish: draw(st.integers(0, 6)) for dish in capped}


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
    demands, caps = problem
    flow, short = allocate(demands, caps)
    assert sum(flow.values()) == best_served(demands, caps)
    for demand in demands:
        served = sum(count for (eater, _), count in flow.items() if eater == demand.eater)
        assert served + short.get(demand.eater, 0) == demand.portions
    for (eater, dish), count in flow.items():
        assert count > 0
        assert dish in next(demand.dishes for demand in demands if demand.eater == eater)
    for dish, cap in caps.items():
        assert sum(count for (_, eaten), count in flow.items() if eaten == dish) <= cap


@given(problems(), st.randoms(use_true_random=False))
def test_the_order_of_the_demands_does_not_matter(problem, random):
    demands, caps = problem
    shuffled = list(demands)
    random.shuffle(shuffled)
    assert allocate(shuffled, caps) == allocate(demands, caps)


@given(problems())
def test_the_gravest_needs_get_as_much_as_if_no_other_guest_were_there(problem):
    demands, caps = problem
    _, short = allocate(demands, caps)
    for gravity in range(3):
        grave = [demand for demand in demands if demand.gravity >= gravity]
        lacking = sum(short.get(demand.eater, 0) for demand in grave)
        assert lacking == sum(demand.portions for demand in grave) - best_served(grave, caps)


@given(problems())
def test_no_dish_is_left_out_by_rounding_while_another_is_eaten_twice(problem):
    demands, _ = problem
    before, _ = allocate(demands, {})
    flow = leave_none_out(demands, before)
    for demand in demands:
        assert sum(count for (eater, _), count in flow.items() if eater == demand.eater) == demand.portions
        for dish, weight in zip(demand.dishes, demand.weights, strict=True):
            share = Fraction(demand.portions * weight, sum(demand.weights))
            assert abs(flow.get((demand.eater, dish), 0) - share) < 1
    if sum(demand.portions for demand in demands) == 1:
        assert flow == before


@given(st.integers(0, 500), st.lists(st.integers(1, 20), min_size=1, max_size=6))
def test_a_split_is_whole_and_within_one_of_the_exact_share(total, weights):
    parts = apportion(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - Fraction(total * weight, sum(weights))) < 1


def test_guests_with_one_dish_are_served_before_those_with_a_choice():
    demands = [Demand(("p0",), 8, ("d1", "d2"), (1, 9)), Demand(("p1",), 2, ("d2",), (1,))]
    flow, short = allocate(demands, {"d1": 8, "d2": 2})
    assert flow == {(("p0",), "d1"): 8, (("p1",), "d2"): 2}
    assert not short
