"""Whether a dish keeps from the kitchen to guests who are a drive away: one that does not is not offered."""

from __future__ import annotations

from itertools import chain

from catering_cli.domain.order import Order
from catering_cli.domain.order_parts.recipe import Recipe, RecipeStep
from catering_cli.kitchen.day.event_times import transport, wanted
from catering_cli.kitchen.menu.clock import Clock
from catering_cli.kitchen.menu.services import meals
from catering_cli.kitchen.recipes.batches import waits_for


def way(order: Order) -> int:
    """Minutes of the longest way to guests, with the time in hand that is wanted; 0 on site."""
    away = [meal for meal in meals(order, Clock.of(order)) if meal.away]
    trips = [transport(meal, order) for meal in away]
    return max(trips) + wanted(order).arrival if trips else 0


def keeps(recipe: Recipe, minutes: int) -> bool:
    """Whether a dish keeps for so long when its last steps are done, as far as it says."""
    followed = set(chain.from_iterable(waits_for(recipe)))
    last = [step for i, step in enumerate(recipe.steps) if i not in followed and step.place != "venue"]
    return all(_lasts(step, minutes) for step in last)


def _lasts(step: RecipeStep, minutes: int) -> bool:
    if step.max_hold_minutes is not None:
        return step.max_hold_minutes >= minutes
    return step.shelf_life_hours is None or 60 * step.shelf_life_hours >= minutes
