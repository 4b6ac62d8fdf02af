"""Every ingredient line is the recipe's, times the factor: no line lost, no gram changed."""

from __future__ import annotations

from fractions import Fraction

from catering_cli.checks.compare import BLOCKING, WARNING, compare_entry, quantity_shown
from catering_cli.checks.evidence import Evidence, Findings, found, placed
from catering_cli.checks.reference.decisions import fold, meant_by, of_kind
from catering_cli.checks.reference.weights import base_unit, cited_weights, edible_share
from catering_cli.domain.decision import InformalMeasure
from catering_cli.domain.order_parts.recipe import Recipe
from catering_cli.domain.plan_parts.menu import Dish, ScaledLine
from catering_cli.domain.quantity import Quantity


def scaled(evidence: Evidence) -> Findings:
    """Line by line: the recipe's food, preparation and state, and its quantity times the factor in its own unit."""
    for path, dish in evidence.menu:
        if dish.recipe is None:
            continue
        written = dish.recipe.ingredients
        factor = Fraction(dish.portions, dish.recipe.yields.portions)
        if len(dish.lines) != len(written):
            message = f"{dish.name}: a line of the recipe is lost or stands twice"
            yield found("blocking", f"{path}.lines", message, len(dish.lines), len(written))
        for (where, line), one in zip(placed(f"{path}.lines", dish.lines), written, strict=False):
            due = {"item": one.item, "state": one.state, "preparation": one.preparation}
            times = Fraction(1) if one.fixed else factor
            quantity = one.quantity.times(times) if one.quantity else None
            yield from compare_entry(where, line, due | {"quantity.quantity": quantity}, BLOCKING)


def weighed(evidence: Evidence) -> Findings:
    """The mass of a line is its quantity by its unit, by the row of the tables that it cites, or as was decided."""
    for path, dish, line in evidence.lines:
        if line.quantity is None:
            yield from compare_entry(path, line, {"mass": None}, BLOCKING)
            continue
        other, by = meant_by(evidence, line.item)
        mass, due = line.mass.quantity if line.mass else None, _masses(evidence, line, line.item, line.food, other)
        if mass not in due and (mass or due):
            said, limit = quantity_shown(mass) if mass else "", ", ".join(map(quantity_shown, due[:4]))
            message = f"{dish.name}, {line.item}: no weight on file gives this mass"
            yield found("blocking", f"{path}.mass", message, said, limit or "no density or piece weight is cited")
        elif other and mass and mass not in _masses(evidence, line, line.item):
            yield from compare_entry(path, line, {"by": by}, WARNING)


def _masses(evidence: Evidence, line: ScaledLine, *names: str) -> list[Quantity]:
    """The masses that a line of a food of these names may have."""
    assert line.quantity is not None
    quantity, system = line.quantity.quantity, evidence.order.system
    each = cited_weights(line, tuple(filter(None, names)), system)
    due = [Quantity(quantity.low * grams, quantity.high * grams, "g") for grams in each]
    for one, _ in of_kind(evidence, InformalMeasure):
        if (fold(one.item), fold(one.measure)) == (fold(line.item), fold(quantity.unit)):
            base, size = base_unit(one.quantity.unit, system)
            decided = Quantity(quantity.low * one.quantity.low * size, quantity.high * one.quantity.high * size, "g")
            by_volume = line.mass.quantity if base != "g" and line.mass else None  # by a density that no line cites
            due.append(by_volume or decided)
    return due


def _made(recipe: Recipe) -> Fraction:
    """Grams of the base recipes that a recipe takes, as written; 0 if one of them has no known mass."""
    outer = [part.served for part in recipe.parts if not part.within]
    return sum((one.high for one in outer if one), Fraction(0)) if all(outer) else Fraction(0)


def served(evidence: Evidence) -> Findings:
    """Served mass of a portion: the EP mass of all lines, times the cooking yield, over the portions made."""
    for path, dish in evidence.menu:
        if dish.portions:
            expected = {"served.quantity.high": _served(evidence, dish)}
            yield from compare_entry(path, dish, expected, BLOCKING)


def _served(evidence: Evidence, dish: Dish) -> Fraction | None:
    """G of a portion; None if the mass of a line is not known."""
    if dish.recipe is None:
        return None
    total = made = _made(dish.recipe) * Fraction(dish.portions, dish.recipe.yields.portions)
    for line, written in zip(dish.lines, dish.recipe.ingredients, strict=False):
        if line.quantity is None or (written.part and made):
            continue
        if line.mass is None:
            return None
        total += line.mass.quantity.high * edible_share(evidence, line)
    return total * dish.recipe.cook_yield_percent / 100 / dish.portions


CHECKS = {"lines.scaled": scaled, "lines.weighed": weighed, "lines.served": served}
