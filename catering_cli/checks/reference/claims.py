"""What a product's name says it is without: "nut-free pesto", "vegan butter"; and what stands in for a dairy food."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import combinations

from catering_cli.checks.reference.foods import foods, names_several
from catering_cli.checks.reference.names import Words, words
from catering_cli.checks.reference.needs import canonical, is_known, legal_kinds, members
from catering_cli.data import tables

THING = 3
"""Words that the thing a claim speaks of may have."""

IMITATING = frozenset({"nut", "seed", "pulse", "grain", "coconut", "plant milk"})
"""What dairy foods are imitated with."""

IMITATED = frozenset({"milk", "dairy", "rennet", "cheese"})
"""What is in doubt in an imitated dairy food: cashew parmesan."""


@cache
def _rows() -> dict[Words, dict[str, str]]:
    return {words(row["words"]): row for row in tables.rows("claims")}


@lru_cache(maxsize=4096)
def claims_without(item: str) -> frozenset[str]:
    """What an item's own name says is not in it: no proof, but not contained for sure either."""
    if names_several(item):
        return frozenset()
    said = words(item)
    doubted = set(IMITATED if _imitates(said) else ())
    for start, end in _claims(said):
        doubted.update(_facts(said, start, end))
    return frozenset(doubted)


def _claims(said: Words) -> list[tuple[int, int]]:
    """Where claims stand in a name; one inside another is none: "free" of "free range"."""
    spans = [span for span in combinations(range(len(said) + 1), 2) if said[slice(*span)] in _rows()]
    return [(start, end) for start, end in spans if not any(_inside((start, end), other) for other in spans)]


def _inside(span: tuple[int, int], other: tuple[int, int]) -> bool:
    return span != other and other[0] <= span[0] and span[1] <= other[1]


def _facts(said: Words, start: int, end: int) -> Iterator[str]:
    """What one claim takes back: what its row says, and the thing beside it."""
    row = _rows()[said[start:end]]
    yield from tables.parts(row["clears"])
    beside = {
        "before": [said[at:start] for at in range(max(start - THING, 0), start)],
        "after": [said[end:at] for at in range(end + 1, min(end + THING, len(said)) + 1)],
    }
    for thing in beside.get(row["thing"], ()):
        name = canonical(" ".join(thing))
        if is_known(name):
            yield from (name, *members(name), *legal_kinds(name))


def _imitates(said: Words) -> bool:
    """Whether a name that no table has is a plant's followed by a dairy food's."""
    if said in foods():
        return False
    for cut in range(1, len(said)):
        plant, dairy = foods().get(said[:cut]), foods().get(said[cut:])
        if plant and dairy and dairy["department"] == "dairy" and IMITATING.intersection(tables.parts(plant["groups"])):
            return True
    return False
