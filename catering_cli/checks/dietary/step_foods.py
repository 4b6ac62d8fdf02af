"""Foods that a step speaks of and nothing in the dish accounts for: what some make of them may hold is not absent.

Every food's name counts wherever it stands; only what a kitchen makes of its lines as it goes along does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain

from catering_cli.checks.evidence import Evidence, Findings, asked_once, found, placed
from catering_cli.checks.reference.cells import DANGER, SAFE, ingredients
from catering_cli.checks.reference.decisions import for_dish
from catering_cli.checks.reference.foods import foods
from catering_cli.checks.reference.known import Known, known
from catering_cli.checks.reference.names import Words, word_list, words
from catering_cli.checks.reference.needs import canonical, covered, legal_kinds
from catering_cli.domain.decision import Substitute
from catering_cli.domain.plan_parts.menu import Dish

LONGEST = 6
"""Most words of a food's name."""


def step_foods(evidence: Evidence) -> Findings:
    """No cell is safe beside a step that brings in what may hold the allergen."""
    for path, row, dish in evidence.matrix:
        for where, cell in placed(f"{path}.cells", row.cells):
            said = hidden_in_steps(evidence, dish, canonical(cell.allergen)) if DANGER[cell.state] <= SAFE else ""
            if said:
                message = f"{dish.name}: {cell.allergen} is shown {cell.state}, but a step brings in {said}"
                yield found("blocking", f"{where}.state", message, cell.state, "unknown")


def hidden_in_steps(evidence: Evidence, dish: Dish, allergen: str) -> str:
    """The words of a step that bring in what may hold an allergen; empty if none do."""
    for said, food, more in _brought(evidence, dish):
        sure = food.contains | food.facts | food.may_contain
        if more or food.hides(legal_kinds(allergen)) or not sure.isdisjoint(covered(allergen)):
            return said
    return ""


@asked_once
def _brought(evidence: Evidence, dish: Dish) -> tuple[tuple[str, Known, bool], ...]:
    """Each such food with its words, and whether it is a product of it that holds more: seasoned rice."""
    if dish.recipe is None:
        return ()
    accounted = _listed(evidence, dish)
    found: list[tuple[str, Known, bool]] = []
    for step in dish.recipe.steps:
        for part in re.split(r"[,;.:()]", step.text):
            found += _foods_in(words(part), accounted)
        accounted |= set(words(step.text))
    return tuple(found)


def _foods_in(said: Words, accounted: set[str]) -> Iterator[tuple[str, Known, bool]]:
    """The foods of a part of a sentence that are open, and those that stand behind a word of packs."""
    at = 0
    while at < len(said):
        name = _longest(said, at)
        end = at + max(len(name), 1)
        food = known(" ".join(name)) if name else None
        more = _is_product(said[:at], said[end:])
        if food and (more or food.sealed or food.may_contain) and not _is_accounted(name, food, accounted):
            yield " ".join(name), food, more
        at = end


def _is_product(before: Words, after: Words) -> bool:
    """Whether the word before a food's name, or the one after it, makes it a product that holds more."""
    return before[-1:] in _told("product") or after[:1] in _told("product after")


@cache
def _told(words_of: str) -> frozenset[Words]:
    return frozenset(map(words, word_list(words_of)))


def _longest(said: Words, at: int) -> Words:
    """The longest name of a food that begins at a word; empty if there is none, or a kitchen makes it."""
    for size in range(min(LONGEST, len(said) - at), 0, -1):
        name = said[at : at + size]
        if name in foods():
            return () if name in _told("made") else name
    return ()


def _is_accounted(name: Words, food: Known, accounted: set[str]) -> bool:
    """Whether all words of a food, or of its usual name, were said."""
    return accounted.issuperset(name) or accounted.issuperset(words(food.food))


def _listed(evidence: Evidence, dish: Dish) -> set[str]:
    """The words of the dish's name, its lines, the kinds of their foods, and what a decision took out."""
    texts = [dish.name, *(swap.item for swap, _ in for_dish(evidence, Substitute, dish.id))]
    for line in dish.recipe.ingredients if dish.recipe else ():
        texts += [line.item, line.preparation, line.text, line.part]
    for one in ingredients(evidence, dish):
        texts += chain.from_iterable(food.facts for food in one.foods)
    return set(words(" ".join(texts)))


CHECKS = {"diets.step_foods": step_foods}
