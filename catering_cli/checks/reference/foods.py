"""Which row of the table of foods an ingredient has, and the allergens that its words tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise

from catering_cli.checks.reference.names import Words, holds, word_list, words
from catering_cli.data import tables


@cache
def foods() -> dict[Words, dict[str, str]]:
    """Rows of the table of foods by the words of every name they have."""
    index: dict[Words, dict[str, str]] = {}
    for row in tables.rows("foods"):
        for name in (*tables.parts(row["synonyms"]), *tables.parts(row.get("kinds", ""))):
            index.setdefault(words(name), row)
    plain = {words(row["food"]): row for row in tables.rows("foods")}
    abroad: dict[Words, dict[str, str]] = {}
    for row in tables.rows("foreign_names"):
        for name in tables.parts("|".join(row[language] for language in ("es", "fr", "it", "de"))):
            abroad.setdefault(words(name), plain[words(row["food"])])
    return {**abroad, **index, **plain}


@cache
def _plain_words() -> frozenset[str]:
    """Words that describe a food and are none; those of a preparation alone are part of no name."""
    rows = [row["words"] for row in tables.rows("food_words") if row["kind"] != "prep"]
    return frozenset((*words(" ".join(rows)), *word_list("joining")))


def row_of(item: str) -> dict[str, str] | None:
    """The row of a food: of exactly its words, else of the longest name in it where every other word only describes."""
    return named(item)[0]


@lru_cache(maxsize=4096)
def foods_together(item: str) -> tuple[dict[str, str], ...]:
    """The rows of each food of an item that is no one food ("salt and pepper"); empty if one of them is unknown."""
    pieces = pieces_of(item)
    if len(pieces) == 1 or words(item) in foods():
        return ()
    rows = [row for row in map(row_of, pieces) if row is not None]
    return tuple(rows) if len(rows) == len(pieces) else ()


@cache
def _joints() -> tuple[Words, ...]:
    return tuple(words(row["words"]) for row in tables.rows("food_words") if row["kind"] == "join")


@lru_cache(maxsize=4096)
def names_several(item: str) -> bool:
    """Whether an item names more than one thing: one and another, one or another, one with another."""
    return any(holds(words(item), joint) for joint in _joints())


@lru_cache(maxsize=4096)
def rows_in(item: str) -> tuple[dict[str, str], ...]:
    """The rows of all that an item may be said to be: as a whole, or one of the things that it names."""
    pieces = [item, *pieces_of(item)] if names_several(item) else [item]
    return tuple(row for row in map(row_of, pieces) if row is not None)


@lru_cache(maxsize=4096)
def named(item: str) -> tuple[dict[str, str] | None, Words, Words]:
    """The row of a food, the name in the item that led to it, and the words beside that name."""
    said, index = words(item), foods()
    if said in index:
        return index[said], said, ()
    if both := foods_together(item):
        return both[0], said, ()
    for key in _parts_of(said):
        rest = _less(said, key)
        if key in index and _only_describes(rest, index[key]) and not _denied(said, key):
            return index[key], key, rest
    return None, said, ()


def _only_describes(beside: Words, row: dict[str, str]) -> bool:
    """Whether the words beside a name add nothing to its food, or say how plain meat, poultry or fish is cut."""
    more = [word for word in beside if word not in _plain_words()]
    plain = row["department"] in CUT and row["compound"] != "yes"
    return not more or (plain and _cuts()[0].issuperset(more) and beside[-1] in _cuts()[1])


CUT = ("meat", "poultry", "seafood")
"""Departments of what is cut."""


@cache
def _cuts() -> tuple[frozenset[str], frozenset[str]]:
    """Words of cuts, and those of them in which a name may end."""
    rows = tables.rows("cut_words")
    return frozenset(row["word"] for row in rows), frozenset(row["word"] for row in rows if row["last"] == "yes")


def _denied(said: Words, name: Words) -> bool:
    """Whether a word of a name is said to be missing: chicken-free nuggets are no chicken nuggets."""
    return any(word == "free" and before in name for before, word in pairwise(said))


def _parts_of(said: Words) -> Iterator[Words]:
    """What a name may be within words, longest first: a run, a run without one word inside, the first and the last."""
    for size in range(len(said) - 1, 0, -1):
        yield from _runs(said, size)
        for run in _runs(said, size + 1):
            for gap in range(1, size):
                yield run[:gap] + run[gap + 1 :]
        if size > 1:
            yield said[0], *said[1 - size :]


def _runs(said: Words, size: int) -> list[Words]:
    return [said[at : at + size] for at in range(len(said) - size + 1)]


def _less(said: Words, taken: Words) -> Words:
    """The words without those taken."""
    rest = list(said)
    for word in taken:
        rest.remove(word)
    return tuple(rest)


@cache
def implied() -> dict[str, frozenset[str]]:
    """What an allergen brings with it: wheat is a cereal with gluten."""
    return {row["allergen"]: frozenset(tables.parts(row["implies"])) for row in tables.rows("allergens")}


def with_implied(allergens: frozenset[str]) -> frozenset[str]:
    """The allergens and what they bring."""
    return allergens.union(*(implied().get(one, frozenset()) for one in allergens))


@lru_cache(maxsize=4096)
def allergens_told(text: str) -> frozenset[str]:
    """The allergens that the words of a text tell by the checker's own list of words."""
    return frozenset().union(*(allergens for _, allergens in phrases(words(text))))


