"""Diets: compatible, conflict, or cannot tell."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache
from typing import NamedTuple

from catering_cli.data.tables import rows
from catering_cli.domain.plan_parts.diets import Cell, CellState, DietCell
from catering_cli.kitchen.dietary.cell import ORDER, SAFE, DishReading
from catering_cli.kitchen.dietary.line_evidence import Line
from catering_cli.kitchen.foods import table
from catering_cli.kitchen.foods.names import tokens
from catering_cli.kitchen.foods.table import Food, Tokens


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
    """true if no list of ingredients can show it kept"""
    by_animal: bool
    """true if a compound that is surely of plants keeps it"""
    certificates: frozenset[Tokens]
    unprovable: bool
    """true for a faith or a matter of amounts: what cannot be told is asked for, and feeds"""


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
        frozenset(map(tokens, table.split(row["certificate"]))),
        row["unprovable"] == "yes",
    )


@cache
def _names() -> dict[Tokens, str]:
    """Diets by what they are called: their names, with "diet" behind them, and synonyms."""
    names: dict[Tokens, str] = {}
    for row in rows("diets"):
        diet = row["diet"]
        for name in (diet, *table.split(row["synonyms"]), f"{diet} diet"):
            names[tokens(name)] = diet
    return names


def diet(need: str) -> Diet | None:
    """The diet that `need` names ("coeliac", "plant-based"), or None."""
    name = _names().get(tokens(need))
    return diets()[name] if name else None


def cell(reading: DishReading, diet: Diet, cell_of: Callable[[str], Cell]) -> DietCell:
    """Whether a dish keeps `diet`; `cell_of` gives the dish's cell of an allergen."""
    cells = [cell_of(allergen) for allergen in diet.cells]
    broken = [*_broken(reading, diet), *_reasons(cells, {"contains"})]
    if broken:
        return DietCell(diet=diet.name, state="conflict", because=tuple(dict.fromkeys(broken)))
    doubts = [*_open_items(reading, diet), *_reasons(cells, NOT_SAFE)]
    if not diet.cells:
        doubts += reading.mentioned(diet.conflicts | diet.unsure)
    doubts += _brought_open(reading, diet)
    doubts += reading.doubts
    if diet.always_unsure:
        doubts.append("ingredients cannot show it")
    state = "cannot_tell" if doubts else "compatible"
    return DietCell(diet=diet.name, state=state, because=tuple(dict.fromkeys(doubts)))


NOT_SAFE = frozenset(ORDER) - SAFE


def _reasons(cells: Iterable[Cell], states: Collection[CellState]) -> Iterator[str]:
    """The words that decided those of the cells that are in one of `states`."""
    for one in cells:
        if one.state in states:
            yield from one.because


def _broken(reading: DishReading, diet: Diet) -> Iterator[str]:
    """Items, or places beside the lines, that break a diet by themselves or with another."""
    yield from _items_with(reading, diet.conflicts)
    if not reading.lines:
        for where, mention in reading.beside:
            if diet.conflicts & mention.facts:
                yield where
    for one, other in diet.together:
        first = _items_with(reading, frozenset({one}))
        second = _items_with(reading, frozenset({other}))
        if first and second:
            yield from (*first, *second)


def _items_with(reading: DishReading, facts: frozenset[str]) -> list[str]:
    return [line.item for line in reading.lines if facts & _facts(line)]


def _facts(line: Line) -> frozenset[str]:
    """What is certainly in a line, what its labels declare included."""
    return line.facts.union(*(label.says.facts for label in line.kin))


def _open_items(reading: DishReading, diet: Diet) -> list[str]:
    return [line.item for line in reading.lines if _is_open(line, diet)]


def _is_open(line: Line, diet: Diet) -> bool:
    """Whether a line leaves the diet open; if cells decide it, only whether it is known what the line is."""
    if not line.clear or (diet.conflicts | diet.unsure) & line.may_beside:
        return True
    if _is_certified(line, diet):
        return False
    if not line.named or diet.unsure & line.facts or diet.conflicts & (line.may | line.cleared):
        return True
    if diet.cells:
        return False
    return any(food.compound and not _is_of_plants(food, diet) for food in line.foods)


def _brought_open(reading: DishReading, diet: Diet) -> Iterator[str]:
    """What the steps alone bring in that leaves the diet open: a word that is not understood, a bought compound."""
    for one in reading.brought:
        if one.food is None or (not diet.cells and _is_doubtful(one.food, diet)):
            yield one.where


def _is_doubtful(food: Food, diet: Diet) -> bool:
    """Whether a make of a food may break a diet."""
    told = food.may_contain | food.facts
    return bool(told & (diet.conflicts | diet.unsure)) or (food.compound and not _is_of_plants(food, diet))


def _is_certified(line: Line, diet: Diet) -> bool:
    """Whether each label of the line carries a certificate of the diet."""
    return bool(line.labels) and all(label.certified & diet.certificates for label in line.labels)


def _is_of_plants(food: Food, diet: Diet) -> bool:
    """Whether a compound keeps a diet that asks for the animal, because it surely has none."""
    return diet.by_animal and "none" in food.animal
