"""A scaled recipe as text: a cook's amount beside the exact one, and what to think of at volume."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from catering_cli.cli.other_numbers.recipe_text import with_commas
from catering_cli.domain.quantity import Quantity
from catering_cli.kitchen.foods.mass import spoken
from catering_cli.kitchen.foods.resolve import resolve_name
from catering_cli.kitchen.recipes import volume_advice

if TYPE_CHECKING:
    from catering_cli.domain.order_parts.recipe import Ingredient, Recipe

FINEST = 1000
"""Largest denominator of a fraction that is written out; a finer one is shown as a decimal, with about."""


DRAFTED = "DRAFT: a model wrote this recipe and no person has confirmed it; its allergens are unknown."


@dataclass(frozen=True, slots=True)
class Made:
    """A dish at so many times its recipe."""

    name: str
    recipe: Recipe | None
    """as written"""
    factor: Fraction
    batches: dict[int, int]
    """step -> how often it is done, if more than once"""
    notes: Sequence[str] = ()


def made_text(made: Made, system: str) -> str:
    """Heading, lines, steps, notes."""
    if made.recipe is None:
        return f"{made.name}: there is no recipe, so nothing can be scaled"
    portions = made.recipe.yields.portions * made.factor
    lines = [f"{made.name}: {_exact(portions)} portions, {_exact(made.factor)} times the recipe"]
    if made.recipe.is_unread_draft:
        lines.append(DRAFTED)
    for line in made.recipe.ingredients:
        lines += _line(line, made, made.recipe, system)
    if made.recipe.method:
        lines.append(f"Method: {made.recipe.method}")
    for number, step in enumerate(made.recipe.steps, 1):
        times = f"{made.batches[number]} batches" if number in made.batches else ""
        lines.append(f"{number}. {step.text} ({with_commas(f'{step.minutes} min', step.temperature, times)})")
    lines += [f"Note: {note}" for note in made.notes]
    return "\n".join(lines)


def _line(line: Ingredient, made: Made, recipe: Recipe, system: str) -> Iterator[str]:
    """A cook's amount, the exact one if it differs, the food; below it what to think of at volume."""
    food = with_commas(line.item, line.preparation)
    if line.quantity is None:
        yield f"{'to taste':>18}  {'':18}  {food}"
        return
    quantity = line.quantity.times(made.factor)
    said = spoken(quantity, line.item, line.preparation, system)
    exact = exactly(quantity)
    beside = "" if exact == said else exact
    yield f"{said:>18}  {beside:18}  {food}"
    advice = volume_advice.advice_for(line, resolve_name(line.item).named, recipe, made.factor, system)
    if advice:
        yield f"{'':18}  {'':18}    {advice}"


def exactly(quantity: Quantity) -> str:
    """The exact amount: "3 3/4 cup"; a fraction too fine to read is a decimal marked with ~."""
    amount = _exact(quantity.low)
    if quantity.is_range:
        amount += f"-{_exact(quantity.high)}"
    return f"{amount} {quantity.unit}".strip()


def _exact(value: Fraction) -> str:
    whole, rest = divmod(value.numerator, value.denominator)
    if not rest:
        return str(whole)
    if value.denominator > FINEST:
        return f"~{float(value):.6g}"
    return f"{whole} {rest}/{value.denominator}" if whole else f"{rest}/{value.denominator}"
