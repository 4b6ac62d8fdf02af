"""The matrix, derived again from the ingredients: a cell of the plan is never safer than what is known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from catering_cli.checks.evidence import Evidence, Findings, asked_once, found, placed
from catering_cli.checks.reference.cells import (
    DANGER,
    SAFE,
    STRICT,
    SURE,
    UNSURE,
    Ingredient,
    Verdict,
    danger_of,
    derived,
    diet_level,
    ingredients,
    least,
    legal,
)
from catering_cli.checks.reference.decisions import fold, unknown
from catering_cli.checks.reference.foods import says_nothing
from catering_cli.checks.reference.known import known
from catering_cli.checks.reference.names import words
from catering_cli.checks.reference.needs import avoided, canonical, diet_named, diet_row
from catering_cli.data import tables
from catering_cli.domain.finding import Finding, Severity
from catering_cli.domain.plan_parts.diets import Cell, DietCell, DishDiets
from catering_cli.domain.plan_parts.menu import Dish

ASKED_FOR = ("vegan", "vegetarian", "gluten-free", "dairy-free", "nut-free")
"""Diets that guests ask about, whether or not one of them is stated."""

STATES = {SURE: "contains", UNSURE: "unknown or may_contain", SAFE: "none_found", 0: "free"}
"""What a cell of that danger states."""


def _needs(evidence: Evidence) -> Iterator[str]:
    """Everything that guests of the order state."""
    guests = evidence.order.guests
    for profile in guests.profiles:
        yield from profile.needs
    yield from (one.diet for one in guests.diets)
    yield from (one.allergen for one in guests.allergies)


def columns(evidence: Evidence) -> Findings:
    """Each allergen of the jurisdiction, food that a guest avoids and diet has one cell in every row."""
    diets = evidence.plan.diets
    for path, row in placed("plan.diets.rows", diets.rows):
        yield from _once(f"{path}.cells", (cell.allergen for cell in row.cells), diets.allergens)
        yield from _once(f"{path}.diets", (cell.diet for cell in row.diets), diets.diets)
    yield from _once("plan.diets.rows", (row.dish for row in diets.rows), evidence.dishes)
    wanted = list(legal(evidence.order.event.jurisdiction))
    for need in _needs(evidence):
        diet = diet_named(need)
        wanted += () if diet else avoided(need)
        if diet and diet not in diets.diets:
            yield found("blocking", "plan.diets.diets", f"there is no column for {diet}", "", diet)
    for allergen in sorted(set(wanted).difference(map(canonical, diets.allergens))):
        yield found("blocking", "plan.diets.allergens", f"there is no column for {allergen}", "", allergen)


def _once(where: str, said: Iterable[str], wanted: Iterable[str]) -> Iterator[Finding]:
    """Each of the wanted is said once, and nothing else is."""
    said, due = list(said), set(wanted)
    for name in sorted(due.union(said)):
        if said.count(name) != (name in due):
            message = f"{said.count(name)} entries for {name}"
            yield found("blocking", where, message, said.count(name), int(name in due))


def never_safer(evidence: Evidence) -> Findings:
    """No cell is safer than the ingredients allow; `free` stands only if a label was read."""
    for path, row, dish in evidence.matrix:
        for where, cell in placed(f"{path}.cells", row.cells):
            yield from _cell(evidence, dish, cell, f"{where}.state")


def _cell(evidence: Evidence, dish: Dish, cell: Cell, where: str) -> Iterator[Finding]:
    level, because = least(evidence, dish, canonical(cell.allergen))
    if level < UNSURE and (strange := _not_understood(evidence, dish)):
        level, because = UNSURE, strange
    said, read = DANGER[cell.state], _label_for(evidence, dish)
    if said < level and not (read and level == SAFE):
        message = f"{dish.name}: {cell.allergen} is shown {cell.state}, but {because or 'an ingredient'} says otherwise"
        yield found("blocking", where, message, cell.state, STATES[level])
    elif cell.state == "free" and not read:
        message = f"{dish.name}: {cell.allergen} is shown free, but no label was read"
        yield found("blocking", where, message, cell.state, "none_found")
    elif said == SURE and level <= SAFE and not _explained(dish, cell):
        message = f"{dish.name}: {cell.allergen} is shown as contained, but nothing in it says so"
        yield found("warning", where, message, cell.state, STATES[level])


STEP_FOOD = "kitchen.step_food_unknown"


@asked_once
def _not_understood(evidence: Evidence, dish: Dish) -> str:
    """What a step of a dish brings in that is not understood, as it was asked about; empty if nothing is."""
    steps = f"{evidence.dish_paths.get(dish.id, '')}.recipe.steps["
    asked = (one for one in evidence.plan.findings if one.rule == STEP_FOOD)
    return next((one.value for one in asked if one.where.startswith(steps)), "")


@asked_once
def _label_for(evidence: Evidence, dish: Dish) -> bool:
    return any(one.labels for one in ingredients(evidence, dish))


def _explained(dish: Dish, cell: Cell) -> bool:
    """Whether the words that decided stand in the dish, be it in a step."""
    text = [dish.name, *(line.item for line in dish.lines)]
    if dish.recipe:
        text += [line.preparation for line in dish.recipe.ingredients]
        text += [step.text for step in dish.recipe.steps]
    said = set(words(" ".join(text)))
    return any(not said.isdisjoint(words(because)) for because in cell.because)


def reasons(evidence: Evidence) -> Findings:
    """A cell says what makes it what it is, and a dish with which it shares something is on the menu."""
    names = {dish.name for dish in evidence.plan.menu}
    for path, row, dish in evidence.matrix:
        for where, cell in placed(f"{path}.cells", row.cells):
            beside = [one.partition(" shared with ")[2] for one in cell.because]
            told = bool(cell.because) or cell.state == "none_found"
            if not told or not names.issuperset(filter(None, beside)):
                message = (
                    f"{dish.name}: {', '.join(cell.because) or 'nothing'} does not make {cell.allergen} {cell.state}"
                )
                yield found("warning", f"{where}.because", message, cell.state)
            elif DANGER[cell.state] > SAFE and (safe := _safe_among(evidence, dish, cell)):
                message = f"{dish.name}: {safe} does not make {cell.allergen} {cell.state}"
                yield found("warning", f"{where}.because", message, cell.state)


STEP = re.compile(r"step \d+: ")


def _safe_among(evidence: Evidence, dish: Dish, cell: Cell) -> str:
    """The first cause of a cell that holds nothing of it, or that is a line and no food of a step; empty if none is."""
    named = set(map(fold, cell.because)) if cell.state in ("contains", "may_contain") else set()
    lines = set(words(" ".join(line.item for line in dish.lines)))
    brought = [one for one in cell.because if STEP.match(one) and lines.issuperset(words(STEP.sub("", one)))]
    if brought:
        return brought[0]
    causes = [one for one in ingredients(evidence, dish) if fold(one.item) in named - {"water"}]
    safe = [one.item for one in causes if danger_of(evidence, one, canonical(cell.allergen)) <= SAFE]
    return next(iter(safe), "")


def to_read(evidence: Evidence) -> Findings:
    """The labels to read are of the foods that leave a cell open: each of them, and no other."""
    where, wanted, everything = "plan.diets.labels_to_read", _open_foods(evidence), _all_foods(evidence)
    listed = {known(item).food or fold(item): item for item in evidence.plan.diets.labels_to_read}
    for food, item in sorted(listed.items()):
        if food not in everything:
            yield found("warning", where, "a label of nothing that is on the menu", item)
        elif food not in wanted and fold(item) not in unknown(evidence):
            yield found("advice", where, "a label that would settle nothing", item)
    for food in sorted(wanted.keys() - listed.keys()):
        message = f"the label of {wanted[food]} would settle a cell, and is not among those to read"
        yield found("warning", where, message, "", wanted[food])


def _all_foods(evidence: Evidence) -> set[str]:
    """Everything that is on the menu, by the table's name or its own."""
    foods: set[str] = set()
    for dish in evidence.plan.menu:
        for one in ingredients(evidence, dish):
            foods.update(food.food or fold(one.item) for food in one.foods)
    return foods


