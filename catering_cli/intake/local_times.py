"""Local times of an order that names its time zone: "2027-07-09T18:00" in Chicago is 18:00-05:00."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_LOCAL: Final = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?")
"""A date and a time without an offset."""

FIELDS: Final = frozenset({"service_at", "ends_at", "at", "until", "from", "available_from", "doors"})
"""Fields of an order that hold a moment; those of other kinds that are called so hold no date and time."""


def with_offsets(order: Any) -> Any:
    """The document of an order, its local times with the offset of `event.timezone`; as it is without a known zone."""
    event = order.get("event") if isinstance(order, dict) else None
    name = event.get("timezone") if isinstance(event, dict) else None
    try:
        zone = ZoneInfo(name) if isinstance(name, str) and name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return order
    return _settled(order, zone) if zone else order


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
