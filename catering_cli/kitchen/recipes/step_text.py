"""Steps as people write them: a plain text, or a whole method in one paragraph, with its times in the words.

"Slice the onions, 20 minutes." lasts 20 minutes; "bake 30 minutes to 1 hour" an hour at most; "stir every 5 minutes"
says nothing about how long it takes. A step whose time is not said has 0 minutes: how long it takes is open.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from textwrap import wrap
from typing import Any, Final, NamedTuple

from catering_cli.kitchen.quantities.numerals import BadQuantity, normalized, parse_range

LONGEST: Final = 2_000
"""Characters of a step's text."""

MOST_MINUTES: Final = 10_080
"""A week: the longest that a step may take."""

UNITS: Final[dict[str, Fraction]] = {}
for _words, _minutes in (
    ("s sec secs second seconds sekunde sekunden seconde secondes segundo segundos secondi", Fraction(1, 60)),
    ("m min mins minute minutes minuten minuto minutos minuti", Fraction(1)),
    ("h hr hrs hour hours std stunde stunden heure heures hora horas ora ore", Fraction(60)),
    ("d day days tag tage tagen jour jours día días dia dias giorno giorni", Fraction(1_440)),
    ("night nights", Fraction(480)),
):
    UNITS.update(dict.fromkeys(_words.split(), _minutes))
"""Minutes of each word for a time; a night is eight hours; [K]."""

_UNIT: Final = re.compile(rf"[ -]?({'|'.join(sorted(UNITS, key=len, reverse=True))})\b\.?", re.IGNORECASE)
_NUMBER: Final = re.compile(
    r"(?<![\w.,/])(?:[\d.]|(?:an?|half|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|"
    r"forty|forty-five|fifty|ninety|overnight)\b)",
    re.IGNORECASE,
)
_OVERNIGHT: Final = re.compile(r"overnight\b", re.IGNORECASE)
_PART: Final = re.compile(
    r"\b(?:every|each|last|first|final|within|per|alle|toutes les|cada|ogni)(?: the)? ?$", re.IGNORECASE
)
"""Words before a time that is not how long the step takes."""

_OR: Final = re.compile(r" ?\(?,? ?(?:or|to|-|bis|à|a|o|ou|oder)(?: up to| as long as| until)? ?$", re.IGNORECASE)
"""What stands between the two ends of a range of times."""

_TOTAL: Final = re.compile(r" (?:in all|in total|altogether|total)\b", re.IGNORECASE)
MOST_READ: Final = 500
"""Characters of a sentence that are looked through for times."""

_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_a-z])|\n+")


_KEEPS: Final = re.compile(
    r"\b(?:keeps?|kept|stor(?:e|ed|es)|lasts?|good for|hold(?:s|ing)? up to|ahead|in advance|leftovers|refrigerated|"
    r"frozen|freeze|up to|use within)\b",
    re.IGNORECASE,
)
"""Words of a sentence whose long times say how long it keeps: "Keeps 3 days", "can be made 2 days ahead"."""

_LONG: Final = 720
"""Minutes from which a time in such a sentence is no work: twelve hours; [K]."""


_LEFT: Final = re.compile(
    r"\b(?:chill|refrigerat|cool|rest|proof|prov(?:e|ing)|rise|rising|soak|marinat|cur(?:e|ing)|brin(?:e|ing)|set|stand|"
    r"steep|infus|freez|ferment|dry|hang|drain)\w*[^.;]*$",
    re.IGNORECASE,
)
"""Words before a time in which the food is left alone; of a night it is in any case."""
_LEAST_HANDS: Final = 15
"""Minutes of work of a step that is left alone for the rest of its time; [K]."""


class _Time(NamedTuple):
    minutes: Fraction
    start: int
    end: int


def minutes_in(text: str) -> int:
    """Whole minutes that a step's text says it lasts, rounded up; 0 if it says none. A range means its upper end."""
    total = sum((_lasts(normalized(part[:MOST_READ])) for part in _SENTENCE.split(text)), Fraction(0))
    return min(math.ceil(total), MOST_MINUTES)


