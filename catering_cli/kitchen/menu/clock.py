"""The clock of an event: minutes from the start of its first service, its time zone, and where the food is made."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta, timezone, tzinfo
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from catering_cli.domain.order import Order


class Clock(NamedTuple):
    """Minutes from the start of the first service, and back. DST is in the zone."""

    zero: datetime
    zone: tzinfo

    @classmethod
    def of(cls, order: Order) -> Clock:
        """Zero is the first service; the zone is the event's, or its fixed offset."""
        first = min((service.at for service in order.services), default=order.event.service_at)
        return cls(first.astimezone(UTC).replace(second=0, microsecond=0), zone(order))

    def minute(self, at: datetime) -> int:
        """Minute of a moment, rounded down."""
        return (at - self.zero) // timedelta(minutes=1)

    def moment(self, minute: int) -> datetime:
        """The moment of a minute, in the event's time zone.

        It carries its own offset, as it will when it is read back: between two moments of one zone Python
        subtracts clock faces, which is an hour off across a change of the clocks.
        """
        local = (self.zero + timedelta(minutes=minute)).astimezone(self.zone)
        return local.replace(tzinfo=timezone(local.utcoffset() or timedelta()))

    def day_before(self, minute: int, days: int) -> tuple[int, int]:
        """The first and the last minute of the day that is so many days before that of `minute`."""
        date = self.moment(minute).date() - timedelta(days=days)
        midnights = (datetime.combine(date + timedelta(days=more), time(), self.zone) for more in (0, 1))
        opens, closes = (self.minute(midnight.astimezone(UTC)) for midnight in midnights)
        return opens, closes


def zone(order: Order) -> tzinfo:
    """The event's time zone; its offset if none is named or the name is not known."""
    fixed = order.event.service_at.tzinfo or UTC
    try:
        return ZoneInfo(order.event.timezone) if order.event.timezone else fixed
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return fixed


def base_id(order: Order) -> str:
    """Id of the place where the food is made."""
    bases = [place.id for place in order.places if place.kind == "base"]
    return bases[0] if bases else "base"
