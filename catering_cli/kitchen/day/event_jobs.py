"""The event's own work: plate, pack, load, drive, set up, hold, serve, strike, for each service and its drive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from catering_cli.data.equipment_names import equipment_name
from catering_cli.data.tables import figure
from catering_cli.domain.order import Order
from catering_cli.kitchen.day.event_times import COURSES, course_times, over, size
from catering_cli.kitchen.day.resources import EVERYWHERE
from catering_cli.kitchen.day.riders import Call, End, line, riders, there
from catering_cli.kitchen.day.trips import Late, Ride
from catering_cli.kitchen.day.work import After, Work
from catering_cli.kitchen.menu.clock import base_id
from catering_cli.kitchen.menu.services import Meal, row
from catering_cli.scheduling.problem import Need, Resource


def jobs(order: Order, calls: Sequence[Call], rides: Mapping[str, Ride]) -> list[Work]:
    """The work of all services."""
    works: list[Work] = []
    for call in calls:
        ride = rides.get(call.meal.id)
        hosts = [other for other in calls if _comes_with(rides, other, call)]
        service = _Service(order, call, ride, tuple(hosts))
        works += service.work(call.ends)
    return works


def _comes_with(rides: Mapping[str, Ride], other: Call, call: Call) -> bool:
    """Whether the food of another service is loaded with that of this one."""
    ride = rides.get(other.meal.id)
    return ride is not None and _carrier(rides, ride) == call.meal.id


def _carrier(rides: Mapping[str, Ride], ride: Ride) -> str:
    """The service whose load a ride comes with, over any number of drops; empty: its own."""
    return ride.host and (_carrier(rides, rides[ride.host]) or ride.host)


@dataclass(frozen=True, slots=True)
class _Service:
    """One service of an order, how it is brought, and what work it takes."""

    order: Order
    call: Call
    ride: Ride | None
    """None: it is where the food is made"""
    with_it: tuple[Call, ...]
    """other services whose food is loaded with its own"""

    @property
    def meal(self) -> Meal:
        """The service."""
        return self.call.meal

    @property
    def base(self) -> str:
        """Where the food is made."""
        return base_id(self.order)

    @property
    def crew(self) -> str:
        """Whose riders do its work at the venue."""
        return self.ride.crew(self.meal.id) if self.ride else EVERYWHERE

    def work(self, every: Sequence[End]) -> list[Work]:
        """All its work, in the order in which it is done."""
        ends = [end for end in every if not end.wave]
        ride = self.ride
        late = ride.late if ride else ()
        behind = {end.work for trip in late for end in trip.ends}
        early = [end for end in ends if end.work not in behind]
        works = self.main_trip(ride, early) if ride else [self.set_up()]
        ready = After(works[-1].id)
        drives: dict[str, str] = {}
        for trip in late:
            behind_it = self.late_trip(trip)
            drives.update({end.work: f"{self.meal.id}.drive.{trip.name}" for end in trip.ends})
            works += behind_it
        plates = self.plates(ends, drives) if self.meal.style == "plated" else []
        serve = self.serve([ready, *self.food(ends, plates, drives)], plates)
        refills = self.refills([end for end in every if end.wave])
        return [*works, *plates, serve, *refills, *self.strike()]

    def refills(self, ends: Sequence[End]) -> Iterator[Work]:
        """What goes out in later waves, each when the one before it is eaten."""
        waves: dict[int, list[End]] = {}
        for end in ends:
            waves.setdefault(end.wave, []).append(end)
        for minutes in sorted(waves):
            start = self.meal.at + minutes
            work = self._work("refill", self.meal.place, [end.after for end in waves[minutes]], str(minutes))
            names = ", ".join(dict.fromkeys(end.dish for end in waves[minutes]))
            yield replace(work, label=f"Refill: {names}{self._in_brackets()}", earliest=start, latest=start)

    def _work(self, kind: str, place: str, after: Iterable[After], name: str = "") -> Work:
        """A piece of the event's work; `name` tells trips and platings of one service apart."""
        minutes, needs = size(kind, self.meal, self.order)
        shown = kind.removeprefix("late_")
        part = f" {name}" if name else ""
        return Work(
            id=f"{self.meal.id}.{shown}.{name}" if name else f"{self.meal.id}.{shown}",
            kind=shown,
            label=f"{shown.replace('_', ' ').capitalize()}{part}{self._in_brackets()}",
            minutes=minutes,
            place=place,
            needs=needs,
            after=tuple({wait.work: wait for wait in after}.values()),
            portions=self.meal.guests,
        )

    def _in_brackets(self) -> str:
        return f" ({self.meal.service})" if self.meal.service else ""

    def _at_base(self, kind: str, after: Iterable[After], name: str = "") -> Work:
        """Work that is done while the kitchen is open."""
        work = self._work(kind, self.base, after, name)
        return replace(work, attended=work.minutes)

    def set_up(self, *after: After) -> Work:
        """The tables, so that they are ready at the service; of a drop, its hand-over by the driver who has come."""
        work = self._work("set_up", self.meal.place, after)
        ready = self.meal.at - row("hold", self.meal.style).minutes
        if self.ride and not row("strike", self.meal.style).minutes:
            needs = tuple(there(need, self.crew) for need in work.needs)
            return replace(work, needs=needs, earliest=self.ride.arrive, latest=self.ride.arrive)
        return replace(work, latest=ready - work.minutes)

    def main_trip(self, ride: Ride, ends: Iterable[End]) -> list[Work]:
        """From packing to holding at the venue, of all food that keeps so long."""
        pack = self._at_base("pack", [end.done for end in ends if not end.away])
        works = [pack]
        if not ride.host:
            packs = [After(pack.id), *(After(f"{call.meal.id}.pack") for call in self.with_it)]
            works.append(self._at_base("load", packs))
        if not ride.shared:
            after = After(f"{ride.host}.set_up") if ride.host else After(works[-1].id)
            works.append(self._drive(after, ride))
        arrived = After(f"{ride.host}.drive" if ride.shared else f"{self.meal.id}.drive")
        set_up = self.set_up(arrived, *([After(pack.id)] if ride.host else []))
        hold = self._work("hold", self.meal.place, [After(set_up.id)])
        works += [set_up, hold]
        if not ride.shared and not ride.stays and not ride.goes_on:
            name = "back.empty" if self._is_struck() else "back"
            works.insert(-2, self._back(name, ride.arrive + figure("work", "unload"), [arrived]))
        return works

    def _drive(self, after: After, ride: Ride) -> Work:
        """The drive out; van, driver and who rides along are away until the drive back begins."""
        until = self._leaves(ride) if ride.stays else ride.arrive + figure("work", "unload")
        work = self._trip(after, "", ride.depart, ride.drive, until)
        crew = self._riders()
        if crew is None:
            return work
        away = self._leaves(ride) - ride.depart
        return replace(work, needs=(*work.needs, replace(crew, minutes=away)))

    def _riders(self) -> Need | None:
        """Cooks who ride along, also for the services that share the trip."""
        return riders(self.order, [self.call, *self._shared()])

    def _shared(self) -> list[Call]:
        """Services at the same place that come with this one's trip."""
        return [call for call in self.with_it if call.meal.place == self.meal.place]

    def _leaves(self, ride: Ride) -> int:
        """When the drive back after the strike begins."""
        calls = (self.call, *self._shared())
        struck = [self._over(call) + size("strike", call.meal, self.order)[0] for call in calls]
        return max(struck) if self._is_struck() else ride.arrive + figure("work", "unload")

    def _over(self, call: Call) -> int:
        return over(call.meal, call.courses, self.order)

    def _is_struck(self) -> bool:
        return bool(row("strike", self.meal.style).minutes)

    def _trip(self, after: After, name: str, depart: int, minutes: int, until: int) -> Work:
        """A drive with van and driver, who are away until a minute."""
        work = self._work("drive", self.meal.place, [after], name)
        away = max(minutes, until - depart)
        van = Resource("equipment", equipment_name(self.meal.vehicle or "van"), self.base)
        people = [replace(need, minutes=away) for need in work.needs]
        needs = (Need((van,), 1, away), *people)
        return replace(work, minutes=minutes, needs=needs, earliest=depart, latest=depart)

    def _back(self, name: str, start: int, after: Iterable[After]) -> Work:
        """A drive back to the base."""
        waits = list(after)
        work = self._trip(waits[0], name, start, self.meal.drive, start + self.meal.drive)
        part = name.removeprefix("back").replace(".", " ")
        return replace(work, label=f"Drive back{part}{self._in_brackets()}")

    def late_trip(self, trip: Late) -> list[Work]:
        """Pack, load and drive of what is cooked last; van and driver drive back unless they stay for the strike."""
        pack = self._at_base("late_pack", [end.done for end in trip.ends], trip.name)
        load = self._at_base("late_load", [After(pack.id)], trip.name)
        arrive = trip.depart + self.meal.drive
        unloaded = arrive + figure("work", "unload")
        assert self.ride is not None
        until = self._leaves(self.ride) if trip.stays else unloaded
        drive = self._trip(After(load.id), trip.name, trip.depart, self.meal.drive, until)
        works = [pack, load, drive]
        if not trip.stays:
            works.append(self._back(f"back.{trip.name}", unloaded, [After(drive.id)]))
        return works

    def plates(self, ends: Sequence[End], drives: Mapping[str, str]) -> list[Work]:
        """One plating a course, ending when the course is served; it waits for the dishes of that course."""
        times = course_times(self.meal, self.call.courses, self.order)
        return [self._plate(group, times[group[0]], ends, drives) for group in COURSES if group[0] in times]

    def _plate(
        self,
        group: Sequence[str],
        served: int,
        ends: Sequence[End],
        drives: Mapping[str, str],
    ) -> Work:
        mine = [end for end in ends if end.course in group]
        food = [end.after for end in mine]
        if self.ride:
            brought = [After(drives.get(end.work, self._main_drive)) for end in mine]
            arrived = brought or [After(self._main_drive)]
            work = self._work("plate", self.meal.place, [*food, *arrived], group[0])
            work = replace(work, needs=tuple(there(need, self.crew) for need in work.needs))
        else:
            work = self._at_base("plate", food, group[0])
        start = served - work.minutes
        return replace(work, earliest=start, latest=start)

    @property
    def _main_drive(self) -> str:
        """The id of the drive that brings all that is not on a late trip."""
        host = self.ride.host if self.ride and self.ride.shared else self.meal.id
        return f"{host}.drive"

    def food(
        self,
        ends: Sequence[End],
        plates: Sequence[Work],
        drives: Mapping[str, str],
    ) -> Iterator[After]:
        """What the service waits for: platings that end by then, food that is not plated, and the late drives."""
        for plate in plates:
            assert plate.latest is not None
            if plate.latest + plate.minutes <= self.meal.at:
                yield After(plate.id)
        plated = _waited_for(plates)
        left = [end for end in ends if end.work not in plated]
        yield from (end.after for end in left)
        yield from (After(drives[end.work]) for end in left if end.work in drives)

    def serve(self, after: Iterable[After], plates: Sequence[Work]) -> Work:
        """The service itself, with a cook at the line until its food is all out."""
        start, end = self.meal.at, self.meal.until
        work = self._work("serve", self.meal.place, after)
        needs = [replace(need, minutes=end - start) for need in work.needs]
        out = max((plate.latest + plate.minutes for plate in plates if plate.latest is not None), default=end)
        cooks = [replace(need, minutes=min(out, end) - start) for need in line(self.order, self.meal)]
        if self.ride:
            cooks = [there(need, self.crew) for need in cooks]
        kept = [need for need in cooks if need.minutes > 0]
        return replace(work, minutes=end - start, needs=(*needs, *kept), earliest=start, latest=start)

    def strike(self) -> list[Work]:
        """Strike and the way back, once the last course is out; a drop-off has neither."""
        if not self._is_struck():
            return []
        start = self._over(self.call)
        work = self._work("strike", self.meal.place, [After(f"{self.meal.id}.serve")])
        strike = replace(work, earliest=start, latest=start)
        if self.ride is None or self.ride.shared:
            return [strike]
        return [strike, self._home(strike)]

    def _home(self, strike: Work) -> Work:
        """The drive back after the strike, with the cooks who rode along."""
        assert self.ride is not None
        back = self._back("back", self._leaves(self.ride), [After(strike.id)])
        crew = self._riders()
        return back if crew is None else replace(back, needs=(*back.needs, replace(crew, minutes=back.minutes)))


def _waited_for(works: Iterable[Work]) -> set[str]:
    """Ids of all that some work waits for."""
    names: set[str] = set()
    for work in works:
        names.update(after.work for after in work.after)
    return names
