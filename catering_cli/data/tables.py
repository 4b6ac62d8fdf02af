"""The one reader of the data tables, for the kitchen and the checks alike: each value is text as written."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

DATA = Path(__file__).parent


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `data/<name>.tsv`, each as column -> text; a short row ends in empty texts, `#` opens a comment."""
    lines = (DATA / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    header, *body = (line.split("\t") for line in filter(None, lines) if not line.startswith("#"))
    return tuple(dict(zip(header, row + [""] * (len(header) - len(row)), strict=True)) for row in body)


@lru_cache(maxsize=20_000)
def parts(cell: str) -> tuple[str, ...]:
    """The entries of a cell that holds several: "milk|eggs" gives milk and eggs."""
    return tuple(part.strip() for part in cell.split("|") if part.strip())


@cache
def figure(table: str, name: str) -> int:
    """The column `value` of the row `name` of a table of whole numbers such as `work`. Raises KeyError without one."""
    for row in rows(table):
        if row["name"] == name:
            return int(row["value"])
    raise KeyError(f"no row {name!r} in data/{table}.tsv")
