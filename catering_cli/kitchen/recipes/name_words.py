"""The words of a name that say what a dish is: synonyms made one, praise left out, what is behind "with" apart."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from catering_cli.data.tables import rows
from catering_cli.kitchen.foods.names import tokens

LONGEST: Final = 4
"""Words of a phrase."""


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
    """The table of words of names by its words; what tells a course or a sauce is read elsewhere."""
    rows_of_words = (row for row in rows("dish_words") if row["kind"] not in ("course", "sauce"))
    return {tuple(row["words"].split()): row for row in rows_of_words}
