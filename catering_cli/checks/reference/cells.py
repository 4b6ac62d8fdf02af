"""How safe a cell of the matrix may be: worked out from the ingredients, the labels and the steps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

from catering_cli.checks.evidence import Evidence, asked_once
from catering_cli.checks.reference.claims import claims_without
from catering_cli.checks.reference.decisions import fold, for_dish, of_kind
from catering_cli.checks.reference.foods import allergens_told, phrases
from catering_cli.checks.reference.known import Known, known
from catering_cli.checks.reference.labels import Label, labels
from catering_cli.checks.reference.names import Words, holds, word_list, words
from catering_cli.checks.reference.needs import (
    allergen_rows,
    avoided,
    canonical,
    covered,
    diet_named,
    diet_row,
    goes_by_name,
    is_known,
    is_unprovable,
    kin,
    legal_kinds,
    members,
    said_in,
)
from catering_cli.data import tables
from catering_cli.domain.decision import SameFood, Substitute
from catering_cli.domain.plan_parts.diets import CellState, DishDiets, PlanProfile
from catering_cli.domain.plan_parts.menu import Dish

DANGER = {"free": 0, "none_found": 1, "unknown": 2, "may_contain": 2, "contains": 3}
"""How dangerous a state is; neither may_contain nor unknown feeds guests who must avoid it."""

SAFE, UNSURE, SURE = 1, 2, 3
"""Dangers: nothing found; it may be in it; it is in it. 0 is proven absent by a label."""

STRICT = {"compatible": 0, "cannot_tell": 1, "conflict": 2}
"""How strict the state of a diet cell is."""

FEEDS = ("none_found", "free")


class Verdict(NamedTuple):
    """The least that a cell may state, and what decides it."""

    level: int
    because: str


UNPROVEN = Verdict(UNSURE, "no confirmed recipe")


def _worst(start: Verdict, verdicts: Iterator[Verdict]) -> Verdict:
    """The most dangerous; of equal ones the first."""
    worst = start
    for verdict in verdicts:
        if verdict.level > worst.level:
            worst = verdict
    return worst


@cache
def legal(jurisdiction: str) -> tuple[str, ...]:
    """Allergens that the law of a place lists: the row of the longest prefix that fits, else all there are."""
    listed: dict[str, tuple[str, ...]] = {}
    for row in tables.rows("jurisdictions"):
        listed |= dict.fromkeys(tables.parts(row["prefix"]), tables.parts(row["allergens"]))
    fitting = [prefix for prefix in listed if f"{jurisdiction}-".startswith(f"{prefix}-")]
    if fitting:
        return listed[max(fitting, key=len)]
    everywhere: dict[str, None] = {}
    for allergens in listed.values():
        everywhere |= dict.fromkeys(allergens)
    return tuple(everywhere)


@asked_once
def _merged(evidence: Evidence) -> dict[str, list[str]]:
    """Foods that names were decided to be, by the folded name."""
    merged: dict[str, list[str]] = {}
    for one, _ in of_kind(evidence, SameFood):
        for item in one.items:
            merged.setdefault(fold(item), []).append(one.food)
    return merged


class Ingredient(NamedTuple):
    """What is known of one ingredient: as written, as a decision names it, and by its labels."""

    item: str
    foods: tuple[Known, ...]
    labels: tuple[Label, ...]
    sure: frozenset[str]
    """what is in it by its foods or a label: allergens, groups, animal sources"""
    maybe: frozenset[str]
    """what some makes of it contain"""


@asked_once
def ingredient(evidence: Evidence, item: str, absent: frozenset[str] = frozenset()) -> Ingredient:
    """What is known of an ingredient, less what a note beside it says is not in it."""
    foods = tuple(known(name).less(absent) for name in (item, *_merged(evidence).get(fold(item), ())))
    read = labels(evidence, item)
    told = (food.contains | food.facts for food in foods)
    sure = frozenset().union(*told, *(label.declared for label in read))
    maybe = frozenset().union(*(food.may_contain for food in foods))
    return Ingredient(item, foods, read, sure, maybe)


@asked_once
def ingredients(evidence: Evidence, dish: Dish) -> tuple[Ingredient, ...]:
    """Each ingredient of a dish, of its recipe and of its lines."""
    written = [(line.item, line.preparation) for line in (dish.recipe.ingredients if dish.recipe else ())]
    items = dict.fromkeys(written + [(line.item, line.preparation) for line in dish.lines])
    read = dict.fromkeys((item, absent_by_note(note)) for item, note in items)
    return tuple(ingredient(evidence, item, absent) for item, absent in read)


@lru_cache(maxsize=4096)
def absent_by_note(preparation: str) -> frozenset[str]:
    """What the parts of a preparation say is not in the food: "gluten free", "no soy"."""
    return frozenset().union(*map(claims_without, re.split(r"[,;()]", preparation)))


def unproven(dish: Dish) -> bool:
    """Whether no person stands for a dish's recipe: it stands neither in the order nor in the catalogue.

    What a drafter writes into `confirmed_by` confirms nothing.
    """
    return dish.recipe is None or dish.recipe_from not in ("order", "catalogue")


@asked_once
def least(evidence: Evidence, dish: Dish, allergen: str, but: frozenset[str] = frozenset()) -> Verdict:
    """The least danger that a cell may state, and the ingredient that decides it; `but` are items left out."""
    start = UNPROVEN if unproven(dish) else Verdict(0, "")
    return _worst(start, _dangers(evidence, dish, allergen, but))


def _dangers(evidence: Evidence, dish: Dish, allergen: str, but: frozenset[str]) -> Iterator[Verdict]:
    for one in ingredients(evidence, dish):
        if one.item not in but:
            yield Verdict(danger_of(evidence, one, allergen), one.item)
    for line in dish.recipe.ingredients if dish.recipe else ():
        beside = allergens_told(line.preparation) - absent_by_note(line.preparation)
        if line.item not in but and not beside.isdisjoint(members(allergen)):
            yield Verdict(SURE, f"{line.item}, {line.preparation}")
    for told, said in unlisted(evidence, dish).items():
        if told in members(allergen):
            yield Verdict(UNSURE, f"a step speaks of {said}")


def danger_of(evidence: Evidence, one: Ingredient, allergen: str) -> int:
    """Danger of one ingredient: what it is called, what the table says it is, and what a label says."""
    wanted, labels = covered(allergen), one.labels
    claimed = allergen not in allergen_rows() and any(food.doubted & wanted for food in one.foods)
    declared = any(wanted & label.declared for label in labels)
    if declared or (not claimed and _holds(one, allergen)):
        return SURE
    if any(wanted & label.may_contain for label in labels):
        return UNSURE
    if labels and (_certified(one, f"{allergen} free") or _must_declare(evidence, allergen)):
        return 0
    return UNSURE if claimed or _in_doubt(one, allergen) else SAFE


def _holds(one: Ingredient, allergen: str) -> bool:
    """Whether an ingredient has an allergen in it, or is called by a word of the guest that tells no other food."""
    if not one.sure.isdisjoint(covered(allergen)):
        return True
    alike = not one.sure.isdisjoint(kin(allergen)) or not is_known(allergen)
    return alike and goes_by_name(one.item, allergen)


def _in_doubt(one: Ingredient, allergen: str) -> bool:
    """Whether only a label tells that an allergen is not in an ingredient."""
    known = is_known(allergen) and one.sure.isdisjoint(kin(allergen)) and one.maybe.isdisjoint(covered(allergen))
    hidden = any(food.hides(legal_kinds(allergen)) for food in one.foods)
    return not known or hidden or said_in(one.item, allergen)


def _certified(one: Ingredient, claim: str) -> bool:
    """Whether a label of an ingredient certifies that it is free of something."""
    return any(words(claim) in map(words, label.certified) for label in one.labels)


def _must_declare(evidence: Evidence, allergen: str) -> bool:
    """Whether a label that is silent on an allergen proves it absent: only of what the law makes it declare.

    Of a food it is the allergen that the food is a kind of: almond is one of the tree nuts.
    """
    wanted = legal_kinds(allergen)
    return bool(wanted) and wanted.issubset(legal(evidence.order.event.jurisdiction))


@asked_once
def derived(evidence: Evidence, dish: Dish, diet: str) -> Verdict:
    """The least strict state that a diet cell may have (0 compatible, 1 cannot tell, 2 conflict), and why."""
    row = diet_row(diet)
    if row is None:
        return Verdict(STRICT["cannot_tell"], "the diet is in no table")
    start = Verdict(STRICT["cannot_tell"], "no confirmed recipe") if unproven(dish) else Verdict(0, "")
    if row["always_unsure"] == "yes":
        start = Verdict(STRICT["cannot_tell"], "no list of ingredients can tell")
    return _worst(start, _strictness(evidence, dish, row))


def _strictness(evidence: Evidence, dish: Dish, row: dict[str, str]) -> Iterator[Verdict]:
    """What each ingredient, allergen and pair of foods of a dish says to a diet."""
    loose = [one for one in ingredients(evidence, dish) if not _keeps(one, row)]
    for one in loose:
        yield Verdict(max(diet_level(food, row["diet"]) for food in one.foods), one.item)
    for allergen in tables.parts(row["cells"]):
        danger, item = least(evidence, dish, allergen)
        yield Verdict(max(danger - SAFE, 0), item)
    for pair in tables.parts(row["together"]):
        sides = [[one.item for one in loose if side in one.sure] for side in pair.split("+")]
        if all(sides):
            yield Verdict(STRICT["conflict"], " with ".join(items[-1] for items in sides))


def _keeps(one: Ingredient, row: dict[str, str]) -> bool:
    """Whether a label certifies that an ingredient keeps a diet."""
    certified = chain.from_iterable(label.certified for label in one.labels)
    return not {row["diet"], *tables.parts(row["certificate"])}.isdisjoint(map(str.casefold, certified))


@lru_cache(maxsize=20_000)
def diet_level(one: Known, diet: str) -> int:
    """How a food stands to a diet of the table: 0 compatible, 1 cannot tell, 2 conflict."""
    row = diet_row(diet)
    assert row is not None
    facts = one.facts | one.contains
    conflicts = tables.parts(row["conflicts"])
    if not facts.isdisjoint(conflicts):
        return STRICT["conflict"]
    unsure = not facts.isdisjoint(tables.parts(row["unsure"])) or not (one.may_contain | one.doubted).isdisjoint(
        conflicts
    )
    if unsure or not one.food:
        return STRICT["cannot_tell"]
    keeps = row["by_animal"] == "yes" and one.plant
    open_question = one.sealed and not keeps and not row["cells"]
    return STRICT["cannot_tell"] if open_question else STRICT["compatible"]


@asked_once
def states(_: Evidence, row: DishDiets) -> dict[str, CellState]:
    """State of each cell of a row by the name of its allergen in the table."""
    return {canonical(cell.allergen): cell.state for cell in row.cells}


def not_safe(evidence: Evidence, row: DishDiets) -> set[str]:
    """Allergens that a dish is not shown to be without."""
    return {name for name, state in states(evidence, row).items() if DANGER[state] > SAFE}


@asked_once
def refuses(evidence: Evidence, row: DishDiets, profile: PlanProfile) -> str:
    """Why a dish does not feed a profile, by its row; empty if it does.

    A preference, and a diet that no list of ingredients proves, is refused only what is known to break it.
    """
    diets = {diet.diet: diet.state for diet in row.diets}
    cells = states(evidence, row)
    wished = profile.severity == "preference"
    for need in profile.needs:
        if diet := diet_named(need):
            state = diets.get(diet, "no cell")
            asked = wished or is_unprovable(diet)
            if state != "compatible" and not (asked and state == "cannot_tell"):
                return f"{diet}: {state}"
            continue
        for name in avoided(need):
            state = cells.get(name, "no cell")
            if state not in FEEDS and not (wished and DANGER.get(state) == UNSURE):
                return f"{name}: {state}"
    return ""


def doubtful(evidence: Evidence, dish: Dish, need: str) -> tuple[str, ...]:
    """What leaves it open whether a dish can be given to a need; nothing if it is known."""
    row = evidence.rows.get(dish.id)
    diet, names = diet_named(need), avoided(need)
    open_: dict[str, None] = {}
    for one in row.diets if row else ():
        if one.diet == diet and one.state == "cannot_tell":
            open_ |= dict.fromkeys(one.because or (dish.name,))
    for cell in row.cells if row and not diet else ():
        if canonical(cell.allergen) in names and DANGER[cell.state] == UNSURE:
            open_ |= dict.fromkeys(cell.because or (dish.name,))
    return tuple(open_)


@asked_once
def unlisted(evidence: Evidence, dish: Dish) -> dict[str, str]:
    """Allergens that a step or the method speaks of and nothing in the dish accounts for, each with the words.

    Accounted for is what a line names, whatever else the line says of it, and what a decision took out.
    """
    if dish.recipe is None:
        return {}
    named = [f"{line.item} {line.preparation} {line.text}" for line in dish.recipe.ingredients]
    named += [swap.item for swap, _ in for_dish(evidence, Substitute, dish.id)]
    listed = [set(words(text)) for text in named]
    found: dict[str, str] = {}
    for text in (*(step.text for step in dish.recipe.steps), dish.recipe.method):
        for phrase, allergens in phrases(words(text)):
            said = " ".join(phrase)
            if not _is_deed(phrase, text) and not any(line.issuperset(phrase) for line in listed):
                found |= dict.fromkeys(sorted(allergens), said)
        found |= _worked_in(words(text), frozenset().union(*listed))
    return found


def _is_deed(phrase: Words, text: str) -> bool:
    """Whether a word that may be a verb is one in a text: it opens a clause, or stands behind "and", and goes on."""
    if " ".join(phrase) not in word_list("verb"):
        return False
    for clause in re.split(r"[.,;:()!?]", text):
        said = words(clause)
        tools = frozenset(word_list("tool of a food"))
        places = [at for at, word in enumerate(said) if word in phrase and tools.isdisjoint(said[at + 1 : at + 2])]
        if any(at == len(said) - 1 or (at > 0 and said[at - 1] not in ("and", "then", "to")) for at in places):
            return False
    return True


def _worked_in(said: Words, listed: frozenset[str]) -> dict[str, str]:
    """The allergens of what the words of a step work in and no line accounts for: a batter, a roux."""
    found: dict[str, str] = {}
    for _, accounted, allergens, text in _working(said):
        if listed.isdisjoint(accounted):
            found |= dict.fromkeys(allergens, text)
    return found


@lru_cache(maxsize=4096)
def _working(said: Words) -> tuple[_Work, ...]:
    """The words of a step that tell of something worked in."""
    return tuple(one for one in _work_words() if holds(said, one[0]))


_Work = tuple[Words, Words, tuple[str, ...], str]
"""Words that tell of something worked in: as words, what accounts for it, its allergens, as written."""


@cache
def _work_words() -> tuple[_Work, ...]:
    return tuple(
        (
            words(row["words"]),
            words(" ".join(tables.parts(row["accounted"]))),
            tuple(sorted(tables.parts(row["contains"]))),
            row["words"],
        )
        for row in tables.rows("step_words")
    )
