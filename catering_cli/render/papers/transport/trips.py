"""Which vehicle drives which way, when, with what: the drives of the timeline dealt to the vehicles that make them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Final

from catering_cli.render.places import VAN, base_id, trip_service, vehicle_to
from catering_cli.render.wording import plain_name

if TYPE_CHECKING:
    from catering_cli.domain.plan import CateringPlan
    from catering_cli.domain.plan_parts.people import ServiceLine
    from catering_cli.domain.plan_parts.timeline import Block

BACK: Final = "back"


@dataclass(frozen=True, slots=True)
class Trip:
    """A drive from place to place, or what is loaded before one."""

    block: Block
    start: str
    """id of the place"""
    end: str
    """id of the place; empty: it is loaded"""
    service: ServiceLine | None

    @property
    def is_back(self) -> bool:
        """Whether it is the way home."""
        return BACK in parts_of(self.block)


@dataclass(slots=True)
class Vehicle:
    """One vehicle, where it is, and its trips in order of time."""

    kind: str
    place: str
    free: datetime
    trips: list[Trip] = field(default_factory=list)

    def is_able(self, kind: str, start: datetime) -> bool:
        """Whether it is of that kind and free by then."""
        return self.kind == kind and self.free <= start


def parts_of(block: Block) -> tuple[str, ...]:
    """What tells the trips of a service apart: service.dinner.drive.back.main is back, main."""
    behind = block.id.rpartition(f".{block.kind}")[2]
    return tuple(part for part in behind.split(".") if part)


def vehicles(plan: CateringPlan) -> list[Vehicle]:
    """Each vehicle with its trips; what is loaded stands before the drive on which it goes."""
    loads = {_way(block): block for block in plan.timeline.blocks if block.kind == "load"}
    fleet: list[Vehicle] = []
    for drive in sorted((one for one in plan.timeline.blocks if one.kind == "drive"), key=_by_time):
        load = loads.pop(_way(drive), None)
        vehicle = _of(drive, fleet, plan, loaded=load is not None)
        if load:
            vehicle.trips.append(Trip(load, vehicle.place, "", _service(load, plan)))
        there = base_id(plan) if BACK in parts_of(drive) else drive.place
        vehicle.trips.append(Trip(drive, vehicle.place, there, _service(drive, plan)))
        vehicle.place, vehicle.free = there, drive.end
    _load_with_others(loads.values(), fleet, plan)
    return fleet


def _by_time(block: Block) -> tuple[datetime, str]:
    return block.start, block.id


def _way(block: Block) -> tuple[str, tuple[str, ...]]:
    return trip_of(block), parts_of(block)


def trip_of(block: Block) -> str:
    """The id of the service that a trip is for, whatever the name of the trip."""
    return block.id.removeprefix("service.").rpartition(f".{block.kind}")[0]


def _service(block: Block, plan: CateringPlan) -> ServiceLine | None:
    wanted = (trip_of(block), trip_service(block))
    alone = plan.service[0] if len(plan.service) == 1 else None
    return next((one for one in plan.service if one.id in wanted), alone)


def _of(drive: Block, fleet: list[Vehicle], plan: CateringPlan, *, loaded: bool) -> Vehicle:
    """Who drives.

    Back: the vehicle that came for that service, else the one that is longest there. On to a further stop: the one that
    came last. Else a free one of the kitchen's.
    """
    kind = _kind(drive, plan)
    base = base_id(plan)
    able = [one for one in fleet if one.is_able(kind, drive.start)]
    out = [one for one in able if one.place == drive.place]
    if out and BACK in parts_of(drive):
        return _goes_back(out, drive)
    away = [one for one in able if one.place != base]
    if away and not loaded:
        return max(away, key=_since)
    at_base = [one for one in able if one.place == base]
    if at_base:
        return at_base[0]
    fleet.append(Vehicle(kind, base, drive.start))
    return fleet[-1]


def _goes_back(out: list[Vehicle], drive: Block) -> Vehicle:
    came_for_it = [one for one in out if trip_of(one.trips[-1].block) == trip_of(drive)]
    return min(came_for_it or out, key=_since)


def _since(vehicle: Vehicle) -> datetime:
    return vehicle.free


def _kind(block: Block, plan: CateringPlan) -> str:
    """The vehicle that a drive takes."""
    if block.equipment:
        return plain_name(block.equipment[0].name)
    service = _service(block, plan)
    return (vehicle_to(plan, service.place) if service else "") or VAN


def _load_with_others(loads: Iterable[Block], fleet: list[Vehicle], plan: CateringPlan) -> None:
    """What is loaded for a service that shares another's drive goes on the next vehicle to its place."""
    for load in loads:
        service = _service(load, plan)
        for vehicle in fleet:
            number = _next_way(vehicle, load, service)
            if number is not None:
                vehicle.trips.insert(number, Trip(load, vehicle.trips[number].start, "", service))
                break


def _next_way(vehicle: Vehicle, load: Block, service: ServiceLine | None) -> int | None:
    """Number of the vehicle's first drive to that service's place that begins after the load."""
    place = service.place if service else ""
    for number, trip in enumerate(vehicle.trips):
        if trip.end == place and trip.block.start >= load.end:
            return number
    return None
