"""The allergen matrix, derived again from the ingredients: a cell of the plan is never safer than what is known."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from catering_cli.checks.evidence import Evidence, Findings, found
from catering_cli.checks.reference.cells import DANGER, SAFE, SURE, UNSURE, danger_of, foods_of, least, legal
from catering_cli.checks.reference.decisions import fold, unknown
from catering_cli.checks.reference.foods import known
from catering_cli.checks.reference.labels import labels
from catering_cli.checks.reference.names import words
from catering_cli.checks.reference.needs import avoided, canonical, diet_named
from catering_cli.data import tables
from catering_cli.domain.diets import Cell
from catering_cli.domain.finding import Finding
from catering_cli.domain.menu import Dish


def avoided_foods(evidence: Evidence) -> tuple[str, ...]:
    """Foods and allergens that guests of the order avoid, by the table's names."""
    guests = evidence.order.guests
    needs = [need for profile in guests.profiles for need in profile.needs]
    needs += [one.diet for one in guests.diets] + [one.allergen for one in guests.allergies]
    return tuple(dict.fromkeys(name for need in needs if diet_named(need) is None for name in avoided(need)))


def columns(evidence: Evidence) -> Findings:
    """Each allergen of the jurisdiction, food that a guest avoids and diet has one cell in every row."""
    diets = evidence.plan.diets
    for allergen in dict.fromkeys((*legal(evidence.order.event.jurisdiction), *avoided_foods(evidence))):
        if allergen not in {canonical(one) for one in diets.allergens}:
            yield found("blocking", "plan.diets.allergens", f"there is no column for {allergen}", "", allergen)
    guests = evidence.order.guests
    needs = [need for one in guests.profiles for need in one.needs] + [one.diet for one in guests.diets]
    for diet in dict.fromkeys(name for need in needs if (name := diet_named(need))):
        if diet not in diets.diets:
            yield found("blocking", "plan.diets.diets", f"there is no column for {diet}", "", diet)
    yield from _rows(evidence)


def _rows(evidence: Evidence) -> Iterator[Finding]:
    diets = evidence.plan.diets
    rows = [row.dish for row in diets.rows]
    for dish in evidence.dishes:
        if rows.count(dish) != 1:
            message = f"{evidence.dishes[dish].name} has {rows.count(dish)} rows in the matrix"
            yield found("blocking", "plan.diets.rows", message, rows.count(dish), 1)
    for index, row in enumerate(diets.rows):
        for name, said, wanted in (
            ("cells", [cell.allergen for cell in row.cells], diets.allergens),
            ("diets", [cell.diet for cell in row.diets], diets.diets),
        ):
            for column in wanted:
                if said.count(column) != 1:
                    message = f"{row.dish}: {said.count(column)} cells for {column}"
                    yield found("blocking", f"plan.diets.rows[{index}].{name}", message, said.count(column), column)
        if row.dish not in evidence.dishes:
            yield found("blocking", f"plan.diets.rows[{index}].dish", "a row for a dish that is not there", row.dish)


def never_safer(evidence: Evidence) -> Findings:
    """No cell is safer than the ingredients allow; `free` stands only where a label was read."""
    for index, row in enumerate(evidence.plan.diets.rows):
        dish = evidence.dishes.get(row.dish)
        if dish is None:
            continue
        for number, cell in enumerate(row.cells):
            path = f"plan.diets.rows[{index}].cells[{number}]"
            yield from _cell(evidence, dish, cell, path)


def _cell(evidence: Evidence, dish: Dish, cell: Cell, path: str) -> Iterator[Finding]:
    level, because = least(evidence, dish, canonical(cell.allergen))
    said = DANGER[cell.state]
    state = {SURE: "contains", UNSURE: "unknown or may_contain", SAFE: "none_found"}.get(level, "free")
    if said < level and not (level == SAFE and _label_for(evidence, dish)):
        message = f"{dish.name}: {cell.allergen} is shown {cell.state}, but {because or 'an ingredient'} says otherwise"
        yield found("blocking", f"{path}.state", message, cell.state, state)
    elif cell.state == "free" and not _label_for(evidence, dish):
        message = f"{dish.name}: {cell.allergen} is shown free, but no label was read"
        yield found("blocking", f"{path}.state", message, cell.state, "none_found")
    elif said == SURE and level <= SAFE and not _explained(dish, cell):
        message = f"{dish.name}: {cell.allergen} is shown as contained, but nothing in it says so"
        yield found("warning", f"{path}.state", message, cell.state, state)


