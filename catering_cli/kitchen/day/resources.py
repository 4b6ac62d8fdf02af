"""What there is: equipment and people with their numbers, and when the kitchen is open."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from typing import NamedTuple

from catering_cli.data.equipment_names import equipment_name, equipment_row, plain_name
from catering_cli.data.tables import figure, rows
from catering_cli.domain.order import Order
from catering_cli.domain.order_parts.site import StaffRow
from catering_cli.kitchen.menu.clock import Clock, base_id
from catering_cli.kitchen.menu.services import meals
from catering_cli.kitchen.recipes.equipment import BROUGHT_IN
from catering_cli.scheduling.intervals import union
from catering_cli.scheduling.problem import Resource, Spans

PLENTY = 10_000
"""Capacity of what is assumed to be enough; the plan then states the number it needs."""

EVERYWHERE = "base"
"""Place that a staff capacity carries: people are one pool, whichever place they work at."""


class Available(NamedTuple):
    """How many of a resource there are, and whether that is assumed."""

    number: int
    assumed: bool


def base_equipment(order: Order) -> dict[str, int] | None:
    """What the order says the base has, by table name; None if it says nothing."""
    if order.kitchen.equipment is not None:
        return _counted(order.kitchen.equipment)
    base = next((place for place in order.places if place.kind == "base"), None)
    return _counted(base.equipment) if base and base.equipment else None


def _counted(given: Mapping[str, int]) -> dict[str, int]:
    """Numbers by table name, whatever the order calls each piece."""
    counts: Counter[str] = Counter()
    for name, count in given.items():
        counts[equipment_name(name)] += count
    return counts


def equipment(order: Order, asked: Collection[Resource]) -> dict[Resource, Available]:
    """Number of each piece that is asked for.

    At the base: what the order lists; unlisted plant is 0 there, tools and cold storage are assumed. Without
    a list the default kitchen. At a venue: what its place lists, tools travel along, burners come with their gas.
    """
    at_base = base_equipment(order)
    at_venues = {place.id: _counted(place.equipment) for place in order.places}
    there = {}
    for resource in sorted(asked):
        is_base = resource.place == base_id(order)
        listed = at_base if is_base else at_venues.get(resource.place, {})
        if not is_base and resource.name in _portable() and resource.name not in (listed or {}):
            there[resource] = Available(PLENTY, assumed=True)
        else:
            there[resource] = _available(resource.name, listed)
    return there


@cache
def _portable() -> frozenset[str]:
    """Plant that is brought to a venue with its own gas."""
    return frozenset(row["lacks"] for row in rows("venue_kit") if row["per"] == "peak")


def _available(name: str, listed: Mapping[str, int] | None) -> Available:
    """How many of a piece there are at a place that lists its equipment, or at one that does not."""
    if listed is not None and name in listed:
        return Available(listed[name], assumed=False)
    row = equipment_row(name)
    if row is None or row["kind"] in BROUGHT_IN:
        return Available(PLENTY, assumed=True)
    if row["kind"] == "plant" and listed is not None:
        return Available(0, assumed=False)
    return Available(int(row["count"]), assumed=True)


def staff_options(order: Order, skill: str) -> tuple[Resource, ...]:
    """Roles of the order's staff that can do the work of `skill`, in order of preference; empty: none.

    Without staff in the order: the role itself.
    """
    return _able(order.staff, skill)


@lru_cache(maxsize=4_096)
def _able(staff: tuple[StaffRow, ...] | None, skill: str) -> tuple[Resource, ...]:
    if staff is None:
        return (_people(skill),)
    wanted = _roles_for(skill)
    ranks = {row.role: _rank(row, wanted) for row in staff}
    able = [(rank, role) for role, rank in ranks.items() if rank is not None]
    return tuple(_people(role) for _, role in sorted(able))


def _people(role: str) -> Resource:
    return Resource("staff", role, EVERYWHERE)


def _roles_for(skill: str) -> tuple[str, ...]:
    """The roles that can do the work of a skill, the best first; a chef or cook of any kind can do a cook's."""
    plain = plain_name(skill)
    able = {row["skill"]: row["roles"] for row in rows("skills")}
    cooks = able.get("cook", "") if "chef" in plain or "cook" in plain else ""
    roles = able.get(plain, cooks)
    return (plain, *(plain_name(role) for role in roles.split(",") if role))


def _rank(row: StaffRow, wanted: tuple[str, ...]) -> int | None:
    """How well people of a row fit, 0 best; None if they do not."""
    role = plain_name(row.role)
    names = {role, role.removesuffix("s")}
    names.update(plain_name(skill) for skill in row.skills)
    return next((rank for rank, name in enumerate(wanted) if name in names), None)


