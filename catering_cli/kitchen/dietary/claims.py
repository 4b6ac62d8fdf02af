"""What the words of a product's name say is not in it: "nut-free pesto", "vegan butter", "cashew parmesan".

A claim proves nothing. What it names is not shown as contained, and not as absent either: the label decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from catering_cli.data.tables import rows
from catering_cli.kitchen.dietary.allergens import target
from catering_cli.kitchen.foods import phrases, table
from catering_cli.kitchen.foods.mentions import LONGEST
from catering_cli.kitchen.foods.names import tokens
from catering_cli.kitchen.foods.table import Tokens

LONGEST_THING = 3
"""Most words of a thing that a claim names: tree nut free."""


@cache
def cleared(item: str) -> frozenset[str]:
    """The facts of a food that the name of an item says are not in it.

    A name of several things clears nothing: in "vegan butter and eggs" the eggs are eggs.
    """
    if phrases.joined(item):
        return frozenset()
    return frozenset(_cleared_in(tokens(item)))


def _cleared_in(words: Tokens) -> Iterator[str]:
    """The facts that each claim in a name clears; the longest claim at each place counts."""
    start = 0
    while start < len(words):
        claim = _claim_at(words, start)
        end = start + max(len(claim), 1)
        if claim:
            yield from _meant(claim, words[:start], words[end:])
        start = end
    if _stands_in(words):
        yield from DAIRY


def _claim_at(words: Tokens, start: int) -> Tokens:
    """The longest claim that begins at a word; empty if there is none."""
    for size in range(min(LONGEST, len(words) - start), 0, -1):
        if words[start : start + size] in _claims():
            return words[start : start + size]
    return ()


def _meant(claim: Tokens, before: Tokens, after: Tokens) -> Iterator[str]:
    """What a claim clears: what its row says, and the thing that it names before or after it."""
    row = _claims()[claim]
    yield from table.split(row["clears"])
    sizes = range(1, LONGEST_THING + 1)
    if row["thing"] == "before":
        things = {before[-size:] for size in sizes}
    elif row["thing"] == "after":
        things = {after[:size] for size in sizes}
    else:
        things = set()
    for thing in sorted(things - {()}):
        named = target(" ".join(thing))
        if named.known:
            yield from named.covers | named.parents


@cache
def _claims() -> dict[Tokens, dict[str, str]]:
    return {tokens(row["words"]): row for row in rows("claims")}


DAIRY = ("milk", "dairy", "rennet", "cheese")
"""What is in a dairy food and may be missing in one that stands in for it."""

PLANTS = frozenset({"nut", "seed", "pulse", "grain", "coconut", "plant milk"})
"""Groups of the plants that dairy is imitated with: cashew parmesan, tofu feta, sunflower seed butter."""


def _stands_in(words: Tokens) -> bool:
    """Whether a name is a plant's and a dairy food's, side by side at its end, and no food of the table."""
    if words in table.names():
        return False
    pairs = ((words[:cut], words[cut:]) for cut in range(1, len(words)))
    return any(_is_of(one, PLANTS) and _is_dairy(other) for one, other in pairs)


def _is_of(words: Tokens, groups: frozenset[str]) -> bool:
    food = table.names().get(words)
    return food is not None and not food.groups.isdisjoint(groups)


def _is_dairy(words: Tokens) -> bool:
    """Whether words name a food of the dairy shelf; milk chocolate is none."""
    food = table.names().get(words)
    return food is not None and food.department == "dairy"
