"""Units, and the rows of the tables that a plan cites: the weight of a measure, the edible share.

The kitchen names the row by which it weighed or trimmed a food. Here that row is opened: it must be about the food.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cache, lru_cache
from itertools import product

from catering_cli.checks.evidence import Evidence, asked_once
from catering_cli.checks.reference.decisions import fold
from catering_cli.checks.reference.names import words
from catering_cli.data import tables
from catering_cli.domain.names import BIRD, CAN
from catering_cli.domain.plan_parts.menu import ScaledLine
from catering_cli.domain.plan_parts.shopping import NUMBERED, SUM_UNITS, ShoppingLine

Row = dict[str, str]
ONE = Fraction(1)

_GRAMS = re.compile(r"(\d+(?:\.\d+)?) g\b")


@cache
def _units() -> dict[tuple[str, str], tuple[str, Fraction]]:
    """Dimension and size of each unit that has one, by name and system."""
    rows = [row for row in tables.rows("units") if row["factor"]]
    return {(row["name"], row["system"]): (row["dimension"], Fraction(row["factor"])) for row in rows}


@lru_cache(maxsize=2048)
def unit_factor(unit: str, system: str) -> tuple[str, Fraction] | None:
    """Dimension of a canonical unit and its size in g, mL or pieces; None if the table has it not."""
    if not unit:
        return "count", ONE
    units = _units()
    for place in (system, "", "us"):
        if (unit, place) in units:
            return units[unit, place]
    return _contents(unit, system)


def _contents(unit: str, system: str) -> tuple[str, Fraction] | None:
    """What a can holds, or a bird weighs, whose unit says its size: "400 g can", "12 lb whole"."""
    number, _, size = unit.removesuffix(CAN).removesuffix(BIRD).partition(" ")
    if not unit.endswith((CAN, BIRD)) or not number.replace(".", "", 1).isdigit():
        return None
    known = unit_factor(size, system)
    return known and (known[0], known[1] * Fraction(number))


@lru_cache(maxsize=2048)
def base_unit(unit: str, system: str) -> tuple[str, Fraction]:
    """The unit in which a quantity of `unit` is added up, and how many of it one is; a bunch stays what it is."""
    dimension, size = unit_factor(unit, system) or ("", ONE)
    if dimension not in SUM_UNITS or unit.startswith(NUMBERED):
        return unit, ONE
    return SUM_UNITS[dimension], size


def cited_weights(line: ScaledLine, names: tuple[str, ...], system: str) -> Iterator[Fraction]:
    """G of one unit of a line's food by each row that its source cites; of a mass what it is; of a can also drained."""
    drained = [row for row in _cited(line.source, names) if "percent" in row]
    for grams in _weights(line, names, system):
        yield grams
        yield from (grams * Fraction(row["percent"]) / 100 for row in drained)


def _weights(line: ScaledLine, names: tuple[str, ...], system: str) -> Iterator[Fraction]:
    assert line.quantity is not None
    unit = line.quantity.quantity.unit
    dimension, size = unit_factor(unit, system) or ("count", ONE)
    if dimension == "mass":
        yield size
    for row in _cited(line.source, names):
        if "of" in row:
            yield from _of_a_piece(row, size if dimension == "count" else ONE, names)
        elif "ml" in row and dimension == "volume" and _as_prepared(row, line):
            dry = unit_factor(f"dry {unit}", system) if row["kind"] == "dry pint" else None
            yield (dry[1] if dry else size) * Fraction(row["grams"]) / Fraction(row["ml"])


def _as_prepared(row: Row, line: ScaledLine) -> bool:
    """Whether a row has the food in the state that a line says, if the table has it in that state."""
    said = {*words(line.preparation), *words(line.item)}
    told = {state for state in _states()[row["food"]] if not said.isdisjoint(words(state))}
    return line.state == "AP" or not told or row["state"] in told


@cache
def _states() -> dict[str, set[str]]:
    """The states in which the table of densities has each food."""
    states: dict[str, set[str]] = {}
    for row in tables.rows("densities"):
        states.setdefault(row["food"], set()).add(row["state"])
    return states


def _of_a_piece(row: Row, times: Fraction, names: tuple[str, ...]) -> Iterator[Fraction]:
    """G of a piece as the row weighs it, and of its edible part or of the whole that it is of."""
    grams = Fraction(row["grams"]) * times
    yield grams
    for share in _edible(names):
        yield from (grams * share, grams / share)


