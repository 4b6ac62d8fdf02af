"""How safe a cell of the matrix may be: worked out from the ingredients, the labels and the steps."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from catering_cli.checks.evidence import Evidence, asked_once
from catering_cli.checks.reference.decisions import fold, for_dish, of_kind
from catering_cli.checks.reference.foods import Known, allergens_told, known, phrases
from catering_cli.checks.reference.labels import labels
from catering_cli.checks.reference.names import holds, words
from catering_cli.checks.reference.needs import avoided, canonical, diet_named, is_known, members
from catering_cli.data import tables
from catering_cli.domain.decision import SameFood, Substitute
from catering_cli.domain.diets import DishDiets, PlanProfile
from catering_cli.domain.menu import Dish

DANGER = {"free": 0, "none_found": 1, "unknown": 2, "may_contain": 2, "contains": 3}
"""How dangerous a state is; neither may_contain nor unknown feeds guests who must avoid it."""


SAFE, UNSURE, SURE = 1, 2, 3


@cache
def legal(jurisdiction: str) -> tuple[str, ...]:
    """Allergens that the law of a place lists: the row of the longest prefix that fits, else all there are."""
    rows = [(len(prefix), row) for row in tables.rows("jurisdictions") for prefix in tables.parts(row["prefix"])
            if jurisdiction == prefix or jurisdiction.startswith(f"{prefix}-")]  # fmt: skip
    if rows:
        return tables.parts(max(rows, key=lambda pair: pair[0])[1]["allergens"])
    return tuple(dict.fromkeys(one for row in tables.rows("jurisdictions") for one in tables.parts(row["allergens"])))


@asked_once
def _merged(evidence: Evidence) -> dict[str, list[str]]:
    """Foods that names were decided to be, by the folded name."""
    merged: dict[str, list[str]] = {}
    for one, _ in of_kind(evidence, SameFood):
        for item in one.items:
            merged.setdefault(fold(item), []).append(one.food)
    return merged


def beings(evidence: Evidence, item: str) -> list[Known]:
    """All that an ingredient may be: as written, and as a decision names it."""
    return [known(item), *(known(other) for other in _merged(evidence).get(fold(item), []))]


@asked_once
def foods_of(evidence: Evidence, dish: Dish) -> list[tuple[str, list[Known]]]:
    """Each ingredient of a dish by its name, with all that it may be: as written, and as a decision names it."""
    lines = dish.recipe.ingredients if dish.recipe else ()
    items = dict.fromkeys([*(line.item for line in lines), *(line.item for line in dish.lines)])
    return [(item, beings(evidence, item)) for item in items]


def unproven(dish: Dish) -> bool:
    """Whether no person stands for a dish's recipe: it stands neither in the order nor in the catalogue.

    What a drafter writes into `confirmed_by` confirms nothing.
    """
    return dish.recipe is None or dish.recipe_from not in ("order", "catalogue")


@asked_once
def least(evidence: Evidence, dish: Dish, allergen: str) -> tuple[int, str]:
    """The least danger that a cell may state, and the ingredient that decides it."""
    worst, because = (UNSURE, "no confirmed recipe") if unproven(dish) else (0, "")
    for item, _ in foods_of(evidence, dish):
        level = danger_of(evidence, item, allergen)
        if level > worst:
            worst, because = level, item
    for line in dish.recipe.ingredients if dish.recipe else ():
        if worst < SURE and _said_of(line.preparation, allergen):
            worst, because = SURE, f"{line.item}, {line.preparation}"
    for one, said in unlisted(evidence, dish).items():
        if worst < UNSURE and one in members(allergen):
            worst, because = UNSURE, f"a step speaks of {said}"
    return worst, because


def _said_of(text: str, allergen: str) -> bool:
    return bool(text) and bool(set(members(allergen)) & allergens_told(text))


@asked_once
def danger_of(evidence: Evidence, item: str, allergen: str) -> int:
    """Danger of one ingredient: what it is called, what the table says it is, and what a label says."""
    wanted = set(members(allergen)) | {allergen}
    be = beings(evidence, item)
    read = labels(evidence, item)
    if any(wanted & label.declared for label in read):
        return SURE
    if any(wanted & (one.contains | one.facts) or _named(item, allergen) for one in be):
        return SURE
    if any(wanted & label.may_contain for label in read):
        return UNSURE
    certified = {words(one) for label in read for one in label.certified}
    if read and (words(f"{allergen} free") in certified or _must_declare(evidence, allergen)):
        return 0
    if not is_known(allergen) or any(wanted & one.may_contain or one.sealed for one in be):
        return UNSURE
    return SAFE


def _must_declare(evidence: Evidence, allergen: str) -> bool:
    """Whether a label that is silent on an allergen proves it absent: only of what the law makes it declare.

    Of a food it is the allergen that the food is a kind of: almond is one of the tree nuts.
    """
    wanted = set(members(allergen)) if allergen in _listed() else set(known(allergen).contains)
    return bool(wanted) and wanted <= set(legal(evidence.order.event.jurisdiction))


@cache
def _listed() -> frozenset[str]:
    return frozenset(row["allergen"] for row in tables.rows("allergens"))


def _named(item: str, allergen: str) -> bool:
    """Whether the ingredient is called by the guest's own word (kiwi, pine nut), where that is no legal allergen."""
    return allergen not in _listed() and holds(words(item), words(allergen))


