"""Equipment by the names that recipes and orders use, from `data/equipment.tsv`."""

from __future__ import annotations

import re
from functools import cache

from catering_cli.data.equipment_names import equipment_row
from catering_cli.data.tables import rows

BROUGHT_IN = frozenset({"vehicle", "small"})
"""Kinds of which there are as many as it takes, unless the order says how many."""


def usual(name: str) -> int:
    """How many the default kitchen has; 0 if the table does not know it."""
    row = equipment_row(name)
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
