"""The parts of a message that look like a form, read by rules: "Guests: 60", "Menu:" and a list below it.

What a rule does not read plainly it leaves alone: the sentence then stays a question.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple
from zoneinfo import available_timezones

from catering_cli.kitchen.dietary import allergens, diets
from catering_cli.kitchen.quantities.numerals import parse_number
from catering_cli.tasks.reading.said import Said, days_in


class Field(NamedTuple):
    """A field of an order, and the words that say it."""

    path: str
    value: Any
    quote: str


Rule = Callable[[str], Iterator[tuple[str, Any]]]
"""From what stands behind the label, paths and values."""

_LINE = re.compile(r"^\W*(?P<label>[A-Za-z][A-Za-z /&'-]{1,40}?)\s*[:=]\s*(?P<value>\S.*)$")
_HEADING = re.compile(r"^\W*(?P<label>menu|dishes|food)\s*:?\s*$", re.IGNORECASE)
_BULLET = re.compile(r"^\s*(?:[-*•·–]|\d+[.)])\s+")
_STYLES = ("plated", "buffet", "family", "cocktail", "boxed")


def form_fields(lines: Sequence[str]) -> Iterator[Field]:
    """The fields of the lines of one message, in their order."""
    in_menu = False
    for line in lines:
        if _HEADING.match(line):
            in_menu = True
        elif in_menu and _BULLET.match(line):
            yield Field("order.menu", {"dish": _BULLET.sub("", line).strip()}, line.strip())
        else:
            in_menu = in_menu and not line.strip()
            yield from _labelled(line)


def _labelled(line: str) -> Iterator[Field]:
    found = _LINE.match(line)
    rule = _RULES.get(_label(found["label"])) if found else None
    if found is None or rule is None:
        return
    for path, value in rule(found["value"].strip()):
        yield Field(path, value, line.strip())


def _label(text: str) -> str:
    return " ".join(text.casefold().replace("/", " ").split())


def _guests(value: str) -> Iterator[tuple[str, Any]]:
    """One number, and nothing else that counts."""
    found = re.fullmatch(r"(?P<count>[\d,]+)(?:\s+(?:guests|people|pax|persons|covers|adults))?\.?", value)
    if found:
        yield "order.guests.guaranteed", int(found["count"].replace(",", ""))


def _when(value: str) -> Iterator[tuple[str, Any]]:
    """A day with its year, and a time if one stands with it."""
    days = [day for day in days_in(value) if day.year]
    if len(days) == 1:
        day = days[0]
        yield "day", f"{day.year}-{day.month:02}-{day.day:02}"
    times = Said.of(value).minutes
    is_plain = len(times) == 1 and (not times[0][1] or _WHOLE_HOUR.search(value))
    if is_plain:
        yield "time", f"{times[0][0] // 60:02}:{times[0][0] % 60:02}"


_WHOLE_HOUR = re.compile(r"\b(?:0\d|1[0-2]):[0-5]\d\b(?!\s*[ap]\.?m)", re.IGNORECASE)
"""A time by the clock of 24 hours: 06:30, 12:30. "6:30" may be morning or evening."""


_ENQUIRY = re.compile(r"\b(?:in|en)quir|\b(?:quote|question|request|catering|order|hello|hi)\b", re.IGNORECASE)


def _subject(value: str) -> Iterator[tuple[str, Any]]:
    """What the event is called, if a mail's subject says more than that it is an enquiry."""
    name = re.sub(r"^(?:(?:re|fwd?|aw|wg)\s*:\s*)+", "", value, flags=re.IGNORECASE).strip()
    if name and not _ENQUIRY.search(name):
        yield "order.event.name", name[:200]


def _words(path: str) -> Rule:
    return lambda value: iter([(path, value)])


def _style(value: str) -> Iterator[tuple[str, Any]]:
    named = [style for style in _STYLES if re.search(rf"\b{style}\b", value, re.IGNORECASE)]
    if len(named) == 1:
        yield "order.event.style", named[0]


