"""Trips to the guests: which food goes when, what is brought together, and when van, driver and cooks are back.

Departures are fixed before anything is scheduled, backward from the services, as a caterer fixes them: the main trip
brings all that keeps so long, what keeps shorter is driven behind it, and a second service at the same place, or the
next drop on the road, goes with the trip before it if its food keeps.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import NamedTuple

from catering_cli.data.tables import figure
from catering_cli.domain.order import Order
from catering_cli.kitchen.day.event_times import COURSES, size, taken
from catering_cli.kitchen.day.resources import base_equipment, staff_options
from catering_cli.kitchen.day.riders import Call, End, riders
from catering_cli.kitchen.menu.services import Meal, row


class Late(NamedTuple):
    """A trip of food that is cooked last: when it leaves and arrives, and whether van and driver stay there."""

    name: str
    ends: tuple[End, ...]
    depart: int
    stays: bool


@dataclass(frozen=True, slots=True)
class Ride:
    """How a service is brought to its guests."""

    arrive: int
    """minute at which the main trip is there"""
    drive: int
    """minutes of its last leg; 0: it comes with the service `host`"""
    host: str = ""
    """the service whose main trip brings it, or whose hand-over the drive follows; empty: it is driven from the base"""
    stays: bool = True
    """whether van and driver are there until the strike"""
    goes_on: bool = False
    """whether the van goes on to the next drop"""
    late: tuple[Late, ...] = ()

    @property
    def depart(self) -> int:
        """Minute at which the last leg begins."""
        return self.arrive - self.drive

    @property
    def shared(self) -> bool:
        """Whether it comes with another service's trip to the same place."""
        return bool(self.host) and self.drive == 0

    def crew(self, meal: str) -> str:
        """Whose riders do its work at the venue: the pool of people that came with a service."""
        return self.host if self.shared else meal


def rides(order: Order, calls: Iterable[Call], arrival: int) -> dict[str, Ride]:
    """How each service away from the base is brought, with `arrival` minutes in hand after the drive."""
    away = [call for call in calls if call.meal.away]
    planned = _hosted(order, away, _own(order, away, arrival))
    return _with_returns(away, planned)


def _own(order: Order, away: Sequence[Call], arrival: int) -> dict[str, Ride]:
    """Each service on a trip of its own, the last first; as early as the trips after it need its van or driver."""
    free = [_NEVER] * min(_vehicles(order), len(away) * len(COURSES))
    found: dict[str, Ride] = {}
    for call in sorted(away, key=lambda call: (call.meal.at, call.meal.id), reverse=True):
        ride = _ride(order, call, arrival, call.meal.at)
        most = _last_return(order, call, ride, free)
        if most is not None:
            ride = _ride(order, call, arrival, call.meal.at, most)
        found[call.meal.id] = ride
    return found


_NEVER = 10**6


def _vehicles(order: Order) -> int:
    """How many trips can be on the road at once: as many as there are vans and drivers, if the order says."""
    vans = (base_equipment(order) or {}).get("van")
    drivers = None
    if order.staff is not None:
        able = {option.name for option in staff_options(order, "driver")}
        drivers = sum(staff.available for staff in order.staff if staff.role in able)
    counts = [count for count in (vans, drivers) if count]
    return min(counts, default=_NEVER)


def _last_return(order: Order, call: Call, ride: Ride, free: list[int]) -> int | None:
    """Minute at which the main trip has to be there, so that its van is back for a later trip; None: it may wait.

    `free` has the minute at which each van is needed next, and is kept.
    """
    meal = call.meal
    for late in reversed(ride.late):
        free.sort()
        free.pop()
        free.append(late.depart - size("late_load", meal, order)[0])
    free.sort()
    needed = free.pop()
    load = size("load", meal, order)[0]
    most = needed - figure("work", "unload") - meal.drive
    held = bool(ride.late) or not _is_struck(meal)
    at = min(ride.arrive, most) if held and needed < _NEVER else ride.arrive
    free.append(at - meal.drive - load)
    return at if at < ride.arrive else None


def _is_struck(meal: Meal) -> bool:
    """Whether what was brought is taken back after the service."""
    return bool(row("strike", meal.style).minutes)


def _ride(order: Order, call: Call, arrival: int, at: int, most: int = _NEVER) -> Ride:
    """A trip of its own, at the latest there at `most`."""
    meal = call.meal
    arrive = min(at - lead(order, call, arrival), most)
    late = _late(order, call, arrive)
    return Ride(
        arrive=arrive,
        drive=meal.drive,
        stays=_is_struck(meal),
        late=tuple(_late_trips(order, call, late, arrival)),
    )


def lead(order: Order, call: Call, arrival: int) -> int:
    """Minutes from the arrival to the service: time in hand, then set-up and finishing, or the first plating."""
    meal = call.meal
    ready = size("set_up", meal, order)[0] + size("hold", meal, order)[0]
    crew = riders(order, [call])
    finishing = math.ceil(Fraction(call.finishing, crew.count)) if crew else 0
    if meal.style == "plated":
        ready = max(ready, size("plate", meal, order)[0])
    return arrival + max(ready, finishing, call.longest)


def _late(order: Order, call: Call, arrive: int) -> list[End]:
    """Food that keeps too shortly for the main trip. Boxes go together."""
    meal = call.meal
    if meal.style == "boxed":
        return []
    before = meal.drive + size("pack", meal, order)[0] + size("load", meal, order)[0] + figure("work", "trip_slack")
    short = {end.work for end in call.ends if _is_short(order, call, end, arrive - before)}
    return [end for end in call.ends if end.work in short]


