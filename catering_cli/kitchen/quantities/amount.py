"""Reads the quantity at the start of a text: numbers, unit, packs, dual amounts, sums and ranges.

`read("2 x 400 g tins tomatoes, drained")` is 800 g with rest "tomatoes, drained". A range stays a range. Two
amounts of one thing ("300g/10½oz", "1 cup (125 g)") are one quantity and its alternative: the first as written,
but a weight or volume wins over a mere count ("2 onions (300 g)").

A grammar of our own: pint reads `T` as tesla and knows no bunch; ingredient-parser-nlp guesses from a trained model
and brings 4 MB of data and numpy. Here a text that is not understood is an error that says what would be right.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Final

from catering_cli.domain.quantity import Quantity
from catering_cli.kitchen.quantities import packs, pieces, units
from catering_cli.kitchen.quantities.numerals import NoAmount, UnitAlone, normalized, parse_range
from catering_cli.kitchen.quantities.same_amount import with_alternatives, with_choice
from catering_cli.kitchen.quantities.scanner import Numbers, ParsedAmount, Scan
from catering_cli.kitchen.quantities.sums import added_later, sum_or_range
from catering_cli.kitchen.quantities.unit_matcher import (
    INFORMAL,
    INFORMAL_SIZE,
    WORDS,
    begins_a_name,
    candidates,
    unit_here,
)
from catering_cli.kitchen.quantities.units import Unit

_ABOUT: Final = re.compile(
    r" ?(?:about|approximately|approx\.?|around|roughly|circa|ca\.?|some(?= \d)|~|≈|up to|at least|a good|"
    r"good(?= \d)|nearly|almost|just under|just over)(?![a-z]) ?",
    re.IGNORECASE,
)
_STATE: Final = re.compile(r" ?\(?(?:(EP|AP)\b|(edible portion|as purchased)\b)\)?")
_NAME: Final = re.compile(r"\d+(?:\.\d+)? ?%|00 (?=[a-z])", re.IGNORECASE)
"""Numbers that belong to a food's name: 2% milk, 00 flour."""

_PAN_NAME: Final = re.compile(
    r"(?:1/[2346]|2/3|half|third|quarter|sixth|full)[ -](?=(?:size[d]? )?(?:hotel |steam table |gn )?pans?\b)",
    re.IGNORECASE,
)
_HOW_FIRST: Final = re.compile(
    r"an? (?=(?:heaping|heaped|rounded|scant|generous|level)\b)(?!.*\d)|"
    r"(?:(?:an )?additional|another|an extra|extra|or|plus) (?=\d|one\b|two\b)|"
    r"(?:lightly |firmly |loosely |tightly )?packed (?=\d)|"
    r"(?:an? )?(?:very )?(?:scant|generous|heaping|heaped|rounded|level|good|full|slightly heaped) (?=[\d.])",
    re.IGNORECASE,
)
_HALF_AND_HALF: Final = ("half and half", "half-and-half", "half & half")
_COMMA: Final = re.compile(r"\b[1-9]\d?,\d{3}$")
_LARGE_UNIT: Final = re.compile(r" ?(?:kg|kilos?|l|lit(?:er|re)s?|lbs?)\b", re.IGNORECASE)
"""Units of which a kitchen has no thousands: the comma before them may be a decimal one."""

_VAGUE: Final = re.compile(r"(?:a )?few|several", re.IGNORECASE)
_ONE: Final = (Fraction(1), Fraction(1))
_OF: Final = re.compile(r"^(?:of |de (?:la |l')?|d'|di |du |des |del |della |von )", re.IGNORECASE)
"""What stands between an amount and its food, in some languages."""


def parse_amount(text: str, system: str = "us") -> ParsedAmount:
    """The quantity that starts `text`; what it measures is in `rest`.

    Raises BadQuantity (NoAmount if there is no number) and UnknownUnit, each saying what would be right.
    """
    reading = Scan(normalized(text), system)
    if not reading.text:
        raise NoAmount("there is no amount; write a number and a unit such as 2 cups")
    while reading.take(_ABOUT):
        reading.approximate = True
    if reading.take(_HOW_FIRST):
        reading.approximate = True
    amount = _amount(reading)
    rest = _OF.sub("", reading.text[reading.at :].strip(), count=1).strip()
    unit = units.lookup(amount.quantity.unit, system)
    approximate = reading.approximate or amount.approximate or bool(unit and unit.approximate)
    warnings, notes = tuple(reading.warnings), tuple(reading.notes)
    return replace(amount, rest=rest, approximate=approximate, warnings=warnings, notes=notes)


