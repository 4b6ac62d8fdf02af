"""Which dish of the catalogue a menu's name means: by spelling, word order, synonyms and plain variants.

Another main food, another form (soup, sandwich) or another way of cooking is never a match. What a name says beyond the
dish must be a seasoning, or stand behind "with": it is told, and goes into the recipe as a line without an amount, so
that its allergens count.
"""

from __future__ import annotations

from functools import cache
from itertools import chain, takewhile
from typing import Final, Literal, NamedTuple

from catering_cli.data.tables import parts, rows
from catering_cli.domain.suggest import MISSPELT, closest
from catering_cli.kitchen.foods import identify
from catering_cli.kitchen.foods.names import tokens
from catering_cli.kitchen.foods.table import names as food_names
from catering_cli.kitchen.recipes import catalogue
from catering_cli.kitchen.recipes.name_words import (
    LONGEST,
    NameWords,
    loose,
    phrases,
    readings,
    sauces,
    unpraised,
    words_of,
)

How = Literal["same", "spelled", "less", "more"]
"""The same dish; a slip in spelling; the name says less than the recipe; it says more."""

_SEASONINGS: Final = frozenset(("condiments", "spices", "oils & vinegars", "baking", "alcohol"))
"""Departments of the food table whose foods season a dish and are not its main food."""
_SEASONING_GROUPS: Final = frozenset(("herb", "citrus"))
_SEASONING_FOODS: Final = frozenset(
    ("garlic", "ginger", "butter", "unsalted butter", "buttermilk", "cream", "scallion", "shallot")
)
_MAIN: Final = frozenset(("meat", "poultry", "seafood", "frozen", "bakery"))


class Called(NamedTuple):
    """A dish of the catalogue that a name means."""

    name: str
    how: How
    beyond: tuple[str, ...] = ()
    """foods that the name says beyond the recipe"""


@cache
def called(name: str) -> Called | None:
    """The dish that a name means, and how surely; None if none or several might."""
    found = (_read(reading) for reading in readings(name))
    return next((one for one in found if one is not None), None)


def _read(name: str) -> Called | None:
    if known := _by_key().get(catalogue.key(name)):
        return Called(known, "same")
    said = words_of(name)
    if not said.all:
        return None
    if known := _by_said().get(unpraised(name)) or _by_words().get(said.all):
        return Called(known, "same")
    spelled = _spelled(said)
    if spelled != said.all and (known := _by_words().get(spelled)):
        return Called(known, "spelled")
    return _with_course(said) or _with_less(said) or _with_more(said) or _of_diet(said)


def _with_course(said: NameWords) -> Called | None:
    """The dish whose words are those of the name but for its course at the end: horiatiki salad."""
    last = said.in_order[-1]
    known = _by_words().get(said.all - {last}) if last in _courses() else None
    return Called(known, "same") if known and _row(known)["course"] == _courses()[last] else None


@cache
def _diets() -> frozenset[str]:
    return frozenset(chain.from_iterable(parts(row["diets"]) for row in catalogue.index()))


def _of_diet(said: NameWords) -> Called | None:
    """The dish whose words are those of the name but for a diet that no food of it breaks: vegan ratatouille."""
    diets = _diets() & said.all
    known = _by_words().get(said.all - diets) if diets else None
    if known is None or not diets <= set(parts(_row(known)["diets"])):
        return None
    return Called(known, "same")


def _row(dish: str) -> dict[str, str]:
    return next(row for row in catalogue.index() if row["name"] == dish)


@cache
def _by_key() -> dict[str, str]:
    """Key of a name -> dish: own names before others."""
    found: dict[str, str] = {}
    for row in catalogue.index():
        found |= {catalogue.key(name): row["name"] for name in parts(row["also"])}
    return found | {catalogue.key(row["name"]): row["name"] for row in catalogue.index()}


