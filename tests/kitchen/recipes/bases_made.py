"""A base recipe is made once, in full: as much of each food as all dishes that take it hold of it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from catering_cli.checks.compare import BLOCKING, compare_entry
from catering_cli.checks.evidence import Evidence, Findings, found, placed
from catering_cli.domain.plan_parts.menu import Dish, ScaledLine

Foods = dict[tuple[str, str, str, str], Fraction]
"""How much there is of each food, by its name, preparation, state and unit."""


def made(evidence: Evidence) -> Findings:
    """Each base that a dish takes is in the plan once, for the portions of all such dishes, and nothing else is."""
    due = _due(evidence)
    said = [base.name for base in evidence.plan.bases]
    for name in sorted(due.keys() ^ set(said)):
        yield found("blocking", "plan.bases", f"{name}: not among what is made, or in no dish", name)
    if len(said) != len(set(said)):
        yield found("blocking", "plan.bases", "a base recipe stands twice", ", ".join(said))
    for path, base in placed("plan.bases", evidence.plan.bases):
        if base.name in due:
            portions = sum(dish.portions for dish in due[base.name])
            expected = {"portions": portions, "recipe.yields.portions": portions, "factor": "1"}
            yield from compare_entry(path, base, expected, BLOCKING)
            if _foods(base.lines) != _taken(base.name, due[base.name]):
                message = f"{base.name}: not as much as the dishes take of it"
                yield found("blocking", f"{path}.lines", message, len(base.lines))


def _due(evidence: Evidence) -> dict[str, list[Dish]]:
    """The dishes that take each base, by its name."""
    due: dict[str, list[Dish]] = {}
    for dish in evidence.dishes.values():
        parts = dish.recipe.parts if dish.recipe and dish.portions else ()
        for name in dict.fromkeys(part.name for part in parts):
            due.setdefault(name, []).append(dish)
    return due


def _taken(name: str, dishes: list[Dish]) -> Foods:
    lines: list[ScaledLine] = []
    for dish in dishes:
        lines += _of_base(name, dish)
    total = _foods(lines)
    for dish in dishes:
        for part in dish.recipe.parts if dish.recipe else ():
            if part.within == name:
                key = (part.name, "", "EP", part.quantity.unit if part.quantity else "")
                taken = part.quantity.high * Fraction(dish.factor) if part.quantity else Fraction(0)
                total[key] = total.get(key, Fraction(0)) + taken
    return total


def _of_base(name: str, dish: Dish) -> Iterator[ScaledLine]:
    written = dish.recipe.ingredients if dish.recipe else ()
    return (line for line, one in zip(dish.lines, written, strict=False) if one.part == name)


def _foods(lines: tuple[ScaledLine, ...] | list[ScaledLine]) -> Foods:
    total: Foods = {}
    for line in lines:
        unit = line.quantity.quantity.unit if line.quantity else ""
        key = (line.item, line.preparation, line.state, unit)
        total[key] = total.get(key, Fraction(0)) + (line.quantity.quantity.high if line.quantity else 0)
    return total
