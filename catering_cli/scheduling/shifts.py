"""Work dealt out to people as shifts: no longer than a shift may be, paid for a least call, with rest in between.

Minutes are integers on one line of time; which day a minute is on does not matter here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, NamedTuple, TypeVar

AnyTask = TypeVar("AnyTask", bound=tuple[Any, ...])
"""A task whose first two members are its start and end: minutes, or moments of a calendar."""
Task = tuple[int, int]
"""First and last minute of work of one person."""


class ShiftLimits(NamedTuple):
    """What a shift may be, in minutes."""

    longest: int
    """most on duty"""
    call: int
    """least that is paid for"""
    rest: int
    """least between two shifts of a person, if there is one who has had it"""
    break_after: int
    """a shift that is longer has a break"""
    pause: int
    """length of a break"""


@dataclass(slots=True)
class Shift:
    """One person's time on duty, with the work in it."""

    start: int
    end: int
    tasks: list[Task] = field(default_factory=list)
    who: int = 0

    @property
    def minutes(self) -> int:
        """Paid minutes: gaps between tasks are paid."""
        return self.end - self.start


def dealt(tasks: Iterable[Task], limits: ShiftLimits, until: int | None = None) -> list[Shift]:
    """The shifts of as few people as the tasks allow, in order of start, each with its person's number from 1.

    Each task, in order of start, goes to who was last busy and is free by then, as long as the shift gets no longer
    than it may. A short shift is filled up to the least call, not beyond minute `until` if it can begin earlier.
    """
    shifts: list[Shift] = []
    for start, end in sorted(tasks):
        not_too_long = [one for one in shifts if end - one.start <= limits.longest]
        free = [one for one in not_too_long if one.end <= start]
        if free:
            last = max(free, key=lambda one: one.end)
            last.end = end
            last.tasks.append((start, end))
        else:
            shifts.append(Shift(start, end, [(start, end)]))
    _number(shifts, limits.rest)
    then: dict[int, int] = {}
    for n, shift in reversed(list(enumerate(shifts))):
        before = max((one.end + limits.rest for one in shifts[:n] if one.who == shift.who), default=-_NEVER)
        next_rest = then.get(shift.who, _NEVER) - limits.rest
        _fill(shift, limits.call, before, min(next_rest, _NEVER if until is None else until))
        then[shift.who] = shift.start
    return shifts


_NEVER = 10**9


def _fill(shift: Shift, call: int, rested: int, until: int) -> None:
    """The least call: longer at its end as far as the day and the rest before the next one go, then earlier.

    Not before minute `rested`, when the rest after the person's last shift is over: then longer at its end after all.
    """
    short = max(0, call - shift.minutes)
    later = max(0, min(short, until - shift.end))
    earlier = max(0, min(short - later, shift.start - rested))
    shift.start -= earlier
    shift.end += short - earlier


def _number(shifts: list[Shift], rest: int) -> None:
    """Who has each shift: the person who has rested longest, or one more if none has rested long enough."""
    shifts.sort(key=lambda one: (one.start, one.end))
    ends: list[int] = []
    for shift in shifts:
        rested = [n for n, end in enumerate(ends) if end + rest <= shift.start]
        if rested:
            person = min(rested, key=lambda n: ends[n])
            ends[person] = shift.end
        else:
            person = len(ends)
            ends.append(shift.end)
        shift.who = person + 1


def breaks(shift: Shift, limits: ShiftLimits) -> list[Task]:
    """The break of a long shift: in its idle time nearest the middle, else between two tasks, by someone's relief."""
    if shift.minutes <= limits.break_after:
        return []
    middle = (shift.start + shift.end) // 2
    idle = [gap for gap in _gaps(shift) if gap[1] - gap[0] >= limits.pause]
    if idle:
        low, high = min(idle, key=lambda gap: abs(sum(gap) // 2 - middle))
        start = min(max(middle - limits.pause // 2, low), high - limits.pause)
    else:
        turns = [end for _, end in shift.tasks if end + limits.pause <= shift.end]
        start = min(turns, key=lambda end: abs(end - middle), default=middle)
    return [(start, start + limits.pause)]


def _gaps(shift: Shift) -> Sequence[Task]:
    """Idle times of a shift."""
    edges = [shift.start, *chain.from_iterable(shift.tasks), shift.end]
    return [(edges[n], edges[n + 1]) for n in range(0, len(edges), 2)]


def paid(shifts: Iterable[Shift]) -> int:
    """Paid minutes of all shifts."""
    return sum(shift.minutes for shift in shifts)


def most_at_once(tasks: Iterable[tuple[Any, ...]]) -> int:
    """The most people at work at one moment."""
    changes: Counter[Any] = Counter()
    for start, end, *_ in tasks:
        changes[start] += 1
        changes[end] -= 1
    now = most = 0
    for moment in sorted(changes):
        now += changes[moment]
        most = max(most, now)
    return most


def at_services(tasks: Iterable[AnyTask], count: int, services: Iterable[AnyTask]) -> list[AnyTask]:
    """The work of a role with so many people at each service, if its work never takes so many at once.

    Those beyond what the schedule needs are there all the time.
    """
    found = list(tasks)
    for service in services if most_at_once(found) < count else ():
        before_its_end = [task for task in found if task[0] < service[1]]
        busy = most_at_once(task for task in before_its_end if service[0] < task[1])
        found += [service] * max(0, count - busy)
    return found
