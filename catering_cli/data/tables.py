"""Rows of the data tables, as written: every value is text, the reader of a row gives it meaning."""

from __future__ import annotations

from functools import cache
from pathlib import Path

DATA = Path(__file__).parent


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `data/<name>.tsv` by column; a short row is filled with empty text."""
    lines = (DATA / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    header, *body = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return tuple(dict(zip(header, row + [""] * (len(header) - len(row)), strict=True)) for row in body)
