"""Which recipes may stand for another on a menu: those of the same kind, as a chef would say."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import NamedTuple

from catering_cli.domain.order_parts.recipe import Recipe
from catering_cli.kitchen.foods.resolve import ResolvedIngredient, Resolver
from catering_cli.kitchen.foods.table import Food
from catering_cli.kitchen.recipes.name_words import words_of

_FLESH = frozenset({"meat", "poultry", "fish", "shellfish"})
_STARCH = frozenset({"grain", "root", "rice", "bread", "corn", "potato"})
_SOLID = _STARCH | {"vegetable", "fruit", "pulse"}
_SWEET = frozenset({"dessert", "drink"})
"""Courses whose dishes are told by their name alone: all are of sugar and fruit."""


class Kind(NamedTuple):
    """What a guest would call the same thing: its course, what leads it, and the noun of its name."""

    course: str
    flesh: frozenset[str]
    """animals of the heaviest meat or fish in it; empty: none"""
    starch: bool
    """whether grain, bread or roots weigh most in it"""
    in_bread: bool
    """whether it is eaten in or on bread: a burger, a taco, a sandwich"""
    noun: str


def is_alike(one: Recipe, other: Recipe) -> bool:
    """Whether a recipe is of the same kind: of the same animal; without one the same noun, or starch for starch.

    What is eaten in bread is no kind of what is eaten from a plate.
    """
    first, second = kind_of_dish(one), kind_of_dish(other)
    if first[:2] != second[:2] or first.in_bread != second.in_bread:
        return False
    if first.flesh:
        return True
    if first.course in _SWEET:
        return first.noun == second.noun
    return first.noun == second.noun or first.starch == second.starch


@cache
def _resolver() -> Resolver:
    return Resolver({}, {}, "us")


def kind_of_dish(recipe: Recipe) -> Kind:
    """The kind of a dish, by its heaviest ingredients."""
    known = [(line, line.food) for line in _resolver().ingredients(recipe) if line.food]
    flesh = _heaviest([line for line, food in known if food.animal & _FLESH])
    lead = _heaviest([line for line, food in known if food.groups & _SOLID])
    animals = flesh.animal & _FLESH | flesh.groups & {"beef", "pork", "lamb"} if flesh else frozenset[str]()
    starch = lead is not None and not lead.groups.isdisjoint(_STARCH)
    in_bread = any(_is_bread(food) for _, food in known)
    return Kind(recipe.course or "main", animals, starch, in_bread, _last_word_of_head(recipe.name))


def _is_bread(food: Food) -> bool:
    """Baked bread, not what it is made of."""
    return "bread" in food.groups and "grain" not in food.groups


def _last_word_of_head(name: str) -> str:
    words = words_of(name)
    said = [word for word in words.in_order if word in words.head]
    return said[-1] if said else ""


def _heaviest(lines: Collection[ResolvedIngredient]) -> Food | None:
    """The food that weighs most of some lines, or the first if none has a weight."""
    line = max(lines, key=lambda one: one.mass.grams.low if one.mass else 0, default=None)
    return line.food if line else None
