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
    there = [one for one in fleet if one.kind == kind and one.free <= drive.start]
    if BACK in parts_of(drive):
        out = [one for one in there if one.place == drive.place]
        theirs = [one for one in out if _came_for(one) == trip_of(drive)]
        if out:
            return min(theirs or out, key=_since)
    away = [one for one in there if one.place != base]
    if away and not loaded:
        return max(away, key=_since)
    free = [one for one in there if one.place == base]
    if free:
        return free[0]
    fleet.append(Vehicle(kind, base, drive.start))
    return fleet[-1]


def _came_for(vehicle: Vehicle) -> str:
    return trip_of(vehicle.trips[-1].block)


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
        ways = [(vehicle, number) for vehicle in fleet for number in _later(vehicle, load, service)]
        if ways:
            vehicle, number = ways[0]
            vehicle.trips.insert(number, Trip(load, vehicle.trips[number].start, "", service))


def _later(vehicle: Vehicle, load: Block, service: ServiceLine | None) -> list[int]:
    """Numbers of the vehicle's drives to that service's place that begin after the load."""
    place = service.place if service else ""
    trips = enumerate(vehicle.trips)
    return [number for number, trip in trips if trip.end == place and trip.block.start >= load.end]
