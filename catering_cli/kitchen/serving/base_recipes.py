"""Base recipes: an ingredient that is itself a recipe (a stock, a sauce, a dough) is made, not bought.

Its lines stand in the recipe that uses it, each times the share of the base that is used, and its steps come first. So
mass is conserved through any number of levels and scaled once, and its allergens are in every dish that holds it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import chain
from typing import Final, NamedTuple

from catering_cli.domain.order_parts.recipe import DRAFT, Ingredient, Part, Recipe, RecipeStep, Yield
from catering_cli.domain.quantity import Quantity
from catering_cli.kitchen.foods.names import tokens
from catering_cli.kitchen.quantities import display, units
from catering_cli.kitchen.recipes.step_growth import grows_of
from catering_cli.kitchen.serving import reckoned_yield

Find = Callable[[Ingredient], Recipe | None]
"""The recipe that an ingredient is made by; None if it is bought."""

DEEPEST: Final = 12
"""Levels of recipes within recipes."""

BATCHES: Final = ("batch", "recipe")
"""Units that count the whole of a base recipe."""


class CircularRecipe(ValueError):  # noqa: N818  # it is the recipes that are at fault
    """A recipe that needs itself; the message says the way round."""


class _Base(NamedTuple):
    """A base as one line uses it."""

    line: Ingredient
    recipe: Recipe
    """with its own bases put in"""
    share: Fraction
    """of its written yield"""
    assumed: str
    """what had to be assumed to know the share"""


def assembled(
    recipe: Recipe,
    find: Find,
    system: str,
    within: tuple[str, ...] = (),
) -> Recipe:
    """The recipe with all its bases put in; itself if it has none. Raises CircularRecipe."""
    way = (*within, recipe.name)
    if recipe.name in within or len(way) > DEEPEST:
        raise CircularRecipe(f"{' -> '.join(_round(way))}: a recipe cannot be made from itself")
    found = [(line, find(line)) for line in recipe.ingredients]
    bases: list[_Base] = []
    lines: list[Ingredient] = []
    for line, made in found:
        if made is None:
            lines.append(line)
            continue
        bases.append(_base(line, assembled(made, find, system, way), recipe, system))
        lines += _lines(bases[-1])
    if not bases:
        return recipe
    steps = _steps(recipe, bases)
    more: dict[str, object] = {"ingredients": tuple(lines), "steps": steps, "parts": tuple(_parts(bases, system))}
    if any(base.recipe.is_unread_draft for base in bases):
        more |= {"tags": (*recipe.tags, DRAFT), "confirmed_by": ""}
    return recipe.model_copy(update={**more, "method": _method(recipe, bases)})


def _round(way: tuple[str, ...]) -> tuple[str, ...]:
    """The circle in a way, from its first name in the alphabet on: it is told once, wherever it was entered."""
    circle = way[way.index(way[-1]) : -1] or way
    first = circle.index(min(circle))
    return (*circle[first:], *circle[:first], circle[first])


def _method(recipe: Recipe, bases: Sequence[_Base]) -> str:
    """All that is said of the work and of the lines that bases replace: a food that it names may be in the dish."""
    said = [recipe.method]
    for base in bases:
        said += [base.line.preparation, base.recipe.method]
    return " ".join(filter(None, said))


def _base(line: Ingredient, base: Recipe, recipe: Recipe, system: str) -> _Base:
    """How much of a base a line of a recipe takes."""
    if line.quantity is None:
        return _Base(line, base, Fraction(1), f"{base.name}: how much of it {recipe.name} takes is not said: one batch")
    share = _stated_share(line.quantity, base.yields, system)
    return _reckoned(line, base, system) if share is None else _Base(line, base, share, "")


def _stated_share(wanted: Quantity, made: Yield, system: str) -> Fraction | None:
    """The share of a yield that an amount is, in batches, portions or measure; None if it does not say."""
    if wanted.unit in BATCHES:
        return wanted.high
    if made.portions and not made.stated and wanted.unit in ("portion", ""):
        return wanted.high / made.portions
    if made.amount is None:
        return None
    unit = units.lookup(wanted.unit, system)
    stated = units.lookup(made.amount.unit, system)
    if unit is None or stated is None or unit.dimension != stated.dimension:
        return None
    return wanted.high * unit.factor / (made.amount.low * stated.factor)


def _reckoned(line: Ingredient, base: Recipe, system: str) -> _Base:
    """The share by mass, if the base's yield does not speak of such an amount: a millilitre is taken as a gram."""
    assert line.quantity is not None
    whole = reckoned_yield.grams_made(base, system)
    wanted = reckoned_yield.stated_grams(Quantity(line.quantity.high, line.quantity.high, line.quantity.unit), system)
    said = display.amount_text(line.quantity, system)
    if not whole or not wanted:
        message = f"{base.name}: its yield says nothing about {said} of it; taken as one batch"
        return _Base(line, base, Fraction(1), message)
    share = wanted / whole
    shown = f"{float(share):.2f}".rstrip("0").rstrip(".")
    made = display.amount_text(Quantity.of(whole, "g"), system)
    message = (
        f"{base.name}: its yield says nothing about {said} of it; taken as {shown} batches by weight ({made} a batch)"
    )
    return _Base(line, base, share, message)