def hands_in(text: str) -> int | None:
    """Minutes in which a person works on a step that is left alone for some of its time; None if it never is."""
    whole, left = minutes_in(text), Fraction(0)
    for part in map(normalized, (one[:MOST_READ] for one in _SENTENCE.split(text))):
        left += sum((time.minutes for time in _times(part) if _is_left(part, time)), Fraction(0))
    if not left or not whole:
        return None
    return min(whole, max(math.ceil(whole - left), _LEAST_HANDS))


def _is_left(sentence: str, time: _Time) -> bool:
    """Whether the food is left alone for a time: overnight, or behind a word such as chill, and no part of it."""
    before = sentence[: time.start]
    if _PART.search(before):
        return False
    clause = re.split(r"[,;]| then | and ", before)[-1]
    return bool(_OVERNIGHT.match(sentence, time.start) or _LEFT.search(clause))


def _lasts(sentence: str) -> Fraction:
    """The minutes of all times of a sentence together, of the ends of a range the later."""
    total, last = Fraction(0), None
    keeps = _KEEPS.search(sentence) is not None
    for time in _times(sentence):
        if _PART.search(sentence[: time.start]) or (keeps and time.minutes >= _LONG):
            continue
        if _TOTAL.match(sentence, time.end):
            return time.minutes
        if last is not None and _OR.fullmatch(sentence[last.end : time.start]):
            total += max(time.minutes - last.minutes, Fraction(0))
        else:
            total += time.minutes
        last = time
    return total


def _times(text: str) -> Iterator[_Time]:
    at = 0
    while (begins := _NUMBER.search(text, at)) is not None:
        at = begins.end()
        if (night := _OVERNIGHT.match(text, begins.start())) is not None:
            yield _Time(UNITS["night"], night.start(), night.end())
            continue
        try:
            number = parse_range(text, begins.start())
        except BadQuantity:
            continue
        if number is None:
            continue
        at = number[2]
        unit = _UNIT.match(text, number[2])
        if unit is not None:
            at = unit.end()
            yield _Time(number[1] * UNITS[unit[1].lower()], begins.start(), at)


def step_of(text: str) -> dict[str, Any]:
    """The fields of a `domain.recipe.RecipeStep` that a plain text writes."""
    text = _LISTED.sub("", text)
    return _timed(text, minutes_in(text))


def _timed(text: str, minutes: int) -> dict[str, Any]:
    """A step with its times; of one that is left alone also how long people work on it."""
    hands = hands_in(text)
    more = {} if hands is None else {"active_minutes": hands}
    return {"text": text, "minutes": minutes, **more}


def steps_of(method: str) -> list[dict[str, Any]]:
    """The steps of a method in running text."""
    return timed_steps(part.strip() for part in _SENTENCE.split(_LISTED.sub("", method)) if part.strip())


_LISTED: Final = re.compile(r"^[ \t]*(?:step )?\d{1,2} ?[.):]\s+(?=\S)", re.IGNORECASE | re.MULTILINE)
"""What a list of steps is numbered by."""


def timed_steps(texts: Iterable[str]) -> list[dict[str, Any]]:
    """Texts put together to steps: a step ends with each text that says a time; what follows the last belongs to it.

    If no text says a time the whole is one step. No word is lost, for it may name a food: what is too long for a step
    stands in one of its own before it, or behind the last.
    """
    steps: list[dict[str, Any]] = []
    told = ""
    for text in _pieces(texts):
        if len(told) + 1 + len(text) > LONGEST:
            steps.append({"text": told, "minutes": 0})
            told = ""
        told = f"{told} {text}".strip()
        if minutes := minutes_in(text):
            steps.append(_timed(told, minutes))
            told = ""
    if told and steps and len(steps[-1]["text"]) + 1 + len(told) <= LONGEST:
        steps[-1]["text"] = f"{steps[-1]['text']} {told}"
    elif told:
        steps.append({"text": told, "minutes": 0})
    return steps


def _pieces(texts: Iterable[str]) -> Iterator[str]:
    """The texts, one that is too long for a step in several."""
    for text in texts:
        yield from wrap(text, LONGEST) if len(text) > LONGEST else filter(None, (text,))
