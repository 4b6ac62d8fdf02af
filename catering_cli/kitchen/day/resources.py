"""What there is: equipment and people with their numbers, and when the kitchen is open."""

from __future__ import annotations

import math
from datetime import UTC, datetime, time, timedelta

from catering_cli.data.tables import figure, rows
from catering_cli.domain.order import Order
from catering_cli.domain.site import StaffRow
from catering_cli.kitchen.menu.clock import Clock, base_id
from catering_cli.kitchen.recipes.equipment import BROUGHT_IN, equipment_name, plain_name, row_of
from catering_cli.scheduling.intervals import union
from catering_cli.scheduling.problem import Resource, Spans

PLENTY = 10_000
"""Capacity of what is assumed to be enough; the plan then states the number it needs."""

EVERYWHERE = "base"
"""Place that a staff capacity carries: people are one pool, whichever place they work at."""


def base_equipment(order: Order) -> dict[str, int] | None:
    """What the order says the base has, by table name; None where it says nothing."""
    base = next((place for place in order.places if place.kind == "base"), None)
    given = order.kitchen.equipment if order.kitchen.equipment is not None else (base.equipment if base else None)
    return None if not given and order.kitchen.equipment is None else _counted(given or {})


def _counted(given: dict[str, int]) -> dict[str, int]:
    out: dict[str, int] = {}
    for name, count in given.items():
        out[equipment_name(name)] = out.get(equipment_name(name), 0) + count
    return out


def equipment(order: Order, asked: frozenset[Resource]) -> dict[Resource, tuple[int, bool]]:
    """Number of each piece that is asked for, and whether that is assumed.

    At the base: what the order lists; unlisted plant is 0 there, tools and cold storage are assumed. Without
    a list the default kitchen. At a venue: what its place lists, tools travel along.
    """
    base, at_base = base_id(order), base_equipment(order)
    venues = {place.id: _counted(place.equipment) for place in order.places}
    out = {}
    for resource in sorted(asked):
        given = at_base if resource.place == base else venues.get(resource.place, {})
        row = row_of(resource.name)
        if given is not None and resource.name in given:
            out[resource] = (given[resource.name], False)
        elif row is None or row["kind"] in BROUGHT_IN:
            out[resource] = (PLENTY, True)
        elif row["kind"] == "plant" and given is not None:
            out[resource] = (0, False)
        else:
            out[resource] = (int(row["count"]), True)
    return out


def staff_options(order: Order, skill: str) -> tuple[Resource, ...]:
    """Roles of the order's staff that can do the work of `skill`, in order of preference; empty: none.

    Without staff in the order: the role itself.
    """
    if order.staff is None:
        return (Resource("staff", skill, EVERYWHERE),)
    wanted = _roles_for(skill)
    roles = {row.role: _rank(row, wanted) for row in order.staff}
    able = sorted((rank, role) for role, rank in roles.items() if rank is not None)
    return tuple(Resource("staff", role, EVERYWHERE) for _, role in able)


def _roles_for(skill: str) -> tuple[str, ...]:
    plain = plain_name(skill)
    table = {row["skill"]: tuple(plain_name(role) for role in row["roles"].split(",")) for row in rows("skills")}
    family = next((word for word in ("chef", "cook") if word in plain), "")
    return (plain, *table.get(plain, table.get("cook", ()) if family else ()))


def _rank(row: StaffRow, wanted: tuple[str, ...]) -> int | None:
    names = {plain_name(row.role), plain_name(row.role).removesuffix("s"), *(plain_name(skill) for skill in row.skills)}
    return next((rank for rank, role in enumerate(wanted) if role in names), None)


def staff(order: Order, asked: frozenset[Resource]) -> dict[Resource, tuple[int, bool]]:
    """People of each role that is asked for; given staff is exact, else plenty is assumed."""
    if order.staff is None:
        return dict.fromkeys(sorted(asked), (PLENTY, True))
    have: dict[str, int] = {}
    for row in order.staff:
        have[row.role] = have.get(row.role, 0) + row.available
    return {r: (have[r.name], False) if r.name in have else (PLENTY, True) for r in sorted(asked)}


def cooks_by_ratio(order: Order, guests: int) -> int:
    """Cooks to call in for so many guests where the order names no staff."""
    per = next(
        int(row["guests_per_person"])
        for row in rows("event_work")
        if row["work"] == "cooks" and row["style"] == order.event.style
    )
    return max(figure("work", "cooks_least"), math.ceil(guests / per))


def openings(order: Order, clock: Clock, until: int, travel: int) -> Spans:
    """When the base is open, as minutes, merged and in order; `until` is the end of the last service.

    The order's hours, else 06:00-22:00 on earlier days and from 06:00 to the end of service on the day, in
    local time; nothing before `available_from`.
    """
    given = [(clock.minute(hours.from_), clock.minute(hours.until)) for hours in order.kitchen.hours]
    spans = given or _default_hours(order, clock, until, travel)
    start = order.kitchen.available_from
    first = clock.minute(start) if start else None
    clipped = [(max(low, first) if first is not None else low, high) for low, high in spans]
    return union((low, high) for low, high in clipped if low < high)


def _default_hours(order: Order, clock: Clock, until: int, travel: int) -> list[tuple[int, int]]:
    day = clock.moment(until).date()
    spans = []
    for back in range(figure("work", "days_back") + 1):
        midnight = datetime.combine(day - timedelta(days=back), time(), tzinfo=clock.zone)
        low, high = (_wall(clock, midnight, figure("work", name)) for name in ("day_opens", "day_closes"))
        if back == 0:
            high = until
        spans.append((low, high))
    starts = [service.at for service in order.services] or [order.event.service_at]
    spans += [(clock.minute(at) - figure("work", "before_service") - travel, clock.minute(at)) for at in starts]
    if (start := order.kitchen.available_from) and start.astimezone(clock.zone).date() <= day:
        local = start.astimezone(clock.zone)
        midnight = datetime.combine(local.date(), time(), tzinfo=clock.zone)
        spans.append((clock.minute(start), min(_wall(clock, midnight, figure("work", "day_closes")), until)))
    spans.append((0, until))
    return spans


def _wall(clock: Clock, midnight: datetime, minute: int) -> int:
    """Minute of a wall-clock time of that day, whatever the clocks do in between."""
    return clock.minute((midnight + timedelta(minutes=minute)).astimezone(UTC))
