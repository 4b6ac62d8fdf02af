"""A cook's words for an amount, read back: "1 1/2 cups", "2-3 lb", "1 lb 4 oz", "7 1/2 (375 g)"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from fractions import Fraction
from functools import cache, lru_cache

from catering_cli.checks.reference.weights import base_unit
from catering_cli.data import tables
from catering_cli.domain.quantity import Quantity

_NUMBER = r"\d+(?:\.\d+)?(?:\s+\d+/\d+|\s*/\s*\d+)?"
_PART = re.compile(rf"(?P<low>{_NUMBER})(?:\s*(?:-|–|to)\s*(?P<high>{_NUMBER}))?\s*(?P<unit>[^\d(),+]*)")
_CANS = re.compile(
    rf"(?P<low>{_NUMBER})(?:-(?P<high>{_NUMBER}))? "
    r"(?:(?P<what>can|whole)s? \((?P<contents>[^()]+)\)|(?P<number>#[\w.]+) cans?)"
)
"""Cans of a size, or of a number: "2 cans (400 g)", "2 #10 cans"."""

_BRACKETS = re.compile(r"\(([^)]*)\)")
_LETTER = re.compile(r"[^\W\d]")
_IDLE = re.compile(r"\b(and|about|of|scant|heaped|plus)\b")


@cache
def _aliases() -> dict[str, str]:
    """Units by each of their names, as written and in lower case."""
    names: dict[str, str] = {}
    for row in tables.rows("units"):
        for name in (row["name"], *tables.parts(row.get("aliases", ""))):
            names.setdefault(name, row["name"])
            names.setdefault(name.casefold(), row["name"])
    return names


@lru_cache(maxsize=4096)
def spoken(text: str, system: str) -> tuple[Quantity, ...]:
    """The quantities that the words may mean: the whole, and what stands in brackets. Empty if they are unreadable."""
    plain = re.sub(r"(?<=\d)(?=[¼-¾⅐-⅞])", " ", text.replace("\u00a0", " "))
    plain = unicodedata.normalize("NFKC", plain).replace("⁄", "/").replace(",", "")
    if cans := _CANS.fullmatch(plain.strip()):
        low, high = _number(cans["low"]), _number(cans["high"] or cans["low"])
        return (Quantity(low, high, f"{cans['contents'] or cans['number']} {cans['what'] or 'can'}"),)
    parts = [_BRACKETS.sub(" ", plain), *_BRACKETS.findall(plain)]
    read = [_range(part, system) for part in parts]
    return tuple(one for one in read if one is not None)


def _range(text: str, system: str) -> Quantity | None:
    """Two amounts with a unit each, from one to the other: "1 cup + 2 tbsp to 2 3/4 cups"; else as one amount."""
    low, to, high = text.partition(" to ")
    if to and _LETTER.search(low):
        one, other = _sum(low, system), _sum(high, system)
        if one and other and one.unit == other.unit:
            return Quantity(one.low, other.high, one.unit)
    return _sum(text, system)


def _sum(text: str, system: str) -> Quantity | None:
    """The sum of the amounts that a text names one after the other; None if they cannot be added."""
    parts = [_part(match, system) for match in _PART.finditer(text)]
    known = [part for part in parts if part is not None]
    units = {part.unit for part in known}
    if len(units) != 1 or len(known) < len(parts):
        return None
    low, high = _total(part.low for part in known), _total(part.high for part in known)
    return Quantity(low, high, units.pop())


def _total(numbers: Iterable[Fraction]) -> Fraction:
    return sum(numbers, Fraction(0))


def _part(match: re.Match[str], system: str) -> Quantity | None:
    unit = _unit(match["unit"])
    if unit is None:
        return None
    base, size = base_unit(unit, system)
    low, high = _number(match["low"]), _number(match["high"] or match["low"])
    return Quantity(low * size, high * size, base)


def _unit(text: str) -> str | None:
    words = _IDLE.sub(" ", text).strip(" .;:")
    plain = words.casefold()
    forms = (words, plain, words.removesuffix("s"), plain.removesuffix("s"), plain.removesuffix("es"))
    if not words:
        return ""
    return next((_aliases()[form] for form in forms if form in _aliases()), None)


def _number(text: str) -> Fraction:
    parts = re.split(r"\s+(?=\d)", text.strip())
    return _total(Fraction(part.replace(" ", "")) for part in parts)
