"""Exact scaling: every line times portions over yield; batches, never minutes or degrees, for the volume."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from catering_cli.domain.decision import InformalMeasure, SameFood, Technique
from catering_cli.domain.menu import Dish, ScaledLine
from catering_cli.domain.order import Order
from catering_cli.domain.quantity import Amount, Quantity
from catering_cli.domain.recipe import Ingredient, Recipe
from catering_cli.kitchen.foods import identify, phrases
from catering_cli.kitchen.foods.mass import Mass, spoken, to_mass
from catering_cli.kitchen.foods.weights import edible_share
from catering_cli.kitchen.menu.decisions import Judged
from catering_cli.kitchen.menu.dishes import MenuDish
from catering_cli.kitchen.quantities import display
from catering_cli.kitchen.recipes import volume_advice
from catering_cli.kitchen.serving.step_batches import step_batches

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
    return scaled.model_copy(update={"batches": step_batches(order, scaled)})


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
    told = (volume_advice.beside(line, recipe, factor, order.system) for line in recipe.ingredients)
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
    meant = judged.same_food().get(line.item.strip().casefold(), "")
    food = identify.identify(meant or line.item) or next(iter(phrases.several(meant or line.item)), None)
    quantity = line.quantity.times(factor) if line.quantity else None
    mass = _mass(quantity, line, order.system, decided, meant) if quantity else None
    by = changed.get(line.item, "kitchen")
    if mass and mass.by == MEANT and (same := judged.who(SameFood, meant)):
        by = same.by
    elif quantity and (informal := judged.who(InformalMeasure, line.item, quantity.unit)):
        by = informal.by
    return ScaledLine(
        item=line.item,
        food=food.name if food else "",
        quantity=Amount(quantity, spoken(quantity, line.item, line.preparation, order.system)) if quantity else None,
        state=line.state,
        preparation=line.preparation,
        mass=Amount(mass.grams, display.kitchen(mass.grams, order.system)) if mass else None,
        source=mass.source if mass else "",
        approximate=bool(mass and mass.approximate),
        by=by,
    )


MEANT = "same_food"
"""`Mass.by` where no table has the name as written, and the food that somebody decided it is was weighed."""


def _mass(quantity: Quantity, line: Ingredient, system: str, decided: Measures, meant: str) -> Mass | None:
    """What so much of the line's food weighs in the state in which the line weighs it.

    As it is written, which may be a kind of its own; else as the food that somebody decided it is, if any (`meant`).
    A measure that was decided for the written name is not overruled by a table's row about the other.
    """
    mass = to_mass(quantity, line.item, line.preparation, system, decided, state=line.state)
    if mass or not meant or (line.item.strip().casefold(), quantity.unit.casefold()) in decided:
        return mass
    other = to_mass(quantity, meant, line.preparation, system, decided, state=line.state)
    return other and replace(other, source=f"decided: {line.item} is {meant}; {other.source}", by=MEANT)


def served(recipe: Recipe, order: Order, judged: Judged) -> Amount | None:
    """Served mass of one portion, g: EP mass of all lines times the cooking yield; None where a mass is not known."""
    decided, same_food = measures(judged), judged.same_food()
    total = Fraction(0)
    for line in recipe.ingredients:
        if line.quantity is None:
            continue
        meant = same_food.get(line.item.strip().casefold(), "")
        mass = _mass(line.quantity, line, order.system, decided, meant)
        if mass is None:
            return None
        total += mass.grams.high * edible_factor(line, meant)
    grams = Quantity.of(total * recipe.cook_yield_percent / 100 / recipe.yields.portions, "g")
    return Amount(grams, display.kitchen(grams, order.system))


def edible_factor(line: Ingredient | ScaledLine, meant: str = "") -> Fraction:
    """EP mass of one unit of mass in the line's own state: 1 for EP, the edible share for AP.

    `meant` is the food that somebody decided it is: its share counts where no table has the name as written.
    """
    if line.state != "AP":
        return Fraction(1)
    share = edible_share(line.item)
    return (edible_share(meant) if meant and not share.source else share).percent / 100
