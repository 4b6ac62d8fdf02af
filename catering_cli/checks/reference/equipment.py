"""Which equipment a name means, as the checker reads the table."""

from __future__ import annotations

import re
from functools import cache

from catering_cli.data import tables


@cache
def equipment_called(name: str) -> str:
    """The table's name for a piece of equipment; an unknown one in snake case."""
    plain = re.sub(r"[\s_-]+", " ", name).strip().casefold()
    for row in tables.rows("equipment"):
        known = {re.sub(r"[\s_-]+", " ", one).strip().casefold() for one in (row["name"], *row["aliases"].split(","))}
        if plain in known or plain.removesuffix("s") in known:
            return row["name"]
    return plain.replace(" ", "_")
