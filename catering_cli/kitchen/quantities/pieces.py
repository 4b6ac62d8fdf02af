"""Pieces of a size: `2-inch piece ginger`, `7 1/4-inch-thick slices`, `3 x 5mm/1/4in slices`, `1 x 7-bone rack`.

A size multiplies nothing and replaces no count; it is noted beside the amount.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

from catering_cli.domain.quantity import Quantity
from catering_cli.kitchen.quantities.same_amount import with_alternatives
from catering_cli.kitchen.quantities.scanner import Numbers, ParsedAmount, Scan
from catering_cli.kitchen.quantities.unit_matcher import SIZE, unit_here

_UNIT: Final = r"(?:inch(?:es)?|in\b\.?|cm|mm|centimet(?:er|re)s?|\")"
_NUMBER: Final = r"\d+(?:[ -]\d+/\d+|/\d+|\.\d+)?"
_FORM: Final = (
    r"(?:[ -](?:long|thick|wide|square|round|across|diameter))?\)?[ -]?"
    r"(?P<form>(?:long |thick |square )?(?:thumb|knob|chunk|length|cube|hunk|nub)s?\b)?(?![A-Za-z])"
)
_RANGE: Final = rf"{_NUMBER}(?:-? ?(?:-|to|or) ?-?{_NUMBER})?"
_AGAIN: Final = rf"(?: ?[/,;(]+ ?(?:about )?{_RANGE}[ -]?{_UNIT}\)?)*"
"""The same length in another unit."""

_LENGTH: Final = re.compile(rf"[ (-]*(?P<length>(?:{_RANGE})?[ -]?{_UNIT}{_AGAIN}){_FORM}", re.IGNORECASE)
"""A size in inches or centimetres, or in both; with a number of its own, or alone after one."""

_TIMES_LENGTH: Final = re.compile(rf" ?[x*] ?(?P<length>{_RANGE} ?{_UNIT}{_AGAIN}){_FORM}", re.IGNORECASE)
_SEVERAL: Final = (
    r"(?=[ -](?:long|thick|wide)|(?: \w+){0,2} (?:slices|pieces|rounds|steaks|strips|chunks|cubes|sticks|fillets|"
    r"wedges)\b)"
)
_COUNT_OF_LENGTH: Final = re.compile(
    rf"(?P<count>[2-9]|\d\d) (?P<length>\d+/\d+[ -]?{_UNIT}){_SEVERAL}{_FORM}", re.IGNORECASE
)
_TIMES_WORD: Final = re.compile(
    r" ?x (?:(?P<part>\d+-(?!oz|ounce|lb|pound|g\b|kg|ml|inch)[a-z]+) )?(?=[a-z])", re.IGNORECASE
)


def count_of_length(reading: Scan) -> ParsedAmount | None:
    """`7 1/4-inch-thick slices`: seven of a quarter inch, not one of seven and a quarter."""
    found = reading.take(_COUNT_OF_LENGTH)
    if found is None:
        return None
    count = Fraction(found["count"])
    return _sized(reading, (count, count), found)


def of_length(reading: Scan, numbers: Numbers) -> ParsedAmount | None:
    """`2-inch piece`, `1 2-inch piece`, `9 (1/2 inch thick) slices`, `3 x 5mm slices`."""
    found = reading.take(_TIMES_LENGTH) or reading.take(_LENGTH)
    return _sized(reading, numbers, found) if found else None


def times_a_word(reading: Scan, numbers: Numbers) -> ParsedAmount | None:
    """`4 x chicken breasts`, `1 x 7-bone rack of lamb`: the sign says only how many."""
    found = reading.take(_TIMES_WORD)
    if found is None:
        return None
    if found["part"]:
        reading.notes.append(found["part"])
    unit = unit_here(reading)
    return with_alternatives(reading, ParsedAmount(Quantity(*numbers, unit.name if unit else "")))


def _sized(reading: Scan, numbers: Numbers, length: re.Match[str]) -> ParsedAmount:
    """So many pieces of that length; one, if the number before the unit is the length itself."""
    own = re.match(r"[ -]*\d", length["length"])
    size = length["length"] if own else reading.text[: length.end("length")]
    size = size.replace(" (", "/").replace("(", "/")
    reading.notes.append(" ".join(f"{size} {length['form'] or ''}".split()).strip("()- "))
    reading.approximate = True
    reading.take(SIZE)
    unit = unit_here(reading, only="count") or unit_here(reading, only="measure")
    low, high = numbers if own else (Fraction(1), Fraction(1))
    return ParsedAmount(Quantity(low, high, unit.name if unit else ""))
