"""Why a cell of the matrix is what it is: it names what decided, and only that."""

from __future__ import annotations

from catering_cli.checks.evidence import Evidence, Findings, asked_once, found, placed
from catering_cli.checks.reference.cells import DANGER, SAFE, Ingredient, danger_of, diet_level, ingredients, plainly
from catering_cli.checks.reference.contact import touching
from catering_cli.checks.reference.decisions import fold, unknown
from catering_cli.checks.reference.foods import RANKS, label_rank
from catering_cli.checks.reference.names import words
from catering_cli.checks.reference.needs import canonical, diet_row
from catering_cli.data import tables
from catering_cli.domain.diets import Cell, DietCell
from catering_cli.domain.menu import Dish


def because(evidence: Evidence) -> Findings:
    """An ingredient that is named has the danger of its cell, and a dish that is named shares what is named with it."""
    for path, row, dish in evidence.matrix:
        named = {one.item: one for one in ingredients(evidence, dish)}
        for where, cell in placed(f"{path}.cells", row.cells):
            wrong = [said for said in cell.because if not _decides(evidence, dish, cell, said, named)]
            if wrong or not (cell.because or cell.state == "none_found"):
                message = f"{dish.name}: {', '.join(wrong) or 'nothing'} does not make {cell.allergen} {cell.state}"
                yield found("warning", f"{where}.because", message, cell.state)


def of_diets(evidence: Evidence) -> Findings:
    """An ingredient that is named leaves the diet open, or breaks it."""
    for path, row, dish in evidence.matrix:
        for where, cell in placed(f"{path}.diets", row.diets):
            named = [one for one in ingredients(evidence, dish) if one.item in cell.because]
            known = [one for one in named if _clear(evidence, dish, one.item)]
            wrong = [one.item for one in known if not _breaks(evidence, cell, one)]
            if wrong:
                message = f"{dish.name}: {', '.join(wrong)} leaves {cell.diet} as it is"
                yield found("warning", f"{where}.because", message, cell.state)


def _decides(evidence: Evidence, dish: Dish, cell: Cell, said: str, named: dict[str, Ingredient]) -> bool:
    """Whether a reason is one: an ingredient of that danger, or what is shared with the dish that it names."""
    things, shared, name = said.partition(" shared with ")
    if shared:
        others = [other for other in evidence.dishes.values() if other.name == name]
        return any(_shared(evidence, dish, other) == things for other in others)
    if said not in named or not _clear(evidence, dish, said):
        return True
    bare = cell.state == "none_found" and label_rank(said) >= RANKS["meat"]
    return not bare and danger_of(evidence, named[said], canonical(cell.allergen)) == DANGER[cell.state]


@asked_once
def _clear(evidence: Evidence, dish: Dish, item: str) -> bool:
    """Whether the one line of a recognized ingredient speaks of no other: not "water, taken up by the noodles"."""
    lines = [line for line in dish.recipe.ingredients if line.item == item] if dish.recipe else []
    others = {word for line in dish.lines if line.item != item for word in words(line.item)}
    beside = words(" ".join(line.preparation for line in lines))
    alone = len(lines) == 1 and others.isdisjoint(beside)
    return alone and plainly(dish, item) and fold(item) not in unknown(evidence)


def _shared(evidence: Evidence, dish: Dish, other: Dish) -> str:
    """What two dishes share; by way of a third dish it may be other equipment."""
    things = touching(evidence, dish) & touching(evidence, other)
    return ", ".join(sorted(thing.replace("_", " ") for thing in things)) or "equipment"


def _breaks(evidence: Evidence, cell: DietCell, one: Ingredient) -> bool:
    """Whether an ingredient leaves a diet open or breaks it: alone, with another, or by an allergen of the diet."""
    row = diet_row(cell.diet)
    if row is None or any(diet_level(food.name, cell.diet) for food in one.foods):
        return True
    together = row["together"].replace("|", "+").split("+")
    unsafe = any(danger_of(evidence, one, allergen) > SAFE for allergen in tables.parts(row["cells"]))
    return unsafe or not one.sure.isdisjoint(together)


CHECKS = {"diets.because": because, "diets.reasons": of_diets}
