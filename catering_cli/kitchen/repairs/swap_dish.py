"""Dishes of the same kind for those that a day has no time for: none that leaves a guest without a course."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from catering_cli.domain.finding import Change
from catering_cli.domain.order import Order
from catering_cli.domain.order_parts.recipe import Recipe
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.kitchen.dietary import matrix
from catering_cli.kitchen.menu import dishes as menu
from catering_cli.kitchen.menu.decisions import DecisionIndex
from catering_cli.kitchen.recipes import catalogue
from catering_cli.kitchen.repairs.of_a_kind import is_alike
from catering_cli.kitchen.repairs.order_patch import applied
from catering_cli.kitchen.serving import portions

Unfed = Counter[tuple[str, str, str]]
"""Portions by profile, course and service that no dish gives."""
Fed = Callable[[Order], tuple[tuple[Dish, ...], Unfed]]

_TRIED, _TOLD = 6, 3
"""Dishes whose diets are looked at in the place of one, and those of them that are worth a schedule."""
_LARGE = 40
"""Dishes of a menu beyond which one dish is exchanged at most, and two tried for it: it bounds time."""


class Swap(NamedTuple):
    """Dishes instead of others, one sentence each, and the whole menu as it is then made."""

    name: str
    """the last dish that came in"""
    texts: tuple[str, ...]
    changes: tuple[Change, ...]
    dishes: tuple[Dish, ...]


def fed(order: Order, judged: DecisionIndex) -> tuple[tuple[Dish, ...], Unfed]:
    """The dishes of an order as they are made, and who goes without."""
    items = menu.dishes(order, judged)
    served = portions.serve(order, items, matrix.matrix(order, items, judged), judged)
    unfed: Unfed = Counter()
    for one in served.unfed:
        unfed[one.profile, one.course, one.service] = one.portions
    return portions.scaled(order, items, served, judged), unfed


def swaps(order: Order, suspects: Sequence[Dish], fed_by: Fed) -> Iterator[Swap]:
    """One dish exchanged, then one more, as long as it takes; the quickest of its kind first."""
    _, before = fed_by(order)

    def enough(changed: Order) -> tuple[Dish, ...] | None:
        """The dishes of a changed order, or None if a guest has less than before."""
        dishes, unfed = fed_by(changed)
        return None if unfed - before else dishes

    done = Swap("", (), (), ())
    taken = {item.dish for item in order.menu}
    large = len(order.menu) > _LARGE
    most = 2 if large else _TRIED
    for dish in suspects[:1] if large else suspects:
        last = None
        recipes = _quickest(dish, taken)[:most]
        for last in islice(_instead_of(order, dish, done, recipes, enough), _TOLD):
            yield last
        if last is None:
            return
        done = last
        taken.add(done.name)


def _instead_of(
    order: Order,
    dish: Dish,
    done: Swap,
    recipes: Sequence[Recipe],
    enough: Callable[[Order], tuple[Dish, ...] | None],
) -> Iterator[Swap]:
    """One of these recipes in the place of a dish, beside what is exchanged already."""
    number = dish.id.removeprefix("d")
    if not number.isdigit() or int(number) > len(order.menu):
        return  # a decision brought it, not the order
    for recipe in recipes:
        changes = (*done.changes, *_changes(order, int(number) - 1, recipe.name))
        dishes = enough(applied(order, changes))
        if dishes is not None and _served_alike(dish, dishes):
            texts = (*done.texts, f"serve {recipe.name} instead of {dish.name}")
            yield Swap(recipe.name, texts, changes, dishes)


def _quickest(dish: Dish, taken: Collection[str]) -> list[Recipe]:
    """Recipes of the kind of a dish that are not on the menu, those with the fewest minutes of work first."""
    if dish.recipe is None:
        return []
    own = dish.recipe.model_copy(update={"name": dish.name, "course": dish.course})
    others = [one for one in catalogue.recipes() if one.name not in taken]
    return sorted((one for one in others if is_alike(own, one)), key=_minutes)


def _served_alike(dish: Dish, dishes: Sequence[Dish]) -> bool:
    """Whether what comes in is served hot as the dish was, or cold."""
    return any(one.id == dish.id and one.is_hot == dish.is_hot for one in dishes)


def _minutes(recipe: Recipe) -> int:
    """Minutes of all steps of a recipe."""
    return sum(step.minutes for step in recipe.steps)


def _changes(order: Order, index: int, name: str) -> Iterator[Change]:
    if order.menu[index].recipe is not None:
        yield Change(path=f"order.menu[{index}].recipe", value=None)
    yield Change(path=f"order.menu[{index}].dish", value=name)
