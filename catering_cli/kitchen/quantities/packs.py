"""Packs of a size: `2 x 400 g tins`, `1 (28 ounce) can`, `2 - 28 oz cans`, `Two 15- to 16-ounce cans`, `5 lb bag`."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from catering_cli.domain.quantity import Quantity
from catering_cli.kitchen.quantities import units
from catering_cli.kitchen.quantities.numerals import BadQuantity, Unclear, parse_range
from catering_cli.kitchen.quantities.same_amount import (
    CONTAINERS,
    PAREN,
    one_amount,
    restated,
    stated,
    with_alternatives,
)
from catering_cli.kitchen.quantities.scanner import Numbers, Packs, ParsedAmount, Scan
from catering_cli.kitchen.quantities.unit_matcher import unit_here

_TIMES: Final = re.compile(r" ?[x*] ?(?=[\d.])", re.IGNORECASE)
_PACK: Final = r"(?:cans?|tins?|jars?|bottles?|packages?|boxes|bags?|cartons?)\b"
_MASS_OR_VOLUME: Final = r"(?:oz|ounces?|lbs?|pounds?|g|kg|ml|l)\b\.?"
_DASH: Final = re.compile(rf"(\d{{1,2}}) ?- (?=[\d.]+ ?-?{_MASS_OR_VOLUME} {_PACK})", re.IGNORECASE)
_NEXT_NUMBER: Final = re.compile(r" (?=[\d.])")
_OF_SO_MANY: Final = re.compile(
    r" (?P<part>\d+(?:- (?:to|or) \d+)?-(?!to\b|or\b|by\b|inch|in\b|cm|mm|oz|ounce|lb|pound|g\b|kg|ml)[a-z]+)(?= )"
)
"""A size in pieces: a 4-rib roast, 8-bone racks, 4-sheet packages."""

_PART_OF_A_PACK: Final = re.compile(
    rf" (?=[\d.]+ ?-?{_MASS_OR_VOLUME}[^a-z]{{0,2}}(?:[\d.]+ ?{_MASS_OR_VOLUME})? ?{_PACK})", re.IGNORECASE
)
_ONE_NUMBER_OR_TWO: Final = re.compile(r" \d{3} ")
_EACH: Final = re.compile(
    r"[ ,]*\b(?:each|ea\b\.?|apiece|per (?:can|tin|piece|package|jar)|size|total(?: weight)?|in total|net)\b",
    re.IGNORECASE,
)
_BOTTLED: Final = ("mL", "cL", "dL", "L", "fl oz")
"""Units of volume in which containers are sold ("284ml tub buttermilk")."""


def dashed(reading: Scan) -> ParsedAmount | None:
    """`2 - 28 oz cans` are two cans: a dash between a count and the size of a pack is no range."""
    found = reading.take(_DASH)
    return _packs(reading, Quantity.of(int(found[1])), _measure(reading)) if found else None


def times(reading: Scan, numbers: Numbers) -> ParsedAmount | None:
    """`2 x 400 g tins`."""
    return _packs(reading, Quantity(*numbers), _measure(reading)) if reading.take(_TIMES) else None


def in_brackets(reading: Scan, numbers: Numbers) -> ParsedAmount | None:
    """`1 (28 ounce) can`, `4 (6-ounce) fillets`; brackets that say something else are noted."""
    paren = reading.take(PAREN)
    if paren is None:
        return None
    told = stated(paren[1], reading.system)
    if told is None:
        reading.notes.append(paren[1].strip())
        return None
    reading.approximate |= told.approximate
    size, *others = told.amounts
    count = Quantity(*numbers)
    packs = _packs(reading, count, size)
    return replace(packs, alternative=others[0].times(count.low)) if others else packs


def inline(reading: Scan, numbers: Numbers) -> ParsedAmount | None:
    """`2 400g tins`, `1 14-oz can`, `One 4- to 5-pound chicken`, `Half a 15-ounce can`."""
    start, low = reading.at, numbers[0]
    if parts := reading.take(_OF_SO_MANY):
        reading.notes.append(parts["part"])
        return ParsedAmount(Quantity(*numbers, _unit_name(reading)))
    whole = low.denominator == 1
    if reading.take(_NEXT_NUMBER if whole else _PART_OF_A_PACK) is None:
        return None
    size = _measure(reading)
    unit = units.lookup(size.unit, reading.system)
    if (size.low, size.high) == numbers and not size.unit:
        reading.warn(f"{reading.text[: reading.at].strip()!r} is read as {low}; write one number")
        return ParsedAmount(Quantity(*numbers))
    if unit is None or unit.dimension not in ("mass", "volume"):
        raise Unclear(f"{reading.text[:40]!r} has two numbers; write 1500 g, 2 x 400 g or 1 1/2 cups")
    packs = _packs(reading, Quantity(*numbers), size)
    if packs.packs and not packs.packs.container:
        _refuse_one_number_or_two(reading.text, start)
    return packs


def _refuse_one_number_or_two(text: str, start: int) -> None:
    """Raise BadQuantity for "1 500 g" if no container says that it is one of 500 g."""
    if _ONE_NUMBER_OR_TWO.match(text, start):
        both = text[: start + 4]
        ways = f"{both.replace(' ', '')} or {both.replace(' ', ' x ')}"
        raise BadQuantity(f"{both!r} may be one number or two; write {ways}")


def _unit_name(reading: Scan) -> str:
    unit = unit_here(reading)
    return unit.name if unit else ""


def bagged(reading: Scan, first: Quantity) -> ParsedAmount | None:
    """`5 lb bag potatoes`, `400g tin beans`: one pack of that amount, which has been read."""
    unit = units.find(first.unit, reading.system)
    if unit.dimension != "mass" and unit.name not in _BOTTLED:
        return None
    start = reading.at
    container = unit_here(reading, only="measure")
    if container is None or container.name not in CONTAINERS or reading.at >= len(reading.text):
        reading.at = start
        return None
    return with_alternatives(reading, ParsedAmount(first, packs=Packs(Quantity.of(1), first, container.name)))


def _packs(reading: Scan, count: Quantity, size: Quantity) -> ParsedAmount:
    """`count` packs of `size`, with the container's word if there is one."""
    again = restated(reading, size) if size.unit else []
    reading.take(_EACH)
    container = unit_here(reading, only="measure")
    total = Quantity(count.low * size.low, count.high * size.high, size.unit)
    parsed = ParsedAmount(total, packs=Packs(count, size, container.name if container else ""))
    parsed = with_alternatives(reading, parsed, of_pack=count)
    return replace(parsed, alternative=parsed.alternative or again[0].times(count.low)) if again else parsed


def _measure(reading: Scan) -> Quantity:
    """A number with its unit, which must be there."""
    found = parse_range(reading.text, reading.at)
    if found is None:
        raise BadQuantity(f"{reading.text[:40]!r} says times what? write 2 x 400 g")
    start = reading.at
    if size := one_amount(reading):
        return size
    reading.at = start
    low, high, reading.at = found
    unit = unit_here(reading)
    return Quantity(low, high, unit.name if unit else "")