@cache
def _by_said() -> dict[str, str]:
    """Names without their praise -> dish: its own name before others, the shorter one first."""
    names: list[tuple[bool, int, str, str]] = []
    for row in catalogue.index():
        names.append((False, len(row["name"]), row["name"], row["name"]))
        names += [(True, len(name), name, row["name"]) for name in parts(row["also"])]
    found: dict[str, str] = {}
    for *_, name, dish in sorted(names):
        found.setdefault(unpraised(name), dish)
    return found


@cache
def _by_words() -> dict[frozenset[str], str]:
    """Words of a name -> dish; those that several dishes share only if one of them is called so itself."""
    own: dict[frozenset[str], str] = {}
    also: dict[frozenset[str], str] = {}
    shared: set[frozenset[str]] = set()
    for row in sorted(catalogue.index(), key=lambda row: len(row["name"])):
        own.setdefault(words_of(row["name"]).all, row["name"])
        for name in parts(row["also"]):
            words = words_of(name).all
            if also.setdefault(words, row["name"]) != row["name"]:
                shared.add(words)
    by_words = {words: dish for words, dish in also.items() if words not in shared} | own
    by_words.pop(frozenset(), None)
    return by_words


@cache
def _vocabulary() -> frozenset[str]:
    return frozenset(chain.from_iterable((*_by_words(), *phrases(), *food_names())))


def _spelled(said: NameWords) -> frozenset[str]:
    """The words with those that nothing knows as the known ones that they are like."""
    known = set(chain.from_iterable(_by_words()))
    corrected: set[str] = set()
    for word in said.all:
        right = "" if word in _vocabulary() else closest(word, known, MISSPELT)
        corrected.add(right or word)
    return frozenset(corrected)


def _with_more(said: NameWords) -> Called | None:
    """The dish most of whose words are in the name, if what the name says beyond them may be added."""
    found: list[tuple[int, int, str, tuple[str, ...]]] = []
    for words, dish in _by_words().items():
        beyond = addable(said, words, dish) if words < said.all and _names_a_dish(words, dish) else None
        if beyond is not None:
            found.append((len(beyond), -len(words), dish, beyond))
    if not found:
        return None
    least = min(found)
    nearest = {dish for beyond, words, dish, _ in found if (beyond, words) == least[:2]}
    return Called(least[2], "more", least[3]) if len(nearest) == 1 else None


def _names_a_dish(words: frozenset[str], dish: str) -> bool:
    """Whether words say what a dish is: several of them, or the whole of its own name; a drink's one word does not."""
    if len(words) > 1:
        return True
    return _row(dish)["course"] != "drink" and words_of(dish).all == words


def addable(said: NameWords, words: frozenset[str], dish: str = "") -> tuple[str, ...] | None:
    """The foods of a name beyond these words; None if one of them makes it another dish.

    A food that the recipe of `dish` has anyway adds nothing: beef shepherd's pie.
    """
    foods: list[str] = []
    rest = [word for word in said.in_order if word not in words]
    if (_diets() | loose()) & set(rest):
        return None
    at = 0
    while at < len(rest):
        phrase = _sauce(rest[at:], said) or phrase_of(rest[at:])
        in_tail = not said.head & set(phrase)
        if not phrase or (_is_dish(phrase, dish, in_tail=in_tail) and not _sauce(phrase, said)):
            return None
        is_in = bool(dish) and _is_in(phrase, dish)
        if not is_in and not _adds(phrase, dish, in_tail=in_tail):
            return None
        foods += [] if is_in else [" ".join(phrase)]
        at += len(phrase)
    return tuple(foods)


def _is_dish(phrase: list[str], dish: str, *, in_tail: bool) -> bool:
    """Whether a phrase is a dish of its own, and no side or dessert that is served with what is before it."""
    course = _courses().get(phrase[-1], "")
    beside = _BESIDE.get(_row(dish)["course"], ()) if dish and in_tail else ()
    return bool(course) and course not in beside


_BESIDE: Final = {"main": ("side", "bread"), "side": ("side",), "dessert": ("dessert",)}
"""Courses of what may be named behind "with", by the course of the dish that it goes with."""


def phrase_of(words: list[str]) -> list[str]:
    """The longest food that the words begin with."""
    length = next((n for n in range(LONGEST, 0, -1) if _food(words[:n])), 0)
    return words[:length]


