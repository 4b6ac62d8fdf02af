"""How dishes wait for the base recipes in them: a base is made once, and its steps stand in none of the dishes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from catering_cli.domain.order import Order
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.kitchen.menu.decisions import DecisionIndex
from catering_cli.kitchen.recipes.batches import waits_for
from catering_cli.kitchen.serving.made_bases import Use, made_bases, outside, uses_of

Step = tuple[str, int]
"""A step: the id of its dish or base, and its index there."""


class BaseLinks(NamedTuple):
    """The bases of a day, and what waits for them."""

    bases: tuple[Dish, ...]
    users: Mapping[str, tuple[Dish, ...]]
    """the dishes that take each base, by its id"""
    done: Mapping[Step, Step]
    """the step of a base that does a step of a dish"""
    waits: Mapping[Step, tuple[Step, ...]]
    """steps of bases that a step of a dish, or of another base, waits for"""


def links_of(order: Order, dishes: Sequence[Dish], judged: DecisionIndex) -> BaseLinks:
    """The bases in the dishes, with their links."""
    bases = made_bases(order, dishes, judged)
    ids = {base.name: base.id for base in bases}
    uses = {ids[name]: of_base for name, of_base in uses_of(order, dishes).items()}
    last = {base.id: len(base.recipe.steps) - 1 for base in bases if base.recipe}
    done = dict(_done(uses, last))
    waits = {**dict(_waits_of_bases(uses, done)), **dict(_waits_of_dishes(dishes, done))}
    users = {base: tuple(use.dish for use in of_base) for base, of_base in uses.items()}
    return BaseLinks(bases, users, done, waits)


def _done(uses: Mapping[str, Sequence[Use]], last: Mapping[str, int]) -> Iterator[tuple[Step, Step]]:
    """Each step of a dish that is one of a base, with that; a base that is taken ready made has one step for all."""
    for base, of_base in uses.items():
        for use in of_base:
            for i, place in enumerate(use.places):
                yield (use.dish.id, place), (base, min(i, last[base]))


def _waits_of_bases(
    uses: Mapping[str, Sequence[Use]],
    done: Mapping[Step, Step],
) -> Iterator[tuple[Step, tuple[Step, ...]]]:
    """What each step of a base waits for of inner bases; every dish that takes it has the same steps of it."""
    for base, of_base in uses.items():
        first = of_base[0]
        for i, place in enumerate(first.places):
            inner = [done[first.dish.id, other] for other in outside(first, place)]
            yield (base, i), tuple(inner)


def _waits_of_dishes(
    dishes: Sequence[Dish],
    done: Mapping[Step, Step],
) -> Iterator[tuple[Step, tuple[Step, ...]]]:
    """What each step of a dish waits for of bases."""
    for dish in dishes:
        if dish.recipe is None:
            continue
        for i, befores in enumerate(waits_for(dish.recipe)):
            before = [(dish.id, j) for j in befores]
            yield (dish.id, i), tuple(dict.fromkeys(done[step] for step in before if step in done))