STRICT = {"compatible": 0, "cannot_tell": 1, "conflict": 2}


@asked_once
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
            level = diet_level(one, row)
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


def diet_level(one: Known, row: dict[str, str]) -> int:
    """How an ingredient stands to a diet: 0 compatible, 1 cannot tell, 2 conflict."""
    facts = one.facts | one.contains
    if facts & set(tables.parts(row["conflicts"])):
        return 2
    if facts & set(tables.parts(row["unsure"])) or one.may_contain & set(tables.parts(row["conflicts"])):
        return 1
    if not one.food:
        return 1
    keeps = row["by_animal"] == "yes" and one.plant
    return 1 if one.sealed and not keeps and not row["cells"] else 0


FEEDS = ("none_found", "free")


def refuses(row: DishDiets, profile: PlanProfile) -> str:
    """Why a dish does not feed a profile, by its row; empty where it does."""
    cells = {canonical(cell.allergen): cell.state for cell in row.cells}
    diets = {cell.diet: cell.state for cell in row.diets}
    for need in profile.needs:
        diet = diet_named(need)
        if diet is not None:
            if diets.get(diet) != "compatible":
                return f"{diet}: {diets.get(diet, 'no cell')}"
            continue
        for name in avoided(need):
            if cells.get(name) not in FEEDS:
                return f"{name}: {cells.get(name, 'no cell')}"
    return ""


VERBS = frozenset({"cream", "fish"})
"""Words of the list that a sentence uses without food: cream the sugar, fish out the bay leaf."""


@asked_once
def unlisted(evidence: Evidence, dish: Dish) -> dict[str, str]:
    """Allergens that a step or the method speaks of and nothing in the dish accounts for, each with the words.

    Accounted for is what a line names, whatever else the line says of it, and what a decision took out.
    """
    return dict(_unlisted(evidence, dish))


def _unlisted(evidence: Evidence, dish: Dish) -> Iterator[tuple[str, str]]:
    if dish.recipe is None:
        return
    named = [f"{line.item} {line.preparation} {line.text}" for line in dish.recipe.ingredients]
    named += [swap.item for swap, _ in for_dish(evidence, Substitute, dish.id)]
    listed = [set(words(text)) for text in named]
    for text in (*(step.text for step in dish.recipe.steps), dish.recipe.method):
        for phrase, allergens in phrases(words(text)):
            if " ".join(phrase) not in VERBS and not any(set(phrase) <= line for line in listed):
                yield from ((allergen, " ".join(phrase)) for allergen in sorted(allergens))
