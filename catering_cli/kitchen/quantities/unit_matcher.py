"""Finds the unit that stands at a place in a text, with how it is filled (heaped, packed) and how big (large bunch)."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from catering_cli.kitchen.quantities import units
from catering_cli.kitchen.quantities.scanner import Scan
from catering_cli.kitchen.quantities.units import Unit
from catering_cli.kitchen.quantities.vocabulary import phrase_set, word_set

_NEAR: Final = 40
"""Characters ahead in which a unit's noun stands."""

_HOW: Final = re.compile(
    r"[ (]*(?P<how>(?:very |slightly |firmly |lightly |loosely |tightly |well )?"
    r"(?:heaping|heaped|rounded|scant|generous|level|packed|overflowing|brimming|mounded|full(?= (?:cup|tea|"
    r"table|t))|gestr(?:\.|ichene[rs]?)|geh(?:\.|äufte[rs]?)|ras[eé]?[ao]?s?(?= )|"
    r"bomb[eé]e?s?|colmad[ao]s?|rasant),?)(?: measure)?\)?(?![a-z]| ?\d)",
    re.IGNORECASE,
)
SIZE: Final = re.compile(
    r" ?(?P<size>(?:very |extra[ -])?(?:small|medium|large|big|fat|thick|thin|generous|good|nice|heaping|"
    r"whole|fresh|long|tiny|little|hefty|healthy|fine|loose)(?:[- ]sized?)?,?) (?=[A-Za-z])",
    re.IGNORECASE,
)


@cache
def _numbered() -> re.Pattern[str]:
    """Cans and dishers by number; compiled when first needed, as few texts have one."""
    return re.compile(
        r" ?(?:(?:#|no\.? ?|number |size )(?:2\.5|2[ -]1/2|\d{1,3})(?: picnic| cyl(?:inder)?)?[ -]"
        r"(?:cans?|tins?|scoops?|dishers?|portioners?)|(?:a10 |picnic )(?:cans?|tins?))(?![A-Za-z])",
        re.IGNORECASE,
    )


@cache
def _pans() -> re.Pattern[str]:
    """Hotel pans with their part and depth in any order."""
    depth = r"\d(?:\.5| 1/2)?[ -]?(?:\"|in(?:ch(?:es)?)?)"
    return re.compile(
        r"[ -]?(?:(?:full|half|third|quarter|sixth|two[ -]thirds?|1/1|2/3|1/[2346])[ -](?:size[d]? )?)?"
        rf"(?:{depth}[ -](?:deep )?)?(?:hotel |steam table |gn )?pans?"
        r"(?:,? \(?\d(?:\.5| 1/2)?(?: ?(?:\"|in\b|inch(?:es)?\b))?(?: deep)?\)?)?(?![A-Za-z])",
        re.IGNORECASE,
    )


def _special(reading: Scan) -> Unit | None:
    """A unit that is written with a number of its own: "#10 can", "half hotel pan, 4 in"."""
    ahead = reading.text[reading.at : reading.at + _NEAR].lower()
    for words, pattern in ((("can", "tin", "scoop", "disher", "portioner"), _numbered), (("pan",), _pans)):
        if not any(word in ahead for word in words):
            continue
        found = pattern().match(reading.text, reading.at)
        unit = units.lookup(found.group(), reading.system) if found else None
        if found and unit:
            reading.at = found.end()
            return unit
    return None


WORDS: Final = re.compile(r"(?: ?- ?| )?(#|[°º]? ?[^\W\d_][^\W\d_]*\.?(?:[ -][^\W\d_]+\.?){0,2})")
_NOT_UNITS: Final = phrase_set(
    "strip steak|cube steak|drop biscuit|bar snack|leaf lettuce|leaf spinach|root beer|root vegetable|root ginger|"
    "pot roast|"
    "pot pie|flat iron|flat bread|flat leaf|bottle gourd|ball tip|crown roast|rib eye|rib roast|rib steak|"
    "stem ginger|flat mushroom|t bone|stone fruit|stone crab|stone ground|head cheese|"
    "small plate|ring mould|pack choi|pak choi|ear mushroom|bar cookie|box grater|bag salad|large scale|"
    "round steak|case study|roll mop|sheet pan|half and|c gull|go cup|link sausage|clove powder|"
    "container ship|f gas|Unit words that belong to the food's own name with the word after them."
)
"""Unit words that belong to the food's own name with the word after them."""


def unit_here(reading: Scan, only: str = "") -> Unit | None:
    """The unit that stands here, with how it is filled (heaped, packed) and how big (large bunch) noted."""
    start = reading.at
    noted = _filling(reading)
    if special := _special(reading):
        return special
    unit = _word_unit(reading, only)
    if unit is None:
        size = reading.take(SIZE)
        unit = _informal_unit(reading) if size else None
        if size is None or unit is None:
            reading.at = start
            return _word_unit(reading, only) if size else None
        noted.append(_word(size["size"]))
    elif unit.dimension == "count" and unit.name and (measure := _word_unit(reading, "measure")):
        noted.append(unit.name)  # a large bunch
        unit = measure
    noted += _filling(reading)
    reading.notes.extend(noted)
    _doubt_filling(reading, unit, noted)
    return unit


