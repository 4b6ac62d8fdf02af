"""The limit of a control point: the jurisdiction's own, else the strictest that is on file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from catering_cli.data.tables import rows

ALIASES = {"us": "us-fda-2022"}
ANY_CLASS = "*"

Row = Mapping[str, str]


def code_of(jurisdiction: str) -> str:
    """A jurisdiction by its full name."""
    return ALIASES.get(jurisdiction, jurisdiction)


@lru_cache(maxsize=2_048)
def limit(jurisdiction: str, kind: str, food_class: str) -> tuple[Row, bool]:
    """The row for a control point, and whether it is the jurisdiction's own.

    If the jurisdiction's table is silent, the strictest shipped limit of that kind and class: the
    hottest of the minimums, the coldest of the maximums.
    """
    of_kind = [row for row in rows("limits") if row["kind"] == kind]
    fitting = [*_of_class(food_class, of_kind), *_of_class(ANY_CLASS, of_kind)] or of_kind
    for row in fitting:
        if row["jurisdiction"] == jurisdiction:
            return row, True
    return _strictest(fitting), False


def _of_class(food_class: str, limits: Sequence[Row]) -> list[Row]:
    return [row for row in limits if row["food_class"] == food_class]


def _strictest(fitting: Sequence[Row]) -> Row:
    """The hottest minimum or the coldest maximum; a row without degrees only if none has any."""
    measured = [row for row in fitting if row["c"]] or fitting
    strictest = max if measured[0]["side"] == "min" else min
    return strictest(measured, key=lambda row: float(row["c"] or 0))
