"""Batches of a dish over its services: who gets which portions, and which batches may serve two services."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import chain
from math import ceil, inf

from catering_cli.data.tables import figure
from catering_cli.domain.order import Order
from catering_cli.domain.order_parts.recipe import RecipeStep
from catering_cli.domain.plan_parts.menu import Dish, StepBatches
from catering_cli.kitchen.menu.clock import Clock
from catering_cli.kitchen.menu.services import Meal, meals
from catering_cli.kitchen.quantities.apportion import apportion
from catering_cli.kitchen.recipes.batches import batches, hold_of, order_of, spans, waits_for
from catering_cli.kitchen.serving.loads import loaded
from catering_cli.kitchen.serving.step_places import moment_of


def step_batches(order: Order, dish: Dish) -> tuple[StepBatches, ...]:
    """Batches of a dish of an order with several services: none straddles services that its holds cannot span."""
    if dish.recipe is None:
        return ()
    steps = loaded(dish.recipe, dish.loads).steps
    return batches_of(order, dish, steps, portions_by_meal(dish, meals(order, Clock.of(order))))


def portions_by_meal(dish: Dish, meals: Sequence[Meal]) -> tuple[tuple[Meal, tuple[int, int]], ...]:
    """The services a dish is for and the portion numbers of each: by guests, the largest remainders first."""
    mine = [meal for meal in meals if meal.service == dish.service] or list(meals)
    shares = apportion(dish.portions, [meal.guests for meal in mine])
    return tuple(zip(mine, spans(shares), strict=True))


def batches_of(
    order: Order,
    dish: Dish,
    steps: Sequence[RecipeStep],
    served: Sequence[tuple[Meal, tuple[int, int]]],
) -> tuple[StepBatches, ...]:
    """Batches of each step; if a hold is shorter than the time between services none straddles two of them.

    What is made while a service lasts is made in waves, so that there is some of it all the time.
    """
    assert dish.recipe is not None
    recipe = loaded(dish.recipe, dish.loads)
    befores = waits_for(recipe)
    cuts: list[frozenset[int]] = [frozenset()] * len(steps)
    gap = served[-1][0].at - served[0][0].at
    if gap:
        edges = frozenset(end for _, (_, end) in served)
        tight = _tight(steps, befores, gap + in_hand(served[0][0]))
        cuts = [edges if i in tight else frozenset() for i in range(len(steps))]
    for i in made_to_order(order, steps, befores, [meal for meal, _ in served]):
        cuts[i] |= frozenset(_waves(steps[i], served))
    return batches(dish.portions, recipe, cuts, dish.handling)


def made_to_order(
    order: Order,
    steps: Sequence[RecipeStep],
    befores: Sequence[Sequence[int]],
    served: Sequence[Meal],
) -> frozenset[int]:
    """Last steps that are done while a service lasts; what is plated or boxed goes out all at once."""
    if not served or any(meal.style in ("plated", "boxed") for meal in served):
        return frozenset()
    followed = set(chain.from_iterable(befores))
    last = [i for i in range(len(steps)) if i not in followed]
    return frozenset(i for i in last if moment_of(order, steps[i].text) == "during")


def _waves(step: RecipeStep, served: Sequence[tuple[Meal, tuple[int, int]]]) -> Iterator[int]:
    """Where the portions of each service are cut, so that what one wave makes keeps until the next is done."""
    if step.max_hold_minutes is None:
        return
    for meal, (low, high) in served:
        waves = ceil(Fraction(meal.until - meal.at, max(1, step.minutes + step.max_hold_minutes)))
        waves = min(waves, high - low)
        yield from (low + (high - low) * n // waves for n in range(1, waves))


def in_hand(meal: Meal) -> int:
    """Minutes before a service at which its food is to be done: time in hand, and the road."""
    return max(figure("work", "plating_buffer"), meal.drive and meal.drive + figure("work", "arrival_buffer"))


def _tight(steps: Sequence[RecipeStep], befores: Sequence[Sequence[int]], gap: int) -> set[int]:
    """Indices of the steps that are done for each service by itself.

    What may not be made `gap` minutes ahead, with all that follows on it; the last ones, if what they make does not
    keep so long; and back from there all that leads to one, up to what is said to keep so long: one dough is kneaded
    for rolls that wait, however shortly the dough itself may.
    """
    followed = set(chain.from_iterable(befores))
    tight = {i for i, step in enumerate(steps) if i not in followed and keeps(step) < gap}
    for i in order_of(befores):
        ahead = steps[i].make_ahead_hours
        if (ahead is not None and 60 * ahead < gap) or not tight.isdisjoint(befores[i]):
            tight.add(i)
    for i in reversed(order_of(befores)):
        if i in tight:
            tight.update(before for before in befores[i] if not gap <= keeps(steps[before]) < inf)
    return tight


def keeps(step: RecipeStep) -> float:
    """Minutes that a step's result keeps: its hold, shelf life or make-ahead, the shortest; without limit infinite."""
    limits: list[float] = [inf]
    hold = hold_of(step, None)
    if hold is not None:
        limits.append(hold)
    hours = (step.shelf_life_hours, step.make_ahead_hours)
    limits += [60 * most for most in hours if most is not None]
    return min(limits)
