"""Batches are exact: portions add up, none is over its limit, hand work is shared, services are kept apart."""

from hypothesis import given
from hypothesis import strategies as st

from catering_cli.domain.order_parts.recipe import Recipe, RecipeStep
from catering_cli.kitchen.recipes.batches import batch_minutes, batches, covering, spans, waits_for


def _recipe(*steps: dict, portions: int = 10) -> Recipe:
    lines = [{"item": "rice", "quantity": {"amount": 1, "unit": "kg"}}]
    rows = [{"text": "Do it", **step} for step in steps]
    return Recipe.model_validate({"name": "x", "yield": {"portions": portions}, "ingredients": lines, "steps": rows})


def test_a_batch_step_is_done_in_full_batches_and_a_rest():
    (part,) = batches(130, _recipe({"minutes": 30, "batch_portions": 50}))
    assert part.portions == (50, 50, 30)


def test_a_few_portions_more_than_full_batches_make_even_ones():
    (only,) = batches(63, _recipe({"minutes": 18, "batch_portions": 60}))
    assert only.portions == (31, 32)


def test_steps_that_follow_closely_share_their_boundaries():
    cook, chill = {"minutes": 40, "batch_portions": 50, "max_hold_minutes": 20}, {"minutes": 90, "batch_portions": 80}
    first, second = batches(120, _recipe(cook, chill))
    assert second.portions == (80, 40)
    assert first.portions == (40, 40, 40)  # not 50, 50, 20: the second would wait for both loads of the chiller


def test_steps_with_time_between_them_are_batched_each_for_itself():
    cook, later = {"minutes": 40, "batch_portions": 50}, {"minutes": 90, "batch_portions": 80}
    first, second = batches(120, _recipe(cook, later))
    assert first.portions == (50, 50, 20)
    assert second.portions == (80, 40)


def test_without_a_limit_there_is_one_batch_and_its_minutes_do_not_grow():
    recipe = _recipe({"minutes": 30, "grows": "per_batch"})
    (part,) = batches(400, recipe)
    assert part.portions == (400,)
    assert batch_minutes(recipe.steps[0], 30, 400, 10) == 30


def test_long_hand_work_is_cut_into_pieces_of_at_most_an_hour():
    recipe = _recipe({"minutes": 20, "grows": "linear"})
    (part,) = batches(100, recipe)  # 200 minutes of work
    assert part.portions == (25, 25, 25, 25)
    assert [batch_minutes(recipe.steps[0], 20, size, 10) for size in part.portions] == [50] * 4


def test_growth_without_hands_is_not_shared():
    (part,) = batches(100, _recipe({"minutes": 60, "grows": "linear", "active_minutes": 0}))
    assert part.batches == 1


def test_no_portions_no_batches():
    assert batches(0, _recipe({"minutes": 20})) == ()


def test_cuts_keep_services_apart():
    (part,) = batches(90, _recipe({"minutes": 20, "batch_portions": 40}), [frozenset({30, 60})])
    assert part.portions == (30, 30, 30)


def test_steps_wait_for_the_one_before_unless_they_say_otherwise():
    recipe = _recipe({"minutes": 1}, {"minutes": 1}, {"minutes": 1, "after": []}, {"minutes": 1, "after": [2, 3, 9]})
    assert waits_for(recipe) == ((), (0,), (), (1, 2))


def test_a_circle_of_steps_is_broken():
    assert waits_for(_recipe({"minutes": 1, "after": [2]}, {"minutes": 1, "after": [1]})) == ((), (0,))


steps = st.builds(
    lambda most, grows, length: {"minutes": length, "batch_portions": most, "grows": grows},
    st.none() | st.integers(1, 500),
    st.sampled_from(["fixed", "per_batch", "linear"]),
    st.integers(0, 600),
)


@given(st.integers(1, 20_000), st.lists(steps, min_size=1, max_size=4), st.integers(1, 200))
def test_portions_of_the_batches_add_up_within_their_limit(portions: int, rows: list[dict], made: int):
    recipe = _recipe(*rows, portions=made)
    for step, part in zip(recipe.steps, batches(portions, recipe), strict=True):
        assert sum(part.portions) == portions
        assert part.batches == len(part.portions)
        assert min(part.portions) > 0
        if step.batch_portions and portions <= 2_000 * step.batch_portions:
            assert max(part.portions) <= step.batch_portions


@given(st.lists(st.integers(1, 50), min_size=1, max_size=9), st.lists(st.integers(1, 50), min_size=1, max_size=9))
def test_covering_names_exactly_the_batches_with_shared_portions(ours: list[int], theirs: list[int]):
    mine, other = spans(ours), spans(theirs)
    for span in mine:
        shared = [i for i, (low, high) in enumerate(other) if set(range(low, high)) & set(range(*span))]
        assert covering(span, other) == shared


def test_a_huge_order_has_a_bounded_number_of_batches():
    (part,) = batches(1_000_000, _recipe({"minutes": 5, "batch_portions": 1}))
    assert part.batches <= 2_000


def test_the_default_of_a_step_is_one_person_all_the_time():
    step = RecipeStep(text="Chop", minutes=10)
    assert step.active_minutes is None
