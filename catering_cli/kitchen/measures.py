"""Reads the quantity at the start of a text: numbers, unit, packs, dual amounts, sums and ranges.

`read("2 x 400 g tins tomatoes, drained")` is 800 g with rest "tomatoes, drained". A range stays a range. Two
amounts of one thing ("300g/10½oz", "1 cup (125 g)") are one quantity and its alternative: the first as written,
but a weight or volume wins over a mere count ("2 onions (300 g)").
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Final

from catering_cli.domain.quantity import Quantity
from catering_cli.kitchen import units
from catering_cli.kitchen.numerals import BadQuantity, NoAmount, plain, span
from catering_cli.kitchen.units import Unit, UnknownUnit


@dataclass(frozen=True, slots=True)
class Packs:
    """How many packs of which size were asked for ("2 x 400 g tins")."""

    count: Quantity
    size: Quantity
    container: str = ""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A quantity with what is left of the text, and what a reader should know."""

    quantity: Quantity
    rest: str = ""
    warnings: tuple[str, ...] = ()
    approximate: bool = False
    alternative: Quantity | None = None
    packs: Packs | None = None
    state: str = ""
    """AP or EP where the unit says so ("10 kg EP")"""
    notes: tuple[str, ...] = ()
    """how it is measured: packed, heaped, 2-inch, large"""


@dataclass(slots=True)
class _Reading:
    """Where a text has been read to, and what was noticed on the way."""

    text: str
    system: str
    at: int = 0
    warnings: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    approximate: bool = False

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Match here and move on."""
        found = pattern.match(self.text, self.at)
        if found:
            self.at = found.end()
        return found

    def warn(self, message: str) -> None:
        if message not in self.warnings:
            self.warnings.append(message)


_ABOUT: Final = re.compile(
    r" ?(?:about|approximately|approx\.?|around|roughly|circa|ca\.?|some(?= \d)|~|≈|up to|at least|a good|good(?= \d)|nearly|almost|just under|just over)(?![a-z]) ?",
    re.IGNORECASE,
)
_HOW: Final = re.compile(
    r"[ (]*(?P<how>(?:very |slightly |firmly |lightly |loosely |tightly |well )?"
    r"(?:heaping|heaped|rounded|scant|generous|level|packed|overflowing|brimming|mounded|full(?= (?:cup|tea|table|t))),?)(?: measure)?\)?(?![a-z])",
    re.IGNORECASE,
)
_SIZE: Final = re.compile(
    r" ?(?P<size>(?:very |extra[ -])?(?:small|medium|large|big|fat|thick|thin|generous|good|nice|heaping|whole|fresh|long)(?:[- ]sized?)?,?) (?=[A-Za-z])",
    re.IGNORECASE,
)
_TIMES: Final = re.compile(r" ?[x*] ?(?=[\d.])", re.IGNORECASE)
_LENGTH: Final = re.compile(
    r"[ (-]*(?P<length>(?:\d+(?:[ -]\d+/\d+|/\d+|\.\d+)?(?: ?(?:-|to) ?\d+(?:[ -]\d+/\d+|/\d+|\.\d+)?)?)?[ -]?(?:inch(?:es)?|in\.|cm|mm|centimet(?:er|re)s?|\"))\)?[ -]?"
    r"(?P<form>(?:long |thick |square )?(?:thumb|knob|chunk|length|cube|hunk|nub)s?\b)?(?![A-Za-z])",
    re.IGNORECASE,
)
_PAREN: Final = re.compile(r" ?\(([^()]*)\)[ -]?")
_SPECIAL: Final = re.compile(
    r" ?(?:(?:#|no\.? ?|number |size )(?:10|300|303|2\.5|2[ -]1/2|\d{1,3})(?: picnic| cyl(?:inder)?)?[ -](?:cans?|tins?|scoops?|dishers?|portioners?)"
    r"|(?:a10 |picnic )(?:cans?|tins?))(?![A-Za-z])"
    r"|[ -]?(?:(?:full|half|third|quarter|sixth|two[ -]thirds?|1/1|2/3|1/[2346])[ -](?:size[d]? )?)?(?:(?:\d(?:\.5| 1/2)?)[ -]?(?:\"|in(?:ch(?:es)?)?)[ -](?:deep )?)?"
    r"(?:hotel |steam table |gn )?pans?(?:,? \(?(?:\d(?:\.5| 1/2)?)(?: ?(?:\"|in\b|inch(?:es)?\b))?(?: deep)?\)?)?(?![A-Za-z])",
    re.IGNORECASE,
)
_WORDS: Final = re.compile(r"[ -]?(#|[°º]? ?[^\W\d_][^\W\d_]*\.?(?:[ -][^\W\d_]+\.?){0,2})")
_OF: Final = re.compile(r" ?\b(?:of|de|d')(?: the)?\b ?", re.IGNORECASE)
_STATE: Final = re.compile(r" ?\(?(?:(EP|AP)\b|(edible portion|as purchased)\b)\)?")
_PLUS: Final = re.compile(r" ?(?:\+|,? ?\bplus\b|\band\b|&) ?(?=[\d.]|an? )", re.IGNORECASE)
_JOINT: Final = re.compile(r" ?(-|\bto\b|\bor\b) ?(?=[\d.]|an? )", re.IGNORECASE)
_SLASH: Final = re.compile(r" ?(?:/|\||=|,) ?(?=[\d.])")
_EACH: Final = re.compile(
    r"[ ,]*\b(?:each|apiece|per (?:can|tin|piece|package|jar)|size|total(?: weight)?|in total|net)\b", re.IGNORECASE
)
_TEMPERATURE_FROM: Final = 60
"""A number before "C" up to this is cups where a food follows."""
_APART: Final = Fraction(15, 100)
"""Dual amounts that differ by more than this share are warned of."""

INFORMAL: Final = frozenset(
    "pinch dash smidgen drop handful bunch knob splash drizzle dollop glug squeeze sprinkle sprig tad clove".split()
)
"""Measures that mean one of them where no number is written ("pinch of salt")."""

_NOT_UNITS: Final = frozenset(
    "strip steak|cube steak|drop biscuit|bar snack|leaf lettuce|leaf spinach|root beer|root vegetable|pot roast|pot pie|"
    "flat iron|flat bread|flat leaf|bottle gourd|ball tip|crown roast|rib eye|rib roast|rib steak|stem ginger|cup cake|"
    "pound cake|cup noodle|t bone|stone fruit|stone crab|stone ground|head cheese|small plate|ring mould|pack choi|"
    "pak choi|ear mushroom|bar cookie|box grater|bag salad|large scale|round steak|case study|roll mop|sheet pan|"
    "half and|c gull|go cup|link sausage|head lettuce|clove powder|container ship|f gas".split("|")
)
"""Unit words that belong to the food's own name with the word after them."""