@lru_cache(maxsize=4096)
def phrases(said: Words) -> tuple[tuple[Words, frozenset[str]], ...]:
    """The words of the list that stand in a text, unless words beside them take them back, and what each tells."""
    out: list[tuple[Words, frozenset[str]]] = []
    held = frozenset(said)
    for phrase, harmless, allergens in _traps():
        if not held.issuperset(phrase):
            continue
        spared = said
        for other in harmless:
            spared = without(spared, other)
        if holds(spared, phrase):
            out.append((phrase, allergens))
    return tuple(out)


@cache
def _traps() -> tuple[tuple[Words, tuple[Words, ...], frozenset[str]], ...]:
    """Phrases of the list, the words that take each back, and its allergens."""
    traps = []
    for row in tables.rows("trap_words"):
        allergens = frozenset(tables.parts(row["allergens"]))
        alike = [name for name, isnt in lookalikes() if allergens <= isnt]
        harmless = (*map(words, tables.parts(row["unless"])), *alike)
        traps.append((words(row["words"]), harmless, with_implied(allergens)))
    return tuple(traps)


@cache
def lookalikes() -> tuple[tuple[Words, frozenset[str]], ...]:
    """Names that hold the word of another food, each with what is not in them by it; the longest first."""
    found: list[tuple[Words, frozenset[str]]] = []
    for row in tables.rows("lookalikes"):
        isnt = frozenset(tables.parts(row["not"]))
        found += [(words(name), isnt) for name in tables.parts(row["words"])]
    return tuple(sorted(found, key=lambda pair: (-len(pair[0]), pair[0])))


def without(said: Words, phrase: Words) -> Words:
    """The words with a mark in place of each run that is the phrase."""
    size = len(phrase)
    out: list[str] = []
    at = 0
    while at < len(said):
        whole = said[at : at + size] == phrase
        out.append("\0" if whole else said[at])
        at += size if whole else 1
    return tuple(out)


_BETWEEN = re.compile(r"\s*(?:&|\band/or\b|\b(?:(?:mixed |along )?with|and|or|in|such as)\b)\s*", re.IGNORECASE)
"""What stands between two foods of one line."""


def pieces_of(item: str) -> list[str]:
    """The foods of "sea salt & black pepper", of "butter or margarine"."""
    return [part for part in _BETWEEN.split(item) if words(part)]


RANKS = {"compound": 0, "unsure": 1, "packed": 2, "meat": 3, "plain": 4}
"""How much a label can decide: what is in a compound; what some makes contain; what else the packer packs."""


@lru_cache(maxsize=4096)
def is_staple(item: str) -> bool:
    """Whether an item is water, sugar, salt, pepper or oil: no label of it is ever to be read."""
    return all("staple" in tables.parts(row["groups"]) for row in rows_in(item)) and bool(rows_in(item))


@lru_cache(maxsize=4096)
def says_nothing(item: str) -> bool:
    """Whether the label of an item settles nothing: a staple, or one plain food."""
    row = row_of(item)
    if row is None or is_staple(item):
        return row is not None
    open_question = row["compound"] == "yes" or row["may_contain"] or "unnamed" in tables.parts(row["groups"])
    return not open_question


UNLABELLED = {"produce": "plain", "meat": "meat", "poultry": "meat", "seafood": "meat"}
"""Departments whose plain food comes without a label."""


@lru_cache(maxsize=4096)
def label_rank(item: str) -> int:
    """Where an ingredient stands among those whose label is to be read."""
    row = row_of(item)
    if row is None or row["compound"] == "yes":
        return RANKS["compound"]
    if row["may_contain"]:
        return RANKS["unsure"]
    return RANKS[UNLABELLED.get(row["department"], "packed")]
