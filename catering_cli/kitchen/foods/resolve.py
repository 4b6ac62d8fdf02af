"""A line of a recipe resolved once, where the menu is built: its food, what is bought for it and what it weighs.

Whatever comes after the menu reads a `ResolvedIngredient` and never asks a text again what food it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from functools import cache
from typing import Final, NamedTuple

from catering_cli.domain.order_parts.recipe import Ingredient, Recipe
from catering_cli.domain.quantity import Quantity
from catering_cli.kitchen.foods import phrases
from catering_cli.kitchen.foods.identify import Identified, recognise
from catering_cli.kitchen.foods.mass import Mass, to_mass
from catering_cli.kitchen.foods.names import tokens
from catering_cli.kitchen.foods.table import Food, Tokens
from catering_cli.kitchen.foods.weights import EdibleShare, density, edible_share

MEANT: Final = "same_food"
"""`Mass.by` if no table has the name as written, and the food that it was decided to be was weighed."""


class Product(NamedTuple):
    """What is bought: one line of the order guide."""

    name: str
    """in lower case; kinds of a food (cherry tomatoes, brisket) are products of their own"""
    food: Food | None
    share: EdibleShare
    liquid: bool
    """whether it is sold by volume; flour and butter are weighed"""


class ResolvedName(NamedTuple):
    """What a text means as the name of a food."""

    text: str
    identified: Identified | None
    """the one food that it names; None for several or an unknown one"""
    foods: tuple[Identified, ...] | None
    """its foods, one or several ("salt and pepper"); None if a word of it is not understood"""
    purchase: str
    """the line to buy, as written if it is not one known food"""
    product: Product

    @property
    def words(self) -> Tokens:
        """What tells one product from another: the line to buy, its varieties included."""
        return tokens(self.purchase)

    @property
    def named(self) -> tuple[Food, ...]:
        """The foods it names, each once; empty if a word is not understood."""
        return tuple(dict.fromkeys(one.food for one in self.foods or ()))


@cache
def resolve_name(text: str) -> ResolvedName:
    """What `text` means, asked of the tables once."""
    found = recognise(tokens(text))
    foods = (found,) if found else phrases.items(text)
    purchase = found.line if found else " ".join(text.split())
    return ResolvedName(text, found, foods, purchase, _product(text, found, foods, purchase))


def _product(text: str, found: Identified | None, foods: tuple[Identified, ...] | None, purchase: str) -> Product:
    """An item of several foods ("white or yellow onion") is bought by its own words: a person decides which."""
    first = foods[0] if foods and not found and not phrases.joined(text) else None
    name = (first.line if first else purchase).strip().casefold()
    bought = found or first or next(iter(foods or ()), None)
    share, own = edible_share(name), edible_share(text)
    if found and own.source and own.percent != share.percent:  # bone-in or in its shell it is another product
        name, share = own.food.casefold(), own
    dense = density(name)
    liquid = dense is None or dense.kind == "liquid"
    return Product(name, bought.food if bought else None, share, liquid)


class ResolvedIngredient(NamedTuple):
    """One line of a recipe with what is known of it."""

    line: Ingredient
    """as written, after substitutions"""
    name: ResolvedName
    """what its own words mean"""
    meant: ResolvedName | None
    """the food that it was decided to be"""
    mass: Mass | None
    """what the written quantity weighs in the line's own state; None without a quantity or if nothing says so"""
    edible: Fraction
    """EP mass of one unit of mass in the line's own state: 1 for EP, the edible share for AP"""

    @property
    def taken_for(self) -> ResolvedName:
        """The decided food, else its own words."""
        return self.meant or self.name

    @property
    def food(self) -> Food | None:
        """The food it is taken for; of several the first."""
        return next(iter(self.taken_for.named), None)


class Resolver(NamedTuple):
    """What was decided about names and measures, and the system of measures of an order."""

    same_food: Mapping[str, str]
    """food by name, in lower case"""
    measures: Mapping[tuple[str, str], Quantity]
    """informal measures by item and measure, in lower case"""
    system: str

    def ingredients(self, recipe: Recipe) -> tuple[ResolvedIngredient, ...]:
        """Each line of a recipe resolved."""
        return tuple(self.ingredient(line) for line in recipe.ingredients)

    def ingredient(self, line: Ingredient) -> ResolvedIngredient:
        """One line resolved."""
        meant = self.same_food.get(line.item.strip().casefold(), "")
        return ResolvedIngredient(
            line=line,
            name=resolve_name(line.item),
            meant=resolve_name(meant) if meant else None,
            mass=self._mass(line, meant) if line.quantity else None,
            edible=_edible(line, meant),
        )

    def _mass(self, line: Ingredient, meant: str) -> Mass | None:
        """As it is written, which may be a kind of its own; else as the food that it was decided to be.

        A measure that was decided for the written name is not overruled by a table's row about the other.
        """
        assert line.quantity is not None
        mass = to_mass(line.quantity, line.item, line.preparation, self.system, self.measures, state=line.state)
        decided = (line.item.strip().casefold(), line.quantity.unit.casefold()) in self.measures
        if mass or not meant or decided:
            return mass
        other = to_mass(line.quantity, meant, line.preparation, self.system, self.measures, state=line.state)
        return other and replace(other, source=f"decided: {line.item} is {meant}; {other.source}", by=MEANT)


def _edible(line: Ingredient, meant: str) -> Fraction:
    """The edible share of the name as written counts; of the decided food if no table has that name."""
    if line.state != "AP":
        return Fraction(1)
    share = edible_share(line.item)
    if meant and not share.source:
        share = edible_share(meant)
    return share.percent / 100