def _budget(value: str) -> Iterator[tuple[str, Any]]:
    amounts = re.findall(r"\d[\d,]*(?:\.\d\d)?", value)
    if len(amounts) != 1:
        return
    amount = float(amounts[0].replace(",", ""))
    number = int(amount) if amount.is_integer() else amount
    if re.search(r"\b(?:per|a|each)\b(?: (?:head|person|guest))?|pp\b", value, re.IGNORECASE):
        yield "order.budget.per_guest", number
    elif re.search(r"\b(?:total|in all|all in|overall)\b", value, re.IGNORECASE):
        yield "order.budget.total", number


def _zone(value: str) -> Iterator[tuple[str, Any]]:
    if value in available_timezones():
        yield "order.event.timezone", value


def _menu(value: str) -> Iterator[tuple[str, Any]]:
    for dish in re.split(r"\s*[,;]\s*(?:and\s+)?", value.rstrip(".")):
        if dish:
            yield "order.menu", {"dish": dish}


_NEED = re.compile(
    r"^(?P<count>\d+|[a-z]+)\s*(?:x|×)?\s+(?:guests? (?:is|are|with) (?:an? )?)?(?P<need>.+?)"
    r"(?P<allergy>\s+(?:allerg\w+|intoleran\w+))?\.?$",
    re.IGNORECASE,
)


def _needs(value: str) -> Iterator[tuple[str, Any]]:
    """Counts of needs, if every part of the line is one that a table knows: else the whole line is a question."""
    kinds = [_kind(part) for part in re.split(r"\s*(?:[,;]|\band\b)\s*", value) if part.strip(" .")]
    known = [kind for kind in kinds if kind is not None]
    if len(known) == len(kinds):
        for kind in known:
            yield "order.guests.profiles", kind


def _kind(part: str) -> dict[str, Any] | None:
    """A kind of guest: 3 vegan, 1 peanut allergy, two coeliacs."""
    found = _NEED.match(part.strip())
    parsed = parse_number(found["count"].casefold()) if found else None
    if found is None or not parsed or parsed[0] is None:
        return None
    need = found["need"].strip()
    is_known = diets.diet(need) or allergens.target(need).known
    if not is_known:
        return None
    severity = _severity(found["allergy"] or "", part)
    return {"needs": [need], "count": int(parsed[0]), **({"severity": severity} if severity else {})}


def _severity(allergy: str, part: str) -> str:
    """As the words have it; empty: what the order's usual is."""
    words = part.casefold()
    if "anaphyla" in words:
        return "anaphylaxis"
    if "severe" in words:
        return "severe"
    if "intoleran" in allergy.casefold():
        return "intolerance"
    return "allergy" if allergy else ""


_RULES: dict[str, Rule] = {
    **dict.fromkeys(("guests", "guest count", "headcount", "number of guests", "pax", "covers", "attendees"), _guests),
    **dict.fromkeys(("number of people", "people", "count", "final count", "guaranteed"), _guests),
    **dict.fromkeys(("date", "event date", "day", "when", "date and time", "time", "start", "start time"), _when),
    **dict.fromkeys(("service time", "serving time", "service", "dinner at", "lunch at"), _when),
    **dict.fromkeys(("venue", "location", "place", "where"), _words("order.event.venue")),
    **dict.fromkeys(("style", "service style", "type of service"), _style),
    "subject": _subject,
    **dict.fromkeys(("event", "occasion", "event name", "name of event"), _words("order.event.name")),
    **dict.fromkeys(("client", "contact", "host", "name"), _words("order.client.name")),
    **dict.fromkeys(("phone", "tel", "telephone", "mobile"), _words("order.client.phone")),
    **dict.fromkeys(("email", "e-mail", "mail"), _words("order.client.email")),
    **dict.fromkeys(("company", "organisation", "organization"), _words("order.client.company")),
    **dict.fromkeys(("budget",), _budget),
    **dict.fromkeys(("time zone", "timezone"), _zone),
    **dict.fromkeys(("menu", "dishes", "food"), _menu),
    **dict.fromkeys(("allergies", "allergens", "dietary", "diets", "dietary requirements", "dietary needs"), _needs),
    **dict.fromkeys(("special diets", "dietary restrictions", "needs"), _needs),
}
"""Labels of forms, and how what stands behind them is read."""
