"""Batches of a dish over its services: who gets which portions, and which batches may serve two services."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from math import inf

from catering_cli.data.tables import figure
from catering_cli.domain.menu import Dish, StepBatches
from catering_cli.domain.order import Order
from catering_cli.domain.recipe import RecipeStep
from catering_cli.kitchen.menu.clock import Clock
from catering_cli.kitchen.menu.services import Meal, meals
from catering_cli.kitchen.quantities.apportion import apportion
from catering_cli.kitchen.recipes.batches import batches, hold_of, order_of, spans, waits_for


def step_batches(order: Order, dish: Dish) -> tuple[StepBatches, ...]:
    """Batches of a dish of an order with several services: none straddles services that its holds cannot span."""
    if dish.recipe is None:
        return ()
    return batches_of(dish, dish.recipe.steps, portions_by_meal(dish, meals(order, Clock.of(order))))


def portions_by_meal(dish: Dish, meals: Sequence[Meal]) -> tuple[tuple[Meal, tuple[int, int]], ...]:
    """The services a dish is for and the portion numbers of each: by guests, the largest remainders first."""
    mine = [meal for meal in meals if meal.service == dish.service] or list(meals)
    shares = apportion(dish.portions, [meal.guests for meal in mine])
    return tuple(zip(mine, spans(shares), strict=True))


def batches_of(
    dish: Dish,
    steps: Sequence[RecipeStep],
    served: Sequence[tuple[Meal, tuple[int, int]]],
) -> tuple[StepBatches, ...]:
    """Batches of each step; if a hold is shorter than the time between services none straddles two of them."""
    recipe = dish.recipe
    assert recipe is not None
    gap = served[-1][0].at - served[0][0].at
    if not gap:
        return batches(dish.portions, recipe, handling=dish.handling)
    edges = frozenset(end for _, (_, end) in served)
    tight = _tight(steps, waits_for(recipe), gap + _in_hand(served[0][0]))
    cuts = [edges if i in tight else frozenset() for i in range(len(steps))]
    return batches(dish.portions, recipe, cuts, dish.handling)


def _in_hand(meal: Meal) -> int:
    """Minutes before a service at which its food is to be done: time in hand, and the road."""
    return max(figure("work", "plating_buffer"), meal.drive and meal.drive + figure("work", "arrival_buffer"))


def _tight(steps: Sequence[RecipeStep], befores: Sequence[Sequence[int]], gap: int) -> set[int]:
    """Indices of the steps that are done for each service by itself.

    The last ones, if what they make does not keep for `gap` minutes; and back from there all that leads to one, up to
    what is said to keep so long: one dough is kneaded for rolls that wait, however shortly the dough itself may.
    """
    followed = set(chain.from_iterable(befores))
    tight = {i for i, step in enumerate(steps) if i not in followed and _keeps(step) < gap}
    for i in reversed(order_of(befores)):
        if i in tight:
            tight.update(before for before in befores[i] if not gap <= _keeps(steps[before]) < inf)
    return tight


def _keeps(step: RecipeStep) -> float:
    """Minutes that a step's result keeps: its hold or its shelf life, whichever is shorter; without limit infinite."""
    limits: list[float] = [inf]
    hold = hold_of(step, None)
    if hold is not None:
        limits.append(hold)
    if step.shelf_life_hours is not None:
        limits.append(step.shelf_life_hours * 60)
    return min(limits)
