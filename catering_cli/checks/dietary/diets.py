"""The diet columns, derived again: compatible only where every ingredient is known and none conflicts."""

from __future__ import annotations

from collections.abc import Iterator

from catering_cli.checks.dietary.allergens import DANGER, SAFE, SURE, foods_of, least, unproven
from catering_cli.checks.evidence import Evidence, Findings, found
from catering_cli.checks.reference.foods import Known, known
from catering_cli.checks.reference.labels import labels
from catering_cli.checks.reference.names import words
from catering_cli.checks.reference.needs import canonical
from catering_cli.data import tables
from catering_cli.domain.diets import DishDiets
from catering_cli.domain.finding import Severity
from catering_cli.domain.menu import Dish

STRICT = {"compatible": 0, "cannot_tell": 1, "conflict": 2}


def derived(evidence: Evidence, dish: Dish, diet: str) -> tuple[int, str]:
    """The least strict state that a diet cell may have (0 compatible, 1 cannot tell, 2 conflict), and why."""
    row = next((one for one in tables.rows("diets") if one["diet"] == diet), None)
    if row is None:
        return 1, "the diet is in no table"
    worst, because = (1, "no confirmed recipe") if unproven(dish) else (0, "")
    if row["always_unsure"] == "yes":
        worst, because = 1, "no list of ingredients can tell"
    everything: dict[str, str] = {}
    for item, be in foods_of(evidence, dish):
        certificates = set(tables.parts(row["certificate"])) | {diet}
        if any(certificates & {one.casefold() for one in label.certified} for label in labels(evidence, item)):
            continue
        for one in be:
            everything.update(dict.fromkeys(one.facts | one.contains, item))
            level = _of(one, row)
            if level > worst:
                worst, because = level, item
    for level, item in (*_cells(evidence, dish, row), *_pairs(everything, row)):
        if level > worst:
            worst, because = level, item
    return worst, because


def _cells(evidence: Evidence, dish: Dish, row: dict[str, str]) -> Iterator[tuple[int, str]]:
    """What the dish's allergens say to the diet."""
    for allergen in tables.parts(row["cells"]):
        level, item = least(evidence, dish, allergen)
        yield (2 if level == SURE else 1 if level > SAFE else 0), item


def _pairs(everything: dict[str, str], row: dict[str, str]) -> Iterator[tuple[int, str]]:
    """Foods that the diet does not allow in one dish: meat with dairy."""
    for pair in tables.parts(row["together"]):
        if all(fact in everything for fact in pair.split("+")):
            yield 2, " with ".join(everything[fact] for fact in pair.split("+"))


def _of(one: Known, row: dict[str, str]) -> int:
    facts = one.facts | one.contains
    if facts & set(tables.parts(row["conflicts"])):
        return 2
    if facts & set(tables.parts(row["unsure"])) or one.may_contain & set(tables.parts(row["conflicts"])):
        return 1
    if not one.food:
        return 1
    keeps = row["by_animal"] == "yes" and one.plant
    return 1 if one.sealed and not keeps and not row["cells"] else 0


def _beside(dish: Dish, diet: str) -> bool:
    """Whether the words beside a line's food name another that breaks the diet: "corn oil, or pork lard"."""
    row = next((one for one in tables.rows("diets") if one["diet"] == diet), None)
    lines = dish.recipe.ingredients if dish.recipe else ()
    said = [words(line.preparation) for line in lines]
    runs = {one[i : i + size] for one in said for size in (1, 2, 3) for i in range(len(one) - size + 1)}
    return row is not None and any(_of(known(" ".join(run)), row) == STRICT["conflict"] for run in runs)


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