WHOLE: Final[tuple[Callable[[Scan], ParsedAmount | None], ...]] = (pieces.count_of_length, packs.dashed)
"""Forms that read their own number."""

NUMBERED: Final[tuple[Callable[[Scan, Numbers], ParsedAmount | None], ...]] = (
    pieces.times_a_word,
    pieces.of_length,
    packs.times,
    packs.in_brackets,
    packs.inline,
)
"""Forms of what follows a number, tried in this order; else a unit follows, or nothing."""


def _amount(reading: Scan) -> ParsedAmount:
    """One amount with its packs, alternatives, sums and state."""
    for whole in WHOLE:
        if parsed := whole(reading):
            return parsed
    numbers = _numbers(reading)
    for numbered in NUMBERED:
        if parsed := numbered(reading, numbers):
            return parsed
    return _measured(reading, numbers)


def _measured(reading: Scan, numbers: Numbers) -> ParsedAmount:
    """So much in the unit that stands here, with what is added and what is said again."""
    unit = unit_here(reading)
    first = Quantity(*numbers, unit.name if unit else "")
    if bag := packs.bagged(reading, first):
        return bag
    state = _state(reading)
    first = sum_or_range(reading, first)
    parsed = with_alternatives(reading, ParsedAmount(first, state=state or _state(reading)))
    return with_choice(reading, added_later(reading, parsed))


def _numbers(reading: Scan) -> Numbers:
    """The number or range that stands here; one for a measure that is said without a number."""
    if pan := reading.take(_PAN_NAME):  # half a pan's name, not half of a pan
        reading.at = pan.start()
        return _ONE
    ahead = reading.text[reading.at :].lower()
    if ahead.startswith(_HALF_AND_HALF) or _NAME.match(reading.text, reading.at):
        raise NoAmount(f"{reading.text[:40]!r} has no amount; write a number first, e.g. 1 cup")
    found = parse_range(reading.text, reading.at)
    if found is None:
        return _one_of(reading)
    low, high, reading.at = found
    written = reading.text[: reading.at]
    if vague := _VAGUE.search(written):
        reading.approximate = True
        reading.warn(f"{vague.group()!r} is read as {low}")
    if _COMMA.search(written) and _LARGE_UNIT.match(reading.text, reading.at):
        decimal = written.replace(",", ".")
        reading.warn(f"{written!r} is read as {low}; write {decimal} if the comma is a decimal one")
    return low, high


def _one_of(reading: Scan) -> Numbers:
    """One of the informal measure that stands here ("pinch of salt"). Raises NoAmount or UnitAlone for all else."""
    size = INFORMAL_SIZE.match(reading.text, reading.at)
    words = WORDS.match(reading.text, size.end() if size else reading.at)
    unit = _unit_of(words[1], reading.system) if words else None
    no_amount = NoAmount(f"{reading.text[:40]!r} has no amount; write a number first, e.g. 2 cups")
    if words is None or unit is None or _is_a_name(reading.text, words):
        raise no_amount
    if unit.name in INFORMAL:
        return _ONE
    raise UnitAlone(reading.text, unit.name) if _needs_a_number(unit) and not begins_a_name(words[1]) else no_amount


def _unit_of(words: str, system: str) -> Unit | None:
    """The unit that the longest beginning of the words names."""
    found = (units.lookup(word, system) for word in candidates(words))
    return next((unit for unit in found if unit), None)


def _is_a_name(text: str, words: re.Match[str]) -> bool:
    """Whether a measure without a number is a food, with only a remark after it ("Sprinkles, to decorate")."""
    first = re.split("[ -]", words[1])[0]
    after = text[words.start(1) + len(first) :]
    return len(first) > 1 and after.startswith((",", ";", " (for ", " for ", " to "))


def _needs_a_number(unit: Unit) -> bool:
    """Whether it is a mass or volume whose name is more than a letter, which may begin a word."""
    return unit.dimension in ("mass", "volume") and len(unit.name) > 1


def _state(reading: Scan) -> str:
    """AP or EP, if the text says it here."""
    found = reading.take(_STATE)
    if not found:
        return ""
    if found[1]:
        return found[1]
    return "EP" if found[2] == "edible portion" else "AP"
