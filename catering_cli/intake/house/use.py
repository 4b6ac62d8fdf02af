"""The numbers of a house that an order's dishes have, as part of the order: its plan then rests on them and says so.

A number is used while its recipe is as it was: the step has the same words. Work by hand may take less than the recipe
says; what cooks, cools, thaws or rests only ever longer. A client's own overage stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from catering_cli.domain.decision import Overage, SplitTask
from catering_cli.domain.learnt import Learnt
from catering_cli.domain.order_parts.recipe import Recipe, RecipeStep
from catering_cli.intake.house import tables
from catering_cli.intake.house.observed import plain
from catering_cli.kitchen.recipes import catalogue
from catering_cli.kitchen.recipes.step_growth import is_by_hand

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from catering_cli.domain.order import MenuItem, Order
    from catering_cli.intake.house.learning import Number


def learnt(order: Order, folders: Iterable[Path]) -> tuple[Learnt, ...]:
    """What the houses' folders know of the dishes and roles of an order; of two folders the first counts."""
    known: dict[tuple[str, str, str], Number] = {}
    for folder in folders:
        for use, number in tables.numbers_of(folder):
            if use:
                known.setdefault((number.what, catalogue.key(number.about), number.step), number)
    found: list[Learnt] = []
    for item in order.menu if known else ():
        found += _of_dish(order, item, known)
    return (*found, *(_told(number, number.about) for number in known.values() if number.what == "hours"))


def _of_dish(order: Order, item: MenuItem, known: dict[tuple[str, str, str], Number]) -> Iterator[Learnt]:
    recipe = _recipe(order, item)
    if recipe is None:
        return
    name = catalogue.key(recipe.name)
    for index, step in enumerate(recipe.steps, start=1):
        number = known.get(("minutes", name, str(index)))
        split = _longer_or_by_hand(item.dish, index, step, number) if number else None
        if number and split:
            yield _told(number, item.dish, value=split.minutes, decision=split)
    number = known.get(("overage", name, ""))
    if number and item.over_percent is None and item.portions is None:
        yield _told(number, item.dish, decision=Overage(dish=item.dish, percent=number.value))


def _recipe(order: Order, item: MenuItem) -> Recipe | None:
    if isinstance(item.recipe, Recipe):
        return item.recipe
    wanted = catalogue.key(item.recipe or item.dish)
    own = next((recipe for recipe in order.recipes if catalogue.key(recipe.name) == wanted), None)
    return own or catalogue.recipe_named(item.recipe or item.dish)


def _longer_or_by_hand(dish: str, index: int, step: RecipeStep, number: Number) -> SplitTask | None:
    """The minutes that a step gets; None if they change nothing or may not be used."""
    if plain(step.text) != number.text or not step.minutes:
        return None
    minutes = number.value if is_by_hand(step) else max(number.value, step.minutes)
    if minutes == step.minutes:
        return None
    active = None if step.active_minutes is None else min(step.active_minutes, minutes)
    return SplitTask(dish=dish, step=index, minutes=minutes, active_minutes=active)


def _told(number: Number, about: str, **more: Any) -> Learnt:
    spread = {"n": number.n, "low": number.low, "high": number.high, "last": number.last}
    return Learnt(**{"what": number.what, "about": about, "value": number.value, "unit": number.unit, **spread, **more})
