"""The checker's own way to the rows of the data tables."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files
from itertools import zip_longest


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """Every row of `data/<name>.tsv` as column -> text; an absent table has no rows; `#` opens a comment line."""
    source = files("catering_cli.data").joinpath(f"{name}.tsv")
    if not source.is_file():
        return ()
    text = source.read_text(encoding="utf-8")
    header, *lines = [line.split("\t") for line in text.splitlines() if line.strip() and not line.startswith("#")]
    columns = [name.strip() for name in header]
    return tuple(dict(zip_longest(columns, map(str.strip, line[: len(columns)]), fillvalue="")) for line in lines)


@lru_cache(maxsize=20_000)
def parts(text: str) -> tuple[str, ...]:
    """The entries of a `|`-separated column."""
    return tuple(part.strip() for part in text.split("|") if part.strip())
