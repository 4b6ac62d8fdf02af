"""The diet columns, derived again: compatible only if every ingredient is known and none conflicts."""

from __future__ import annotations

from collections.abc import Iterator

from catering_cli.checks.evidence import Evidence, Findings, found, placed
from catering_cli.checks.reference.cells import DANGER, SAFE, STRICT, Verdict, derived, diet_level
from catering_cli.checks.reference.names import words
from catering_cli.checks.reference.needs import canonical, diet_row
from catering_cli.data import tables
from catering_cli.domain.diets import DietCell, DishDiets
from catering_cli.domain.finding import Finding, Severity
from catering_cli.domain.menu import Dish

STATES = {value: state for state, value in STRICT.items()}
LONGEST = 3
"""Words of a food's name beside another."""


def _beside(dish: Dish, diet: str) -> bool:
    """Whether the words beside a line's food name another that breaks the diet: "corn oil, or pork lard"."""
    for line in dish.recipe.ingredients if dish.recipe else ():
        said = words(line.preparation)
        for start in range(len(said)):
            for size in range(1, LONGEST + 1):
                if diet_level(" ".join(said[start : start + size]), diet) == STRICT["conflict"]:
                    return True
    return False


def _shown(row: DishDiets, diet: dict[str, str]) -> Verdict:
    """What the dish's own allergen cells, as they are shown, leave of a diet that rests on them."""
    rests_on = set(map(canonical, tables.parts(diet["cells"])))
    for cell in row.cells:
        if DANGER[cell.state] > SAFE and canonical(cell.allergen) in rests_on:
            return Verdict(STRICT["cannot_tell"], f"{cell.allergen} is {cell.state}")
    return Verdict(0, "")


def never_laxer(evidence: Evidence) -> Findings:
    """No diet cell is laxer than the ingredients allow."""
    for path, row, dish in evidence.matrix:
        for where, cell in placed(f"{path}.diets", row.diets):
            yield from _cell(evidence, dish, row, cell, f"{where}.state")


def _cell(evidence: Evidence, dish: Dish, row: DishDiets, cell: DietCell, where: str) -> Iterator[Finding]:
    diet, due = diet_row(cell.diet), derived(evidence, dish, cell.diet)
    if diet is not None:
        due = max(due, _shown(row, diet), key=lambda verdict: verdict.level)
    if STRICT[cell.state] < due.level:
        severity: Severity = "blocking" if cell.state == "compatible" else "warning"
        message = f"{dish.name}: {cell.diet} is shown {cell.state}, but {due.because} says otherwise"
        yield found(severity, where, message, cell.state, STATES[due.level])
    elif bool(cell.because) == (cell.state == "compatible"):
        message = f"{dish.name}: words tell why it is no {cell.diet}, and only then"
        yield found("warning", where, message, cell.state)
    elif cell.state == "conflict" and due.level == 0 and not (diet and _beside(dish, cell.diet)):
        message = f"{dish.name}: nothing in it conflicts with {cell.diet}"
        yield found("warning", where, message, cell.state, STATES[due.level])


CHECKS = {"diets.diets": never_laxer}