def _is_short(order: Order, call: Call, end: End, packed: int) -> bool:
    """Whether food that is packed at a minute has gone stale when it leaves the kitchen's hands."""
    limit = end.limit
    if end.away or limit is None:
        return False
    return limit < taken(call.meal, end.course, call.courses, order) - packed


def _late_trips(order: Order, call: Call, late: Sequence[End], arrival: int) -> Iterator[Late]:
    """What leaves the kitchen's hands at the same minute goes together, with as much time in hand as it keeps for."""
    meal = call.meal
    groups: dict[int, list[End]] = {}
    for end in late:
        groups.setdefault(taken(meal, end.course, call.courses, order), []).append(end)
    for moment in sorted(groups):
        ends = groups[moment]
        way = meal.drive + size("late_pack", meal, order)[0] + size("late_load", meal, order)[0]
        room = max(0, min(end.limit or 0 for end in ends) - way)
        spare = min(arrival, max(room - figure("work", "batch_spread"), room // 2))
        yield Late(_trip_name(meal, ends), tuple(ends), moment - spare - meal.drive, stays=False)


def _trip_name(meal: Meal, ends: Sequence[End]) -> str:
    if meal.style != "plated":
        return "hot"
    return next((group[0] for group in COURSES if ends[0].course in group), "hot")


def _hosted(order: Order, away: Sequence[Call], own: dict[str, Ride]) -> dict[str, Ride]:
    """Services that can come with the trip before them do: to the same place, or as the next drop on its road."""
    found: dict[str, Ride] = {}
    before: Call | None = None
    for call in sorted(away, key=lambda call: (call.meal.at, call.meal.id)):
        ride = own[call.meal.id]
        if before is not None:
            ride = _with(order, before, found, call, ride)
        found[call.meal.id] = ride
        before = call
    return found


def _with(order: Order, before: Call, found: dict[str, Ride], call: Call, ride: Ride) -> Ride:
    """The ride of a service if it comes with the one before it; else as it was."""
    first = found[before.meal.id]
    if call.meal.place == before.meal.place:
        shared = replace(ride, arrive=first.arrive, drive=0, host=first.host if first.shared else before.meal.id)
        behind = {end.work for trip in ride.late for end in trip.ends}
        return shared if _keeps_for(order, call, first.arrive - before.meal.drive, behind) else ride
    leg = _leg(order, before.meal, call.meal)
    if leg is None or _is_struck(before.meal) or _is_struck(call.meal):
        return ride
    return _next_drop(order, found, before, call, leg) or ride


def _keeps_for(order: Order, call: Call, depart: int, behind: Collection[str] = ()) -> bool:
    """Whether all food of a service but what is driven behind keeps if it leaves at a minute."""
    meal = call.meal
    if meal.at - depart > figure("work", "shared_trip"):
        return False
    packed = depart - size("pack", meal, order)[0] - size("load", meal, order)[0] - figure("work", "trip_slack")
    with_it = [end for end in call.ends if end.work not in behind]
    return not any(_is_short(order, call, end, packed) for end in with_it)


def _leg(order: Order, one: Meal, then: Meal) -> int | None:
    """Minutes of the leg from one place to the next, in the same vehicle; None if there is none."""
    for leg in order.legs:
        if leg.from_ == one.place and leg.to == then.place and leg.vehicle == one.vehicle == then.vehicle:
            return leg.minutes
    return None


def _next_drop(order: Order, found: dict[str, Ride], before: Call, call: Call, leg: int) -> Ride | None:
    """The drop as the next on the road of the one before, all of them early enough; None if food does not keep."""
    stop = figure("work", "unload")
    last = found[before.meal.id]
    due = call.meal.at - lead(order, call, figure("work", "arrival_buffer"))
    arrive = last.arrive + stop + leg
    early = max(0, arrive - due)
    start = _start(found, before.meal.id) - early
    if call.meal.at - start > figure("work", "shared_trip") or not _keeps_for(order, call, start):
        return None
    _earlier(found, before.meal.id, early)
    found[before.meal.id] = replace(found[before.meal.id], goes_on=True)
    return Ride(arrive=arrive - early, drive=leg, host=before.meal.id, stays=False)


def _start(found: dict[str, Ride], meal: str) -> int:
    """When a trip with several drops leaves the base."""
    ride = found[meal]
    return _start(found, ride.host) if ride.host else ride.depart


def _earlier(found: dict[str, Ride], meal: str, minutes: int) -> None:
    """All drops of a trip, so many minutes earlier."""
    ride = found[meal]
    found[meal] = replace(ride, arrive=ride.arrive - minutes)
    if ride.host:
        _earlier(found, ride.host, minutes)


def _with_returns(away: Sequence[Call], planned: dict[str, Ride]) -> dict[str, Ride]:
    """The last van to come to a service stays for the strike; those before it drive back at once."""
    found = dict(planned)
    for call in away:
        ride = planned[call.meal.id]
        if ride.late:
            last = len(ride.late) - 1
            late = [trip._replace(stays=ride.stays and n == last) for n, trip in enumerate(ride.late)]
            found[call.meal.id] = replace(ride, late=tuple(late), stays=ride.shared)
    return found
