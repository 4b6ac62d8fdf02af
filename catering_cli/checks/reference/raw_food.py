"""Raw animal food in a dish, and whether the words of a step can have cooked it: the checker's own reading."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import product

from catering_cli.checks.reference.foods import foods_together, row_of
from catering_cli.checks.reference.names import Words, holds, words
from catering_cli.data import tables
from catering_cli.domain.order_parts.recipe import RecipeStep
from catering_cli.domain.plan_parts.menu import Dish, ScaledLine

HOTTEST = ("poultry", "ground_meat", "eggs", "whole_meat", "roast", "fish")
"""Classes of raw animal food by the heat that they need."""

DONE = ("ready", "cooked")
"""What words beside an ingredient say if it is no longer raw."""

HEATS = ("cook", "bake", "heat", "reheat", "part", "sauce")
WARM = 100
"""F that no cold store and no dough has."""


@lru_cache(maxsize=4096)
def tells(text: str, form: str, deeds: tuple[str, ...]) -> bool:
    """Whether a text holds a word of the table of cooking words for one of these deeds; verbs in any form."""
    said = words(text)
    return any(_stands(said, phrase, form) for phrase in _phrases(form, deeds))


def _stands(said: Words, phrase: Words, form: str) -> bool:
    if form != "verb":
        return holds(said, phrase)
    stems = tuple(word[: max(3, len(word) - 1)] for word in phrase)
    runs = (said[at : at + len(stems)] for at in range(len(said) - len(stems) + 1))
    return any(all(word.startswith(stem) for word, stem in zip(run, stems, strict=True)) for run in runs)


@cache
def _phrases(form: str, deeds: tuple[str, ...]) -> tuple[Words, ...]:
    phrases: list[str] = []
    for row in tables.rows("cooking_words"):
        if row["form"] == form and row["deed"] in deeds:
            phrases += tables.parts(row["words"])
    return tuple(map(words, phrases))


def raw_lines(dish: Dish) -> dict[str, str]:
    """The raw animal food among the lines of a dish: class by item."""
    written = dish.recipe.ingredients if dish.recipe else ()
    texts = [line.text for line in written] if len(written) == len(dish.lines) else [""] * len(dish.lines)
    found = {line.item: _class(line, text) for line, text in zip(dish.lines, texts, strict=True)}
    return {item: name for item, name in found.items() if name in HOTTEST}


def _class(line: ScaledLine, text: str) -> str:
    """The hottest class of the foods that a line names, unless its words say that it is cooked or cured."""
    rows = [row for row in (row_of(line.item), row_of(line.food), *foods_together(line.item)) if row is not None]
    classes = [row["food_class"] for row in rows if row["food_class"] in HOTTEST]
    said = f"{line.item}, {line.preparation}, {text}"
    if not classes or ("raw" not in words(said) and tells(said, "line", DONE)):
        return ""
    return min(classes, key=HOTTEST.index)


def may_heat(step: RecipeStep, dish: Dish) -> bool:
    """Whether fields, words or equipment of a step (or the dish's name) allow that it heats food."""
    if step.kind is not None:
        return step.kind in ("cook", "reheat")
    texts = (step.text, *step.equipment, dish.name)
    verbal = any(tells(text, form, HEATS) for text, form in product(texts, ("verb", "phrase", "equipment")))
    return bool(step.temperature) or verbal
