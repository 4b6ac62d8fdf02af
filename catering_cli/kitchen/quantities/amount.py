"""Reads the quantity at the start of a text: numbers, unit, packs, dual amounts, sums and ranges.

`read("2 x 400 g tins tomatoes, drained")` is 800 g with rest "tomatoes, drained". A range stays a range. Two
amounts of one thing ("300g/10½oz", "1 cup (125 g)") are one quantity and its alternative: the first as written,
but a weight or volume wins over a mere count ("2 onions (300 g)").
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import Final

from catering_cli.domain.quantity import Quantity
from catering_cli.kitchen.foods.foodwords import word_set
from catering_cli.kitchen.quantities import units
from catering_cli.kitchen.quantities.numerals import BadQuantity, NoAmount, plain, span
from catering_cli.kitchen.quantities.scanner import Packs, Parsed, Reading
from catering_cli.kitchen.quantities.sums import close, sum_or_range
from catering_cli.kitchen.quantities.unit_matcher import INFORMAL, SIZE, WORDS, begins_a_name, candidates, unit_here
from catering_cli.kitchen.quantities.units import Unit

_ABOUT: Final = re.compile(
    r" ?(?:about|approximately|approx\.?|around|roughly|circa|ca\.?|some(?= \d)|~|≈|up to|at least|a good|"
    r"good(?= \d)|nearly|almost|just under|just over)(?![a-z]) ?",
    re.IGNORECASE,
)
_TIMES: Final = re.compile(r" ?[x*] ?(?=[\d.])", re.IGNORECASE)
_LENGTH: Final = re.compile(
    r"[ (-]*(?P<length>(?:\d+(?:[ -]\d+/\d+|/\d+|\.\d+)?(?: ?(?:-|to) ?\d+(?:[ -]\d+/\d+|/\d+|"
    r"\.\d+)?)?)?[ -]?(?:inch(?:es)?|in\.|cm|mm|centimet(?:er|re)s?|\"))\)?[ -]?"
    r"(?P<form>(?:long |thick |square )?(?:thumb|knob|chunk|length|cube|hunk|nub)s?\b)?(?![A-Za-z])",
    re.IGNORECASE,
)
_PAREN: Final = re.compile(r" ?\(([^()]*)\)[ -]?")
_STATE: Final = re.compile(r" ?\(?(?:(EP|AP)\b|(edible portion|as purchased)\b)\)?")
_SLASH: Final = re.compile(r" ?(?:/|\||=|,) ?(?=[\d.])")
_THIRD: Final = re.compile(r" ?/ ?\d[\d./ ]*(?:fl\.? ?oz|[a-zA-Z]+)\b")
"""A third way to say the amount, which adds nothing ("2 tbsp/30ml/1fl oz")."""

_EACH: Final = re.compile(
    r"[ ,]*\b(?:each|apiece|per (?:can|tin|piece|package|jar)|size|total(?: weight)?|in total|net)\b", re.IGNORECASE
)


def read(text: str, system: str = "us") -> Parsed:
    """The quantity that starts `text`; what it measures is in `rest`.

    Raises BadQuantity (NoAmount where there is no number) and UnknownUnit, each saying what would be right.
    """
    reading = Reading(plain(text), system)
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


CONTAINERS: Final = word_set(
    "can jar bottle package bag box carton container tube case tray basket crate bucket keg drum"
)
"""What a weight in brackets is the weight of one of: "2 cans (400 g)"."""

_BOTTLED: Final = ("mL", "cL", "dL", "L", "fl oz")
"""Units of volume in which containers are sold ("284ml tub buttermilk")."""

_NAME: Final = re.compile(r"\d+(?:\.\d+)? ?%|00 (?=[a-z])", re.IGNORECASE)
"""Numbers that belong to a food's name: 2% milk, 00 flour."""

_PAN_NAME: Final = re.compile(
    r"(?:1/[2346]|2/3|half|third|quarter|sixth|full)[ -](?=(?:size[d]? )?(?:hotel |steam table |gn )?pans?\b)",
    re.IGNORECASE,
)
_HOW_FIRST: Final = re.compile(
    r"an? (?=(?:heaping|heaped|rounded|scant|generous|level)\b)(?!.*\d)|(?:scant|generous|heaping|heaped) (?=[\d.])",
    re.IGNORECASE,
)
_OF: Final = re.compile(r"^(?:of |de (?:la |l')?|d'|di |du |des |del |della |von )", re.IGNORECASE)
"""What stands between an amount and its food, in some languages."""


