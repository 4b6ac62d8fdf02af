"""A cook's words for an amount, read back: "1 1/2 cups", "2-3 lb", "1 lb 4 oz", "7 1/2 (375 g)"."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from functools import cache, lru_cache

from catering_cli.checks.reference.weights import base_unit
from catering_cli.data import tables
from catering_cli.domain.quantity import Quantity

_NUMBER = r"\d+(?:\.\d+)?(?:\s+\d+/\d+|\s*/\s*\d+)?"
_PART = re.compile(rf"(?P<low>{_NUMBER})(?:\s*(?:-|–|to)\s*(?P<high>{_NUMBER}))?\s*(?P<unit>[^\d(),+]*)")


_CANS = re.compile(
    rf"(?P<low>{_NUMBER})(?:-(?P<high>{_NUMBER}))? (?:cans? \((?P<contents>[^()]+)\)|(?P<number>#[\w.]+) cans?)"
)
"""Cans of a size, or of a number: "2 cans (400 g)", "2 #10 cans"."""


@cache
def _aliases() -> dict[str, str]:
    names: dict[str, str] = {}
    for row in tables.rows("units"):
        for name in (row["name"], *tables.parts(row.get("aliases", ""))):
            names.setdefault(name, row["name"])
            names.setdefault(name.casefold(), row["name"])
    return names


@lru_cache(maxsize=4096)
def spoken(text: str, system: str) -> tuple[Quantity, ...] | None:
    """The quantities that the words may mean (the whole, and what stands in brackets), or None."""
    plain = re.sub(r"(?<=\d)(?=[¼-¾⅐-⅞])", " ", text.replace("\u00a0", " "))
    plain = unicodedata.normalize("NFKC", plain).replace("⁄", "/").replace(",", "")
    if cans := _CANS.fullmatch(plain.strip()):
        low = _number(cans["low"])
        return (
            Quantity(low, _number(cans["high"]) if cans["high"] else low, f"{cans['contents'] or cans['number']} can"),
        )
    inside = re.findall(r"\(([^)]*)\)", plain)
    outside = re.sub(r"\([^)]*\)", " ", plain)
    read = [_range(part, system) for part in (outside, *inside)]
    found = tuple(one for one in read if one is not None)
    return found or None


def _range(text: str, system: str) -> Quantity | None:
    """Two amounts with a unit each, from one to the other: "1 cup + 2 tbsp to 2 3/4 cups"; else as one amount."""
    low, to, high = text.partition(" to ")
    if to and re.search(r"[^\W\d]", low):
        ends = _sum(low, system), _sum(high, system)
        if ends[0] is not None and ends[1] is not None and ends[0].unit == ends[1].unit:
            return Quantity(ends[0].low, ends[1].high, ends[1].unit)
    return _sum(text, system)


def _sum(text: str, system: str) -> Quantity | None:
    total: Quantity | None = None
    for match in _PART.finditer(text):
        unit = _unit(match["unit"])
        if unit is None:
            return None
        low = _number(match["low"])
        high = _number(match["high"]) if match["high"] else low
        base, size = base_unit(unit, system)
        one = Quantity(low * size, high * size, base)
        if total is not None and total.unit != one.unit:
            return None
        total = one if total is None else Quantity(total.low + one.low, total.high + one.high, one.unit)
    return total


def _unit(text: str) -> str | None:
    words = re.sub(r"\b(and|about|of|scant|heaped|plus)\b", " ", text).strip(" .;:")
    if not words:
        return ""
    names = _aliases()
    for form in (words, words.casefold(), words.removesuffix("s"), words.casefold().removesuffix("s"),
                 words.casefold().removesuffix("es")):  # fmt: skip
        if form in names:
            return names[form]
    return None


def _number(text: str) -> Fraction:
    return sum((Fraction(part.replace(" ", "")) for part in re.split(r"\s+(?=\d)", text.strip())), Fraction(0))
