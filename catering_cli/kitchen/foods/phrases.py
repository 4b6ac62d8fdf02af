"""Foods in running words: an item of several foods, a preparation that brings something in."""

from __future__ import annotations

import re
from functools import cache
from itertools import chain, groupby
from typing import NamedTuple

from catering_cli.kitchen.foods.identify import FORMS, Identified, longest, recognise
from catering_cli.kitchen.foods.names import tokens
from catering_cli.kitchen.foods.table import Tokens, names

PURPOSE = "for"
"""First word of a note that says where a food goes ("for the croutons"), not what is in it."""


_MEASURED = re.compile(
    r"\d+(?:g|gr|kg|mg|ml|cl|dl|l|oz|lb|cm|mm|in|inch)?|cm|mm|inch|gram|grams|millilit(?:er|re)s?|ounces?|pounds?|oz|lb|ml"
)
"""A number or measure beside a food: "(80ml)", "(about 14 oz)"; it brings nothing in."""

ITEM = frozenset({"tail"})
"""Kinds of words that may stand beside the name of an item: "to taste", "for garnish"."""

PREPARATION = frozenset({"form", "variety", "prep", "tail"})
"""Kinds of words of a preparation. "mashed" is here only: potatoes, mashed are potatoes, mashed potatoes hold more."""


@cache
def items(text: str) -> tuple[Identified, ...] | None:
    """The foods of an item, one or several ("salt and pepper"); None if a word of it is not understood."""
    return _read(text, ITEM)


@cache
def joined(text: str) -> bool:
    """Whether an item is more than one thing by its words: one and another, one or another, one with another."""
    return any(joins for _, joins in _joined(tokens(text), ITEM))


@cache
def foods_named(text: str) -> tuple[Identified, ...] | None:
    """The foods that a preparation names; None if a word of it is not understood.

    "finely diced" names none, "packed in olive oil" one, "brushed with glaze" is not understood.
    """
    return _read(text, PREPARATION)


def _read(text: str, beside: frozenset[str]) -> tuple[Identified, ...] | None:
    words = tokens(text)
    if whole := recognise(words):
        return (whole,)
    found: list[Identified] = []
    for joined, group in groupby(_joined(words, beside), key=lambda pair: pair[1]):
        if joined:
            continue
        part = tuple(word for word, _ in group)
        rest = _bare(part, beside)
        food = recognise(part) or recognise(rest)
        if food:
            found.append(food)
        elif rest and _bare(part, beside | FORMS):  # nothing is left of "fresh" of "fresh or frozen cranberries"
            return None
    return tuple(found)


class Notes(NamedTuple):
    """What the preparation of a line says."""

    foods: tuple[Identified, ...] | None
    """foods that it brings in: "packed in olive oil"; None if a word is not understood"""
    content: tuple[str, ...]
    """its parts that speak of the food itself"""
    purposes: tuple[str, ...]
    """its parts that say what the food is for"""


def preparation_notes(text: str) -> Notes:
    """Read a preparation part by part: "packed in olive oil, for the croutons" is one of content, one of purpose."""
    parts = [part.strip() for part in re.split(r"[,;()]", text) if tokens(part)]
    purposes = tuple(part for part in parts if tokens(part)[0] == PURPOSE)
    content = tuple(part for part in parts if part not in purposes)
    if any(foods_named(part) is None for part in parts):
        return Notes(None, content, purposes)
    found = chain.from_iterable(foods_named(part) or () for part in content)
    return Notes(tuple(dict.fromkeys(found)), content, purposes)


def _joined(words: Tokens, beside: frozenset[str]) -> list[tuple[str, bool]]:
    """Each word with whether it joins ("and", "in", "with"); a phrase that holds such a word stays whole."""
    out: list[tuple[str, bool]] = []
    start = 0
    while start < len(words):
        phrase = longest(words, start, beside | FORMS)
        ends = [end for end in range(len(words), start + 1, -1) if words[start:end] in names()]
        end = max([*ends, start + (len(phrase.words) if phrase else 1)])
        rule = longest(words, start, frozenset({"join"})) if end == start + 1 else None
        end = start + len(rule.words) if rule else end
        out += [(word, rule is not None) for word in words[start:end]]
        start = end
    return out


def _bare(words: Tokens, beside: frozenset[str]) -> Tokens:
    """The words without those that only describe; in a preparation without numbers and measures too."""
    numbers = "prep" in beside
    out: list[str] = []
    start = 0
    while start < len(words):
        rule = longest(words, start, beside)
        if rule is None and not (numbers and _MEASURED.fullmatch(words[start])):
            out.append(words[start])
        start += len(rule.words) if rule else 1
    return tuple(out)
