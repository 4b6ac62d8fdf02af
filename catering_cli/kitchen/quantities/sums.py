"""Two amounts that make one: `1 cup plus 2 tbsp`, `1 lb 4 oz`, `1 cup to 1 1/2 cups`."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import Final

from catering_cli.domain.quantity import Quantity
from catering_cli.kitchen.quantities import units
from catering_cli.kitchen.quantities.numerals import BadQuantity, Unclear, parse_range
from catering_cli.kitchen.quantities.scanner import ParsedAmount, Scan
from catering_cli.kitchen.quantities.unit_matcher import unit_here
from catering_cli.kitchen.quantities.units import Unit

_PLUS: Final = re.compile(r" ?(?:\+|,? ?\bplus\b|\band\b|&) ?(?=[\d.]|an? )", re.IGNORECASE)
_MINUS: Final = re.compile(r" ?,? ?\b(?:minus|less)\b ?(?=[\d.]|an? )", re.IGNORECASE)
_ADJACENT: Final = re.compile(r",? ?(?=\d)")
_JOINT: Final = re.compile(r" ?(-|\bto\b|\bor\b) ?(?=[\d.]|an? )", re.IGNORECASE)
_APART: Final = Fraction(15, 100)
"""Dual amounts that differ by more than this share are warned of."""


def sum_or_range(reading: Scan, first: Quantity) -> Quantity:
    """`1 cup plus 2 tbsp`, `3 cups minus 2 tbsp`, `1 lb 4 oz`, `1 cup to 1 1/2 cups`: exact in the first unit."""
    unit = units.lookup(first.unit, reading.system)
    if unit is None or unit.dimension not in ("mass", "volume"):
        return first
    first = with_smaller_units(reading, first)
    for joint, join in ((_PLUS, _added), (_MINUS, _taken), (_JOINT, _spread)):
        start = reading.at
        found = reading.take(joint)
        second = _same(reading, unit) if found else None
        is_choice = found is not None and found[0].strip().lower() == "or"
        if second is not None and not (is_choice and (close(first, second) or second.high < first.low)):
            return join(reading, first, second)
        reading.at = start
    return first


def added_later(reading: Scan, parsed: ParsedAmount) -> ParsedAmount:
    """`1/2 cup (1 stick) plus 3 tbsp`: what is added behind brackets; the alternative is of the first part alone."""
    unit = units.find(parsed.quantity.unit, reading.system)
    if unit.dimension not in ("mass", "volume"):
        return parsed
    for joint, join in ((_PLUS, _added), (_MINUS, _taken)):
        start = reading.at
        second = _same(reading, unit) if reading.take(joint) else None
        if second is not None:
            return replace(parsed, quantity=join(reading, parsed.quantity, second), alternative=None)
        reading.at = start
    return parsed


def with_smaller_units(reading: Scan, first: Quantity) -> Quantity:
    """`1 lb 4 oz`, `1 kg 200 g`: smaller units of the same system add up, anything else is another amount."""
    unit = units.find(first.unit, reading.system)
    start = reading.at
    if reading.take(_ADJACENT) is None:
        return first
    found = parse_range(reading.text, reading.at)
    if found:
        low, high, reading.at = found
        smaller = unit_here(reading)
        if smaller and _continues(unit, smaller):
            return Quantity(
                first.low + units.convert(low, smaller, unit),
                first.high + units.convert(high, smaller, unit),
                unit.name,
            )
    reading.at = start
    return first


def _continues(unit: Unit, smaller: Unit) -> bool:
    """Whether an amount in one unit may go on in the other: the same system and dimension, and smaller."""
    alike = unit.dimension == smaller.dimension and units.is_metric(unit) == units.is_metric(smaller)
    return alike and smaller.factor < unit.factor


def _added(_: Scan, first: Quantity, second: Quantity) -> Quantity:
    return Quantity(first.low + second.low, first.high + second.high, first.unit)


def _taken(reading: Scan, first: Quantity, second: Quantity) -> Quantity:
    if second.high >= first.low:
        raise BadQuantity(f"{reading.text[:40]!r} takes away more than there is; write the larger amount first")
    return Quantity(first.low - second.high, first.high - second.low, first.unit)


def _spread(reading: Scan, first: Quantity, second: Quantity) -> Quantity:
    if second.high < first.low and not close(first, second):
        raise Unclear(f"{reading.text[:40]!r} runs from high to low; write the smaller amount first")
    return Quantity(first.low, max(first.high, second.high), first.unit)


def _same(reading: Scan, like: Unit) -> Quantity | None:
    """A second amount here in a unit of the same dimension, converted to `like`."""
    found = parse_range(reading.text, reading.at)
    if not found:
        return None
    low, high, reading.at = found
    unit = unit_here(reading)
    if unit is None or unit.dimension != like.dimension:
        return None
    return Quantity(units.convert(low, unit, like), units.convert(high, unit, like), like.name)


def close(one: Quantity, other: Quantity) -> bool:
    """Whether two amounts of one unit are nearly the same, as two ways to say one amount are."""
    return abs(one.high - other.high) <= _APART * max(one.high, other.high)