def _label_for(evidence: Evidence, dish: Dish) -> bool:
    return any(labels(evidence, item) for item, _ in foods_of(evidence, dish))


def _explained(dish: Dish, cell: Cell) -> bool:
    """Whether the words that decided stand in the dish, be it in a step."""
    text = [dish.name, *(line.item for line in dish.lines)]
    if dish.recipe:
        text += [line.preparation for line in dish.recipe.ingredients] + [step.text for step in dish.recipe.steps]
    said = {word for part in text for word in words(part)}
    return any(set(words(because)) & said for because in cell.because)


@cache
def _understood(table_name: str) -> frozenset[str]:
    """Words of a line that say nothing of another food: how it is prepared, or what it is measured in."""
    names = (
        name
        for row in tables.rows(table_name)
        for name in (row.get("words") or row["name"], *tables.parts(row.get("aliases", "")))
    )
    return frozenset(word for name in names for word in words(name))


def _plainly(dish: Dish, item: str) -> bool:
    """Whether a line of an ingredient says nothing that is not understood: else no label settles what it is."""
    for line in dish.recipe.ingredients if dish.recipe else ():
        if fold(line.item) == fold(item):
            left = {word for word in words(f"{line.preparation} {line.text}") if not any(map(str.isdecimal, word))}
            left -= set(words(item))
            if (
                not left
                or not left - _understood("food_words")
                or not left - _understood("food_words") - _understood("units")
            ):
                return True
    return False


def to_read(evidence: Evidence) -> Findings:
    """The labels to read are of the foods that leave a cell open: each of them, and no other."""
    listed = {known(item).food or fold(item): item for item in evidence.plan.diets.labels_to_read}
    open_ones: dict[str, str] = {}
    everything: set[str] = set()
    for dish in evidence.plan.menu:
        for item, be in foods_of(evidence, dish):
            everything |= {one.food or fold(item) for one in be}
            open_to = any(danger_of(evidence, item, one) == UNSURE for one in legal(evidence.order.event.jurisdiction))
            if (
                be[0].food
                and fold(item) not in unknown(evidence)
                and open_to
                and not labels(evidence, item)
                and _plainly(dish, item)
            ):
                open_ones[be[0].food] = item
    for food in sorted(set(listed) - everything):
        yield found("warning", "plan.diets.labels_to_read", "a label of nothing that is on the menu", listed[food])
    unnamed = {food for food, item in listed.items() if fold(item) in unknown(evidence)}
    for food in sorted(set(listed) & everything - set(open_ones) - unnamed):
        yield found("advice", "plan.diets.labels_to_read", "a label that would settle nothing", listed[food])
    for food in sorted(set(open_ones) - set(listed)):
        message = f"the label of {open_ones[food]} would settle a cell, and is not among those to read"
        yield found("warning", "plan.diets.labels_to_read", message, "", open_ones[food])


ASKED_FOR = ("vegan", "vegetarian", "gluten-free", "dairy-free", "nut-free")
"""Diets that guests ask about, whether or not one of them is stated."""


def asked_for(evidence: Evidence) -> Findings:
    """The matrix answers for the diets that are asked about everywhere, and has no column twice."""
    diets = evidence.plan.diets
    for diet in ASKED_FOR:
        if diets.rows and diet not in diets.diets:
            yield found("warning", "plan.diets.diets", f"guests will ask for {diet}, and there is no column", "", diet)
    for name, columns in (("allergens", diets.allergens), ("diets", diets.diets)):
        for twice in sorted({one for one in columns if columns.count(one) > 1}):
            yield found("warning", f"plan.diets.{name}", f"{twice} has two columns", twice)


CHECKS = {"diets.columns": columns, "diets.allergens": never_safer, "diets.to_read": to_read, "diets.shown": asked_for}
