"""Every ingredient line is the recipe's, times the factor: no line lost, no gram changed."""

from __future__ import annotations

import re
from fractions import Fraction

from catering_cli.checks.evidence import Evidence, Findings, found
from catering_cli.checks.reference.decisions import fold, meant, of_kind
from catering_cli.checks.reference.numbers import number_text, shown
from catering_cli.checks.reference.weights import edible_percent, possible_masses, rows_of, unit_factor
from catering_cli.domain.decision import InformalMeasure
from catering_cli.domain.menu import Dish, ScaledLine
from catering_cli.domain.quantity import Quantity
from catering_cli.domain.recipe import Ingredient
from catering_cli.domain.shopping import CAN


def scaled(evidence: Evidence) -> Findings:
    """Line by line: the recipe's food, preparation and state, and its quantity times the factor in its own unit."""
    for dish_id, dish in evidence.dishes.items():
        if dish.recipe is None:
            continue
        path = f"{evidence.dish_path(dish_id)}.lines"
        factor = Fraction(dish.portions, dish.recipe.yields.portions)
        if len(dish.lines) != len(dish.recipe.ingredients):
            message = f"{dish.name}: a line of the recipe is lost or stands twice"
            yield found("blocking", path, message, len(dish.lines), len(dish.recipe.ingredients))
        for index, (line, written) in enumerate(zip(dish.lines, dish.recipe.ingredients, strict=False)):
            yield from _line(line, written, factor, f"{path}[{index}]")


def _line(line: ScaledLine, written: Ingredient, factor: Fraction, path: str) -> Findings:
    for field in ("item", "state", "preparation"):
        said, due = getattr(line, field), getattr(written, field)
        if said != due:
            yield found("blocking", f"{path}.{field}", f"the recipe says {due!r}", said, due)
    said_quantity = line.quantity.quantity if line.quantity else None
    due_quantity = written.quantity
    if (said_quantity is None) != (due_quantity is None):
        yield found("blocking", f"{path}.quantity", f"{line.item}: an amount where there is none, or none where one is")
    elif said_quantity is not None and due_quantity is not None:
        factor = Fraction(1) if written.fixed else factor
        due = Quantity(due_quantity.low * factor, due_quantity.high * factor, due_quantity.unit)
        if said_quantity != due:
            message = f"{line.item}: not the recipe's amount times {factor}"
            yield found("blocking", f"{path}.quantity", message, shown(said_quantity), shown(due))


def weighed(evidence: Evidence) -> Findings:
    """The mass of a line is its quantity by a unit, a density or a piece weight of the tables, or a decided measure."""
    measures = {(one.item.strip().casefold(), one.measure.strip().casefold()): one.quantity
                for one, _ in of_kind(evidence, InformalMeasure)}  # fmt: skip
    for dish_id, dish in evidence.dishes.items():
        path = f"{evidence.dish_path(dish_id)}.lines"
        for index, line in enumerate(dish.lines):
            yield from _mass(evidence, dish, line, f"{path}[{index}].mass", measures)


def _mass(
    evidence: Evidence, dish: Dish, line: ScaledLine, path: str, measures: dict[tuple[str, str], Quantity]
) -> Findings:
    quantity = line.quantity.quantity if line.quantity else None
    if quantity is None:
        if line.mass is not None:
            yield found("blocking", path, f"{line.item}: a mass without an amount", shown(line.mass.quantity))
        return
    other, by = meant(evidence).get(fold(line.item), ("", ""))
    written = possible_masses(
        quantity, line, evidence.order.system, measures, _names(line.item, "" if other else line.food)
    )
    possible = possible_masses(quantity, line, evidence.order.system, measures, _names(line.item, line.food, other))
    if line.mass is None:
        if possible.certain is not None:
            message = f"{dish.name}, {line.item}: the mass is known but not given"
            yield found("warning", path, message, "", shown(possible.certain))
        return
    mass = line.mass.quantity
    if mass.unit != "g":
        yield found("blocking", path, f"{line.item}: a mass is in g", mass.unit, "g")
    elif not possible.allows(mass):
        message = f"{dish.name}, {line.item}: no weight on file gives this mass"
        limit = ", ".join(shown(one) for one in possible.all()[:4]) or "no density or piece weight is known"
        yield found("blocking", path, message, shown(mass), limit)
    elif other and line.by != by and not written.allows(mass):
        message = f"{dish.name}: {line.item} is weighed as {other}, which {by} decided"
        yield found("warning", f"{path.removesuffix('mass')}by", message, line.by, by)


def _names(*names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))


def sources(evidence: Evidence) -> Findings:
    """A mass that was not written names the row it is from, one about that food; a rough one says so."""
    for dish_id, dish in evidence.dishes.items():
        for index, line in enumerate(dish.lines):
            path = f"{evidence.dish_path(dish_id)}.lines[{index}]"
            if line.mass is None or line.quantity is None or line.by != "kitchen":
                continue
            known = unit_factor(line.quantity.quantity.unit, evidence.order.system)
            if known is not None and known[0] == "mass":
                is_drained = line.quantity.quantity.unit.endswith(CAN) and "drained" in line.source
                if line.source and not is_drained:
                    yield found("warning", f"{path}.source", f"{line.item} is weighed, not reckoned", line.source)
                continue
            rows = [
                row
                for name in ("densities", "pieces")
                for food in {line.item, line.food}
                for row in rows_of(name, food)
            ]
            if not any(cites(line.source, row) for row in rows):
                message = f"{dish.name}, {line.item}: no row of the tables is named"
                yield found("warning", f"{path}.source", message, line.source)
            if "[K]" in line.source and not line.approximate:
                message = f"{dish.name}, {line.item}: an unchecked figure is approximate"
                yield found("warning", f"{path}.approximate", message, line.approximate, "true")


def cites(source: str, row: dict[str, str]) -> bool:
    """Whether the source of a mass names a row of a table, with its figure."""
    said = " ".join(source.split())
    wanted = [row["source"], row["ndb_no"], f"{row['grams']} g", " ".join(row.get("usda_desc", "").split())]
    return all(part in said for part in wanted if part) and not re.search(r"\ba$|  ", source.rstrip())


def served(evidence: Evidence) -> Findings:
    """Served mass of a portion: the EP mass of all lines, times the cooking yield, over the portions made."""
    for dish_id, dish in evidence.dishes.items():
        path = f"{evidence.dish_path(dish_id)}.served"
        weights = [line for line in dish.lines if line.quantity is not None]
        known = dish.recipe is not None and bool(dish.portions) and all(line.mass is not None for line in weights)
        if not known or dish.recipe is None:
            if dish.served is not None and dish.portions:
                yield found(
                    "blocking", path, f"{dish.name}: a mass without weights on file", shown(dish.served.quantity)
                )
            continue
        masses = (line.mass.quantity.high * _edible(evidence, line) for line in weights if line.mass)
        total = sum(masses, Fraction(0))
        due = total * dish.recipe.cook_yield_percent / 100 / dish.portions
        said = dish.served.quantity.high if dish.served is not None else None
        if said != due:
            message = f"{dish.name}: not the mass of its lines over its portions"
            yield found(
                "blocking", path, message, number_text(said) if said is not None else "", f"{number_text(due)} g"
            )


def _edible(evidence: Evidence, line: ScaledLine) -> Fraction:
    other, _ = meant(evidence).get(fold(line.item), ("", ""))
    return edible_percent(line.item, other) / 100 if line.state == "AP" else Fraction(1)


CHECKS = {"lines.scaled": scaled, "lines.weighed": weighed, "lines.sources": sources, "lines.served": served}
