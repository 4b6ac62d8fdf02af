"""The diet columns, derived again: compatible only where every ingredient is known and none conflicts."""

from __future__ import annotations

from catering_cli.checks.evidence import Evidence, Findings, found
from catering_cli.checks.reference.cells import DANGER, SAFE, STRICT, derived, diet_level
from catering_cli.checks.reference.foods import known
from catering_cli.checks.reference.names import words
from catering_cli.checks.reference.needs import canonical
from catering_cli.data import tables
from catering_cli.domain.diets import DishDiets
from catering_cli.domain.finding import Severity
from catering_cli.domain.menu import Dish


def _beside(dish: Dish, diet: str) -> bool:
    """Whether the words beside a line's food name another that breaks the diet: "corn oil, or pork lard"."""
    row = next((one for one in tables.rows("diets") if one["diet"] == diet), None)
    lines = dish.recipe.ingredients if dish.recipe else ()
    said = [words(line.preparation) for line in lines]
    runs = {one[i : i + size] for one in said for size in (1, 2, 3) for i in range(len(one) - size + 1)}
    return row is not None and any(diet_level(known(" ".join(run)), row) == STRICT["conflict"] for run in runs)


def _shown(row: DishDiets, diet: str) -> tuple[int, str]:
    """What the dish's own allergen cells, as they are shown, leave of a diet that rests on them."""
    rests_on = {
        canonical(name) for one in tables.rows("diets") if one["diet"] == diet for name in tables.parts(one["cells"])
    }
    unsafe = [cell for cell in row.cells if canonical(cell.allergen) in rests_on and DANGER[cell.state] > SAFE]
    return (STRICT["cannot_tell"], f"{unsafe[0].allergen} is {unsafe[0].state}") if unsafe else (0, "")


def never_laxer(evidence: Evidence) -> Findings:
    """No diet cell is laxer than the ingredients allow."""
    for index, row in enumerate(evidence.plan.diets.rows):
        dish = evidence.dishes.get(row.dish)
        if dish is None:
            continue
        for number, cell in enumerate(row.diets):
            level, because = max(derived(evidence, dish, cell.diet), _shown(row, cell.diet), key=lambda told: told[0])
            path = f"plan.diets.rows[{index}].diets[{number}].state"
            due = next(state for state, value in STRICT.items() if value == level)
            if STRICT[cell.state] < level:
                severity: Severity = "blocking" if cell.state == "compatible" else "warning"
                message = f"{dish.name}: {cell.diet} is shown {cell.state}, but {because} says otherwise"
                yield found(severity, path, message, cell.state, due)
            elif bool(cell.because) == (cell.state == "compatible"):
                message = f"{dish.name}: {'needless' if cell.because else 'no'} words tell why it is {cell.state}"
                yield found("warning", path, f"{message} with {cell.diet}", cell.state)
            elif cell.state == "conflict" and level == 0 and not _beside(dish, cell.diet):
                message = f"{dish.name}: nothing in it conflicts with {cell.diet}"
                yield found("warning", path, message, cell.state, due)


CHECKS = {"diets.diets": never_laxer}
