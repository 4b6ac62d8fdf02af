"""Dates and numbers of a text as a language writes them; babel knows how."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Final

from babel.dates import format_date
from babel.numbers import format_decimal

from catering_cli.render.clock import MONTHS, WEEKDAYS

DAY: Final = re.compile(rf"\b({'|'.join(WEEKDAYS)}) (\d{{1,2}}) ({'|'.join(MONTHS)})\b(?: (\d{{4}})\b)?")
"""A day as the papers write it: Sat 13 Nov, Sat 13 Nov 2027."""

NUMBER: Final = re.compile(r"(?<![\w.,/:])(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)(?![\w/:]|[.,]\d)")
"""A number with groups or a decimal point; no time, no fraction, no part of a word."""

AMERICAN: Final = "es_US"
"""Spanish with 1,234.5: a kitchen that weighs in pounds reads a decimal comma as groups of a thousand."""

EUROPEAN: Final = "es"
YEARS: Final = range(2024, 2052)
"""A weekday, a day and a month name a year within 28 of them, if none is written."""


def localized(text: str, locale: str) -> str:
    """The text with its days and numbers in that locale; every other sign stays."""
    return DAY.sub(lambda found: _day(found, locale), NUMBER.sub(lambda found: _number(found[0], locale), text))


def _number(said: str, locale: str) -> str:
    digits = len(said.partition(".")[2])
    pattern = "#,##0" + (f".{'0' * digits}" if digits else "")
    return format_decimal(Decimal(said.replace(",", "")), format=pattern, locale=locale)


def _day(found: re.Match[str], locale: str) -> str:
    """A day with its weekday; one that there is in no year stays as it is written."""
    weekday, month = WEEKDAYS.index(found[1]), MONTHS.index(found[3]) + 1
    years = [int(found[4])] if found[4] else list(YEARS)
    for year in years:
        try:
            day = date(year, month, int(found[2]))
        except ValueError:
            continue
        if day.weekday() == weekday:
            return format_date(day, "EEE d MMM y" if found[4] else "EEE d MMM", locale=locale)
    return found[0]