def read(text: str, system: str = "us") -> Parsed:
    """The quantity that starts `text`; what it measures is in `rest`.

    Raises BadQuantity (NoAmount where there is no number) and UnknownUnit, each saying what would be right.
    """
    reading = _Reading(plain(text), system)
    if not reading.text:
        raise NoAmount("there is no amount; write a number and a unit such as 2 cups")
    while reading.take(_ABOUT):
        reading.approximate = True
    if reading.take(_HOW_FIRST):
        reading.approximate = True
    amount = _amount(reading)
    rest = reading.text[reading.at :].strip()
    rest = rest.removeprefix("of ").strip()
    unit = units.lookup(amount.quantity.unit, system)
    approximate = reading.approximate or amount.approximate or bool(unit and unit.approximate)
    return replace(
        amount, rest=rest, approximate=approximate, warnings=tuple(reading.warnings), notes=tuple(reading.notes)
    )


_HOW_FIRST: Final = re.compile(r"an? (?=(?:heaping|heaped|rounded|scant|generous|level)\b)(?!.*\d)", re.IGNORECASE)


def _amount(reading: _Reading) -> Parsed:
    """One amount with its packs, alternatives, sums and state."""
    numbers = _numbers(reading)
    low, high = numbers
    if reading.take(_TIMES):
        return _pack(reading, Quantity(low, high), _measure(reading))
    if (length := reading.take(_LENGTH)) and length["length"]:
        return _piece_of_length(reading, numbers, length)
    if pack := _inline_pack(reading, numbers):
        return pack
    unit = _unit(reading)
    first = Quantity(low, high, unit.name if unit else "")
    state = _state(reading)
    first = _sum_or_range(reading, first)
    return _alternatives(reading, Parsed(first, state=state or _state(reading)))


