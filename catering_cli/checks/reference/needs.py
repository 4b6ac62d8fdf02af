"""What a guest's words name: an allergen of the table, a food, or a kind of food."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from catering_cli.checks.reference.foods import foods, lookalikes, with_implied, without
from catering_cli.checks.reference.names import holds, word_list, words
from catering_cli.data import tables
from catering_cli.domain.order_parts.guests import Severity

_BETWEEN = re.compile(r"\s*(?:[,;/+&]|\band\b|\bor\b)\s*")
"""What stands between two things that one need names."""


@cache
def _titles(table: str, column: str) -> dict[tuple[str, ...], str]:
    """The entries of a table by the words of each of their names."""
    index: dict[tuple[str, ...], str] = {}
    for row in tables.rows(table):
        for name in (row[column], *tables.parts(row["synonyms"])):
            index.setdefault(words(name), row[column])
    return index


@lru_cache(maxsize=1024)
def canonical(name: str) -> str:
    """The name of an allergen in the table of allergens, else of a food; anything else keeps its own words."""
    said = words(name)
    inner = tuple(word for word in said if word not in word_list("of a need")) or said
    allergens = _titles("allergens", "allergen")
    for form in (said, inner):
        if form in allergens:
            return allergens[form]
    for form in (said, inner):
        if _called(" ".join(form)):
            return " ".join(form)
        if form in foods():
            return foods()[form]["food"]
    return " ".join(inner)


@lru_cache(maxsize=1024)
def avoided(need: str) -> tuple[str, ...]:
    """The things that a guest's words name: "nuts and kiwi" are two, if the whole is not one."""
    whole = canonical(need)
    pieces = [canonical(part) for part in _BETWEEN.split(need.casefold()) if words(part)]
    several = len(pieces) != 1 and all(is_known(piece) for piece in pieces)
    return tuple(pieces) if several and not is_known(whole) else (whole,)


@lru_cache(maxsize=1024)
def is_known(name: str) -> bool:
    """Whether a table knows the allergen, food or kind of food."""
    return name in allergen_rows() or words(name) in foods() or name in _groups() or bool(_called(name))


@cache
def allergen_rows() -> dict[str, dict[str, str]]:
    """Rows of the table of allergens by name."""
    return {row["allergen"]: row for row in tables.rows("allergens")}


@cache
def _groups() -> frozenset[str]:
    groups: set[str] = set()
    for row in tables.rows("foods"):
        groups.update((*tables.parts(row["groups"]), *tables.parts(row["animal"])))
    return frozenset(groups | {"alcohol"}) - {"none"}


@cache
def members(allergen: str) -> tuple[str, ...]:
    """What a guest's word stands for: allergens (nuts: tree nuts and peanuts), the foods of a family, or itself."""
    row = allergen_rows().get(allergen)
    if row is not None:
        return tables.parts(row["members"]) or (allergen,)
    meant = _meant(allergen)
    same = dict.fromkeys((allergen, *meant))
    for family in _families_of(meant):
        same |= dict.fromkeys((*tables.parts(family["named"]), *tables.parts(family["members"])))
    return tuple(same)


@cache
def kin(allergen: str) -> frozenset[str]:
    """Foods that may hold what a guest's word names, or are too near to it to be fed."""
    families = (*_families_of(_meant(allergen)), *_called(allergen))
    return frozenset().union(*(tables.parts(family["kin"]) for family in families)).difference(members(allergen))


@cache
def _meant(name: str) -> tuple[str, ...]:
    """A food or a group, the family that it is a guest's word for, and the foods of those groups."""
    named = {name: None}
    for family in _called(name):
        named |= dict.fromkeys((*tables.parts(family["named"]), *tables.parts(family["members"])))
    grouped = [row["food"] for row in tables.rows("foods") if not named.keys().isdisjoint(tables.parts(row["groups"]))]
    return (*named, *grouped)


@cache
def _called(name: str) -> tuple[dict[str, str], ...]:
    """The families that a guest's word stands for: legumes, brassicas, alpha-gal."""
    called = [row for row in tables.rows("families") if words(name) in map(words, tables.parts(row["synonyms"]))]
    return tuple(called)


def _families_of(names: tuple[str, ...]) -> list[dict[str, str]]:
    """The families that foods, or kinds of food, are named for."""
    return [row for row in tables.rows("families") if not set(names).isdisjoint(tables.parts(row["named"]))]


@cache
def legal_kinds(allergen: str) -> frozenset[str]:
    """The allergens that a guest's word is: itself, or those that every plain food it means contains."""
    if allergen in allergen_rows():
        return frozenset(members(allergen))
    plain = [row for row in tables.rows("foods") if row["compound"] != "yes"]
    meant = [row for row in plain if not covered(allergen).isdisjoint((row["food"], *tables.parts(row["groups"])))]
    held = [with_implied(frozenset(tables.parts(row["contains"]))) for row in meant]
    return frozenset.intersection(*held) - {"sulphites"} if held else frozenset()


@cache
def covered(allergen: str) -> frozenset[str]:
    """All that a guest's word stands for, itself included."""
    return frozenset((*members(allergen), allergen))


@lru_cache(maxsize=20_000)
def said_in(item: str, allergen: str) -> bool:
    """Whether the words of an item are those of a food that a guest's word means, and no lookalike of it."""
    if allergen in allergen_rows():
        return False
    wanted = covered(allergen) | legal_kinds(allergen)
    spared = words(item)
    for lookalike, isnt in lookalikes():
        if not isnt.isdisjoint(wanted):
            spared = without(spared, lookalike)
    return any(holds(spared, words(name)) for name in covered(allergen))


@lru_cache(maxsize=20_000)
def goes_by_name(item: str, allergen: str) -> bool:
    """Whether the ingredient is called by the guest's own word: kiwi, pine nut."""
    return holds(words(item), words(allergen))


@lru_cache(maxsize=1024)
def diet_named(need: str) -> str | None:
    """The diet that a guest's word means; None for a food or an allergen."""
    return _titles("diets", "diet").get(words(need))


@cache
def diet_row(diet: str) -> dict[str, str] | None:
    """The row of a diet in the table of diets."""
    return next((row for row in tables.rows("diets") if row["diet"] == diet), None)


def is_unprovable(diet: str) -> bool:
    """Whether a diet is a faith or a matter of amounts: what cannot be told feeds, and is asked for."""
    return (diet_row(diet) or {}).get("unprovable") == "yes"


def usual_severity(needs: tuple[str, ...]) -> Severity:
    """The severity of needs of which it is not said: preference if no diet among them is decided by an allergen."""
    rows = [diet_row(diet_named(need) or "") for need in needs]
    return "preference" if all(row and not row["cells"] for row in rows) else "severe"
