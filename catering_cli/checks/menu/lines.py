"""Every ingredient line is the recipe's, times the factor: no line lost, no gram changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from catering_cli.checks.compare import BLOCKING, compare_entry
from catering_cli.checks.evidence import Evidence, Findings, asked_once, found, placed
from catering_cli.checks.reference.decisions import fold, meant_by, of_kind
from catering_cli.checks.reference.numbers import shown
from catering_cli.checks.reference.weights import Measures, Possible, edible_percent, possible_masses, rows_of
from catering_cli.domain.decision import InformalMeasure
from catering_cli.domain.finding import Finding
from catering_cli.domain.menu import Dish, ScaledLine
from catering_cli.domain.names import CAN
from catering_cli.domain.recipe import Recipe


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
            quantity = one.quantity.times(1 if one.fixed else factor) if one.quantity else None
            yield from compare_entry(where, line, due | {"quantity.quantity": quantity}, BLOCKING)


@asked_once
def _measures(evidence: Evidence) -> Measures:
    """Quantities that were decided for informal measures."""
    decided = of_kind(evidence, InformalMeasure)
    return {(fold(one.item), fold(one.measure)): one.quantity for one, _ in decided}


def _possible(evidence: Evidence, line: ScaledLine, *foods: str) -> Possible:
    assert line.quantity is not None
    known = tuple(dict.fromkeys(filter(None, (line.item, *foods))))
    return possible_masses(line.quantity.quantity, line, evidence.order.system, _measures(evidence), known)


def weighed(evidence: Evidence) -> Findings:
    """The mass of a line is its quantity by a unit, a density or a piece weight of the tables, or a decided measure."""
    for path, dish, line in evidence.lines:
        if line.quantity is not None:
            yield from _mass(evidence, dish, line, path)
        elif line.mass is not None:
            yield found("blocking", f"{path}.mass", f"{line.item}: a mass without an amount", shown(line.mass.quantity))


def _mass(evidence: Evidence, dish: Dish, line: ScaledLine, path: str) -> Iterator[Finding]:
    other, by = meant_by(evidence, line.item)
    possible = _possible(evidence, line, line.food, other)
    if line.mass is None:
        if possible.certain:
            yield found("warning", f"{path}.mass", f"{dish.name}, {line.item}: the mass is known but not given")
        return
    mass = line.mass.quantity
    if mass not in possible.all():
        limit = ", ".join(map(shown, possible.all()[:4])) or "no density or piece weight is known"
        message = f"{dish.name}, {line.item}: no weight on file gives this mass"
        yield found("blocking", f"{path}.mass", message, shown(mass), limit)
    elif other and line.by != by and mass not in _possible(evidence, line).all():
        message = f"{dish.name}: {line.item} is weighed as {other}, which {by} decided"
        yield found("warning", f"{path}.by", message, line.by, by)


def sources(evidence: Evidence) -> Findings:
    """A mass that was not written names the row it is from, one about that food; a rough one says so."""
    for path, dish, line in evidence.lines:
        if line.mass is None or line.quantity is None or line.by != "kitchen":
            continue
        written, unchecked = _possible(evidence, line).certain, "[K]" in line.source
        if not _sourced(line, written=written):
            message = f"{dish.name}, {line.item}: the source is the row of the table that weighs it"
            yield found("warning", f"{path}.source", message, line.source)
        if line.approximate != unchecked and (written or unchecked):
            message = f"{dish.name}, {line.item}: an unchecked figure is approximate, a weighed one is not"
            yield found("warning", f"{path}.approximate", message, line.approximate, unchecked)


def _sourced(line: ScaledLine, *, written: bool) -> bool:
    """Whether a line names a row that weighs it; a written mass needs none, but for cans that are drained."""
    drained = line.quantity is not None and line.quantity.quantity.unit.endswith(CAN) and "drained" in line.source
    if written:
        return drained or not line.source
    return any(cites(line.source, row) for row in _rows(line))


def _rows(line: ScaledLine) -> list[dict[str, str]]:
    """Rows of the tables that weigh a line's food."""
    rows: list[dict[str, str]] = []
    for food in {line.item, line.food}:
        rows += [*rows_of("densities", food), *rows_of("pieces", food)]
    return rows


def cites(source: str, row: dict[str, str]) -> bool:
    """Whether the source of a mass names a row of a table, with its figure."""
    said = " ".join(source.split())
    described = " ".join(row.get("usda_desc", "").split())
    wanted = (row["source"], row["ndb_no"], f"{row['grams']} g", described)
    return all(part in said for part in wanted) and not re.search(r"\ba$|  ", source.rstrip())


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
        total += line.mass.quantity.high * _edible(evidence, line)
    return total * dish.recipe.cook_yield_percent / 100 / dish.portions


def _edible(evidence: Evidence, line: ScaledLine) -> Fraction:
    other, _ = meant_by(evidence, line.item)
    return edible_percent(line.item, other) / 100 if line.state == "AP" else Fraction(1)


CHECKS = {"lines.scaled": scaled, "lines.weighed": weighed, "lines.sources": sources, "lines.served": served}
