"""Words of a text that name a food or an allergen; the longer phrase wins over the words inside it.

"coconut milk" is no milk because the table knows the phrase; "coconut milk chocolate" still mentions
milk chocolate, because two phrases that only overlap both count. A mention can only bring something in.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from catering_cli.data.tables import rows
from catering_cli.kitchen.foods import table
from catering_cli.kitchen.foods.lookalikes import lookalikes
from catering_cli.kitchen.foods.names import tokens
from catering_cli.kitchen.foods.table import Tokens

LONGEST = 6
"""Most words of a phrase of the tables."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A phrase found in a text."""

    words: Tokens
    facts: frozenset[str]
    """allergens, groups and foods that are certainly in what is mentioned; empty: the phrase is a trap"""
    may: frozenset[str]
    """those that some makes of it contain"""
    in_steps: bool
    """whether it names a food in a sentence too ("cream the sugar" is no cream)"""
    in_speech: str
    """"noun" if it does so only where nothing in the dish accounts for it, "either" if it may be a verb besides"""
    plain: Tokens
    """the usual name of the food that is meant: "fresh mozzarella ball" is mozzarella"""


@cache
def phrase(words: Tokens) -> Mention | None:
    """What these words mean together; None if they are no phrase."""
    food = table.names().get(words) if len(words) <= LONGEST else None
    row = _words().get(words)
    if food is None and row is None:
        return None
    plain = tokens(food.name) if food else words
    facts, may = (food.facts - {"none"}, food.may_contain) if food else (frozenset[str](), frozenset[str]())
    if row is None:
        return Mention(words, facts, may, in_steps=True, in_speech="", plain=plain)
    more = table.implied((*table.split(row["contains"]), *table.split(row["groups"])))
    use = row["in_steps"]
    return Mention(words, facts | more, may, in_steps=use == "yes", in_speech=use, plain=plain)


@cache
def _words() -> dict[Tokens, dict[str, str]]:
    return {tokens(row["words"]): row for row in rows("allergen_words")}


@cache
def mentions(text: str) -> tuple[Mention, ...]:
    """What `text` mentions, in its order."""
    words = tokens(text)
    spans: list[tuple[int, int, Mention]] = []
    for start in range(len(words)):
        for end in range(start + 1, min(start + LONGEST, len(words)) + 1):
            found = phrase(words[start:end])
            if found is not None:
                spans.append((start, end, found))
    alike = tuple(lookalikes(words))
    return tuple(_spared(*span, alike) for span in spans if not any(_is_within(span, other) for other in spans))


def _is_within(span: tuple[int, int, Mention], other: tuple[int, int, Mention]) -> bool:
    """Whether a longer mention holds this one."""
    start, end, _ = span
    low, high, _ = other
    return low <= start and end <= high and (low, high) != (start, end)


def _spared(start: int, end: int, mention: Mention, alike: tuple[tuple[int, int, frozenset[str]], ...]) -> Mention:
    """The mention without what a longer name around it is not: "fish" of fish mint is no fish."""
    absent = frozenset[str]().union(*(what for low, high, what in alike if low <= start < end <= high))
    if not absent:
        return mention
    return replace(mention, facts=mention.facts - absent, may=mention.may - absent)
