"""The checker's own way to the rows of the data tables."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """Every row of `data/<name>.tsv` as column -> text; an absent table has no rows; `#` opens a comment line."""
    source = files("catering_cli.data").joinpath(f"{name}.tsv")
    if not source.is_file():
        return ()
    text = source.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    reader = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE, restval="")
    return tuple({str(key): (value or "").strip() for key, value in row.items() if key} for row in reader)


def parts(text: str) -> tuple[str, ...]:
    """The entries of a `|`-separated column."""
    return tuple(part.strip() for part in text.split("|") if part.strip())
