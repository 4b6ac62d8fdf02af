"""What is known of an ingredient: its row of the table of foods, and the allergens that its words tell."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from catering_cli.checks.reference.names import holds, words
from catering_cli.data import tables

Words = tuple[str, ...]


class Known(NamedTuple):
    """What the tables say of one ingredient."""

    name: str
    food: str
    """canonical food; empty where no row is surely about it"""
    contains: frozenset[str]
    may_contain: frozenset[str]
    facts: frozenset[str]
    """groups, animal sources, parts, alcohol, pork, and its own name"""
    sealed: bool
    """true where only a label tells what else is in it"""
    plant: bool
    """true where surely nothing of an animal is in it, whatever the make"""


@cache
def foods() -> dict[Words, dict[str, str]]:
    """Rows of the table of foods by the words of every name they have."""
    index: dict[Words, dict[str, str]] = {}
    for row in tables.rows("foods"):
        for name in (*tables.parts(row["synonyms"]), *tables.parts(row.get("kinds", ""))):
            index.setdefault(words(name), row)
    return index | {words(row["food"]): row for row in tables.rows("foods")}


JOINING = frozenset({"of", "and", "with", "in", "the", "a", "for", "or", "fresh", "large", "small", "medium"})


@cache
def _plain_words() -> frozenset[str]:
    """Words that describe a food and are none; those of a preparation alone are part of no name."""
    said = {word for row in tables.rows("food_words") if row["kind"] != "prep" for word in words(row["words"])}
    return frozenset(said | JOINING)


def row_of(item: str) -> dict[str, str] | None:
    """The row of a food: of exactly its words, else of the longest name in it where every other word only describes."""
    return named(item)[0]


@lru_cache(maxsize=4096)
def several(item: str) -> tuple[dict[str, str], ...]:
    """The rows of each food of an item that is no one food ("salt and pepper"); empty where one of them is none."""
    pieces = _several(item)
    if len(pieces) == 1 or words(item) in foods():
        return ()
    rows = [row_of(part) for part in pieces]
    return tuple(row for row in rows if row is not None) if None not in rows else ()


@cache
def _joints() -> tuple[Words, ...]:
    return tuple(words(row["words"]) for row in tables.rows("food_words") if row["kind"] == "join")


@lru_cache(maxsize=4096)
def joined(item: str) -> bool:
    """Whether an item names more than one thing: one and another, one or another, one with another."""
    return any(holds(words(item), joint) for joint in _joints())


@lru_cache(maxsize=4096)
def rows_in(item: str) -> tuple[dict[str, str], ...]:
    """The rows of all that an item may be said to be: as a whole, or one of the things that it names."""
    pieces = (item, *(_several(item) if joined(item) else ()))
    return tuple(row for part in pieces if (row := row_of(part)) is not None)


@lru_cache(maxsize=4096)
def named(item: str) -> tuple[dict[str, str] | None, Words, Words]:
    """The row of a food, the name in the item that led to it, and the words beside that name."""
    said, index = words(item), foods()
    if said in index:
        return index[said], said, ()
    if both := several(item):
        return both[0], said, ()
    for size in range(len(said) - 1, 0, -1):
        for key in _within(said, size):
            rest = list(said)
            for word in key:
                rest.remove(word)
            if key in index and all(word in _plain_words() for word in rest):
                return index[key], key, tuple(rest)
    return None, said, ()


def _within(said: Words, size: int) -> list[Words]:
    """Runs of so many words, and the same without one word inside, in order."""
    runs = [said[i : i + size] for i in range(len(said) - size + 1)]
    wider = [said[i : i + size + 1] for i in range(len(said) - size)]
    gapped = [run[:j] + run[j + 1 :] for run in wider for j in range(1, size)]
    ends = [(said[0], *said[-size + 1 :])] if 1 < size < len(said) else []
    return [*runs, *gapped, *ends]


@cache
def implied() -> dict[str, frozenset[str]]:
    """What an allergen brings with it: wheat is a cereal with gluten."""
    return {row["allergen"]: frozenset(tables.parts(row["implies"])) for row in tables.rows("allergens")}


def with_implied(allergens: frozenset[str]) -> frozenset[str]:
    """The allergens and what they bring."""
    return allergens.union(*(implied().get(one, frozenset()) for one in allergens))


def allergens_told(text: str) -> frozenset[str]:
    """The allergens that the words of a text tell by the checker's own list of words."""
    return frozenset().union(*(allergens for _, allergens in phrases(words(text))))


