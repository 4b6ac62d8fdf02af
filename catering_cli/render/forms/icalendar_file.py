"""A plan as an iCalendar file: one event a block of work, an alarm at each of its control points."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta, tzinfo
from hashlib import sha256
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from catering_cli.render.revision import revision
from catering_cli.render.sections.stations import station, work
from catering_cli.render.wording import zone

if TYPE_CHECKING:
    from icalendar import Alarm, Calendar, Event, Timezone

    from catering_cli.domain.plan import CateringPlan
    from catering_cli.domain.safety import ControlPoint
    from catering_cli.domain.timeline import Block

STAMPED = datetime(2000, 1, 1, tzinfo=UTC)
"""A calendar must say when it was written; nothing here reads a clock, so the same plan gives the same bytes."""


def text(plan: CateringPlan) -> str:
    """The whole timeline (RFC 5545), in the event's own time zone."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//catering//event book//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _plain(plan.order.event.name))
    here, name = _zone(plan)
    _add_zone(calendar, plan, here, name)
    mark = revision(plan)
    points: defaultdict[str, list[ControlPoint]] = defaultdict(list)
    for point in plan.safety.points:
        points[point.block].append(point)
    for block in plan.timeline.blocks:
        event = _event(block, plan, here, name)
        event.add("description", _plain(f"{_described(block, plan)}\nRevision: {mark}"))
        for point in points[block.id]:
            if point.at is not None:
                event.add_component(_alarm(point, point.at))
        calendar.add_component(event)
    written: bytes = calendar.to_ical(sorted=False)
    return written.decode()


def _zone(plan: CateringPlan) -> tuple[tzinfo, str]:
    """The zone of the event and its name; an order without one keeps the offset of its service."""
    here = zone(plan.order) or UTC
    if isinstance(here, ZoneInfo):
        return here, here.key
    offset = here.utcoffset(plan.order.event.service_at) or timedelta()
    minutes = int(offset.total_seconds() // 60)
    sign = "-" if minutes < 0 else "+"
    return here, f"Offset{sign}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"


def _add_zone(calendar: Calendar, plan: CateringPlan, here: tzinfo, name: str) -> None:
    """The definition of the zone, from the day before the first block to the day after the last."""
    from icalendar import Timezone

    moments = [moment for block in plan.timeline.blocks for moment in (block.start, block.end)]
    moments.append(plan.order.event.service_at)
    if not isinstance(here, ZoneInfo):
        calendar.add_component(_fixed(plan, here, name))
        return
    # A year on either side: a reader then finds the change to and from summer time that surrounds the event.
    first, last = min(moments) - timedelta(days=366), max(moments) + timedelta(days=366)
    defined = Timezone.from_tzinfo(here, name, first.date(), last.date())
    defined.pop("comment", None)
    calendar.add_component(defined)


def _fixed(plan: CateringPlan, here: tzinfo, name: str) -> Timezone:
    from icalendar import Timezone, TimezoneStandard

    offset = here.utcoffset(plan.order.event.service_at) or timedelta()
    always = TimezoneStandard()
    always.add("dtstart", datetime(1970, 1, 1))  # noqa: DTZ001  # a rule of a zone is written in its own local time
    always.add("tzoffsetfrom", offset)
    always.add("tzoffsetto", offset)
    always.add("tzname", name)
    defined = Timezone()
    defined.add("tzid", name)
    defined.add_component(always)
    return defined


def _event(block: Block, plan: CateringPlan, here: tzinfo, name: str) -> Event:
    from icalendar import Event

    event = Event()
    known = f"{plan.order.event.name}\n{plan.order.event.service_at.isoformat()}\n{block.id}"
    event.add("uid", f"{sha256(known.encode()).hexdigest()[:32]}@catering.invalid")
    event.add("dtstamp", STAMPED)
    for key, moment in (("dtstart", block.start), ("dtend", block.end)):
        # Written without its offset and with the zone's name: an offset alone has no name in this format.
        event.add(key, moment.astimezone(here).replace(tzinfo=None), parameters={"TZID": name})
    batch = f" ({block.batch} of {block.of})" if block.of > 1 else ""
    event.add("summary", _plain(f"{block.label}{batch}"))
    event.add("location", _plain(f"{_place(block, plan)}, {station(block)}"))
    event.add("categories", [block.kind])
    return event


def _described(block: Block, plan: CateringPlan) -> str:
    crew = ", ".join(f"{crew.count} {crew.role}" for crew in block.crew)
    used = ", ".join(f"{use.count} {use.name.replace('_', ' ')}" for use in block.equipment)
    facts = (
        ("Owner", crew or "nobody has to stand by"),
        ("Station", station(block)),
        ("On", used),
        ("Heat", block.temperature),
        ("Portions", str(block.portions) if block.portions else ""),
        ("Work", work(block, plan)),
    )
    return "\n".join(f"{name}: {said}" for name, said in facts if said)


def _place(block: Block, plan: CateringPlan) -> str:
    return next((place.name or place.id for place in plan.order.places if place.id == block.place), block.place)


def _alarm(point: ControlPoint, at: datetime) -> Alarm:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", at.astimezone(UTC), parameters={"VALUE": "DATE-TIME"})
    fails = f" If it fails: {point.corrective}." if point.corrective else ""
    alarm.add("description", _plain(f"{point.kind.replace('_', ' ')}: {point.limit}.{fails}"))
    return alarm


def _plain(said: str) -> str:
    """Text without characters that this format has no way to write."""
    return "".join(sign if sign == "\n" or sign.isprintable() else " " for sign in said)
