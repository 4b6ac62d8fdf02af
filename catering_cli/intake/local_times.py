"""Local times of an order that names its time zone: "2027-07-09T18:00" in Chicago is 18:00-05:00."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from catering_cli.domain.problem import Problem, Refused
from catering_cli.domain.suggest import closest
from catering_cli.intake.field_errors import NO_OFFSET

_LOCAL: Final = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?")
"""A date and a time without an offset."""

FIELDS: Final = frozenset({"service_at", "ends_at", "at", "until", "from", "available_from", "doors"})
"""Fields of an order that hold a moment; those of other kinds that are called so hold no date and time."""


def with_offsets(order: Any) -> Any:
    """The document of an order, its local times with the offset of `event.timezone`; as it is without a known zone."""
    name = _named(order)
    zone = _zone(name) if name else None
    return _settled(order, zone) if zone else order


def zone_problem(name: str) -> Problem | None:
    """What is wrong with the name of a time zone, with the name that is meant; None if it is one."""
    if _zone(name):
        return None
    meant = closest(name, available_timezones())
    perhaps = f"did you mean {meant!r}?" if meant else 'give an IANA name such as "America/New_York".'
    return Problem(f"is not a time zone; {perhaps}", place="order.event.timezone", value=repr(name))


def with_zone_named(refused: Refused, order: Any) -> Refused:
    """The same, with the misspelt time zone in the place of all local times that have no offset for its sake."""
    name = _named(order)
    wrong = zone_problem(name) if name else None
    if wrong is None:
        return refused
    file = next((one.file for one in refused.problems), "")
    elsewhere = [one for one in refused.problems if one.place != wrong.place]
    others = [one for one in elsewhere if NO_OFFSET not in one.message]
    return Refused(replace(wrong, file=file), *others)


def _named(order: Any) -> str:
    """The time zone that the document of an order names; empty if it names none."""
    event = order.get("event") if isinstance(order, dict) else None
    name = event.get("timezone") if isinstance(event, dict) else None
    return name if isinstance(name, str) else ""


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _settled(value: Any, zone: ZoneInfo) -> Any:
    if isinstance(value, list):
        return [_settled(one, zone) for one in value]
    if not isinstance(value, dict):
        return value
    return {key: _moment(one, zone) if key in FIELDS else _settled(one, zone) for key, one in value.items()}


def _moment(value: Any, zone: ZoneInfo) -> Any:
    """A local time with the offset of the zone on that day; anything else as it is."""
    if not isinstance(value, str) or not _LOCAL.fullmatch(value.strip()):
        return value
    try:
        return datetime.fromisoformat(value.strip()).replace(tzinfo=zone).isoformat()
    except (ValueError, OverflowError):
        return value
