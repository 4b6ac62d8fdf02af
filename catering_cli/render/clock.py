"""Days and times as they are read, in the time zone of the event."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from catering_cli.domain.order import Order

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def event_zone(order: Order) -> tzinfo | None:
    """The time zone that the event lives in: its IANA zone, else the offset of its service."""
    from zoneinfo import ZoneInfo

    name = order.event.timezone
    if name:
        return ZoneInfo(name)
    return order.event.service_at.tzinfo


def event_day(moment: datetime, order: Order) -> date:
    """The day of a moment at the event."""
    return moment.astimezone(event_zone(order)).date()


def clock_time(moment: datetime, order: Order) -> str:
    """14:30."""
    return f"{moment.astimezone(event_zone(order)):%H:%M}"


def calendar_day(day: date) -> str:
    """Sat 17 Apr; the names are English in every locale."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


def stamp(moment: datetime, order: Order) -> str:
    """Sat 17 Apr 14:30."""
    return f"{calendar_day(event_day(moment, order))} {clock_time(moment, order)}"


def stamp_or_blank(moment: datetime | None, order: Order) -> str:
    """A moment with its day; empty if there is none."""
    if moment:
        return stamp(moment, order)
    return ""


def day_or_blank(day: date | None) -> str:
    """A day; empty if there is none."""
    if day:
        return calendar_day(day)
    return ""


def stamps(moments: Sequence[datetime], order: Order) -> str:
    """Several moments, the day of each said once: Sat 17 Apr 14:30, 16:30."""
    said: list[str] = []
    day: date | None = None
    for moment in moments:
        same = event_day(moment, order) == day
        said.append(clock_time(moment, order) if same else stamp(moment, order))
        day = event_day(moment, order)
    return ", ".join(said)


def until(start: datetime, end: datetime, order: Order) -> str:
    """The end of what begins at `start`: with its day only if that is another one."""
    same_day = event_day(start, order) == event_day(end, order)
    if same_day:
        return clock_time(end, order)
    return stamp(end, order)


def duration(minutes: int) -> str:
    """5 h 20 min."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest} min" if rest else f"{hours} h"
