"""The words of a second language: what stands in the tables, and the phrases with places in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from catering_cli.data.tables import rows

PLACES: Final = {
    "{n}": r"(?P<n{0}>\d[\d.,/]*(?:[ -]\d[\d.,/]*)*)",
    "{t}": r"(?P<t{0}>\d{{1,2}}:\d\d(?:-\d{{1,2}}:\d\d)?)",
    "{x}": r"(?P<x{0}>\S(?:.*\S)?)",
    "{raw}": r"(?P<r{0}>\S(?:.*\S)?)",
}
"""A place of a phrase -> what stands in it: a number, times, a text to translate, a text to leave."""

PLACE: Final = re.compile(r"\{(?:n|t|x|raw)\}")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence with places: how it reads in English, and what it is in the other language."""

    found: re.Pattern[str]
    said: str
    weight: int
    """letters that are its own: of two phrases that fit, the one with more of them is meant"""
    entry: bool
    """whether it is an entry of a list: no semicolon stands in its places"""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All that the tables know."""

    words: dict[tuple[str, str], str]
    """word in small letters, and the column it is for (empty: any) -> translation"""
    foods: dict[str, str]
    phrases: tuple[Phrase, ...]
    keep: frozenset[str]
    """titles of columns that stay as written"""
    safety: re.Pattern[str]
    """names of allergens and diets"""

    def word(self, text: str, column: str = "") -> str | None:
        """A word, sentence or food of the tables, with the capitals of the text; None if it is in none of them."""
        key = text.casefold()
        found = (
            self.words.get((key, column))
            or self.words.get((key, ""))
            or self.foods.get(key)
            or self.foods.get(f"{key}s")
        )
        return _in_capitals(found, text) if found else None


@cache
def spanish() -> Lexicon:
    """The tables of Spanish."""
    words: dict[tuple[str, str], str] = {}
    phrases: list[Phrase] = []
    keep = set()
    for row in rows("spanish_words"):
        if row["kind"] == "keep":
            keep.add(row["en"])
        elif row["kind"] == "phrase":
            phrases.append(_phrase(row["en"], row["es"]))
        else:
            words.setdefault((row["en"].casefold(), row["where"]), row["es"])
    foods = {row["food"].casefold(): row["es"] for row in rows("spanish_foods")}
    named = "|".join(re.escape(row["en"]) for row in rows("spanish_words") if row["kind"] in ("allergen", "diet"))
    safety = re.compile(rf"\b(?:{named})\b", re.IGNORECASE)
    return Lexicon(words, foods, tuple(sorted(phrases, key=lambda one: -one.weight)), frozenset(keep), safety)


def _phrase(english: str, other: str) -> Phrase:
    places = PLACE.findall(english)
    parts = [re.escape(part) for part in PLACE.split(english)]
    pattern = parts[0]
    for number, (place, part) in enumerate(zip(places, parts[1:], strict=True)):
        pattern += PLACES[place].format(number) + part
    entry = ";" not in english and "{raw}" not in places
    return Phrase(re.compile(rf"{pattern}\Z", re.IGNORECASE), other, len(PLACE.sub("", english)), entry)


def _in_capitals(found: str, text: str) -> str:
    """The translation in the capitals of what it stands for."""
    if text.isupper() and len(text) > 1:
        return found.upper()
    first = found[:1].upper() if text[:1].isupper() else found[:1].lower()
    return first + found[1:]
