"""A scaled recipe as text: a cook's amount beside the exact one, and what to think of at volume."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from catering_cli.domain.quantity import Quantity
from catering_cli.kitchen.foods.mass import spoken
from catering_cli.kitchen.foods.resolve import resolve_name
from catering_cli.kitchen.recipes import volume_advice

if TYPE_CHECKING:
    from catering_cli.domain.recipe import Ingredient, Recipe

FINEST = 1000
"""Largest denominator of a fraction that is written out; a finer one is shown as a decimal, with about."""


@dataclass(frozen=True, slots=True)
class Made:
    """A dish at so many times its recipe."""

    name: str
    recipe: Recipe | None
    """as written"""
    factor: Fraction
    batches: dict[int, int]
    """step -> how often it is done, where more than once"""
    notes: Sequence[str] = ()


def text_of(made: Made, system: str) -> str:
    """Heading, lines, steps, notes."""
    if made.recipe is None:
        return f"{made.name}: there is no recipe, so nothing can be scaled"
    portions = made.recipe.yields.portions * made.factor
    heading = f"{made.name}: {_exact(portions)} portions, {_exact(made.factor)} times the recipe"
    lines = [heading]
    for line in made.recipe.ingredients:
        lines += _line(line, made, system)
    lines += [f"Method: {made.recipe.method}"] if made.recipe.method else []
    for number, step in enumerate(made.recipe.steps, 1):
        heat = f", {step.temperature}" if step.temperature else ""
        times = f", {made.batches[number]} batches" if number in made.batches else ""
        lines.append(f"{number}. {step.text} ({step.minutes} min{heat}{times})")
    return "\n".join([*lines, *(f"Note: {note}" for note in made.notes)])


def _line(line: Ingredient, made: Made, system: str) -> list[str]:
    assert made.recipe is not None
    preparation = f", {line.preparation}" if line.preparation else ""
    if line.quantity is None:
        return [f"{'to taste':>18}  {'':18}  {line.item}{preparation}"]
    quantity = line.quantity.times(made.factor)
    said = spoken(quantity, line.item, line.preparation, system)
    exact = exactly(quantity)
    told = [f"{said:>18}  {exact if exact != said else '':18}  {line.item}{preparation}"]
    beside = volume_advice.advice_for(line, resolve_name(line.item).named, made.recipe, made.factor, system)
    return [*told, f"{'':18}  {'':18}    {beside}"] if beside else told


def exactly(quantity: Quantity) -> str:
    """The exact amount: "3 3/4 cup"; a fraction too fine to read is a decimal marked with ~."""
    amount = _exact(quantity.low) if not quantity.is_range else f"{_exact(quantity.low)}-{_exact(quantity.high)}"
    return f"{amount} {quantity.unit}".strip()


def _exact(value: Fraction) -> str:
    whole, rest = divmod(value.numerator, value.denominator)
    if not rest:
        return str(whole)
    if value.denominator > FINEST:
        return f"~{float(value):.6g}"
    return f"{whole} {rest}/{value.denominator}" if whole else f"{rest}/{value.denominator}"
