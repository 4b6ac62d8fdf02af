"""The one reader of the names of equipment in `data/equipment.tsv`, for the kitchen and the checks alike."""

from __future__ import annotations

import re
from functools import cache

from catering_cli.data.tables import rows


@cache
def equipment_row(name: str) -> dict[str, str] | None:
    """The table's row of a piece of equipment by its own name; None if the table does not know it."""
    return next((row for row in rows("equipment") if row["name"] == name), None)


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
