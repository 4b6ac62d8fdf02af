"""Foods in running words: an item of several foods, a preparation that brings something in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from catering_cli.kitchen.food_table import Tokens, names
from catering_cli.kitchen.foods import Identified, longest, recognise
from catering_cli.kitchen.spelling import tokens

PURPOSE = "for"
"""First word of a note that says where a food goes ("for the croutons"), not what is in it."""


@cache
def read(text: str) -> tuple[Identified, ...] | None:
    """All foods of a text that says nothing but foods, descriptions and joining words; None where a word is left.

    "salt and pepper" are two foods, "finely diced" is none, "brushed with glaze" is not understood.
    """
    words = tokens(text)
    if whole := recognise(words):
        return (whole,)
    found: list[Identified] = []
    for joined, group in groupby(_joined(words), key=lambda pair: pair[1]):
        part = tuple(word for word, _ in group)
        if joined or all(word.isdecimal() for word in part):
            continue
        rest = _bare(part)
        food = recognise(part) or (recognise(rest) if rest else None)
        if rest and food is None:
            return None
        if food:
            found.append(food)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Notes:
    """What the preparation of a line says."""

    foods: tuple[Identified, ...] | None
    """foods that it brings in: "packed in olive oil"; None where a word is not understood"""
    content: tuple[str, ...]
    """its parts that speak of the food itself"""
    purposes: tuple[str, ...]
    """its parts that say what the food is for"""


def notes(text: str) -> Notes:
    """Read a preparation part by part: "packed in olive oil, for the croutons" is one of content, one of purpose."""
    parts = [part.strip() for part in re.split(r"[,;()]", text) if tokens(part)]
    purposes = tuple(part for part in parts if tokens(part)[0] == PURPOSE)
    content = tuple(part for part in parts if part not in purposes)
    understood = all(read(part) is not None for part in parts)
    found = dict.fromkeys(one for part in content for one in read(part) or ())
    return Notes(tuple(found) if understood else None, content, purposes)


def _joined(words: Tokens) -> list[tuple[str, bool]]:
    """Each word with whether it joins ("and", "in", "with"); a name that holds such a word stays whole."""
    out: list[tuple[str, bool]] = []
    start = 0
    while start < len(words):
        phrase = longest(words, start, frozenset({"form", "variety", "prep"}))
        ends = [end for end in range(len(words), start + 1, -1) if words[start:end] in names()]
        end = max([*ends, start + (len(phrase.words) if phrase else 1)])
        rule = longest(words, start, frozenset({"join"})) if end == start + 1 else None
        out += [(word, rule is not None) for word in words[start:end]]
        start = end
    return out


def _bare(words: Tokens) -> Tokens:
    """The words without everything that only describes, preparation and numbers included."""
    out: list[str] = []
    start = 0
    while start < len(words):
        rule = longest(words, start, frozenset({"form", "variety", "prep"}))
        if rule is None and not words[start].isdecimal():
            out.append(words[start])
        start += len(rule.words) if rule else 1
    return tuple(out)