def _open_foods(evidence: Evidence) -> dict[str, str]:
    """The foods whose label would settle a cell, each with what a recipe calls it."""
    foods: dict[str, str] = {}
    for dish in evidence.plan.menu:
        settling = [one for one in ingredients(evidence, dish) if _would_settle(evidence, dish, one)]
        foods |= {one.foods[0].food: one.item for one in settling}
    return foods


def _would_settle(evidence: Evidence, dish: Dish, one: Ingredient) -> bool:
    """Whether the label of an ingredient was not read, and would settle an allergen of the law."""
    if not one.foods[0].food or fold(one.item) in unknown(evidence) or one.labels or says_nothing(one.item):
        return False
    allergens = legal(evidence.order.event.jurisdiction)
    doubtful = any(danger_of(evidence, one, allergen) == UNSURE for allergen in allergens)
    return doubtful and _plainly(dish, one.item)


@cache
def _understood() -> frozenset[str]:
    """Words of a line that say nothing of another food: how it is prepared, or what it is measured in."""
    names = [row["words"] for row in tables.rows("food_words")]
    for row in tables.rows("units"):
        names += [row["name"], *tables.parts(row["aliases"])]
    return frozenset(words(" ".join(names)))


def _plainly(dish: Dish, item: str) -> bool:
    """Whether a line of an ingredient says nothing that is not understood: else no label settles what it is."""
    lines = [line for line in dish.recipe.ingredients if fold(line.item) == fold(item)] if dish.recipe else []
    for line in lines:
        said = set(words(f"{line.preparation} {line.text}")) - set(words(item)) - _understood()
        if all(any(map(str.isdecimal, word)) for word in said):
            return True
    return False


