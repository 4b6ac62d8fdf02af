"""What a guest's words name: an allergen of the table, a food, or a kind of food."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from catering_cli.checks.reference.foods import foods
from catering_cli.checks.reference.names import words
from catering_cli.data import tables

WRAPPING = frozenset(
    words(
        "allergy allergic allergen to no free from of without avoid intolerance intolerant sensitive sensitivity"
        " severe mild severely anaphylaxis anaphylactic any all product protein"
    )
)
"""Words around the thing itself: "severe peanut allergy", "no kiwi"."""


@lru_cache(maxsize=1024)
def canonical(name: str) -> str:
    """The name of an allergen in the table of allergens, else of a food; anything else keeps its own words."""
    said = words(name)
    inner = tuple(word for word in said if word not in WRAPPING) or said
    for form in (said, inner):
        for row in tables.rows("allergens"):
            if form in (words(row["allergen"]), *(words(other) for other in tables.parts(row["synonyms"]))):
                return row["allergen"]
    for form in (said, inner):
        if food := foods().get(form):
            return food["food"]
    return " ".join(inner)


def avoided(need: str) -> tuple[str, ...]:
    """The things that a guest's words name: "nuts and kiwi" are two where the whole is not one."""
    whole = canonical(need)
    pieces = [part for part in re.split(r"\s*(?:[,;/+&]|\band\b|\bor\b)\s*", need.casefold()) if words(part)]
    if is_known(whole) or len(pieces) == 1 or not all(is_known(canonical(part)) for part in pieces):
        return (whole,)
    return tuple(canonical(part) for part in pieces)


@lru_cache(maxsize=1024)
def is_known(name: str) -> bool:
    """Whether any table knows the allergen, food or kind of food."""
    return (
        any(row["allergen"] == name for row in tables.rows("allergens")) or words(name) in foods() or name in _groups()
    )


@cache
def _groups() -> frozenset[str]:
    return frozenset(group for row in tables.rows("foods") for group in tables.parts(row["groups"]))


@cache
def members(allergen: str) -> tuple[str, ...]:
    """The allergens that a guest's word stands for (nuts: tree nuts and peanuts); itself where it is one."""
    row = next((one for one in tables.rows("allergens") if one["allergen"] == allergen), None)
    return tables.parts(row["members"]) or (allergen,) if row else (allergen,)


def diet_named(need: str) -> str | None:
    """The diet that a guest's word means, or None where it is a food or an allergen."""
    said = words(need)
    for row in tables.rows("diets"):
        if said in (words(row["diet"]), *(words(other) for other in tables.parts(row["synonyms"]))):
            return row["diet"]
    return None


GRAVE = ("severe", "anaphylaxis")