def _lines(base: _Base) -> tuple[Ingredient, ...]:
    """The lines of a base at the share that is used."""
    return tuple(_scaled(line, base) for line in base.recipe.ingredients)


def _scaled(line: Ingredient, base: _Base) -> Ingredient:
    quantity = line.quantity if line.quantity is None or line.fixed else line.quantity.times(base.share)
    return line.model_copy(update={"quantity": quantity, "text": "", "part": line.part or base.recipe.name})


def _parts(bases: Sequence[_Base], system: str) -> list[Part]:
    """Every base, outer before inner, with how much of it is taken."""
    parts: list[Part] = []
    for base in bases:
        grams = reckoned_yield.grams_made(base.recipe, system) * base.share
        served = Quantity.of(grams, "g") if grams else None
        parts.append(
            Part(
                name=base.recipe.name,
                quantity=base.line.quantity,
                served=served,
                assumed=base.assumed,
            )
        )
        parts += [_inner(part, base) for part in base.recipe.parts]
    return parts


def _inner(part: Part, base: _Base) -> Part:
    quantity = part.quantity.times(base.share) if part.quantity else None
    served = part.served.times(base.share) if part.served else None
    within = part.within or base.recipe.name
    return part.model_copy(update={"quantity": quantity, "served": served, "within": within})


def _steps(recipe: Recipe, bases: Sequence[_Base]) -> tuple[RecipeStep, ...]:
    """The steps of all bases, each base once, then the recipe's own: those that use a base wait for its last steps."""
    steps: list[RecipeStep] = []
    stands: dict[tuple[str, int], int] = {}
    ends = [(base, _put_in(_of_base(base, recipe), steps, stands)) for base in bases]
    start = len(steps)
    for index, step in enumerate(recipe.steps):
        waits = [number + start for number in _waits(step, index)]
        for base, last in ends:
            if _uses(base, index, recipe):
                waits += last
        steps.append(step.model_copy(update={"after": tuple(dict.fromkeys(waits))}))
    return tuple(steps)


def _put_in(own: Sequence[RecipeStep], steps: list[RecipeStep], stands: dict[tuple[str, int], int]) -> list[int]:
    """The steps of a base put behind those that stand there, and the numbers of its last ones.

    A base that another line takes too has its steps there already (`stands`: part and number -> index): they do more.
    """
    numbers: list[int] = []
    of_part: Counter[str] = Counter()
    added: list[tuple[int, RecipeStep]] = []
    for index, step in enumerate(own):
        key = step.part, of_part[step.part]
        of_part[step.part] += 1
        if key in stands:
            steps[stands[key]] = _for_both(steps[stands[key]], step)
        else:
            stands[key] = len(steps)
            steps.append(step)
            added.append((index, step))
        numbers.append(stands[key] + 1)
    for index, step in added:
        after = tuple(numbers[number - 1] for number in _waits(step, index))
        steps[numbers[index] - 1] = step.model_copy(update={"after": after})
    waited = set(chain.from_iterable(_waits(step, index) for index, step in enumerate(own)))
    return [number for index, number in enumerate(numbers) if index + 1 not in waited]


def _waits(step: RecipeStep, index: int) -> tuple[int, ...]:
    """Numbers of the steps of its recipe that a step waits for."""
    if step.after is not None:
        return step.after
    return (index,) if index else ()


def _for_both(one: RecipeStep, other: RecipeStep) -> RecipeStep:
    """A step of a base for two lines that take it: hand work adds up, a batch holds what it holds of both."""
    more: dict[str, object] = {}
    if grows_of(one) == "linear":
        active = [minutes for minutes in (one.active_minutes, other.active_minutes) if minutes is not None]
        more = {"minutes": one.minutes + other.minutes, "active_minutes": sum(active) if active else None}
    if one.batch_portions and other.batch_portions:
        load = Fraction(1, one.batch_portions) + Fraction(1, other.batch_portions)
        more["batch_portions"] = max(1, math.floor(1 / load))
    return one.model_copy(update=more)


def _uses(base: _Base, index: int, recipe: Recipe) -> bool:
    """Whether a step takes a base: it says what it is (the stock, the dressing), or comes first if no step does."""
    what = tokens(base.recipe.name)[-1:]
    naming = [number for number, step in enumerate(recipe.steps) if set(what) & set(tokens(step.text))]
    if naming:
        return index in naming
    step = recipe.steps[index]
    return index == 0 or step.after == ()


def _of_base(base: _Base, recipe: Recipe) -> tuple[RecipeStep, ...]:
    """The steps of a base for the share that is used, in portions of the recipe that uses it."""
    return tuple(_shared(step, base, recipe) for step in base.recipe.steps)


def _shared(step: RecipeStep, base: _Base, recipe: Recipe) -> RecipeStep:
    """Hand work shrinks with the share, a batch of the base holds so many portions of the recipe."""
    more: dict[str, object] = {"part": step.part or base.recipe.name}
    if grows_of(step) == "linear":
        more["minutes"] = math.ceil(step.minutes * base.share)
        more["active_minutes"] = None if step.active_minutes is None else math.ceil(step.active_minutes * base.share)
    if step.batch_portions and base.recipe.yields.portions:
        batches = Fraction(step.batch_portions, base.recipe.yields.portions)
        more["batch_portions"] = max(1, math.floor(batches / base.share * recipe.yields.portions))
    return step.model_copy(update=more)
