"""The call sheet, a row for each person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from catering_cli.render.clock import clock_time, stamp, until
from catering_cli.render.page import Column, Page, Part, Row, Section, Table
from catering_cli.render.places import base_id, place_name, vehicle_to
from catering_cli.render.stations import FLOOR, UNASSIGNED, station

if TYPE_CHECKING:
    from catering_cli.domain.plan import CateringPlan
    from catering_cli.domain.plan_parts.people import StaffLine
    from catering_cli.domain.plan_parts.timeline import Block

LONG_SHIFT = timedelta(hours=5)
TIME_OFF = timedelta(hours=6)
"""Off so long, people go home and come again."""

BREAK = timedelta(minutes=30)
"""A meal break of 30 minutes on a shift of more than 5 hours; the common rule of US states that have one; [K]."""

CALL_COLUMNS = (
    Column("Name", blank=True),
    Column("Person"),
    Column("Role"),
    Column("In", wide=True),
    Column("Out"),
    Column("Break"),
    Column("Station", wide=True),
    Column("Place", wide=True),
    Column("Ride", wide=True),
    Column("Here", tick=True),
)


@dataclass
class Person:
    """One of the people of a role, with the work that is dealt to them."""

    role: str
    number: int
    line: StaffLine
    work: list[tuple[datetime, datetime, Block]] = field(default_factory=list)

    @property
    def begins(self) -> datetime:
        """When they come: with their first task, else with their line of the staffing."""
        return min((start for start, _, _ in self.work), default=self.line.start)

    @property
    def ends(self) -> datetime:
        """When they go."""
        return max((end for _, end, _ in self.work), default=self.line.end)

    @property
    def shifts(self) -> list[tuple[datetime, datetime]]:
        """From when to when they are there: a long time off ends one shift and begins another."""
        found: list[tuple[datetime, datetime]] = []
        for start, end, _ in sorted(self.work, key=_by_start):
            if found and start - found[-1][1] < TIME_OFF:
                found[-1] = (found[-1][0], max(found[-1][1], end))
            else:
                found.append((start, end))
        return found or [(self.line.start, self.line.end)]

    def is_free(self, start: datetime) -> bool:
        """Whether they have no work that goes on then."""
        return self.free_from is None or self.free_from <= start

    def is_on_shift(self, start: datetime, end: datetime) -> bool:
        """Whether the staffing has them there all that time."""
        return self.line.start <= start and end <= self.line.end

    @property
    def free_from(self) -> datetime | None:
        """When their last task so far ends; None if they have none yet."""
        return max((end for _, end, _ in self.work), default=None)


def people(plan: CateringPlan) -> list[Person]:
    """Everyone who is called in, with the tasks of the timeline dealt to those who are free."""
    called = list(_called(plan))
    for start, end, role, block in sorted(_needs(plan), key=lambda need: (need[0], need[1], need[3].id)):
        person = _free(called, role, start, end)
        if person:
            person.work.append((start, end, block))
    return called


def _called(plan: CateringPlan) -> Iterator[Person]:
    numbers: Counter[str] = Counter()
    for line in plan.staffing:
        for _ in range(line.count):
            numbers[line.role] += 1
            yield Person(line.role, numbers[line.role], line)


def _needs(plan: CateringPlan) -> Iterator[tuple[datetime, datetime, str, Block]]:
    """Each head that a task needs, and for how long."""
    for block in plan.timeline.blocks:
        for crew in block.crew:
            for _ in range(crew.count):
                yield block.start, block.start + timedelta(minutes=crew.minutes), crew.role, block


def _free(called: list[Person], role: str, start: datetime, end: datetime) -> Person | None:
    """The one of the role who is on the shift and free; of several the one who works already."""
    of_role = [one for one in called if one.role == role]
    able = [one for one in of_role if one.is_free(start)]
    on_shift = [one for one in able if one.is_on_shift(start, end)]
    choice = on_shift or able
    return min(choice, key=lambda one: (not one.work, one.number), default=None)


def call_sheet_section(plan: CateringPlan, _: Page) -> Section:
    """A row for each person: role, in, out, break, station, place, ride."""
    called = sorted(people(plan), key=lambda one: (one.begins, one.role, one.number))
    rows = tuple(_call_row(person, plan) for person in called)
    parts: list[Part] = [Table(CALL_COLUMNS, rows, fold=20)] if rows else []
    return Section.of("call-sheet", "Call sheet", parts, empty="No one is called in.")


def _call_row(person: Person, plan: CateringPlan) -> Row:
    return (
        "",
        f"{person.role} {person.number}",
        person.role,
        "; ".join(stamp(start, plan.order) for start, _ in person.shifts),
        "; ".join(until(start, end, plan.order) for start, end in person.shifts),
        _break(person, plan),
        ", ".join(_stations(person)) or FLOOR,
        " / ".join(_places(person, plan)),
        _ride(person, plan),
        "",
    )


def _break(person: Person, plan: CateringPlan) -> str:
    """A meal break in the longest time off a long shift; if there is none it is taken in turns."""
    start, end = max(person.shifts, key=lambda shift: shift[1] - shift[0])
    if end - start <= LONG_SHIFT:
        return "10 min"
    there = [work for work in sorted(person.work, key=_by_start) if start <= work[0] < end]
    gaps = [(later[0] - earlier[1], earlier[1]) for earlier, later in pairwise(there)]
    longest, begins = max(gaps, default=(timedelta(0), start))
    if longest < BREAK:
        return "30 min in turn"
    return f"{clock_time(begins, plan.order)}, 30 min"


def _stations(person: Person) -> list[str]:
    """Where they work, the longest first."""
    spent: Counter[str] = Counter()
    for start, end, block in person.work:
        spent[station(block)] += int((end - start).total_seconds())
    if len(spent) > 1:
        del spent[UNASSIGNED]
    return [name for name, _ in spent.most_common(2)]


def _places(person: Person, plan: CateringPlan) -> list[str]:
    """The places in the order in which they are there; with no task of their own, where the guests are served."""
    if not person.work:
        return list(dict.fromkeys(place_name(plan, service.place) for service in plan.service))
    return list(dict.fromkeys(place_name(plan, block.place) for _, _, block in sorted(person.work, key=_by_start)))


def _by_start(worked: tuple[datetime, datetime, Block]) -> tuple[datetime, str]:
    return worked[0], worked[2].id


def _ride(person: Person, plan: CateringPlan) -> str:
    """How they come to the venue."""
    away = {block.place for _, _, block in person.work} - {base_id(plan)}
    if not person.work:
        away = {service.place for service in plan.service} - {base_id(plan)}
    if not away:
        return "own way"
    from_base = any(block.place == base_id(plan) for _, _, block in person.work)
    vehicle = vehicle_to(plan, min(away))
    return vehicle if from_base and vehicle else "own way to the venue"
