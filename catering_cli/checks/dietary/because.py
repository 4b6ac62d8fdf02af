"""The words that tell why a cell is as it is: of the dish, of what would have to be read, and of all that decides."""

from __future__ import annotations

import re
from collections.abc import Iterator

from catering_cli.checks.dietary.allergens import foods_of
from catering_cli.checks.evidence import Evidence, Findings, found
from catering_cli.checks.reference.decisions import fold, of_kind
from catering_cli.checks.reference.foods import row_of, several
from catering_cli.checks.reference.labels import labels
from catering_cli.checks.reference.names import words
from catering_cli.data import tables
from catering_cli.domain.decision import SameFood
from catering_cli.domain.finding import Finding
from catering_cli.domain.menu import Dish

LOOSE = ("produce", "meat", "poultry", "seafood")
"""Departments whose plain food has no label that could say more."""

LOOSE_FOODS = ("water", "ice", "egg", "salt", "kosher salt", "flaky sea salt")

OTHERWISE = re.compile(r" shared with |^there is no recipe$|^a? ?draft|not confirmed$|^ingredients cannot show it$")
"""Reasons that are no ingredient: what else used the equipment, a recipe that nobody stands for."""


def _items(dish: Dish) -> dict[str, str]:
    """The ingredients of a dish by their folded names."""
    names = [line.item for line in (dish.recipe.ingredients if dish.recipe else ())]
    names += [line.item for line in dish.lines]
    return {fold(name): name for name in names}


def _spoken(dish: Dish, items: dict[str, str], word: str) -> str | None:
    """The food of a reason that says where it is spoken of: in a step, the method, the name, a line; else None."""
    where, colon, food = word.rpartition(": ")
    places = ("the method", "method", dish.name)
    return food if colon and (where in places or where.startswith("step ") or fold(where) in items) else None


def reasons(evidence: Evidence) -> Findings:
    """A reason is an ingredient of the dish, a food that it speaks of, or what it shares; all that decide are named."""
    settled = {fold(name) for one, _ in of_kind(evidence, SameFood) for name in one.items}
    for index, row in enumerate(evidence.plan.diets.rows):
        dish = evidence.dishes.get(row.dish)
        if dish is None or dish.recipe is None:
            continue
        path = f"plan.diets.rows[{index}]"
        items = _items(dish)
        cells = [(f"{path}.cells[{i}]", cell.because) for i, cell in enumerate(row.cells)]
        cells += [(f"{path}.diets[{i}]", cell.because) for i, cell in enumerate(row.diets)]
        for where, because in cells:
            for word in because:
                yield from _reason(dish, items, word, f"{where}.because")
        if settled.isdisjoint(items):
            yield from _packed(evidence, dish, index)
            yield from _broken(evidence, dish, index)


def _reason(dish: Dish, items: dict[str, str], word: str, where: str) -> Iterator[Finding]:
    """A reason is of the dish; what a line lists is told by the line."""
    if fold(word) in items:
        return
    food = _spoken(dish, items, word)
    if food is None and not OTHERWISE.search(word):
        yield found("warning", where, f"{dish.name}: {word} is nothing of it", word)
    elif food is not None and any(_means(item, food) for item in items):
        yield found("warning", where, f"{dish.name}: a line lists what {word} is", word)


def _means(item: str, food: str) -> bool:
    """Whether an ingredient is the food that a text speaks of."""
    return bool(food) and set(words(food)) <= set(words(item))


def _packed(evidence: Evidence, dish: Dish, index: int) -> Iterator[Finding]:
    """Where nothing was found, just the ingredients are named that have a label to read and none that was read."""
    items = [item for item, _ in foods_of(evidence, dish)]
    if any(labels(evidence, item) for item in items):
        return
    due = {item for item in items if not _bare(item)}
    for number, cell in enumerate(evidence.plan.diets.rows[index].cells):
        if cell.state == "none_found" and set(cell.because) != due:
            where = f"plan.diets.rows[{index}].cells[{number}].because"
            message = f"{dish.name}: not the ingredients that have a label to read"
            yield found("advice", where, message, ", ".join(cell.because), ", ".join(sorted(due)))


def _bare(item: str) -> bool:
    rows = several(item) or (row_of(item),)
    return all(row is not None and _plain(row) for row in rows)


def _plain(row: dict[str, str]) -> bool:
    """Whether a food is sold without a label that could say more of it."""
    if row["compound"] == "yes" or row["may_contain"]:
        return False
    return row["department"] in LOOSE or row["food"] in LOOSE_FOODS


def _broken(evidence: Evidence, dish: Dish, index: int) -> Iterator[Finding]:
    """Where a diet is broken, every ingredient that breaks it is named."""
    rows = {row["diet"]: row for row in tables.rows("diets")}
    for number, cell in enumerate(evidence.plan.diets.rows[index].diets):
        if cell.state != "conflict" or cell.diet not in rows:
            continue
        against = set(tables.parts(rows[cell.diet]["conflicts"]))
        due = {item for item, be in foods_of(evidence, dish) if be[0].facts & against and not labels(evidence, item)}
        if missing := sorted(due - set(cell.because)):
            where = f"plan.diets.rows[{index}].diets[{number}].because"
            message = f"{dish.name}: more than is named breaks {cell.diet}"
            yield found("warning", where, message, ", ".join(cell.because), ", ".join(missing))


ASKED_FOR = ("vegan", "vegetarian", "gluten-free", "dairy-free", "nut-free")
"""Diets that guests ask about, whether or not one of them is stated."""


def shown(evidence: Evidence) -> Findings:
    """The matrix answers for the diets that are asked about everywhere, and has no column twice."""
    diets = evidence.plan.diets
    for diet in ASKED_FOR:
        if diets.rows and diet not in diets.diets:
            yield found("warning", "plan.diets.diets", f"guests will ask for {diet}, and there is no column", "", diet)
    for name, columns in (("allergens", diets.allergens), ("diets", diets.diets)):
        for twice in sorted({one for one in columns if columns.count(one) > 1}):
            yield found("warning", f"plan.diets.{name}", f"{twice} has two columns", twice)


CHECKS = {"diets.reasons": reasons, "diets.shown": shown}