def staff(order: Order, asked: Collection[Resource]) -> dict[Resource, Available]:
    """People of each role that is asked for; given staff is exact, else plenty is assumed."""
    called: Counter[str] = Counter()
    for row in order.staff or ():
        called[row.role] += row.available
    there = dict.fromkeys(sorted(asked), Available(PLENTY, assumed=True))
    for resource in there:
        if resource.name in called:
            there[resource] = Available(called[resource.name], assumed=False)
    return there


def cooks_by_ratio(order: Order, guests: int) -> int:
    """Cooks to call in for so many guests if the order names no staff."""
    cooks = {row["style"]: row for row in rows("event_work") if row["work"] == "cooks"}
    per_cook = int(cooks[order.event.style]["guests_per_person"])
    return max(figure("work", "cooks_least"), math.ceil(guests / per_cook))


def openings(order: Order, clock: Clock, until: int, travel: int, opens: int | None = None) -> Spans:
    """When the base is open, as minutes, merged and in order; `until` is the end of the last service.

    The order's hours, else 06:00-22:00 on earlier days and from 06:00 to the end of service on the day, in
    local time; nothing before `available_from`. `opens`: without hours, from that minute of each day of service.
    """
    given = [(clock.minute(hours.from_), clock.minute(hours.until)) for hours in order.kitchen.hours]
    spans = given or list(_default_hours(order, clock, until, travel))
    if opens is not None and not given:
        starts = [clock.minute(start) for start in _service_starts(order)]
        spans += [(_wall_minute(clock, clock.moment(at).date(), opens), at) for at in starts]
    start = order.kitchen.available_from
    if start is None:
        return union(spans)
    first = clock.minute(start)
    return union((max(low, first), high) for low, high in spans if high > first)


def _default_hours(
    order: Order,
    clock: Clock,
    until: int,
    travel: int,
) -> Iterator[tuple[int, int]]:
    """The usual hours of each day, the hours before each service, and those after the kitchen becomes available."""
    yield 0, until
    day = clock.moment(until).date()
    for back in range(1, figure("work", "days_back") + 1):
        before = day - timedelta(days=back)
        yield _wall(clock, before, "day_opens"), _wall(clock, before, "day_closes")
    yield _wall(clock, day, "day_opens"), until
    for start in _service_starts(order):
        at = clock.minute(start)
        yield at - figure("work", "before_service") - travel, at
    available = order.kitchen.available_from
    first = available.astimezone(clock.zone).date() if available else None
    if available and first and first <= day:
        yield clock.minute(available), min(_wall(clock, first, "day_closes"), until)


def normal_hours(order: Order, clock: Clock, spans: Spans, sooner: int = 0) -> Spans:
    """Of the openings what a crew likes to work: 07:00-19:00, on a day of service from 06:00 to its last service.

    An early service is worked for from two hours before it and its road, and so many minutes `sooner`.
    """
    if not spans:
        return spans
    kept: list[tuple[int, int]] = []
    day, last = clock.moment(spans[0][0]).date(), clock.moment(spans[-1][1]).date()
    while day <= last:
        low, high = _normal_day(order, clock, day, sooner)
        kept += [(max(low, start), min(high, end)) for start, end in spans if start < high and low < end]
        day += timedelta(days=1)
    return union(kept)


def _normal_day(order: Order, clock: Clock, day: date, sooner: int) -> tuple[int, int]:
    """When work begins and ends on a day."""
    mine = [meal for meal in meals(order, clock) if clock.moment(meal.at).date() == day]
    if not mine:
        return _wall(clock, day, "normal_opens"), _wall(clock, day, "normal_closes")
    first = min(meal.at - meal.drive for meal in mine) - figure("work", "early_service") - sooner
    opens = min(_wall(clock, day, "day_opens"), first)
    return opens, max(_wall(clock, day, "normal_closes"), *(meal.until for meal in mine))


def _service_starts(order: Order) -> Iterable[datetime]:
    if not order.services:
        return [order.event.service_at]
    return [service.at for service in order.services]


def _wall(clock: Clock, day: date, name: str) -> int:
    """Minute of a wall-clock time of a day, a figure of the table `work`, whatever the clocks do in between."""
    return _wall_minute(clock, day, figure("work", name))


def _wall_minute(clock: Clock, day: date, minutes: int) -> int:
    midnight = datetime.combine(day, time(), tzinfo=clock.zone)
    return clock.minute((midnight + timedelta(minutes=minutes)).astimezone(UTC))
