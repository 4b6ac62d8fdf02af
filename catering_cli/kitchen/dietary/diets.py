"""Diets: compatible, conflict, or cannot tell."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from catering_cli.data.tables import rows
from catering_cli.domain.diets import Cell, DietCell
from catering_cli.kitchen.dietary.cell import SAFE, Reading
from catering_cli.kitchen.dietary.line_evidence import Line
from catering_cli.kitchen.foods import table
from catering_cli.kitchen.foods.names import tokens
from catering_cli.kitchen.foods.table import Tokens


class Diet(NamedTuple):
    """A row of the table of diets."""

    name: str
    cells: tuple[str, ...]
    """allergens whose cells decide it"""
    conflicts: frozenset[str]
    """facts of a food that break it"""
    unsure: frozenset[str]
    """facts that leave it open"""
    together: tuple[tuple[str, str], ...]
    """facts that break it when both are in the dish"""
    always_unsure: bool
    """true where no list of ingredients can show it kept"""
    by_animal: bool
    """true where a compound that is surely of plants keeps it"""
    certificates: frozenset[Tokens]


@cache
def diets() -> dict[str, Diet]:
    """All diets by name."""
    return {row["diet"]: _diet(row) for row in rows("diets")}


def _diet(row: dict[str, str]) -> Diet:
    pairs = [pair.split("+") for pair in table.split(row["together"])]
    return Diet(
        row["diet"],
        table.split(row["cells"]),
        frozenset(table.split(row["conflicts"])),
        frozenset(table.split(row["unsure"])),
        tuple((one, other) for one, other in pairs),
        row["always_unsure"] == "yes",
        row["by_animal"] == "yes",
        frozenset(tokens(word) for word in table.split(row["certificate"])),
    )


@cache
def _names() -> dict[Tokens, str]:
    return {
        tokens(name): row["diet"]
        for row in rows("diets")
        for name in (row["diet"], *table.split(row["synonyms"]), f"{row['diet']} diet")
    }


def diet(need: str) -> Diet | None:
    """The diet that `need` names ("coeliac", "plant-based"), or None."""
    name = _names().get(tokens(need))
    return diets()[name] if name else None


def cell(reading: Reading, diet: Diet, cell_of: Callable[[str], Cell]) -> DietCell:
    """Whether a dish keeps `diet`; `cell_of` gives the dish's cell of an allergen."""
    broken = _broken(reading, diet)
    cells = [cell_of(allergen) for allergen in diet.cells]
    broken += [word for one in cells if one.state == "contains" for word in one.because]
    if broken:
        return DietCell(diet=diet.name, state="conflict", because=tuple(dict.fromkeys(broken)))
    open_ = [line.item for line in reading.lines if _open(line, diet)]
    open_ += [word for one in cells if one.state not in SAFE for word in one.because]
    if not diet.cells:
        open_ += [
            f"{where}: {' '.join(mention.words)}"
            for where, mention in reading.beside
            if (diet.conflicts | diet.unsure) & mention.facts
        ]
    open_ += [reading.doubt] if reading.doubt else []
    open_ += ["ingredients cannot show it"] if diet.always_unsure else []
    state = "cannot_tell" if open_ else "compatible"
    return DietCell(diet=diet.name, state=state, because=tuple(dict.fromkeys(open_)))


def _broken(reading: Reading, diet: Diet) -> list[str]:
    found = [line.item for line in reading.lines if diet.conflicts & _facts(line)]
    if not reading.lines:
        found += [where for where, mention in reading.beside if diet.conflicts & mention.facts]
    for one, other in diet.together:
        first = [line.item for line in reading.lines if one in _facts(line)]
        second = [line.item for line in reading.lines if other in _facts(line)]
        if first and second:
            found += [*first, *second]
    return found


def _facts(line: Line) -> frozenset[str]:
    """What is certainly in a line, what its labels declare included."""
    return line.facts.union(*(label.says.facts for label in line.kin))


def _open(line: Line, diet: Diet) -> bool:
    """Whether a line leaves the diet open; where cells decide it, only whether it is known what the line is."""
    certified = bool(line.labels) and all(label.certified & diet.certificates for label in line.labels)
    if not line.clear or (diet.conflicts | diet.unsure) & line.may_beside:
        return True
    if certified:
        return False
    if not line.named or diet.unsure & line.facts or diet.conflicts & line.may:
        return True
    return not diet.cells and any(
        food.compound and not (diet.by_animal and "none" in food.animal) for food in line.foods
    )
