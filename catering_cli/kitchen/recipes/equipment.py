"""Equipment by the names that recipes and orders use, from `data/equipment.tsv`."""

from __future__ import annotations

import re
from functools import cache

from catering_cli.data.tables import rows

BROUGHT_IN = frozenset({"vehicle", "small"})
"""Kinds of which there are as many as it takes, unless the order says how many."""


def row_of(name: str) -> dict[str, str] | None:
    """The table's row of a piece of equipment by its own name; None if the table does not know it."""
    return next((row for row in rows("equipment") if row["name"] == name), None)


def usual(name: str) -> int:
    """How many the default kitchen has; 0 if the table does not know it."""
    row = row_of(name)
    return int(row["count"]) if row else 0


@cache
def fixed_plant() -> frozenset[str]:
    """What cannot be carried in: it is there or it is not."""
    return frozenset(row["name"] for row in rows("equipment") if row["kind"] == "plant")


@cache
def no_contact() -> frozenset[str]:
    """What food does not touch: ovens, burners, shelves, boxes. All else is touched, known to the table or not."""
    return frozenset(row["name"] for row in rows("equipment") if row["contact"] == "no")


@cache
def told_by() -> dict[str, re.Pattern[str]]:
    """Words of a step's text that tell of a piece of equipment that food touches, by its name."""
    spoken = {row["name"]: row["in_text"].split("|") for row in rows("equipment") if row["in_text"]}
    return {name: _any_of(phrases) for name, phrases in spoken.items()}


def _any_of(phrases: list[str]) -> re.Pattern[str]:
    words = ("[- ]?".join(map(re.escape, phrase.split())) for phrase in phrases)
    return re.compile(rf"\b(?:{'|'.join(words)})", re.IGNORECASE)


@cache
def plain_name(name: str) -> str:
    """A name without case, underscores, hyphens and double spaces."""
    return re.sub(r"[\s_\-]+", " ", name).strip().casefold()


@cache
def _known() -> dict[str, str]:
    names = {}
    for row in rows("equipment"):
        for name in (row["name"], *row["aliases"].split(",")):
            names[plain_name(name)] = row["name"]
    return names


def equipment_name(name: str) -> str:
    """The table's name of a piece of equipment ("Ovens" is oven); an unknown one in snake case."""
    plain = plain_name(name)
    known = _known()
    return known.get(plain) or known.get(plain.removesuffix("s")) or plain.replace(" ", "_")
