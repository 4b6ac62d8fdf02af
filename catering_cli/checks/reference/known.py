"""What is known of an ingredient: what its row of the table of foods and its own words say is in it, or is not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from catering_cli.checks.reference.claims import claims_without
from catering_cli.checks.reference.foods import allergens_told, foods, foods_together, pieces_of, row_of, with_implied
from catering_cli.checks.reference.names import words
from catering_cli.data import tables


class Known(NamedTuple):
    """What the tables say of one ingredient."""

    name: str
    food: str
    """canonical food; empty if no row is surely about it"""
    contains: frozenset[str]
    may_contain: frozenset[str]
    facts: frozenset[str]
    """groups, animal sources, parts, alcohol, pork, and its own name"""
    sealed: bool
    """true if only a label tells what else is in it"""
    plant: bool
    """true if surely nothing of an animal is in it, whatever the make"""
    never: frozenset[str]
    """allergens that no make of it holds, though it is sealed"""
    doubted: frozenset[str]
    """what its own name says is not in it: a label decides"""

    def hides(self, allergens: frozenset[str]) -> bool:
        """Whether only a label tells if one of these allergens is in it."""
        sealed = self.sealed and not (allergens and allergens <= self.never)
        return sealed or not self.doubted.isdisjoint(allergens)

    def less(self, said: frozenset[str]) -> Known:
        """The same where a note beside it says what is not in it: pasta (gluten free)."""
        return self._replace(
            contains=self.contains - said,
            may_contain=self.may_contain - said,
            facts=self.facts - said,
            doubted=self.doubted | said,
        )


@lru_cache(maxsize=4096)
def known(item: str) -> Known:
    """What the tables and the words say of an ingredient; unknown food is sealed: only its label tells."""
    if foods_together(item):
        return _together(item)
    row, nothing = row_of(item), frozenset[str]()
    doubted = claims_without(item) | (claims_without(row["food"]) if row else nothing)
    if row is None:
        name = frozenset({item.casefold()})
        told = allergens_told(item) - doubted
        return Known(item, "", told, nothing, name, sealed=True, plant=False, never=nothing, doubted=doubted)
    parts = [foods().get(words(name)) for name in tables.parts(row["parts"])]
    rows = [row, *(part for part in parts if part is not None)]
    named_so = {row["food"], *tables.parts(row["parts"])}
    facts = _cells(rows, "groups").union(_cells(rows, "animal") - {"none"}, _flags(rows), named_so)
    return Known(
        name=item,
        food=row["food"],
        contains=(with_implied(_cells(rows, "contains")) | allergens_told(item)) - doubted,
        may_contain=with_implied(_cells(rows, "may_contain")) - doubted,
        facts=facts - doubted,
        sealed=any(one["compound"] == "yes" for one in rows),
        plant=all("none" in tables.parts(one["animal"]) for one in rows),
        never=_never(row),
        doubted=doubted,
    )


def _cells(rows: Iterable[dict[str, str]], column: str) -> frozenset[str]:
    """The entries of a column over all rows."""
    return frozenset().union(*(tables.parts(row[column]) for row in rows))


_FLAGS = (("alcohol", "yes", "alcohol"), ("alcohol", "trace", "trace alcohol"), ("pork", "yes", "pork"))
"""Column, what stands there, and the fact that it states."""


def _flags(rows: Sequence[dict[str, str]]) -> set[str]:
    return {fact for column, value, fact in _FLAGS if any(row[column] == value for row in rows)}


ANIMAL = frozenset({"milk", "eggs", "fish", "crustaceans", "molluscs"})
"""Allergens of animals alone."""


def _never(row: dict[str, str]) -> frozenset[str]:
    """What no make of a food holds: of an animal, if it is of plants; what the table says of it, else of its groups."""
    never = set(ANIMAL if row["animal"] == "none" else ())
    named = [(tables.parts(rule["foods"]), tables.parts(rule["never"])) for rule in tables.rows("never_in")]
    own = [absent for foods, absent in named if row["food"] in foods]
    groups = tables.parts(row["groups"])
    of_groups = [absent for foods, absent in named if set(foods) & set(groups)]
    never.update(*(own or of_groups))
    return frozenset(never.difference(tables.parts(row["contains"]), tables.parts(row["may_contain"])))


def _together(item: str) -> Known:
    """All that several foods on one line are: each of them may be in the dish."""
    each = [known(part) for part in pieces_of(item)]
    sealed = [one.never for one in each if one.sealed]
    return Known(
        name=item,
        food=each[0].food,
        contains=frozenset().union(*(one.contains for one in each)) | allergens_told(item),
        may_contain=frozenset().union(*(one.may_contain for one in each)),
        facts=frozenset().union(*(one.facts for one in each)),
        sealed=bool(sealed),
        plant=all(one.plant for one in each if one.sealed),
        never=frozenset.intersection(*sealed) if sealed else frozenset(),
        doubted=frozenset(),
    )