def asked_for(evidence: Evidence) -> Findings:
    """The matrix answers for the diets that are asked about everywhere, and has no column twice."""
    diets = evidence.plan.diets
    for diet in ASKED_FOR:
        if diets.rows and diet not in diets.diets:
            yield found("warning", "plan.diets.diets", f"guests will ask for {diet}, and there is no column", "", diet)
    yield from _once("plan.diets.allergens", diets.allergens, set(diets.allergens))
    yield from _once("plan.diets.diets", diets.diets, set(diets.diets))


DIET_STATES = {value: state for state, value in STRICT.items()}
LONGEST = 3
"""Words of a food's name beside another."""


def _beside(dish: Dish, diet: str) -> bool:
    """Whether the words beside a line's food name another that breaks the diet: "corn oil, or pork lard"."""
    for line in dish.recipe.ingredients if dish.recipe else ():
        said = words(line.preparation)
        for start in range(len(said)):
            for size in range(1, LONGEST + 1):
                if diet_level(known(" ".join(said[start : start + size])), diet) == STRICT["conflict"]:
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
            yield from _diet_cell(evidence, dish, row, cell, f"{where}.state")


def _diet_cell(evidence: Evidence, dish: Dish, row: DishDiets, cell: DietCell, where: str) -> Iterator[Finding]:
    diet, due = diet_row(cell.diet), derived(evidence, dish, cell.diet)
    if diet is not None:
        due = max(due, _shown(row, diet), key=lambda verdict: verdict.level)
    if STRICT[cell.state] < due.level:
        severity: Severity = "blocking" if cell.state == "compatible" else "warning"
        message = f"{dish.name}: {cell.diet} is shown {cell.state}, but {due.because} says otherwise"
        yield found(severity, where, message, cell.state, DIET_STATES[due.level])
    elif bool(cell.because) == (cell.state == "compatible"):
        message = f"{dish.name}: words tell why it is no {cell.diet}, and only then"
        yield found("warning", where, message, cell.state)
    elif cell.state == "conflict" and due.level == 0 and not (diet and _beside(dish, cell.diet)):
        message = f"{dish.name}: nothing in it conflicts with {cell.diet}"
        yield found("warning", where, message, cell.state, DIET_STATES[due.level])


CHECKS = {
    "diets.columns": columns,
    "diets.allergens": never_safer,
    "diets.because": reasons,
    "diets.to_read": to_read,
    "diets.shown": asked_for,
    "diets.diets": never_laxer,
}
