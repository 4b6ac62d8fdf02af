"""A recipe or an order in other units: the same document, each quantity exact; what cannot be said stays as it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from catering_cli.cli import output
from catering_cli.cli.actions.ask_measures import Measures, Unknown, asked
from catering_cli.cli.actions.recipe_text import text_of
from catering_cli.cli.exit_codes import Status
from catering_cli.domain.names import SYSTEMS
from catering_cli.domain.order import Order
from catering_cli.intake import load
from catering_cli.kitchen.conversion.convert import convert_line
from catering_cli.kitchen.conversion.result import UnknownDensity
from catering_cli.kitchen.quantities import units
from catering_cli.render.wording import quantity_text

if TYPE_CHECKING:
    from catering_cli.domain.quantity import Quantity
    from catering_cli.domain.recipe import Ingredient, Recipe, RecipeStep

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
        menu = tuple(
            item.model_copy(update={"recipe": self.recipe(item.recipe, f"order.menu[{index}].recipe")})
            if item.recipe is not None and not isinstance(item.recipe, str)
            else item
            for index, item in enumerate(order.menu)
        )
        recipes = tuple(self.recipe(recipe, f"order.recipes[{index}]") for index, recipe in enumerate(order.recipes))
        return order.model_copy(update={"menu": menu, "recipes": recipes})

    def recipe(self, recipe: Recipe, place: str) -> Recipe:
        """Every line of a recipe, and the temperatures of its steps."""
        lines = tuple(self.line(line, f"{place}.ingredients[{i}]") for i, line in enumerate(recipe.ingredients))
        steps = tuple(self.step(step) for step in recipe.steps)
        return recipe.model_copy(update={"ingredients": lines, "steps": steps})

    def line(self, line: Ingredient, place: str) -> Ingredient:
        """One line; what nobody knows the weight of stays as it is and is told."""
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
        value = Fraction(found[1])
        degrees = (value - 32) * Fraction(5, 9) if wanted == "C" else value * Fraction(9, 5) + 32
        return step.model_copy(update={"temperature": f"{int(degrees + Fraction(1, 2))} {wanted}"})


def _in_us(order: Order) -> Order:
    """An order whose recipes are in US measures now; what else it measures keeps its own, by name."""
    old = order.system

    def pinned(unit: str) -> str:
        return unit if units.find(unit, old).factor == units.find(unit, "us").factor else f"{old} {unit}"

    def kept(quantity: Quantity | None) -> Quantity | None:
        return quantity and replace(quantity, unit=pinned(quantity.unit))

    stock = tuple(row.model_copy(update={"quantity": kept(row.quantity)}) for row in order.on_hand)
    supply = tuple(row.model_copy(update={"pack": kept(row.pack), "unit": pinned(row.unit)}) for row in order.supply)
    return order.model_copy(update={"system": "us", "on_hand": stock, "supply": supply})


def converted(path: str, raw: bytes | None, *, to: str, system: str, config: str | None, as_json: bool) -> int:
    """Print the converted document; lines that could not be converted are told and make exit code 3."""
    kind, read = load.recipe_or_order(path, raw)
    document: Order | Recipe
    if kind == "order":
        document = load.order_of(read, path)
        system = document.system
    else:
        document = load.recipe_of(read, path, system)
    conversion = _Conversion(to, system)
    result = conversion.document(document)
    if config is not None and conversion.unknown:
        measures, by = asked(conversion.unknown, config)
        for (item, measure), quantity in measures.items():
            output.notice(f"One {measure or 'piece'} of {item} is {quantity_text(quantity)} (by {by}).")
        conversion = _Conversion(to, system, measures)
        result = conversion.document(document)
    if to == "us" and isinstance(result, Order) and result.system != "us":
        result = _in_us(result)
    if as_json:
        output.json_result(load.dumped(result))
    else:
        output.result(text_of(result, to if to in SYSTEMS else system))
    for problem in conversion.unresolved:
        output.notice(f"{problem}.")
    return Status.BLOCKING if conversion.unresolved else Status.GOOD
