"""Two amounts that make one: `1 cup plus 2 tbsp`, `1 lb 4 oz`, `1 cup to 1 1/2 cups`."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

from catering_cli.domain.quantity import Quantity
from catering_cli.kitchen.quantities import units
from catering_cli.kitchen.quantities.numerals import BadQuantity, span
from catering_cli.kitchen.quantities.scanner import Reading
from catering_cli.kitchen.quantities.unit_matcher import unit_here
from catering_cli.kitchen.quantities.units import Unit

_PLUS: Final = re.compile(r" ?(?:\+|,? ?\bplus\b|\band\b|&) ?(?=[\d.]|an? )", re.IGNORECASE)
_JOINT: Final = re.compile(r" ?(-|\bto\b|\bor\b) ?(?=[\d.]|an? )", re.IGNORECASE)
_APART: Final = Fraction(15, 100)
"""Dual amounts that differ by more than this share are warned of."""


def sum_or_range(reading: Reading, first: Quantity) -> Quantity:
    """`1 cup plus 2 tbsp`, `1 lb 4 oz`, `1 cup to 1 1/2 cups`: exact in the first unit, where both measure alike."""
    unit = units.lookup(first.unit, reading.system)
    if unit is None or unit.dimension not in ("mass", "volume"):
        return first
    for joint, spread in ((_PLUS, False), (re.compile(r",? (?=\d)"), False), (_JOINT, True)):
        start = reading.at
        found = reading.take(joint)
        if not found:
            continue
        second = _same(reading, unit)
        if second is None or (joint is _JOINT and found[1].lower() == "or" and close(first, second)):
            reading.at = start
        elif spread:
            if second.high < first.low:
                raise BadQuantity(f"{reading.text[:40]!r} runs from high to low; write the smaller amount first")
            return Quantity(first.low, second.high, first.unit)
        else:
            return Quantity(first.low + second.low, first.high + second.high, first.unit)
    return first


def _same(reading: Reading, like: Unit) -> Quantity | None:
    """A second amount here in a unit of the same dimension, converted to `like`."""
    found = span(reading.text, reading.at)
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
