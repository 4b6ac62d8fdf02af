"""What is asked about an order's times: offsets that do not agree are never moved, an early start is said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from catering_cli.data.tables import figure
from catering_cli.domain.finding import Finding
from catering_cli.domain.order import Order
from catering_cli.domain.plan_parts.timeline import Block, Timeline
from catering_cli.kitchen.menu.clock import Clock
from catering_cli.kitchen.menu.services import meals


def time_questions(order: Order) -> tuple[Finding, ...]:
    """What the order has to say of its time zone and offsets."""
    name = order.event.timezone
    if name is None:
        return _without_zone(order)
    try:
        zone = ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ()  # the reader of the order refuses an unknown name
    contradicting = [
        (place, at) for place, at in stated_times(order) if at.astimezone(zone).utcoffset() != at.utcoffset()
    ]
    return (_contradiction(name, zone, *contradicting[0], len(contradicting)),) if contradicting else ()


def _first_by_hand(timeline: Timeline, day: date) -> Block | None:
    """The first step of a dish on a day that takes people."""
    of_day = [one for one in timeline.blocks if one.start.date() == day]
    steps = [one for one in of_day if one.step]
    return min((one for one in steps if one.crew), key=lambda one: one.start, default=None)


def early_starts(order: Order, timeline: Timeline) -> Iterator[Finding]:
    """Days of service on which work begins before the usual hours, though the order does not say that it may."""
    if order.kitchen.hours or order.kitchen.available_from or timeline.status != "scheduled":
        return
    for day, usual in _usual_starts(order).items():
        first = _first_by_hand(timeline, day)
        if first is not None and first.start < usual:
            yield Finding(
                severity="open",
                rule="kitchen.early_start",
                where="plan.timeline.openings",
                message=f"on {day.day} {day:%B} work begins at {first.start:%H:%M}, before the usual hours "
                f"({usual:%H:%M}): {first.label}",
                value=first.start.isoformat(),
                fix="say when the kitchen is open (order.kitchen.hours), serve later, or choose a quicker dish",
            )


def _usual_starts(order: Order) -> dict[date, datetime]:
    """When work usually begins on each day of service, by its date."""
    clock = Clock.of(order)
    usual: dict[date, datetime] = {}
    for meal in meals(order, clock):
        at = clock.moment(meal.at)
        opens = at.replace(hour=0, minute=0) + timedelta(minutes=figure("work", "day_opens"))
        begins = clock.moment(meal.at - figure("work", "before_service") - meal.drive)
        usual[at.date()] = min(opens, begins, usual.get(at.date(), opens))
    return usual


def stated_times(order: Order) -> Iterator[tuple[str, datetime]]:
    """Each moment that the order states, with its place."""
    event, kitchen = order.event, order.kitchen
    yield "order.event.service_at", event.service_at
    stated = [("event.ends_at", event.ends_at), ("kitchen.available_from", kitchen.available_from)]
    for index, service in enumerate(order.services):
        stated += [(f"services[{index}].at", service.at), (f"services[{index}].until", service.until)]
    for index, hours in enumerate(kitchen.hours):
        stated += [(f"kitchen.hours[{index}].from", hours.from_), (f"kitchen.hours[{index}].until", hours.until)]
    for place, at in stated:
        if at is not None:
            yield f"order.{place}", at


def _without_zone(order: Order) -> tuple[Finding, ...]:
    """Without a zone one offset is taken as fixed; two of them are a question."""
    offsets = sorted({_offset(at) for _, at in stated_times(order)})
    at = order.event.service_at.isoformat()
    if len(offsets) > 1:
        message = f"the times of the order have the offsets {' and '.join(offsets)}, and no time zone is named"
        return (
            Finding(
                severity="blocking",
                rule="kitchen.timezone_missing",
                where="order.event.timezone",
                message=f"{message}: which time the clock shows at each is not known",
                value=at,
                fix='give event.timezone, an IANA name such as "America/New_York"',
            ),
        )
    return (
        Finding(
            severity="warning",
            rule="kitchen.timezone_missing",
            where="order.event.timezone",
            message="no time zone is given: the offset of service_at is taken as fixed",
            value=at,
            fix='give an IANA name such as "America/New_York"',
        ),
    )


def _contradiction(
    name: str,
    zone: tzinfo,
    place: str,
    at: datetime,
    count: int,
) -> Finding:
    """Both readings of a time whose offset is not that of the zone: by its clock, or by its offset."""
    by_clock = at.replace(tzinfo=zone)
    by_offset = at.astimezone(zone)
    more = f"; {count - 1} more times likewise" if count > 1 else ""
    message = (
        f"{at.isoformat()} has an offset that {name} does not have on that day: is it {by_clock:%H:%M} "
        f"or {by_offset:%H:%M} on the clock there{more}?"
    )
    return Finding(
        severity="blocking",
        rule="kitchen.timezone_offset",
        where=place,
        message=message,
        value=at.isoformat(),
        fix=f"write {by_clock.isoformat()} or {by_offset.isoformat()}, or leave the offset out",
    )


def _offset(at: datetime) -> str:
    return at.isoformat()[-6:]
