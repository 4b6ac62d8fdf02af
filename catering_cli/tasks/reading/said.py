"""What the client's words say, for comparison with a value that is read from them: numbers, times, days, needs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from catering_cli.kitchen.event.notes.facts import HALF_DAY, facts_of
from catering_cli.kitchen.foods.names import tokens

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<month>{'|'.join(MONTHS)})[a-z]*\.?"
_YEAR = r"(?:,?\s+(?P<year>\d{4}))?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\d)",
        rf"\b{_DAY}\s+(?:of\s+)?{_MONTH}{_YEAR}\b",
        rf"\b{_MONTH}\s+{_DAY}{_YEAR}\b",
    )
)
"""ISO, 12 June 2027, June 12th, 2027. A date such as 6/12/2027 may be of June or December: it is asked about."""


class NamedDay(NamedTuple):
    """A day that words name; `year` is None if they leave it open."""

    year: int | None
    month: int
    day: int
    written: str

    def is_that_of(self, other: date) -> bool:
        """Whether it is that day, as far as it is said."""
        return (self.month, self.day) == (other.month, other.day) and self.year in (None, other.year)


def days_in(text: str) -> Iterator[NamedDay]:
    """The days that a text names."""
    for pattern in _DATES:
        for found in pattern.finditer(text):
            name = found["month"].casefold()
            month = int(name) if name.isdigit() else MONTHS.index(name[:3]) + 1
            year = int(found["year"]) if found["year"] else None
            yield NamedDay(year, month, int(found["day"]), found[0])


class Said(NamedTuple):
    """What some words say."""

    numbers: frozenset[Fraction]
    minutes: tuple[tuple[int, bool], ...]
    """minutes of the day, and whether it may be of either half"""
    days: tuple[NamedDay, ...]
    needs: frozenset[str]
    words: frozenset[str]

    @classmethod
    def of(cls, text: str) -> Said:
        """What `text` says."""
        values: defaultdict[str, list[str]] = defaultdict(list)
        for fact in facts_of(text):
            values[fact.kind].append(fact.value)
        numbers = [number.replace(",", ".") for number in filter(None, values["number"])]
        for name in values["name"]:
            numbers += re.findall(r"\d+", name)
        return cls(
            numbers=frozenset(map(Fraction, numbers)),
            minutes=tuple((int(value.rstrip("?")), value.endswith("?")) for value in values["time"]),
            days=tuple(days_in(text)),
            needs=frozenset(values["allergen"] + values["diet"]),
            words=frozenset(tokens(text)),
        )

    def has_time(self, minute: int) -> bool:
        """Whether the words name that minute of the day."""
        return any(_is_same(minute, said, either) for said, either in self.minutes)


def _is_same(minute: int, said: int, either: bool) -> bool:
    """Whether a minute of the day is the one said; `either`: half of the day aside."""
    return minute == said or (either and minute % HALF_DAY == said % HALF_DAY)
