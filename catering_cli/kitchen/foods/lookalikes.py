"""Names that hold the word of another food and not that food: cherry tomatoes are no cherries."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from catering_cli.data.tables import rows
from catering_cli.kitchen.foods.names import tokens
from catering_cli.kitchen.foods.table import Tokens, split

LONGEST = 6
"""Most words of a name of the table."""


def lookalikes(words: Tokens) -> Iterator[tuple[int, int, frozenset[str]]]:
    """Where in a text such names stand, each with what is not in them by their words."""
    for start in range(len(words)):
        for end in range(start + 1, min(start + LONGEST, len(words)) + 1):
            absent = _table().get(words[start:end])
            if absent:
                yield start, end, absent


@cache
def _table() -> dict[Tokens, frozenset[str]]:
    found: dict[Tokens, frozenset[str]] = {}
    for row in rows("lookalikes"):
        for name in split(row["words"]):
            words = tokens(name)
            found[words] = found.get(words, frozenset()) | set(split(row["not"]))
    return found
