"""The event's own work: plate, pack, load, drive, set up, hold, serve, strike, for each service and its drive."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from catering_cli.data.equipment_names import equipment_name
from catering_cli.data.tables import figure
from catering_cli.domain.order import Order
from catering_cli.kitchen.day.event_times import COURSES, course_times, size, taken, transport
from catering_cli.kitchen.day.work import After, Work
from catering_cli.kitchen.menu.clock import base_id
from catering_cli.kitchen.menu.services import Meal, row
from catering_cli.scheduling.problem import Need, Resource


class End(NamedTuple):
    """A last piece of work on a dish for one service."""

    course: str
    after: After
    """the wait for it, with the longest until the service"""
    away: bool
    """whether it is done at the venue"""

    @property
    def work(self) -> str:
        """Its id."""
        return self.after.work

    @property
    def done(self) -> After:
        """The wait for it alone, however long."""
        return After(self.work)


def jobs(
    order: Order,
    meal: Meal,
    courses: Collection[str],
    ends: Sequence[End],
) -> list[Work]:
    """The work of one service; `courses` are those of its dishes, `ends` what its food waits for."""
    service = _Service(order, meal, courses)
    late = service.late(ends)
    early = [end for end in ends if end not in late]
    works = service.main_trip(early) if meal.away else [service.set_up()]
    ready = After(works[-1].id)
    drives: dict[str, str] = {}
    for moment, group in service.by_moment(late):
        trip = service.late_trip(moment, group)
        drives.update({end.work: trip[-1].id for end in group})
        works += trip
    plates = service.plates(ends, drives) if meal.style == "plated" else []
    serve = service.serve([ready, *service.food(ends, plates, drives)])
    return [*works, *plates, serve, *service.strike()]


@dataclass(frozen=True, slots=True)
class _Service:
    """One service of an order, and what work it takes."""

    order: Order
    meal: Meal
    courses: Collection[str]

    @property
    def base(self) -> str:
        """Where the food is made."""
        return base_id(self.order)

    def taken(self, end: End) -> int:
        """Minute at which a dish leaves the kitchen's hands."""
        return taken(self.meal, end.course, self.courses, self.order)

    def late(self, ends: Sequence[End]) -> list[End]:
        """Food that keeps too shortly for the main trip: it is cooked last and driven behind. Boxes go together."""
        if not self.meal.away or self.meal.style == "boxed":
            return []
        trip = transport(self.meal, self.order) + figure("work", "trip_slack")
        short = {end.work for end in ends if self._is_short(end, trip)}
        return [end for end in ends if end.work in short]

    def _is_short(self, end: End, trip: int) -> bool:
        """Whether food goes stale on a trip of so many minutes before the service."""
        limit = end.after.limit
        if end.away or limit is None:
            return False
        return limit < trip + self.taken(end) - self.meal.at

    def by_moment(self, ends: Iterable[End]) -> list[tuple[int, list[End]]]:
        """What leaves the kitchen's hands at the same minute, in order of time."""
        groups: dict[int, list[End]] = defaultdict(list)
        for end in ends:
            groups[self.taken(end)].append(end)
        return sorted(groups.items())

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

    def set_up(self) -> Work:
        """The tables, set up where the food is made, so that they are ready at the service."""
        work = self._work("set_up", self.meal.place, ())
        ready = self.meal.at - row("hold", self.meal.style).minutes
        return replace(work, latest=ready - work.minutes)

    def main_trip(self, ends: Iterable[End]) -> list[Work]:
        """From packing to holding at the venue, of all food that keeps so long."""
        pack = self._at_base("pack", [end.done for end in ends if not end.away])
        load = self._at_base("load", [After(pack.id)])
        drive = self._drive(After(load.id))
        set_up = self._work("set_up", self.meal.place, [After(drive.id)])
        hold = self._work("hold", self.meal.place, [After(set_up.id)])
        return [pack, load, drive, set_up, hold]

    def late_trip(self, moment: int, ends: Sequence[End]) -> list[Work]:
        """Pack, load and drive of what is cooked last; it arrives when its plating or service begins."""
        name = "hot"
        if self.meal.style == "plated":
            name = next((group[0] for group in COURSES if ends[0].course in group), name)
        pack = self._at_base("late_pack", [end.done for end in ends], name)
        load = self._at_base("late_load", [After(pack.id)], name)
        drive = self._drive(After(load.id), name)
        return [pack, load, replace(drive, latest=moment - self.meal.drive)]

    def _drive(self, after: After, name: str = "") -> Work:
        """A trip to the guests or back. The vans are the base's: one that has brought something is back later."""
        meal = self.meal
        work = self._work("drive", meal.place, [after], name)
        away = meal.drive if name == "back" else 2 * meal.drive
        van = Resource("equipment", equipment_name(meal.vehicle or "van"), self.base)
        people = [replace(need, minutes=meal.drive) for need in work.needs]
        return replace(work, minutes=meal.drive, needs=(Need((van,), 1, away), *people))

    def plates(self, ends: Sequence[End], drives: Mapping[str, str]) -> list[Work]:
        """One plating a course, ending when the course is served; it waits for the dishes of that course."""
        times = course_times(self.meal, self.courses, self.order)
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
        if self.meal.away:
            brought = [After(drives.get(end.work, self._main_drive)) for end in mine]
            arrived = brought or [After(self._main_drive)]
            work = self._work("plate", self.meal.place, [*food, *arrived], group[0])
        else:
            work = self._at_base("plate", food, group[0])
        start = served - work.minutes
        return replace(work, earliest=start, latest=start)

    @property
    def _main_drive(self) -> str:
        """The id of the drive that brings all that is not on a late trip."""
        return f"{self.meal.id}.drive"

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

    def serve(self, after: Iterable[After]) -> Work:
        """The service itself."""
        start, end = self.meal.at, self.meal.until
        work = self._work("serve", self.meal.place, after)
        needs = [replace(need, minutes=end - start) for need in work.needs]
        return replace(work, minutes=end - start, needs=tuple(needs), earliest=start, latest=start)

    def strike(self) -> list[Work]:
        """Strike and the way back, fixed to the end of the service; a drop-off has neither."""
        if not row("strike", self.meal.style).minutes:
            return []
        start = self.meal.until
        work = self._work("strike", self.meal.place, [After(f"{self.meal.id}.serve")])
        strike = replace(work, earliest=start, latest=start)
        if not self.meal.away:
            return [strike]
        start += strike.minutes
        label = f"Drive back{self._in_brackets()}"
        back = self._drive(After(strike.id), "back")
        return [strike, replace(back, label=label, earliest=start, latest=start)]


def _waited_for(works: Iterable[Work]) -> set[str]:
    """Ids of all that some work waits for."""
    names: set[str] = set()
    for work in works:
        names.update(after.work for after in work.after)
    return names