def _informal_unit(reading: Scan) -> Unit | None:
    """The measure here that may be small or large: a bunch, a handful, a pinch; no spoon or cup."""
    start = reading.at
    unit = _word_unit(reading, "")
    if unit and (unit.dimension == "measure" or unit.name in INFORMAL):
        return unit
    reading.at = start
    return None


def _doubt_filling(reading: Scan, unit: Unit, noted: list[str]) -> None:
    """A measure that is not level is approximate; that one of mass or volume is counted as level is told."""
    unpacked = [note for note in noted if not note.endswith("packed")]
    loose = [note for note in unpacked if not _LEVEL.fullmatch(note)]
    if not loose:
        return
    reading.approximate = True
    if unit.dimension in ("mass", "volume") and unit.name not in INFORMAL:
        reading.warn(f"{loose[0]} {unit.name} is counted as level")


def _filling(reading: Scan) -> list[str]:
    """The words here that say how a measure is filled."""
    words = []
    while found := reading.take(_HOW):
        words.append(_word(found["how"]))
    return words


def _word(text: str) -> str:
    return text.strip(" ,").lower()


def _word_unit(reading: Scan, only: str) -> Unit | None:
    """The longest run of up to three words here that names a unit."""
    words = WORDS.match(reading.text, reading.at)
    if words is None:
        return None
    start = words.start(1)
    after = reading.text[start:]
    if food_word(after):
        return None
    for word in candidates(words[1]):
        unit = units.lookup(word, reading.system)
        if unit is None or (only and unit.dimension != only):
            continue
        if _belongs_to_what_follows(word, after[len(word) :], reading.system):
            continue
        if word == "C" and after[1:].lstrip(". ")[:1].isalpha():
            unit = units.find("cup", reading.system)
            reading.warn("'C' is read as cup; write cup, or °C for a temperature")
        reading.at = start + len(word)
        reading.at += reading.text.startswith(".", reading.at)
        _doubt_word(reading, word, unit)
        return unit
    return None


def _doubt_word(reading: Scan, word: str, unit: Unit) -> None:
    """Tell that a word may be another unit: T and t, and what is short for a measure that a kitchen seldom means."""
    if word in units.AMBIGUOUS:
        reading.warn(units.AMBIGUOUS[word])
    if unit.name in _RARE and not word.lower().startswith(unit.name):
        reading.warn(f"{word!r} is read as {unit.name}; write {unit.name}, or the unit that is meant")


_LEVEL: Final = re.compile(r"level|gestr.*|ras.*", re.IGNORECASE)
"""Words for a measure that is full to its rim and no more."""

_SHAPE: Final = re.compile(r"-([A-Za-z]+)")
_DRY: Final = re.compile(r"[ -]dry$", re.IGNORECASE)


def _belongs_to_what_follows(word: str, after: str, system: str) -> bool:
    """Whether a unit word is part of the next word: `cup-shaped`; the dry of `2 quarts dry wine` is the wine's."""
    if word == "#" and after[:1].isdigit():  # "#16" alone is neither can nor scoop
        return True
    joined = _SHAPE.match(after)
    if joined and units.lookup(joined[1], system) is None:
        return True
    return bool(_DRY.search(word)) and bool(re.match(r" (?!of\b|measure\b)\w", after))


def candidates(words: str) -> tuple[str, ...]:
    """The first three, two and one words."""
    out = [words.rstrip(".")]
    while (cut := max(words.rfind(" "), words.rfind("-"))) > 0:
        words = words[:cut]
        out.append(words.rstrip("."))
    return tuple(out)


def begins_a_name(text: str) -> bool:
    """Whether a text without a number that starts with a unit is a food all the same ("pound cake")."""
    return text.lower().startswith(("pound cake", "cup noodle", "cupcake")) or food_word(text)


def food_word(text: str) -> bool:
    """Whether the unit word is part of a food's name ("strip steak")."""
    pair = re.split(r"[ -]", text.lower().strip(), maxsplit=2)[:2]
    return len(pair) > 1 and f"{pair[0].rstrip('s')} {pair[1].rstrip('s,')}" in _NOT_UNITS


_RARE: Final = word_set("stone bushel peck basket crate case keg drum barrel bucket")
"""Measures that a kitchen seldom means: what is short for one is doubtful."""

INFORMAL_SIZE: Final = re.compile(
    r"(?:very |extra )?(?:small|little|large|big|good|nice|generous|heaped|heaping|fat|medium|tiny|hefty|healthy|scant|"
    r"loose|packed|whole|fine) ",
    re.IGNORECASE,
)
"""What may stand before an informal measure that is one: "small handful", "a good pinch"."""

INFORMAL: Final = word_set(
    "pinch dash smidgen drop handful bunch knob splash drizzle dollop glug squeeze sprinkle sprig tad clove"
)
"""Measures that mean one of them if no number is written ("pinch of salt")."""