@lru_cache(maxsize=4096)
def _edible(names: tuple[str, ...]) -> tuple[Fraction, ...]:
    """The edible shares of a food by each row about it."""
    rows = (row for row in tables.rows("yields") if _about(row, names))
    return tuple(Fraction(row["percent"]) / 100 for row in rows)


@lru_cache(maxsize=4096)
def _cited(source: str, names: tuple[str, ...]) -> tuple[Row, ...]:
    """The rows about a food that a source cites: their own source, their number and their figure stand in it."""
    rows: list[Row] = []
    for figure in _GRAMS.findall(source):
        of_it = _by_grams().get(Fraction(figure), ())
        rows += [row for row in of_it if row["ndb_no"] in source]
    rows += tables.rows("drained")
    sourced = [row for row in rows if row["source"] in source]
    return tuple(row for row in sourced if _about(row, names))


@cache
def _by_grams() -> dict[Fraction, list[Row]]:
    """Rows that weigh a volume or a piece, by their figure as a source says it: six places."""
    rows: dict[str, list[Row]] = {}
    for table in ("densities", "pieces"):
        for row in tables.rows(table):
            if row["grams"]:
                rows.setdefault(row["grams"], []).append(row)
    found: dict[Fraction, list[Row]] = {}
    for figure, of_it in rows.items():
        found.setdefault(Fraction(f"{float(Fraction(figure)):.6g}"), []).extend(of_it)
    return found


@cache
def _kinds() -> dict[tuple[str, ...], set[str]]:
    """Kinds of the rows of densities by the words of each of their names."""
    kinds: dict[tuple[str, ...], set[str]] = {}
    for row in tables.rows("densities"):
        for name in (row["food"], *tables.parts(row["synonyms"])):
            kinds.setdefault(words(name), set()).add(row["kind"])
    return kinds


def is_liquid(item: str) -> bool | None:
    """Whether the table of densities has a food of that very name as a liquid; None if it has it not."""
    kinds = _kinds().get(words(item))
    return None if kinds is None else "liquid" in kinds


def _about(row: Row, names: Iterable[str]) -> bool:
    """Whether a row is about a food, or any food: the words of one of its names are among those of the food's names."""
    title = row.get("food") or row["item"]
    if title == "any":
        return True
    said = map(_word_set, names)
    return any(one <= other for one, other in product(_titles(title, row["synonyms"]), said))


@lru_cache(maxsize=8_192)
def _titles(title: str, synonyms: str) -> tuple[frozenset[str], ...]:
    """The words of each name of a row."""
    return tuple(map(_word_set, (title, *tables.parts(synonyms))))


@lru_cache(maxsize=8_192)
def _word_set(name: str) -> frozenset[str]:
    return frozenset(words(name))


@cache
def _trimmed() -> dict[tuple[str, ...], Row]:
    """Rows of the edible shares by the words of each of their names."""
    rows: dict[tuple[str, ...], Row] = {}
    for row in tables.rows("yields"):
        for name in (row["item"], *tables.parts(row["synonyms"])):
            rows.setdefault(words(name), row)
    return rows


def edible_percent(line: ShoppingLine) -> Fraction:
    """EP of 100 AP of what is bought: of the row that the line cites, else of the row of its very name, else 100."""
    names = (line.item, line.food, *line.names)
    sourced = (row for row in tables.rows("yields") if row["source"] == line.yield_source)
    cited = [row for row in sourced if _about(row, names)]
    own = _trimmed().get(words(line.item))
    rows = cited or ([own] if own else [])
    return min((Fraction(row["percent"]) for row in rows), default=Fraction(100))


@asked_once
def _shares(evidence: Evidence) -> dict[str, Fraction]:
    """EP of one AP by the folded name of what is bought by mass; `shopping.purchased` proves it."""
    shares: dict[str, Fraction] = {}
    for line in evidence.plan.shopping.lines:
        if line.needed.quantity.unit == "g":
            shares |= {fold(name): Fraction(line.yield_percent) / 100 for name in line.names}
    return shares


def edible_share(evidence: Evidence, line: ScaledLine) -> Fraction:
    """EP mass of one unit of mass of a menu line: less than all only of what is written as purchased."""
    own = _trimmed().get(words(line.item)) or _trimmed().get(words(line.food))
    usual = Fraction(own["percent"]) / 100 if own else ONE
    return _shares(evidence).get(fold(line.item), usual) if line.state == "AP" else ONE
