"""Exact scaling: every line times portions over yield; batches, never minutes or degrees, for the volume."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from catering_cli.domain.decision import InformalMeasure, SameFood, Technique
from catering_cli.domain.order import Order
from catering_cli.domain.order_parts.recipe import Ingredient, Recipe, RecipeStep
from catering_cli.domain.plan_parts.menu import Dish, ScaledLine
from catering_cli.domain.quantity import Amount, Quantity
from catering_cli.kitchen.foods.mass import spoken
from catering_cli.kitchen.foods.resolve import MEANT, ResolvedIngredient
from catering_cli.kitchen.menu.decisions import DecisionIndex, decided_step
from catering_cli.kitchen.menu.dishes import MenuDish
from catering_cli.kitchen.quantities import display
from catering_cli.kitchen.recipes import volume_advice
from catering_cli.kitchen.safety import handling
from catering_cli.kitchen.serving.loads import with_loads
from catering_cli.kitchen.serving.step_batches import step_batches


def made(needed: int, over_percent: int) -> int:
    """Portions to make: the need and its overage, applied once, rounded up to whole portions."""
    return math.ceil(Fraction(needed * (100 + over_percent), 100))


def dish(
    order: Order,
    item: MenuDish,
    needed: int,
    portions: int,
    over_percent: int,
    decisions: DecisionIndex,
) -> Dish:
    """The dish at `portions`; without a recipe it has no lines, and that is reported elsewhere."""
    technique = decisions.one(Technique, item.id)
    decided = _DishDecisions(
        makers=tuple(_maker(one, item, decisions) for one in item.ingredients),
        steps=tuple(_decided(item.id, item.recipe, decisions)),
        advice=(technique.text,) if technique else (),
    )
    scaled = _scaled(item, _Count(needed, over_percent, portions), decided, order.system)
    return scaled.model_copy(update={"recipe": item.recipe, "batches": step_batches(order, scaled)})


class _Count(NamedTuple):
    """How many portions of a dish are eaten, and made."""

    needed: int
    over_percent: int
    portions: int


class _DishDecisions(NamedTuple):
    """What was decided of a dish."""

    makers: tuple[str, ...]
    """who decided each line's food or measure"""
    steps: tuple[RecipeStep, ...]
    advice: tuple[str, ...]


@lru_cache(maxsize=1_024)
def _scaled(item: MenuDish, count: _Count, decided: _DishDecisions, system: str) -> Dish:
    """The dish before its batches are dealt to services: once, however often its day is sought."""
    recipe = item.recipe
    factor = Fraction(count.portions, recipe.yields.portions) if recipe else Fraction(0)
    scaled = Dish(
        id=item.id,
        name=item.name,
        course=item.course,
        service=item.service,
        needed=count.needed,
        over_percent=count.over_percent,
        portions=count.portions,
        recipe=recipe,
        recipe_from=item.recipe_from,
        factor=str(factor),
        lines=_lines(item, factor, decided.makers, system),
        served=served_mass(recipe, item.ingredients, system) if recipe else None,
        advice=decided.advice,
    )
    read = handling.reading_of(scaled, decided.steps)
    handled = scaled.model_copy(update={"handling": read.steps, "served_at": read.served_at})
    return with_loads(handled, [step.batch_portions for step in decided.steps])


def _lines(item: MenuDish, factor: Fraction, makers: Sequence[str], system: str) -> tuple[ScaledLine, ...]:
    pairs = zip(item.ingredients, makers, strict=True)
    return tuple(_line(one, by, item, factor, system) for one, by in pairs)


def _decided(dish_id: str, recipe: Recipe | None, decisions: DecisionIndex) -> list[RecipeStep]:
    """The steps of a recipe as decided."""
    steps = recipe.steps if recipe else ()
    return [decided_step(dish_id, number, step, decisions)[0] for number, step in enumerate(steps, start=1)]


def _line(one: ResolvedIngredient, by: str, item: MenuDish, factor: Fraction, system: str) -> ScaledLine:
    """A line of the recipe times `factor`, exactly."""
    assert item.recipe is not None
    line = one.line
    factor = Fraction(1) if line.fixed else factor
    return ScaledLine(
        item=line.item,
        food=one.food.name if one.food else "",
        quantity=_quantity(line, factor, system),
        state=line.state,
        preparation=line.preparation,
        mass=_grams(one.mass.grams.times(factor), system) if one.mass else None,
        source=one.mass.source if one.mass else "",
        approximate=one.mass is not None and one.mass.approximate,
        by=by,
        advice=volume_advice.advice_for(line, one.name.named, item.recipe, factor, system),
    )


def _quantity(line: Ingredient, factor: Fraction, system: str) -> Amount | None:
    """The line's own quantity times `factor`; None if it has none."""
    if line.quantity is None:
        return None
    quantity = line.quantity.times(factor)
    return Amount(quantity, spoken(quantity, line.item, line.preparation, system))


def _grams(grams: Quantity, system: str) -> Amount:
    return Amount(grams, display.amount_text(grams, system))


def _maker(one: ResolvedIngredient, item: MenuDish, decisions: DecisionIndex) -> str:
    """Who decided the line's food or measure; the kitchen if there was nothing to decide."""
    line = one.line
    if one.mass and one.mass.by == MEANT and one.meant:
        same = decisions.who(SameFood, one.meant.text)
        if same:
            return same.by
    if line.quantity:
        informal = decisions.who(InformalMeasure, line.item, line.quantity.unit)
        if informal:
            return informal.by
    return dict(item.changed_by).get(line.item, "kitchen")


def _bases_served(recipe: Recipe) -> Fraction | None:
    """Grams of the base recipes in a recipe, as they are served; None if that of one is not known."""
    bases = [part.served for part in recipe.parts if not part.within]
    weighed = [served.high for served in bases if served]
    if len(weighed) < len(bases):
        return None
    return sum(weighed, Fraction(0))


def served_mass(recipe: Recipe, ingredients: Sequence[ResolvedIngredient], system: str) -> Amount | None:
    """Served mass of one portion, g: EP mass of all lines times the cooking yield; None if a mass is not known."""
    bases = _bases_served(recipe)
    total = bases or Fraction(0)
    for one in ingredients:
        is_counted = bool(one.line.part) and bases is not None
        if one.line.quantity is None or is_counted:
            continue
        if one.mass is None:
            return None
        total += one.mass.grams.high * one.edible
    cooked = total * recipe.cook_yield_percent / 100
    return _grams(Quantity.of(cooked / recipe.yields.portions, "g"), system)
