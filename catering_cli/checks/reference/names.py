"""When two names mean the same thing: words compared, not letters; nothing is guessed by likeness."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from catering_cli.data import tables

Words = tuple[str, ...]


@cache
def word_list(name: str) -> tuple[str, ...]:
    """The entries of one of the checker's lists of words."""
    return next(tables.parts(row["words"]) for row in tables.rows("checker_words") if row["list"] == name)


@cache
def _irregular() -> dict[str, str]:
    """Singulars that no ending tells."""
    pairs = [entry.partition("=") for entry in word_list("singular")]
    return {plural: singular for plural, _, singular in pairs}


_WORD = re.compile(r"[^\W_]+")

SHORTEST = 3
"""Letters of a word that is too short to be a plural: gas, bus."""

_ENDINGS = (("ies", "y"), ("oes", "o"), ("shes", "sh"), ("ches", "ch"), ("xes", "x"), ("sses", "ss"))
"""Endings of plurals, and of their singulars."""


@lru_cache(maxsize=20_000)
def _one(word: str) -> str:
    """A word in its singular."""
    if word in _irregular():
        return _irregular()[word]
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word.removesuffix(ending) + instead
    singular = word.endswith(("ss", "us", "is")) or len(word) <= SHORTEST
    return word if singular else word.removesuffix("s")


@lru_cache(maxsize=20_000)
def words(text: str) -> Words:
    """The words of a name: lower case, no accents or apostrophes, "and" for its sign, each in its singular."""
    if text.isascii() and text.replace(" ", "").isalpha():
        return tuple(map(_one, text.lower().split()))
    plain = text.casefold().replace("'", "").replace("’", "").replace("&", " and ")
    if not plain.isascii():
        plain = "".join(char for char in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(char))
    return tuple(map(_one, _WORD.findall(plain)))


@lru_cache(maxsize=20_000)
def same(one: str, other: str) -> bool:
    """Whether two names are the same words in the same order."""
    return bool(words(one)) and words(one) == words(other)


def holds(text: Words, phrase: Words) -> bool:
    """Whether the words of `phrase` stand side by side in `text`."""
    size = len(phrase)
    if not size or phrase[0] not in text:
        return False
    return any(text[at : at + size] == phrase for at in range(len(text) - size + 1))
