"""Which row of the tables a mass is from, and whether it is rough: judged again by the words of the line."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from catering_cli.checks.evidence import Evidence, Findings, found
from catering_cli.checks.menu.lines import cites
from catering_cli.checks.reference.names import words
from catering_cli.checks.reference.weights import CUT, filling, rows_of, unit_factor
from catering_cli.data import tables
from catering_cli.domain.finding import Finding
from catering_cli.domain.menu import ScaledLine

UNCHECKED = "[K]"
"""Mark of a figure that nobody checked."""

DOZENS = ("dozen", "half dozen", "pair", "gross")
"""Counts of pieces that a table of single pieces weighs."""

Row = dict[str, str]


@cache
def _rough_units() -> frozenset[str]:
    return frozenset(row["name"] for row in tables.rows("units") if row["approximate"])


def rough(evidence: Evidence) -> Findings:
    """A mass is from the row for how the food was cut, and says that it is rough where that row, or its unit, is."""
    for ident, dish in evidence.dishes.items():
        for index, line in enumerate(dish.lines):
            if line.mass is not None and line.quantity is not None and line.by == "kitchen":
                path = f"{evidence.dish_path(ident)}.lines[{index}]"
                yield from _line(evidence, dish.name, line, path)


def _line(evidence: Evidence, dish: str, line: ScaledLine, path: str) -> Iterator[Finding]:
    assert line.quantity is not None
    unit = line.quantity.quantity.unit
    known = unit_factor(unit, evidence.order.system)
    kind = known[0] if known else "measure"
    due: set[bool] = set()
    if kind == "mass":
        due = {unit in _rough_units()}
    elif kind == "volume":
        rows = _cited("densities", line)
        due = {one for row in rows for one in _by_volume(row, line, unit)}
        if rows and not any(_for_cut(row, line) for row in rows):
            message = f"{dish}, {line.item}: weighed as another cut than the line's"
            yield found("warning", f"{path}.source", message, line.source, line.preparation)
    else:
        due = {_by_piece(row, line, unit) for row in _cited("pieces", line)}
    if due and line.approximate not in due:
        message = f"{dish}, {line.item}: rough where nothing is, or the other way round"
        yield found("warning", f"{path}.approximate", message, line.approximate)


def _cited(name: str, line: ScaledLine) -> list[Row]:
    """The rows of a table that the line names as its source."""
    foods = (line.item, line.food, f"canned {line.item}", f"{line.preparation} {line.item}")
    rows = [row for food in foods for row in rows_of(name, food)]
    return [row for i, row in enumerate(rows) if cites(line.source, row) and row not in rows[:i]]


def _wanted(line: ScaledLine) -> list[str]:
    """How the food was cut or filled, by the line's words."""
    how = line.preparation if line.state != "AP" else filling(line.preparation)
    return [CUT[word] for word in words(f"{how} {line.item}") if word in CUT]


def _by_volume(row: Row, line: ScaledLine, unit: str) -> Iterator[bool]:
    states, wanted = row["state"].split("|"), _wanted(line)
    exact = bool(set(wanted) & set(states)) or "" in states
    yield UNCHECKED in row["source"] or unit in _rough_units() or not exact
    if "loose" in wanted:
        yield True


def _for_cut(row: Row, line: ScaledLine) -> bool:
    """Whether a row is for the line's cut: of a cut that the table has that row, of none the one that names none."""
    states, wanted = set(row["state"].split("|")), _wanted(line)
    every = {state for one in _all(line, row) for state in one["state"].split("|")}
    if wanted and wanted[0] in every:
        return bool(states & set(wanted))
    return bool(wanted) or "" in states or "" not in every


def _all(line: ScaledLine, row: Row) -> list[Row]:
    return [one for food in (line.item, line.food) for one in rows_of("densities", food) if one["food"] == row["food"]]


def _by_piece(row: Row, line: ScaledLine, unit: str) -> bool:
    measure = "" if not unit or unit in DOZENS else unit
    whole = line.source.rstrip().endswith("each") or line.source.rstrip().endswith(f"g a {measure}")
    return bool(row["approximate"]) or not whole or (bool(measure) and line.source.rstrip().endswith("each"))


CHECKS = {"lines.rough": rough}
