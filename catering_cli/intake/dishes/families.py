"""Simple dishes that no card has: "roast venison", "grilled fennel" are made by a family's card, with their own food.

`data/dish_families.tsv` says what a name needs for it. It is a stand-in: open until a person confirms it, and a
model's draft takes its place.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from itertools import chain
from typing import NamedTuple

from catering_cli.data.tables import parts, rows
from catering_cli.domain.order_parts.recipe import FAMILY, STAND_IN, Course, Ingredient, Recipe
from catering_cli.intake.dishes import additions
from catering_cli.kitchen.foods.identify import identify
from catering_cli.kitchen.foods.table import Food
from catering_cli.kitchen.recipes import catalogue, dish_names
from catering_cli.kitchen.recipes.name_words import NameWords, words_of


class _Family(NamedTuple):
    """A row of the table."""

    forms: tuple[frozenset[str], ...]
    also: frozenset[str]
    takes: tuple[frozenset[str], ...]
    """sets of department, class, groups or name; a food has all of one"""
    never: frozenset[str]
    course: Course
    recipe: str
    food: str
    """the line of the recipe that the food of the name takes the place of"""

    def fits(self, words: list[str], food: Food) -> bool:
        """Whether a food, as it is called, may be the main one of the family."""
        facts = {food.name, food.department, food.food_class, *food.groups, *food.contains, *words}
        return any(wanted <= facts for wanted in self.takes) and not facts & self.never


class _Told(NamedTuple):
    """What a name says in the words of a family."""

    mains: tuple[str, ...]
    beyond: tuple[str, ...]
    """what seasons it, or stands behind "with" """


def stand_in(name: str) -> Recipe | None:
    """The recipe of the first family that a name fits, made with the foods of the name; None if it fits none."""
    said = words_of(name)
    for family in _families():
        for form in family.forms:
            told = _told(said, form, family) if form <= said.head else None
            if told is not None:
                return _made(name, family, told)
    return None


@cache
def _families() -> tuple[_Family, ...]:
    return tuple(map(_family, rows("dish_families")))


def _family(row: dict[str, str]) -> _Family:
    return _Family(
        forms=tuple(frozenset(form.split()) for form in parts(row["form"])),
        also=frozenset(row["also"].split()),
        takes=tuple(frozenset(wanted.split(" & ")) for wanted in parts(row["takes"])),
        never=frozenset(parts(row["never"])),
        course=row["course"],  # type: ignore[arg-type]
        recipe=row["recipe"],
        food=row["food"],
    )


def _told(said: NameWords, form: frozenset[str], family: _Family) -> _Told | None:
    """The foods of a name; None if it has no main food of the family, or says what makes it another dish."""
    known = form | family.also
    of_the_head = [word for word in said.in_order if word in said.head]
    foods = _foods([word for word in of_the_head if word not in known])
    fitting = [(words, food) for words, food in foods if family.fits(words, food)]
    mains = [words for words, food in fitting if not dish_names.seasons(food)] or [words for words, _ in fitting]
    if not mains:
        return None
    beyond = dish_names.addable(said, known | frozenset(chain.from_iterable(mains)))
    return None if beyond is None else _Told(tuple(map(" ".join, mains)), beyond)


def _foods(words: list[str]) -> Iterator[tuple[list[str], Food]]:
    """The foods that words name, the longest first at each place."""
    at = 0
    while at < len(words):
        phrase = dish_names.phrase_of(words[at:])
        food = identify(" ".join(phrase)) if phrase else None
        if food is not None:
            yield phrase, food
        at += len(phrase) or 1


def _made(name: str, family: _Family, told: _Told) -> Recipe | None:
    """The recipe of a family with the foods of a name, in equal shares."""
    card = catalogue.recipe_named(family.recipe)
    if card is None:
        return None
    lines: list[Ingredient] = []
    for line in card.ingredients:
        lines += _shares(line, told.mains) if line.item == family.food else (line,)
    lines += additions.lines(card, told.beyond)
    kind = family.recipe.removeprefix("Family ")
    more = f"; the menu adds {additions.told(told.beyond)}" if told.beyond else ""
    said = f"a stand-in, for no recipe has it: made as the house makes {kind}, of {' and '.join(told.mains)}{more}"
    changes = {"name": name, "course": family.course, "tags": (STAND_IN, FAMILY), "source": said}
    return card.model_copy(update={**changes, "ingredients": tuple(lines)})


def _shares(line: Ingredient, foods: tuple[str, ...]) -> Iterator[Ingredient]:
    """The line with each of the foods in place of its own, all together as much."""
    assert line.quantity is not None
    for food in foods:
        yield line.model_copy(
            update={"item": food, "quantity": line.quantity.times(Fraction(1, len(foods))), "text": ""}
        )
