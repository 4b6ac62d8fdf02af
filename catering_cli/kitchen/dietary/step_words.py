"""What the work brings in that no line lists: a batter, a roux, crumbs, butter for the tray."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from catering_cli.data.tables import rows
from catering_cli.domain.order_parts.recipe import Recipe
from catering_cli.kitchen.dietary.cell import holds
from catering_cli.kitchen.dietary.line_evidence import Line
from catering_cli.kitchen.foods.mentions import Mention
from catering_cli.kitchen.foods.names import tokens
from catering_cli.kitchen.foods.table import Tokens, implied, split


class _StepWord(NamedTuple):
    words: Tokens
    facts: frozenset[str]
    accounted: frozenset[str]
    """words of lines that say what it is made of"""


def brought_in(recipe: Recipe, lines: Sequence[Line]) -> Iterator[tuple[str, Mention]]:
    """Each such word of a step that no line accounts for, with where it stands."""
    listed = {word for line in lines for words in line.content for word in words}
    texts = [(f"step {number}", step.text) for number, step in enumerate(recipe.steps, start=1)]
    for where, text in (*texts, ("method", recipe.method)):
        said = tokens(text)
        for row in _table():
            if holds(said, row.words) and row.accounted.isdisjoint(listed):
                yield where, Mention(row.words, row.facts, frozenset(), in_steps=True, in_speech="", plain=row.words)


@cache
def _table() -> tuple[_StepWord, ...]:
    return tuple(
        _StepWord(
            tokens(row["words"]),
            implied(split(row["contains"])),
            frozenset(word for name in split(row["accounted"]) for word in tokens(name)),
        )
        for row in rows("step_words")
    )