def _amount(reading: Reading) -> Parsed:
    """One amount with its packs, alternatives, sums and state."""
    numbers = _numbers(reading)
    low, high = numbers
    if reading.take(_TIMES):
        return _pack(reading, Quantity(low, high), _measure(reading))
    if (length := reading.take(_LENGTH)) and length["length"]:
        return _piece_of_length(reading, numbers, length)
    if pack := _inline_pack(reading, numbers):
        return pack
    unit = unit_here(reading)
    first = Quantity(low, high, unit.name if unit else "")
    if unit and (unit.dimension == "mass" or unit.name in _BOTTLED) and (bag := _container(reading)):
        return _alternatives(reading, Parsed(first, packs=Packs(Quantity.of(1), first, bag)))
    state = _state(reading)
    first = sum_or_range(reading, first)
    return _alternatives(reading, Parsed(first, state=state or _state(reading)))


def _container(reading: Reading) -> str:
    """The container that a weight is of ("5 lb bag potatoes", "400g tin beans"), or empty."""
    start = reading.at
    unit = unit_here(reading, only="measure")
    if unit is None or unit.name not in CONTAINERS or reading.at >= len(reading.text):
        reading.at = start
        return ""
    return unit.name


def _numbers(reading: Reading) -> tuple[Fraction, Fraction]:
    if pan := reading.take(_PAN_NAME):  # half a pan's name, not half of a pan
        reading.at = pan.start()
        return Fraction(1), Fraction(1)
    if reading.text[reading.at :].lower().startswith(("half and half", "half-and-half", "half & half")):
        raise NoAmount(f"{reading.text[:40]!r} has no amount; write a number first, e.g. 1 cup")
    if _NAME.match(reading.text, reading.at):
        raise NoAmount(f"{reading.text[:40]!r} has no amount; write a number first, e.g. 1 cup")
    found = span(reading.text, reading.at)
    if found:
        low, high, reading.at = found
        written = reading.text[: reading.at]
        if re.search(r"\b[1-9]\d?,\d{3}$", written) and re.match(
            r" ?(?:kg|kilos?|l|lit(?:er|re)s?|lbs?)\b", reading.text[reading.at :], re.IGNORECASE
        ):
            reading.warn(
                f"{written!r} is read as {low}; write {written.replace(',', '.')} if the comma is a decimal one"
            )
        return low, high
    word = WORDS.match(reading.text, reading.at)
    named = word and next((u for w in candidates(word[1]) if (u := units.lookup(w, reading.system))), None)
    if named and named.name in INFORMAL:
        return Fraction(1), Fraction(1)
    if (
        named
        and named.dimension in ("mass", "volume")
        and len(named.name) > 1
        and not begins_a_name(word[1] if word else "")
    ):
        raise BadQuantity(f"{reading.text[:40]!r} has a unit but no number; write 1 {named.name}")
    raise NoAmount(f"{reading.text[:40]!r} has no amount; write a number first, e.g. 2 cups")


def _pack(reading: Reading, count: Quantity, size: Quantity) -> Parsed:
    """`count` packs of `size`, with the container's word where there is one."""
    reading.take(_EACH)
    container = unit_here(reading, only="measure")
    total = Quantity(count.low * size.low, count.high * size.high, size.unit)
    parsed = Parsed(total, packs=Packs(count, size, container.name if container else ""))
    return _alternatives(reading, parsed, of_pack=count)


def _measure(reading: Reading) -> Quantity:
    """A number with a unit of mass or volume, which must be there."""
    found = span(reading.text, reading.at)
    if found is None:
        raise BadQuantity(f"{reading.text[:40]!r} says times what? write 2 x 400 g")
    low, high, reading.at = found
    unit = unit_here(reading)
    return Quantity(low, high, unit.name if unit else "")


def _inline_pack(reading: Reading, numbers: tuple[Fraction, Fraction]) -> Parsed | None:
    """`1 (28 ounce) can`, `2 400g tins`, `1 14-oz can`, `4 (6-ounce) fillets`."""
    start, count = reading.at, Quantity(*numbers)
    if paren := reading.take(_PAREN):
        inner = _inner(paren[1], reading.system)
        if inner and inner.quantity.unit:
            reading.approximate |= inner.approximate
            pack = _pack(reading, count, inner.quantity)
            return replace(pack, alternative=inner.alternative and inner.alternative.times(count.low))
        reading.notes.append(paren[1].strip())
        return None
    second = re.compile(r" (?=[\d.])").match(reading.text, start)
    if second and numbers[0].denominator == 1:
        reading.at = second.end()
        size = _measure(reading)
        unit = units.lookup(size.unit, reading.system)
        if unit and unit.dimension in ("mass", "volume"):
            pack = _pack(reading, count, size)
            spaced = re.match(r" \d{3} ", reading.text[start : start + 5])
            if spaced and pack.packs and not pack.packs.container:
                both = reading.text[: start + 4]
                raise BadQuantity(
                    f"{both!r} may be one number or two; write {both.replace(' ', '')} or {both.replace(' ', ' x ')}"
                )
            return pack
        raise BadQuantity(f"{reading.text[:40]!r} has two numbers; write 1500 g, 2 x 400 g or 1 1/2 cups")
    return None


