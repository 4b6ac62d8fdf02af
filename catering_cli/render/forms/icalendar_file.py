"""A plan as an iCalendar file: one event a task, an alarm at each of its control points."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from catering_cli.render.clock import event_zone
from catering_cli.render.drafts import marked
from catering_cli.render.revision import revision
from catering_cli.render.stations import station, task_text
from catering_cli.render.wording import around, batch_text, crew_text, equipment_text, plain_name

if TYPE_CHECKING:
    from icalendar import Alarm, Event, Timezone

    from catering_cli.domain.plan import CateringPlan
    from catering_cli.domain.plan_parts.safety import ControlPoint
    from catering_cli.domain.plan_parts.timeline import Block

STAMPED = datetime(2000, 1, 1, tzinfo=UTC)
"""A calendar must say when it was written; nothing here reads a clock, so the same plan gives the same bytes."""

YEAR = timedelta(days=366)
UNATTENDED = "unattended"


class _Zone(NamedTuple):
    """The time zone of the event, under the name that the calendar gives it."""

    here: tzinfo
    name: str


def calendar_text(plan: CateringPlan) -> str:
    """The whole timeline (RFC 5545), in the event's own time zone."""
    plan = marked(plan)
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//catering//event book//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", " ".join(_printable(plan.order.event.name).split()))
    zone = _zone(plan)
    calendar.add_component(_zone_definition(plan, zone))
    points: defaultdict[str, list[ControlPoint]] = defaultdict(list)
    for point in plan.safety.points:
        points[point.block].append(point)
    mark = revision(plan)
    for block in plan.timeline.blocks:
        event = _event(block, plan, zone)
        facts = [*_description(block, plan), f"Revision: {mark}"]
        event.add("description", _printable("\n".join(facts)))
        for point in points[block.id]:
            if point.at is not None:
                event.add_component(_alarm(point, point.at))
        calendar.add_component(event)
    written: bytes = calendar.to_ical(sorted=False)
    return written.decode()


def _zone(plan: CateringPlan) -> _Zone:
    """The zone of the event; an order without one keeps the offset of its service."""
    here = event_zone(plan.order) or UTC
    if isinstance(here, ZoneInfo):
        return _Zone(here, here.key)
    minutes = int(_offset(plan, here).total_seconds() // 60)
    sign = "-" if minutes < 0 else "+"
    return _Zone(here, f"Offset{sign}{abs(minutes) // 60:02}{abs(minutes) % 60:02}")


def _offset(plan: CateringPlan, here: tzinfo) -> timedelta:
    return here.utcoffset(plan.order.event.service_at) or timedelta()


def _zone_definition(plan: CateringPlan, zone: _Zone) -> Timezone:
    """The zone's rules, from a year before the first task to a year after the last.

    A reader then finds the change to and from summer time that surrounds the event.
    """
    from icalendar import Timezone

    if not isinstance(zone.here, ZoneInfo):
        return _fixed_zone(plan, zone)
    moments = [plan.order.event.service_at]
    for block in plan.timeline.blocks:
        moments += [block.start, block.end]
    first = min(moments) - YEAR
    last = max(moments) + YEAR
    defined = Timezone.from_tzinfo(zone.here, zone.name, first.date(), last.date())
    defined.pop("comment", None)
    return defined


def _fixed_zone(plan: CateringPlan, zone: _Zone) -> Timezone:
    from icalendar import Timezone, TimezoneStandard

    offset = _offset(plan, zone.here)
    always = TimezoneStandard()
    always.add("dtstart", datetime(1970, 1, 1))  # noqa: DTZ001  # a rule of a zone is written in its own local time
    always.add("tzoffsetfrom", offset)
    always.add("tzoffsetto", offset)
    always.add("tzname", zone.name)
    defined = Timezone()
    defined.add("tzid", zone.name)
    defined.add_component(always)
    return defined


def _event(block: Block, plan: CateringPlan, zone: _Zone) -> Event:
    from icalendar import Event

    event = Event()
    known = f"{plan.order.event.name}\n{plan.order.event.service_at.isoformat()}\n{block.id}"
    event.add("uid", f"{sha256(known.encode()).hexdigest()[:32]}@catering.invalid")
    event.add("dtstamp", STAMPED)
    for key, moment in (("dtstart", block.start), ("dtend", block.end)):
        # Written without its offset and with the zone's name: an offset alone has no name in this format.
        event.add(key, moment.astimezone(zone.here).replace(tzinfo=None), parameters={"TZID": zone.name})
    event.add("summary", _printable(f"{block.label}{batch_text(block)}"))
    event.add("location", _printable(f"{_place(block, plan)}, {station(block)}"))
    event.add("categories", [block.kind])
    return event


def _description(block: Block, plan: CateringPlan) -> Iterator[str]:
    facts = {
        "Crew": crew_text(block.crew) or UNATTENDED,
        "Station": station(block),
        "Equipment": equipment_text(block),
        "Temp": block.temperature,
        "Portions": str(block.portions) if block.portions else "",
        "Task": task_text(block, plan),
    }
    for name, said in facts.items():
        if said:
            yield f"{name}: {said}"


def _place(block: Block, plan: CateringPlan) -> str:
    names = {place.id: place.name or place.id for place in plan.order.places}
    return names.get(block.place, block.place)


def _alarm(point: ControlPoint, at: datetime) -> Alarm:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", at.astimezone(UTC), parameters={"VALUE": "DATE-TIME"})
    fails = around(" If it fails: ", point.corrective, ".")
    alarm.add("description", _printable(f"{plain_name(point.kind)}: {point.limit}.{fails}"))
    return alarm


def _printable(said: str) -> str:
    """Text without characters that this format has no way to write."""
    return "".join(sign if sign == "\n" or sign.isprintable() else " " for sign in said)
