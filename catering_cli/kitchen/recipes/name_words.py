"""The words of a name that say what a dish is: synonyms made one, praise left out, what is behind "with" apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from catering_cli.data.tables import rows
from catering_cli.kitchen.foods.identify import identify
from catering_cli.kitchen.foods.names import tokens

LONGEST: Final = 4
"""Words of a phrase."""
_BRACKETS: Final = re.compile(r"\([^()]*\)")
_FREE: Final = "free"
_DIETS: Final = frozenset(
    ("vegan", "vegetarian", "v", "vg", "gf", "df", "nf", "halal", "kosher", "pareve", "paleo", "keto")
)
"""Words of diets in brackets; [K]."""
_BESIDE: Final = frozenset(("condiments", "oils & vinegars"))
"""Departments of foods that stand beside a dish: what follows a comma and ends so is served with it."""


def readings(name: str) -> tuple[str, ...]:
    """The ways to read a name, surest first: as printed, without brackets, a comma as "with", without loose words."""
    bare = " ".join(_BRACKETS.sub(_kept, name).split())
    beside = _comma_as_with(bare)
    return tuple(dict.fromkeys((name, bare, beside, *_without_loose(bare), *_without_loose(beside))))


def _kept(bracket: re.Match[str]) -> str:
    """A bracket that says a diet says what the dish is; any other is left out."""
    means = [row["means"] for _, row in _cut(tokens(bracket[0])) if row]
    is_diet = any(word.endswith(_FREE) or word in _DIETS for word in (*tokens(bracket[0]), *means))
    return bracket[0] if is_diet else " "


def _comma_as_with(name: str) -> str:
    """With one comma, and behind it what ends in a sauce: "Iceberg wedge, blue cheese dressing"."""
    head, _, tail = name.partition(",")
    said = tokens(tail)
    if not said or "," in tail:
        return name
    food = identify(said[-1])
    is_sauce = said[-1] in sauces() or (food is not None and food.department in _BESIDE)
    return f"{head} with{tail}" if is_sauce else name


def _without_loose(name: str) -> Iterator[str]:
    """The name without each of its loose words, then without any of them."""
    words = re.split(r"[\s-]+", name)
    at_loose = [at for at, word in enumerate(words) if " ".join(tokens(word)) in loose()]
    for left_out in (*([at] for at in at_loose), at_loose):
        yield " ".join(word for at, word in enumerate(words) if at not in left_out)


@cache
def loose() -> frozenset[str]:
    """Words that are left out where no dish is found with them."""
    return frozenset(" ".join(tokens(row["words"])) for row in rows("dish_words") if row["kind"] == "loose")


@cache
def sauces() -> frozenset[str]:
    """Last words of the names of sauces."""
    return frozenset(row["words"] for row in rows("dish_words") if row["kind"] == "sauce")


class NameWords(NamedTuple):
    """What a name says."""

    all: frozenset[str]
    head: frozenset[str]
    """before "with" """
    in_order: tuple[str, ...]


@cache
def words_of(name: str) -> NameWords:
    """The words of a name that say what the dish is, with their synonyms, and those before its "with"."""
    every: list[str] = []
    head: list[str] | None = None
    for phrase, row in _cut(tokens(name)):
        kind = row["kind"] if row else ""
        if kind == "tail":
            head = list(every) if head is None else head
        every += row["means"].split() if row else phrase
    return NameWords(frozenset(every), frozenset(every if head is None else head), tuple(every))


def unpraised(name: str) -> str:
    """A name without its praise: what joins its words stays, so that chicken and dumplings are no chicken dumplings."""
    return " ".join(" ".join(phrase) for phrase, row in _cut(tokens(name)) if row is None or row["kind"] != "plain")


def _cut(words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], dict[str, str] | None]]:
    """The words cut in phrases of the table, longest first, and single words that it does not have."""
    at = 0
    while at < len(words):
        length = next((n for n in range(LONGEST, 1, -1) if words[at : at + n] in phrases()), 1)
        phrase = words[at : at + length]
        yield phrase, phrases().get(phrase)
        at += length


@cache
def phrases() -> dict[tuple[str, ...], dict[str, str]]:
    """The table of words of names by its words; what tells a course or a sauce, or is loose, is read elsewhere."""
    rows_of_words = (row for row in rows("dish_words") if row["kind"] not in ("course", "sauce", "loose"))
    return {tuple(row["words"].split()): row for row in rows_of_words}