def _numbers(reading: _Reading) -> tuple[Fraction, Fraction]:
    if reading.text[reading.at :].lower().startswith(("half and half", "half-and-half", "half & half")):
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
    word = _WORDS.match(reading.text, reading.at)
    named = word and next((u for w in _candidates(word[1]) if (u := units.lookup(w, reading.system))), None)
    if named and named.name in INFORMAL:
        return Fraction(1), Fraction(1)
    if (
        named
        and named.dimension in ("mass", "volume")
        and len(named.name) > 1
        and not _food_word(word[1] if word else "")
    ):
        raise BadQuantity(f"{reading.text[:40]!r} has a unit but no number; write 1 {named.name}")
    raise NoAmount(f"{reading.text[:40]!r} has no amount; write a number first, e.g. 2 cups")


def _pack(reading: _Reading, count: Quantity, size: Quantity) -> Parsed:
    """`count` packs of `size`, with the container's word where there is one."""
    reading.take(_EACH)
    container = _unit(reading, only="measure")
    total = Quantity(count.low * size.low, count.high * size.high, size.unit)
    parsed = Parsed(total, packs=Packs(count, size, container.name if container else ""))
    return _alternatives(reading, parsed, of_pack=count)


def _measure(reading: _Reading) -> Quantity:
    """A number with a unit of mass or volume, which must be there."""
    found = span(reading.text, reading.at)
    if found is None:
        raise BadQuantity(f"{reading.text[:40]!r} says times what? write 2 x 400 g")
    low, high, reading.at = found
    unit = _unit(reading)
    return Quantity(low, high, unit.name if unit else "")


def _inline_pack(reading: _Reading, numbers: tuple[Fraction, Fraction]) -> Parsed | None:
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


def _piece_of_length(reading: _Reading, numbers: tuple[Fraction, Fraction], length: re.Match[str]) -> Parsed:
    """`2-inch piece ginger`: one piece, as long as it says; `1 2-inch piece`: as many."""
    own = re.search(r"\d", length["length"])
    written = length["length"] if own else f"{reading.text[: length.start()].split()[-1]}{length['length']}"
    reading.notes.append(" ".join(f"{written} {length['form'] or ''}".split()).strip("- ") if own else written.strip())
    count = Quantity(*numbers) if own else Quantity.of(1)
    reading.approximate = True
    reading.take(_SIZE)
    unit = _unit(reading, only="count") or _unit(reading, only="measure")
    return Parsed(replace(count, unit=unit.name if unit else ""))


def _unit(reading: _Reading, only: str = "") -> Unit | None:
    """The unit that stands here, with how it is filled (heaped, packed) and how big (large bunch) noted."""
    start = reading.at
    noted: list[str] = []
    while found := reading.take(_HOW):
        noted.append(found["how"].strip(" ,").lower())
    if (special := _SPECIAL.match(reading.text, reading.at)) and (
        unit := units.lookup(special.group(), reading.system)
    ):
        reading.at = special.end()
        return unit
    unit = _word_unit(reading, only)
    if unit is None and (size := reading.take(_SIZE)):
        unit = _word_unit(reading, "measure")
        noted.append(size["size"].strip(" ,").lower())
        if unit is None:
            reading.at = start
            return _word_unit(reading, only)
    elif unit is not None and unit.dimension == "count" and unit.name and (inner := _word_unit(reading, "measure")):
        noted.append(unit.name)  # a large bunch
        unit = inner
    if unit is None:
        reading.at = start
        return None
    while found := reading.take(_HOW):
        noted.append(found["how"].strip(" ,").lower())
    reading.notes.extend(noted)
    if loose := [n for n in noted if not n.endswith("packed") and n != "level"]:
        reading.approximate = True
        if unit.dimension in ("mass", "volume"):
            reading.warn(f"{loose[0]} {unit.name} is counted as level")
    return unit