@lru_cache(maxsize=4096)
def phrases(said: Words) -> tuple[tuple[Words, frozenset[str]], ...]:
    """The words of the list that stand in a text, where nothing beside them takes them back, and what each tells."""
    out: list[tuple[Words, frozenset[str]]] = []
    held = frozenset(said)
    for phrase, row in _traps():
        if not held.issuperset(phrase):
            continue
        spared = said
        for harmless in tables.parts(row["unless"]):
            spared = _without(spared, words(harmless))
        if holds(spared, phrase):
            out.append((phrase, with_implied(frozenset(tables.parts(row["allergens"])))))
    return tuple(out)


@cache
def _traps() -> tuple[tuple[Words, dict[str, str]], ...]:
    return tuple((words(row["words"]), row) for row in tables.rows("trap_words"))


def _without(said: Words, phrase: Words) -> Words:
    size = len(phrase)
    out: list[str] = []
    at = 0
    while at < len(said):
        if said[at : at + size] == phrase:
            out.append("\0")
            at += size
        else:
            out.append(said[at])
            at += 1
    return tuple(out)


@lru_cache(maxsize=4096)
def known(item: str) -> Known:
    """What the tables and the words say of an ingredient."""
    row = row_of(item)
    if several(item):
        return _together(item)
    if row is None:
        return Known(
            item, "", allergens_told(item), frozenset(), frozenset({item.casefold()}), sealed=True, plant=False
        )
    members = [row, *(other for name in tables.parts(row["parts"]) if (other := _by_name(name)) is not None)]
    contains = {one for member in members for one in tables.parts(member["contains"])}
    may = {one for member in members for one in tables.parts(member["may_contain"])}
    facts = {row["food"], *tables.parts(row["parts"])}
    for member in members:
        facts |= set(tables.parts(member["groups"])) | (set(tables.parts(member["animal"])) - {"none"})
        facts |= {"alcohol"} if member["alcohol"] == "yes" else set()
        facts |= {"trace alcohol"} if member["alcohol"] == "trace" else set()
        facts |= {"pork"} if member["pork"] == "yes" else set()
    return Known(
        name=item,
        food=row["food"],
        contains=with_implied(frozenset(contains)) | allergens_told(item),
        may_contain=with_implied(frozenset(may)),
        facts=frozenset(facts),
        sealed=any(member["compound"] == "yes" for member in members),
        plant=all("none" in tables.parts(member["animal"]) for member in members),
    )


_BETWEEN = re.compile(r"\s*(?:&|\band/or\b|\b(?:(?:mixed |along )?with|and|or|in|such as)\b)\s*", re.IGNORECASE)
"""What stands between two foods of one line."""


def _several(item: str) -> list[str]:
    """The foods of "sea salt & black pepper", of "butter or margarine"."""
    return [part for part in _BETWEEN.split(item) if words(part)]


def _together(item: str) -> Known:
    """All that several foods on one line are: each of them may be in the dish."""
    each = [known(part) for part in _several(item)]
    return Known(
        name=item,
        food=each[0].food,
        contains=frozenset().union(*(one.contains for one in each)) | allergens_told(item),
        may_contain=frozenset().union(*(one.may_contain for one in each)),
        facts=frozenset().union(*(one.facts for one in each)),
        sealed=any(one.sealed for one in each),
        plant=all(one.plant for one in each),
    )


def _by_name(name: str) -> dict[str, str] | None:
    return foods().get(words(name))