def _sauce(words: list[str], said: NameWords) -> list[str]:
    """The words up to a sauce that stands behind "with"; one of a meat or a fish makes another dish."""
    end = next((n for n, word in enumerate(words[:LONGEST], 1) if word in sauces()), 0)
    phrase = words[:end]
    beside = not said.head & set(phrase)
    of_meat = any((food := _food([word])) and food.department in _MAIN for word in phrase)
    return phrase if beside and not of_meat else []


def _is_in(phrase: list[str], dish: str) -> bool:
    """Whether a line or a base of the recipe is that food: ground beef is beef, chicken stock is no chicken."""
    food, recipe = _food(phrase), catalogue.recipe_named(dish)
    assert recipe is not None
    if any(set(phrase) <= set(tokens(part.name)) for part in recipe.parts):
        return True
    if food is None:
        return False
    is_kind = list(tokens(food.name)) == phrase
    for line in recipe.ingredients:
        found = identify.identify(line.item)
        if found is None or found.department != food.department:
            continue
        if set(phrase) <= set(tokens(line.item)) or (is_kind and food.name in found.groups):
            return True
    return False


def _food(words: list[str]) -> identify.Food | None:
    return identify.identify(" ".join(words)) if words else None


def _adds(phrase: list[str], dish: str, *, in_tail: bool) -> bool:
    """Whether a food may stand beside a dish: a seasoning anywhere, no main food even behind "with".

    Behind "on", what has bread anyway may have another bread.
    """
    food = _food(phrase)
    if food is None:
        return in_tail and phrase[-1] in sauces()
    if seasons(food):
        return True
    return in_tail and (food.department not in _MAIN or (food.department == "bakery" and _has_bread(dish)))


def seasons(food: identify.Food) -> bool:
    """Whether a food seasons a dish and is not its main food."""
    return food.department in _SEASONINGS or bool(food.groups & _SEASONING_GROUPS) or food.name in _SEASONING_FOODS


@cache
def _has_bread(dish: str) -> bool:
    recipe = catalogue.recipe_named(dish) if dish else None
    foods = [identify.identify(line.item) for line in recipe.ingredients] if recipe else []
    return any(food and food.department == "bakery" for food in foods)


def _with_less(said: NameWords) -> Called | None:
    """The one dish whose own name begins with these words and goes on with "with", or adds seasonings."""
    if len(said.all) < 2:  # noqa: PLR2004  # one word names a food, no dish
        return None
    found: list[str] = []
    for row in catalogue.index():
        whole = words_of(row["name"])
        if said.all < whole.all and (whole.head == said.all or addable(whole, said.all) is not None):
            found.append(row["name"])
    return Called(found[0], "less") if len(found) == 1 else None


def nearest(name: str, most: int = 3) -> tuple[str, ...]:
    """Dishes that a name may mean: like it in spelling, else those that share most of its words."""
    if near := catalogue.near_names(name, most):
        return near
    said = words_of(name).all
    ranked: list[tuple[float, str]] = []
    for row in catalogue.index():
        words = words_of(row["name"]).all
        if shared := len(words & said):
            ranked.append((-shared / len(words | said), row["name"]))
    return tuple(dish for _, dish in sorted(ranked)[:most])


@cache
def _courses() -> dict[str, str]:
    return {row["words"]: row["means"] for row in rows("dish_words") if row["kind"] == "course"}


def course_of(name: str) -> str:
    """The course that the last noun of a name tells; empty if it tells none."""
    said = tokens(name)
    words = (*said[:1], *takewhile(lambda word: word not in ("with", "in", "over"), said[1:]))
    for length in (3, 2, 1):
        course = _courses().get(" ".join(words[-length:]), "")
        if course in ("side", "dessert") and any(_is_meat(word) for word in words):
            return "main"
        if course:
            return course
    return "main" if any(_is_meat(word) for word in (*words, " ".join(words))) else ""


def _is_meat(word: str) -> bool:
    food = identify.identify(word)
    return food is not None and food.department in ("meat", "poultry", "seafood")
