"""Exact scaling: every line times portions over yield; batches, never minutes or degrees, for the volume."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction

from catering_cli.domain.decision import InformalMeasure, Technique
from catering_cli.domain.menu import Dish, ScaledLine
from catering_cli.domain.order import Order
from catering_cli.domain.quantity import Amount, Quantity
from catering_cli.domain.recipe import Ingredient, Recipe
from catering_cli.kitchen import advice, convert, foods, words, work
from catering_cli.kitchen.judged import Judged
from catering_cli.kitchen.menu import MenuDish

Measures = Mapping[tuple[str, str], Quantity]


def made(needed: int, over_percent: int) -> int:
    """Portions to make: the need and its overage, applied once, rounded up to whole portions."""
    return math.ceil(Fraction(needed * (100 + over_percent), 100))


def dish(order: Order, item: MenuDish, needed: int, portions: int, over_percent: int, judged: Judged) -> Dish:
    """The dish at `portions`; without a recipe it has no lines, and that is reported elsewhere."""
    recipe = item.recipe
    factor = Fraction(portions, recipe.yields.portions) if recipe else Fraction(0)
    technique = judged.one(Technique, item.id)
    scaled = Dish(
        id=item.id,
        name=item.name,
        course=item.course,
        service=item.service,
        needed=needed,
        over_percent=over_percent,
        portions=portions,
        recipe=recipe,
        recipe_from=item.recipe_from,
        factor=str(factor),
        lines=lines(recipe, factor, order, judged, item) if recipe else (),
        served=served(recipe, order, judged) if recipe else None,
        advice=(technique.text,) if technique else (),
    )
    return scaled.model_copy(update={"batches": work.step_batches(order, scaled)})


def measures(judged: Judged) -> dict[tuple[str, str], Quantity]:
    """Informal measures that somebody decided, by (item, measure), case aside."""
    return {
        (decision.item.strip().casefold(), decision.measure.strip().casefold()): decision.quantity
        for decision, _ in judged.all(InformalMeasure)
    }


def lines(
    recipe: Recipe, factor: Fraction, order: Order, judged: Judged, item: MenuDish | None = None
) -> tuple[ScaledLine, ...]:
    """The recipe's lines times `factor`, exactly."""
    changed = dict(item.changed_by) if item else {}
    decided = measures(judged)
    made = (_line(line, factor, order, judged, decided, changed) for line in recipe.ingredients)
    told = (advice.beside(line, recipe, factor, order.system) for line in recipe.ingredients)
    return tuple(
        line.model_copy(update={"advice": text}) if text else line for line, text in zip(made, told, strict=True)
    )


def _line(
    line: Ingredient,
    factor: Fraction,
    order: Order,
    judged: Judged,
    decided: Measures,
    changed: Mapping[str, str],
) -> ScaledLine:
    food = foods.identify(judged.same_food().get(line.item.strip().casefold(), line.item))
    quantity = line.quantity.times(factor) if line.quantity else None
    mass = _mass(quantity, line, order.system, decided) if quantity else None
    by = changed.get(line.item, "kitchen")
    if quantity and (informal := judged.who(InformalMeasure, line.item, quantity.unit)):
        by = informal.by
    return ScaledLine(
        item=line.item,
        food=food.name if food else "",
        quantity=Amount(quantity, words.kitchen(quantity, order.system, line.item, line.preparation))
        if quantity
        else None,
        state=line.state,
        preparation=line.preparation,
        mass=Amount(mass.grams, words.kitchen(mass.grams, order.system)) if mass else None,
        source=mass.source if mass else "",
        approximate=bool(mass and mass.approximate),
        by=by,
    )


def _mass(quantity: Quantity, line: Ingredient, system: str, decided: Measures) -> convert.Mass | None:
    """What so much of the line's food weighs in the state in which the line weighs it."""
    return convert.to_mass(quantity, line.item, line.preparation, system, decided, state=line.state)


def served(recipe: Recipe, order: Order, judged: Judged) -> Amount | None:
    """Served mass of one portion, g: EP mass of all lines times the cooking yield; None where a mass is not known."""
    decided = measures(judged)
    total = Fraction(0)
    for line in recipe.ingredients:
        if line.quantity is None:
            continue
        mass = _mass(line.quantity, line, order.system, decided)
        if mass is None:
            return None
        total += mass.grams.high * edible_factor(line)
    grams = Quantity.of(total * recipe.cook_yield_percent / 100 / recipe.yields.portions, "g")
    return Amount(grams, words.kitchen(grams, order.system))


def edible_factor(line: Ingredient | ScaledLine) -> Fraction:
    """EP mass of one unit of mass in the line's own state: 1 for EP, the edible share for AP."""
    return convert.edible_share(line.item).percent / 100 if line.state == "AP" else Fraction(1)
