"""A recipe or an order in other units: the same document, each quantity exact; what cannot be said stays as it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from catering_cli.cli import output
from catering_cli.cli.exit_codes import Status
from catering_cli.cli.other_numbers.ask_measures import Measures, Unknown, asked
from catering_cli.cli.other_numbers.recipe_text import recipes_text
from catering_cli.domain.names import SYSTEMS
from catering_cli.domain.order import Order
from catering_cli.intake import load
from catering_cli.kitchen.conversion.convert import convert_line
from catering_cli.kitchen.conversion.result import UnknownDensity
from catering_cli.kitchen.quantities import units
from catering_cli.render.wording import quantity_text

if TYPE_CHECKING:
    from catering_cli.domain.order import MenuItem
    from catering_cli.domain.order_parts.recipe import Ingredient, Recipe, RecipeStep
    from catering_cli.domain.quantity import Quantity

_DEGREES = re.compile(r"(\d+(?:\.\d+)?) ?°? ?([FC])")


@dataclass
class _Conversion:
    """Where a conversion goes, and the lines that could not follow."""

    to: str
    system: str
    measures: Measures = field(default_factory=dict)
    unresolved: list[str] = field(default_factory=list)
    unknown: list[Unknown] = field(default_factory=list)

    def document(self, document: Order | Recipe) -> Order | Recipe:
        """Either of the two."""
        return self.order(document) if isinstance(document, Order) else self.recipe(document, "recipe")

    def order(self, order: Order) -> Order:
        """Every recipe of an order."""
        menu = tuple(self.item(item, f"order.menu[{index}]") for index, item in enumerate(order.menu))
        recipes = tuple(self.recipe(recipe, f"order.recipes[{index}]") for index, recipe in enumerate(order.recipes))
        return order.model_copy(update={"menu": menu, "recipes": recipes})

    def item(self, item: MenuItem, place: str) -> MenuItem:
        """A dish of the menu, with the recipe that stands in it."""
        if item.recipe is None or isinstance(item.recipe, str):
            return item
        return item.model_copy(update={"recipe": self.recipe(item.recipe, f"{place}.recipe")})

    def recipe(self, recipe: Recipe, place: str) -> Recipe:
        """Every line of a recipe, and the temperatures of its steps."""
        lines = tuple(self.line(line, f"{place}.ingredients[{i}]") for i, line in enumerate(recipe.ingredients))
        steps = tuple(map(self.step, recipe.steps))
        return recipe.model_copy(update={"ingredients": lines, "steps": steps})

    def line(self, line: Ingredient, place: str) -> Ingredient:
        """One line; without a weight on file it stays as it is and is told."""
        if line.quantity is None:
            return line
        try:
            found = convert_line(line, self.to, self.system, self.measures)
        except UnknownDensity as error:
            if error.measure is not None:
                self.unknown.append(Unknown(line.item, error.measure, line.preparation))
            self.unresolved.append(f"{place} ({line.item}): {error}")
            return line
        except ValueError as error:
            self.unresolved.append(f"{place} ({line.item}): {error}")
            return line
        if found.to == line.quantity:
            return line
        return line.model_copy(update={"quantity": found.to, "text": ""})

    def step(self, step: RecipeStep) -> RecipeStep:
        """A temperature, to the nearest degree: it is a text for the cook."""
        found = _DEGREES.fullmatch(step.temperature.strip())
        wanted = {"metric": "C", "us": "F"}.get(self.to)
        if not found or wanted is None or found[2] == wanted:
            return step
        degrees = _degrees(Fraction(found[1]), wanted)
        return step.model_copy(update={"temperature": f"{int(degrees + Fraction(1, 2))} {wanted}"})


def _degrees(value: Fraction, to: str) -> Fraction:
    """Fahrenheit in C, or Celsius in F."""
    if to == "C":
        return (value - 32) * Fraction(5, 9)
    return value * Fraction(9, 5) + 32


def _in_us(order: Order) -> Order:
    """An order whose recipes are in US measures now; what else it measures keeps its own, by name."""
    old = order.system
    stock = tuple(row.model_copy(update={"quantity": _pinned(row.quantity, old)}) for row in order.on_hand)
    supply = []
    for row in order.supply:
        pack = row.pack and _pinned(row.pack, old)
        supply.append(row.model_copy(update={"pack": pack, "unit": _pinned_unit(row.unit, old)}))
    return order.model_copy(update={"system": "us", "on_hand": stock, "supply": tuple(supply)})


def _pinned(quantity: Quantity, system: str) -> Quantity:
    return replace(quantity, unit=_pinned_unit(quantity.unit, system))


def _pinned_unit(unit: str, system: str) -> str:
    """The unit by a name that says its system, if it is another in the US: "imperial pint"."""
    is_same = units.find(unit, system).factor == units.find(unit, "us").factor
    return unit if is_same else f"{system} {unit}"


def converted(
    path: str,
    raw: bytes | None,
    *,
    to: str,
    system: str,
    config: str | None,
    as_json: bool,
) -> int:
    """Print the converted document; lines that could not be converted are told and make exit code 3."""
    document, system = _read(path, raw, system)
    conversion = _Conversion(to, system)
    result = conversion.document(document)
    if config is not None and conversion.unknown:
        conversion = _Conversion(to, system, _asked(conversion.unknown, config))
        result = conversion.document(document)
    if to == "us" and isinstance(result, Order) and result.system != "us":
        result = _in_us(result)
    if as_json:
        output.json_result(load.dumped(result))
    else:
        output.result(recipes_text(result, to if to in SYSTEMS else system))
    for problem in conversion.unresolved:
        output.notice(f"{problem}.")
    return Status.BLOCKING if conversion.unresolved else Status.GOOD


def _read(path: str, raw: bytes | None, system: str) -> tuple[Order | Recipe, str]:
    """The document and its system of measures: an order's own, a recipe's as given."""
    kind, read = load.recipe_or_order(path, raw)
    if kind == "order":
        order = load.order_of(read, path)
        return order, order.system
    return load.recipe_of(read, path, system), system


def _asked(unknown: Sequence[Unknown], config: str) -> Measures:
    """The measures that the models of a config gave; each is told."""
    measures, by = asked(unknown, config)
    for (item, measure), quantity in measures.items():
        output.notice(f"One {measure or 'piece'} of {item} is {quantity_text(quantity)} (by {by}).")
    return measures