def _inner(text: str, system: str) -> Parsed | None:
    """The amount inside brackets, or None where they hold something else."""
    try:
        parsed = read(_EACH.sub("", text.replace(" / ", "/")), system)
    except ValueError:
        return None
    unit = units.lookup(parsed.quantity.unit, system)
    return parsed if unit and not parsed.rest and unit.dimension in ("mass", "volume") else None


def _piece_of_length(reading: Reading, numbers: tuple[Fraction, Fraction], length: re.Match[str]) -> Parsed:
    """`2-inch piece ginger`: one piece, as long as it says; `1 2-inch piece`: as many."""
    own = re.search(r"\d", length["length"])
    size = length["length"] if own else reading.text[: length.end("length")]
    reading.notes.append(" ".join(f"{size} {length['form'] or ''}".split()).strip("- "))
    count = Quantity(*numbers) if own else Quantity.of(1)
    reading.approximate = True
    reading.take(SIZE)
    unit = unit_here(reading, only="count") or unit_here(reading, only="measure")
    return Parsed(replace(count, unit=unit.name if unit else ""))


def _state(reading: Reading) -> str:
    found = reading.take(_STATE)
    if not found:
        return ""
    return found[1] or ("EP" if found[2].startswith("e") else "AP")


def _alternatives(reading: Reading, parsed: Parsed, of_pack: Quantity | None = None) -> Parsed:
    """A second way to say the same amount: after a slash, or in brackets."""
    start = reading.at
    second: Parsed | None = None
    each = False
    if reading.take(_SLASH) or (parsed.quantity.unit and reading.take(re.compile(r" ?\bor (?=\d)"))):
        try:
            found = span(reading.text, reading.at)
            unit = None
            if found:
                low, high, reading.at = found
                unit = unit_here(reading)
            if found and unit and unit.dimension in ("mass", "volume"):
                second = Parsed(Quantity(low, high, unit.name))
                reading.take(_THIRD)
        except BadQuantity:
            second = None
    elif paren := reading.take(_PAREN):
        second = _inner(paren[1], reading.system)
        each = bool(re.search(r"\b(?:each|apiece|per)\b", paren[1]))
        if second is None:
            reading.at = paren.end()
            reading.notes.append(paren[1].strip())
            return parsed
    if second is None:
        reading.at = start
        return parsed
    return _choose(reading, parsed, second, each=each, of_pack=of_pack)


def _choose(reading: Reading, parsed: Parsed, second: Parsed, *, each: bool, of_pack: Quantity | None) -> Parsed:
    """Which of two amounts counts: the first, but a weight or volume before a mere count."""
    first, other = parsed.quantity, second.quantity
    unit = units.lookup(first.unit, reading.system)
    other_unit = units.find(other.unit, reading.system)
    if unit and unit.dimension in ("count", "measure"):
        times = each or unit.name in CONTAINERS
        total = Quantity(other.low * first.low, other.high * first.high, other.unit) if times else other
        return replace(
            parsed,
            quantity=total,
            alternative=first,
            packs=Packs(replace(first, unit=""), other, unit.name) if times else None,
        )
    if of_pack is not None and not _agree(first, unit, other, other_unit):
        other = Quantity(other.low * of_pack.low, other.high * of_pack.high, other.unit)
    if not _agree(first, unit, other, other_unit):
        reading.warn(f"the two amounts differ: {first.unit} is used, not {other.unit}")
    return replace(parsed, alternative=other)


def _agree(first: Quantity, unit: Unit | None, other: Quantity, other_unit: Unit) -> bool:
    """Whether two amounts of one dimension are about the same; different dimensions cannot be compared."""
    if unit is None or unit.dimension != other_unit.dimension:
        return True
    return close(
        first,
        Quantity(units.convert(other.low, other_unit, unit), units.convert(other.high, other_unit, unit), unit.name),
    )
