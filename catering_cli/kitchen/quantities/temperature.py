"""Temperatures: Fahrenheit, Celsius, Kelvin and gas marks, exactly."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

from catering_cli.domain.quantity import Quantity
from catering_cli.kitchen.quantities import units
from catering_cli.kitchen.quantities.numerals import BadQuantity, normalized, parse_range

COLDEST: Final = Fraction(0)
"""Kelvin; nothing is colder."""

_ZERO_C: Final = Fraction("273.15")
_ZERO_F: Final = Fraction("459.67")
_BELOW: Final = re.compile(r"(?:-|minus ) ?(?=\d)", re.IGNORECASE)
_UNIT: Final = re.compile(r" ?(?:deg\.?|degrees?|°)? ?([FCK]|fahrenheit|celsius|centigrade|kelvin)\.?$", re.IGNORECASE)
_GAS: Final = re.compile(r"^(?:gas(?: mark)?|regulo|mark) ?(\d+(?: ?/ ?\d+)?)$", re.IGNORECASE)
_MARKS: Final = {Fraction(1, 4): Fraction(225), Fraction(1, 2): Fraction(250)}
_HIGHEST_MARK: Final = 10


def parse_temperature(text: str) -> Quantity | None:
    """The temperature (or range) that the whole of `text` writes, e.g. "350 F", "-18 °C", "gas mark 4"; else None.

    Raises BadQuantity below absolute zero and for gas marks that are none.
    """
    written = normalized(text).replace("º", "°")
    if found := _GAS.match(written):
        mark = Fraction(found[1].replace(" ", ""))
        _from_mark(mark)
        return Quantity(mark, mark, "gas mark")
    unit = _UNIT.search(written)
    if unit is None:
        return None
    below = _BELOW.match(written)
    numbers = parse_range(written, below.end() if below else 0)
    if numbers is None or written[numbers[2] :].strip(" °") not in (
        "",
        unit.group().strip(" °"),
        written[unit.start() :].strip(" °"),
    ):
        return None
    sign = -1 if below else 1
    low, high = sorted((numbers[0] * sign, numbers[1] * sign)) if numbers[0] != numbers[1] else (numbers[0] * sign,) * 2
    quantity = Quantity(low, high, units.find(unit[1].upper() if len(unit[1]) == 1 else unit[1]).name)
    kelvin(quantity.low, quantity.unit)
    return quantity


def convert_temperature(quantity: Quantity, to: str) -> Quantity:
    """`quantity` in F, C, K or gas mark (to the nearest quarter or whole mark)."""
    return Quantity(_one(quantity.low, quantity.unit, to), _one(quantity.high, quantity.unit, to), to)


def kelvin(value: Fraction, unit: str) -> Fraction:
    """The absolute temperature. Raises BadQuantity below zero kelvin."""
    if unit == "gas mark":
        return kelvin(_from_mark(value), "F")
    absolute = {"K": value, "C": value + _ZERO_C, "F": (value + _ZERO_F) * Fraction(5, 9)}[unit]
    if absolute < COLDEST:
        raise BadQuantity(f"{float(value):g} {unit} is below absolute zero; write e.g. 350 F or 4 C")
    return absolute


def _one(value: Fraction, of: str, to: str) -> Fraction:
    absolute = kelvin(value, of)
    if to == "gas mark":
        return _to_mark(absolute * Fraction(9, 5) - _ZERO_F)
    return {"K": absolute, "C": absolute - _ZERO_C, "F": absolute * Fraction(9, 5) - _ZERO_F}[to]


def _from_mark(mark: Fraction) -> Fraction:
    if mark in _MARKS:
        return _MARKS[mark]
    if mark.denominator != 1 or not 1 <= mark <= _HIGHEST_MARK:
        raise BadQuantity(f"there is no gas mark {mark}; write 1/4, 1/2 or 1 to {_HIGHEST_MARK}")
    return 250 + 25 * mark


def _to_mark(fahrenheit: Fraction) -> Fraction:
    marks = [*_MARKS, *map(Fraction, range(1, _HIGHEST_MARK + 1))]
    nearest = min(marks, key=lambda mark: abs(_from_mark(mark) - fahrenheit))
    if abs(_from_mark(nearest) - fahrenheit) > 20:  # noqa: PLR2004  # F; beyond it is no oven setting
        raise BadQuantity(f"{float(fahrenheit):.0f} F is not a gas mark; they run from 225 F (1/4) to 500 F (10)")
    return nearest
