"""How dishes wait for the base recipes in them: a base is made once, and its steps stand in none of the dishes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from catering_cli.domain.menu import Dish
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


def links_of(dishes: Sequence[Dish], system: str) -> BaseLinks:
    """The bases in the dishes, with their links."""
    bases = made_bases(dishes, system)
    uses = uses_of(dishes)
    ids = {base.name: base.id for base in bases}
    done = {(use.dish.id, place): (ids[name], i) for name, use, i, place in _places(uses)}
    waits: dict[Step, tuple[Step, ...]] = {}
    for name, of_base in uses.items():
        for i, place in enumerate(of_base[0].places):
            waits[ids[name], i] = tuple(done[of_base[0].dish.id, other] for other in outside(of_base[0], place))
    for dish in dishes:
        for i, befores in enumerate(waits_for(dish.recipe) if dish.recipe else ()):
            waits[dish.id, i] = tuple(done[dish.id, before] for before in befores if (dish.id, before) in done)
    users = {ids[name]: tuple(use.dish for use in of_base) for name, of_base in uses.items()}
    return BaseLinks(bases, users, done, waits)


def _places(uses: Mapping[str, Sequence[Use]]) -> Iterator[tuple[str, Use, int, int]]:
    """Each step of each base in each dish: the base's name, the use, the step's index there and in the dish."""
    for name, of_base in uses.items():
        for use in of_base:
            for i, place in enumerate(use.places):
                yield name, use, i, place
