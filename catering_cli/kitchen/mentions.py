"""Words of a text that name a food or an allergen; the longer phrase wins over the words inside it.

"coconut milk" is no milk because the table knows the phrase; "coconut milk chocolate" still mentions
milk chocolate, because two phrases that only overlap both count. A mention can only bring something in.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from catering_cli.kitchen import food_table
from catering_cli.kitchen.food_table import Tokens
from catering_cli.kitchen.spelling import tokens
from catering_cli.kitchen.tables import rows

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


@cache
def phrases() -> dict[Tokens, Mention]:
    """Every phrase that means something, by its words."""
    found: dict[Tokens, Mention] = {
        words: Mention(words, food.facts - {"none"}, food.may_contain, in_steps=False)
        for words, food in food_table.names().items()
        if len(words) <= LONGEST
    }
    for row in rows("allergen_words"):
        words = tokens(row["words"])
        facts = food_table.implied((*food_table.split(row["contains"]), *food_table.split(row["groups"])))
        food = found.get(words)
        found[words] = Mention(
            words,
            facts | (food.facts if food else frozenset()),
            food.may if food else frozenset(),
            in_steps=row["in_steps"] == "yes",
        )
    return found


@cache
def mentions(text: str) -> tuple[Mention, ...]:
    """What `text` mentions, in its order."""
    words = tokens(text)
    spans = [
        (start, end, phrases()[words[start:end]])
        for start in range(len(words))
        for end in range(start + 1, min(start + LONGEST, len(words)) + 1)
        if words[start:end] in phrases()
    ]
    return tuple(
        mention
        for start, end, mention in spans
        if not any(low <= start and end <= high and (low, high) != (start, end) for low, high, _ in spans)
    )
