"""Two ways to say one amount: `500g/1lb 2oz`, `125g 4½oz`, `1 can (14 oz, 400 g)`. They are alternatives, never a sum.

An amount here is a number with a unit of mass or volume, followed by smaller units of the same system (`1 lb 4 oz`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final, NamedTuple

from catering_cli.domain.quantity import Quantity
from catering_cli.kitchen.quantities import units
from catering_cli.kitchen.quantities.numerals import BadQuantity, normalized, parse_range
from catering_cli.kitchen.quantities.scanner import Packs, ParsedAmount, Scan
from catering_cli.kitchen.quantities.sums import close, with_smaller_units
from catering_cli.kitchen.quantities.unit_matcher import unit_here
from catering_cli.kitchen.quantities.units import Unit
from catering_cli.kitchen.quantities.vocabulary import word_set

CONTAINERS: Final = word_set(
    "can jar bottle package bag box carton container tube case tray basket crate bucket keg drum"
)
"""What a weight in brackets is the weight of one of: "2 cans (400 g)"."""

PAREN: Final = re.compile(r" ?\(([^()]*)\)[ -]?")

_BETWEEN: Final = re.compile(
    r" ?(?:[/|=,;]|\bor\b)? ?(?:(?:about|approximately|approx\.?|roughly|scant|generous|heaped|weighing) |~ ?|≈ ?)?"
    r"(?=[\d.])"
)
"""What may stand between two ways to say one amount."""

_ABOUT: Final = re.compile(
    r" ?(?:weighing )?(?:about|approximately|approx\.?|roughly|around|circa|ca\.?|scant|generous|heaped|weighing|~|≈)"
    r"(?![a-z]) ?",
    re.IGNORECASE,
)
_TO: Final = re.compile(r" ?(?:-|\bto\b) ?(?=\d)", re.IGNORECASE)
_NO_UNIT: Final = re.compile(r" ?/ ?\d+(?: \d+/\d+|/\d+)?(?= [a-z])", re.IGNORECASE)
"""The same amount in ounces whose unit was forgotten: `125g/4 1/2 plain flour`."""

_OR: Final = re.compile(r",? or (?:about )?(?=[\d.]|an? )", re.IGNORECASE)
_PER_ONE: Final = re.compile(
    r"[ ,]*\b(?:each|ea\b\.?|apiece|per (?:can|tin|piece|package|jar|fillet|breast))\b|[ -]?size\b", re.IGNORECASE
)
_IN_TOTAL: Final = re.compile(r"[ ,]*\b(?:total(?: weight)?|in total|net|altogether)\b", re.IGNORECASE)


class Stated(NamedTuple):
    """What brackets or a remark say of an amount: the same amount in one or more ways."""

    amounts: tuple[Quantity, ...]
    each: bool
    """whether it is said of one piece"""
    approximate: bool


def one_amount(reading: Scan) -> Quantity | None:
    """The amount of mass or volume that stands here; None, with nothing taken, if none does."""
    start = reading.at
    found = parse_range(reading.text, reading.at)
    if found:
        low, high, reading.at = found
        unit = unit_here(reading)
        if unit and unit.dimension in ("mass", "volume"):
            return _to_another(reading, with_smaller_units(reading, Quantity(low, high, unit.name)))
    reading.at = start
    return None


def _to_another(reading: Scan, first: Quantity) -> Quantity:
    """`3 lb 5 oz - 4 lb`: a range whose ends have their units; the amount as it is if no larger one follows."""
    start = reading.at
    second = one_amount(reading) if not first.is_range and reading.take(_TO) else None
    if second is not None:
        unit, other = units.find(first.unit, reading.system), units.find(second.unit, reading.system)
        if unit.dimension == other.dimension and units.is_metric(unit) == units.is_metric(other):
            high = units.convert(second.high, other, unit)
            if high > first.high:
                return replace(first, high=high)
    reading.at = start
    return first


def restated(reading: Scan, first: Quantity) -> list[Quantity]:
    """The same amount said again after the first, as often as it is; only another system follows without a sign."""
    found: list[Quantity] = []
    while True:
        start = reading.at
        sign = reading.take(_BETWEEN)
        other = one_amount(reading) if sign else None
        plainly = sign is not None and bool(sign.group().strip())
        if other is None or not (plainly or _other_system(other, first, reading.system)):
            reading.at = start
            return found
        found.append(other)


def _other_system(one: Quantity, other: Quantity, system: str) -> bool:
    return units.is_metric(units.find(one.unit, system)) != units.is_metric(units.find(other.unit, system))


def stated(text: str, system: str) -> Stated | None:
    """The amount that a whole text says (`about 700g/1lb 9oz`, `6 oz, 170 g each`); None if it says anything else."""
    each = bool(_PER_ONE.search(text))
    left = _IN_TOTAL.sub("", _PER_ONE.sub("", normalized(text).replace(" / ", "/")))
    reading = Scan(left.strip(), system)
    try:
        approximate = reading.take(_ABOUT) is not None
        first = one_amount(reading)
        more = restated(reading, first) if first else []
    except BadQuantity:
        return None
    if first is None or reading.text[reading.at :].strip(" ,;."):
        return None
    return Stated((first, *more), each, approximate)


def counted_again(text: str, system: str) -> Quantity | None:
    """The count that a whole text says of an amount: `1/2 stick`, `about 12 cloves`; None if it says anything else."""
    reading = Scan(normalized(text), system)
    try:
        reading.take(_ABOUT)
        found = parse_range(reading.text, reading.at)
        if found is None:
            return None
        low, high, reading.at = found
        unit = unit_here(reading, only="measure")
    except BadQuantity:
        return None
    is_whole = not reading.text[reading.at :].strip(" ,;.")
    return Quantity(low, high, unit.name) if unit and is_whole else None


def with_alternatives(reading: Scan, parsed: ParsedAmount, of_pack: Quantity | None = None) -> ParsedAmount:
    """The amount with what is said of it again after it: behind a slash, in another system, or in brackets."""
    if parsed.quantity.unit and (more := restated(reading, parsed.quantity)):
        longer = _up_to(reading, parsed.quantity)
        if longer != parsed.quantity:
            return replace(parsed, quantity=longer, alternative=more[0])
        return _chosen(reading, parsed, Stated(tuple(more), each=False, approximate=False), of_pack)
    if units.is_metric(units.find(parsed.quantity.unit, reading.system)):
        reading.take(_NO_UNIT)
    paren = reading.take(PAREN)
    if paren is None:
        return parsed
    told = stated(paren[1], reading.system)
    if told is not None:
        return _chosen(reading, parsed, told, of_pack)
    if parsed.quantity.unit and (counted := counted_again(paren[1], reading.system)):
        return replace(parsed, alternative=counted)
    reading.notes.append(paren[1].strip())
    return parsed


def _up_to(reading: Scan, first: Quantity) -> Quantity:
    """`250g/9oz - 400g/14oz`: the range that goes on after the first end was said in two units."""
    start = reading.at
    longer = _to_another(reading, first)
    if longer == first:
        reading.at = start
        return first
    restated(reading, longer)
    return longer


def with_choice(reading: Scan, parsed: ParsedAmount) -> ParsedAmount:
    """`6 small or 3 large`: the first of two ways to take as much; a food must follow."""
    start = reading.at
    found = parse_range(reading.text, reading.at) if reading.take(_OR) else None
    if found:
        low, high, reading.at = found
        unit = unit_here(reading)
        if unit and re.match(r" (?:of )?\w", reading.text[reading.at :]):
            return replace(parsed, alternative=parsed.alternative or Quantity(low, high, unit.name))
    reading.at = start
    return parsed


def _chosen(reading: Scan, parsed: ParsedAmount, told: Stated, of_pack: Quantity | None) -> ParsedAmount:
    """The first amount counts, but a weight or volume before a mere count."""
    first, other = parsed.quantity, told.amounts[0]
    unit = units.find(first.unit, reading.system)
    if unit.dimension in ("count", "measure"):
        return _of_count(parsed, unit, other, each=told.each)
    if of_pack is not None and not _agree(first, other, reading.system):
        other = Quantity(other.low * of_pack.low, other.high * of_pack.high, other.unit)
    if not _agree(first, other, reading.system):
        reading.warn(f"the two amounts differ: {first.unit} is used, not {other.unit}")
    return replace(parsed, alternative=other)


def _of_count(parsed: ParsedAmount, unit: Unit, other: Quantity, *, each: bool) -> ParsedAmount:
    """The weight of a count, of each or of all; a weight beside cans is of one of them."""
    count = parsed.quantity
    if not each and unit.name not in CONTAINERS:
        return replace(parsed, quantity=other, alternative=count)
    total = Quantity(other.low * count.low, other.high * count.high, other.unit)
    return replace(parsed, quantity=total, alternative=count, packs=Packs(replace(count, unit=""), other, unit.name))


def _agree(first: Quantity, other: Quantity, system: str) -> bool:
    """Whether two amounts are about the same; a pint beside millilitres may be the British one."""
    return any(_are_close(first, other, each) for each in dict.fromkeys((system, "imperial")))


def _are_close(first: Quantity, other: Quantity, system: str) -> bool:
    """Whether two amounts of one dimension are about the same; different dimensions cannot be compared."""
    unit, other_unit = units.find(first.unit, system), units.find(other.unit, system)
    if unit.dimension != other_unit.dimension:
        return True
    low, high = (units.convert(amount, other_unit, unit) for amount in (other.low, other.high))
    return close(first, Quantity(low, high, unit.name))
