"""A dish made another way: further ahead, or finished at the venue. Its safety limits stay as they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from catering_cli.domain.finding import Change
from catering_cli.domain.order import Order
from catering_cli.domain.order_parts.recipe import RecipeStep
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.kitchen.menu.clock import Clock
from catering_cli.kitchen.menu.services import meals
from catering_cli.kitchen.recipes.batches import waits_for
from catering_cli.kitchen.repairs.idea import Idea, Rank

_LONGEST = 14 * 24
"""Hours ahead that a decision may state."""

Changed = Mapping[int, Mapping[str, Any]]
"""Fields that change, by the number of the step."""


def ahead(order: Order, dish: Dish) -> Iterator[Idea]:
    """A dish as far ahead as its results keep, if the recipe allows less."""
    longer = {number: _keeps_longer(step) for number, step in _steps(dish)}
    changed = {number: {"make_ahead_hours": min(keeps, _LONGEST)} for number, keeps in longer.items() if keeps}
    if changed:
        text = f"make {dish.name} up to {max(longer.values())} h ahead: it keeps that long"
        yield _idea(order, dish, changed, text)


def at_the_venue(order: Order, dish: Dish) -> Iterator[Idea]:
    """A dish finished at the venue: its last step there, else its last two."""
    mine = [meal for meal in meals(order, Clock.of(order)) if dish.service in ("", meal.service)]
    if dish.recipe is None or not mine or not all(meal.away for meal in mine):
        return
    followed = set(chain.from_iterable(waits_for(dish.recipe)))
    last = [number for number, step in _steps(dish) if number - 1 not in followed and step.place != "venue"]
    for numbers in (last, sorted({*last, *(n - 1 for n in last if n > 1)})):
        what = " and ".join(f"“{dish.recipe.steps[n - 1].text.rstrip('.')}”" for n in numbers)
        if numbers:
            changed = {number: {"place": "venue"} for number in numbers}
            yield _idea(order, dish, changed, f"finish {dish.name} at the venue: {what}", only=dish.id)


def _idea(order: Order, dish: Dish, changed: Changed, text: str, only: str = "") -> Idea:
    return Idea(Rank.FREE, text, tuple(_split_tasks(order, dish, changed)), remade=True, only=only)


def _steps(dish: Dish) -> list[tuple[int, RecipeStep]]:
    return list(enumerate(dish.recipe.steps if dish.recipe else (), start=1))


def _split_tasks(order: Order, dish: Dish, changed: Changed) -> Iterator[Change]:
    """The decisions that steps of a dish are done so."""
    for at, (number, fields) in enumerate(changed.items(), start=len(order.decisions)):
        value = {"kind": "split_task", "dish": dish.id, "step": number, **fields}
        yield Change(path=f"order.decisions[{at}]", value=value)


def _keeps_longer(step: RecipeStep) -> int:
    """Hours that the result of a step keeps, if that is longer than it may be made ahead; else 0."""
    keeps, ahead_hours = step.shelf_life_hours, step.make_ahead_hours
    if keeps is None or ahead_hours is None or keeps <= ahead_hours:
        return 0
    return keeps