def _word_unit(reading: _Reading, only: str) -> Unit | None:
    """The longest run of up to three words here that names a unit."""
    words = _WORDS.match(reading.text, reading.at)
    if words is None:
        return None
    after = reading.text[words.start(1) :]
    for word in _candidates(words[1]):
        unit = units.lookup(word, reading.system)
        if unit is None or (only and unit.dimension != only) or _food_word(after[: len(word)] + after[len(word) :]):
            continue
        rest = after[len(word) :].lstrip(". ")
        if word == "C" and rest[:1].isalpha():
            unit = units.find("cup", reading.system)
            reading.warn("'C' is read as cup; write cup, or °C for a temperature")
        if (
            unit.dimension in ("measure", "count")
            and not rest
            and unit.name not in ("", "dozen")
            and not _counts_alone(unit)
        ):
            continue
        reading.at = words.start(1) + len(word)
        if reading.text[reading.at : reading.at + 1] == ".":
            reading.at += 1
        if word in units.AMBIGUOUS:
            reading.warn(units.AMBIGUOUS[word])
        return unit
    return None


def _counts_alone(unit: Unit) -> bool:
    """Whether a measure may end a text ("2 large", "3 cloves" of something named elsewhere)."""
    return unit.dimension in ("measure", "count")


def _candidates(words: str) -> tuple[str, ...]:
    """The first three, two and one words."""
    out = [words.rstrip(".")]
    while (cut := max(words.rfind(" "), words.rfind("-"))) > 0:
        words = words[:cut]
        out.append(words.rstrip("."))
    return tuple(out)


def _food_word(text: str) -> bool:
    """Whether the unit word is part of a food's name ("strip steak")."""
    pair = re.split(r"[ -]", text.lower().strip(), maxsplit=2)[:2]
    return len(pair) > 1 and f"{pair[0].rstrip('s')} {pair[1].rstrip('s,')}" in _NOT_UNITS


def _state(reading: _Reading) -> str:
    found = reading.take(_STATE)
    if not found:
        return ""
    return found[1] or ("EP" if found[2].startswith("e") else "AP")


def _sum_or_range(reading: _Reading, first: Quantity) -> Quantity:
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
        if second is None or (joint is _JOINT and found[1].lower() == "or" and _close(first, second)):
            reading.at = start
        elif spread:
            if second.high < first.low:
                raise BadQuantity(f"{reading.text[:40]!r} runs from high to low; write the smaller amount first")
            return Quantity(first.low, second.high, first.unit)
        else:
            return Quantity(first.low + second.low, first.high + second.high, first.unit)
    return first


def _same(reading: _Reading, like: Unit) -> Quantity | None:
    """A second amount here in a unit of the same dimension, converted to `like`."""
    found = span(reading.text, reading.at)
    if not found:
        return None
    low, high, reading.at = found
    unit = _unit(reading)
    if unit is None or unit.dimension != like.dimension:
        return None
    return Quantity(units.convert(low, unit, like), units.convert(high, unit, like), like.name)


def _close(one: Quantity, other: Quantity) -> bool:
    return abs(one.high - other.high) <= _APART * max(one.high, other.high)


def _alternatives(reading: _Reading, parsed: Parsed, of_pack: Quantity | None = None) -> Parsed:
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
                unit = _unit(reading)
            if found and unit and unit.dimension in ("mass", "volume"):
                second = Parsed(Quantity(low, high, unit.name))
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


def _choose(reading: _Reading, parsed: Parsed, second: Parsed, *, each: bool, of_pack: Quantity | None) -> Parsed:
    """Which of two amounts counts: the first, but a weight or volume before a mere count."""
    first, other = parsed.quantity, second.quantity
    unit = units.lookup(first.unit, reading.system)
    other_unit = units.find(other.unit, reading.system)
    reading.take(_OF)
    if unit and unit.dimension in ("count", "measure"):
        times = each or unit.dimension == "measure"
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
    return _close(
        first,
        Quantity(units.convert(other.low, other_unit, unit), units.convert(other.high, other_unit, unit), unit.name),
    )


def _unknown(reading: _Reading) -> UnknownUnit:
    """What to say of a rest that is no food and no unit."""
    word = reading.text[reading.at :].strip().split(" ")[0]
    return UnknownUnit(word, units.nearest(word))
