"""Who has which resource when, as bits: every minute of a resource is a field of one large integer.

A field holds the units in use and one bit above them. Adding the complement of the free room to all fields at once
carries into that bit if there is no room, so all starts at which a job fits come of a few operations on integers of a
kilobyte. A search that moves jobs a hundred thousand times is made of this.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from catering_cli.scheduling.backward_greedy import Found
from catering_cli.scheduling.network import Net
from catering_cli.scheduling.problem import Need, Resource, Spans, span

Bits = tuple[tuple[int, int], ...]
"""Resources by number, each with fields of bits."""


class _Asked(NamedTuple):
    """What a job asks of the scarce resources, each called by its number."""

    guards: tuple[tuple[int, Bits], ...]
    """by minutes: what carries into the top bit of a field that has no room"""
    shapes: Bits
    """the units in use in each field from the start on"""


class Board:
    """Jobs by index on their resources, from minute `first` on. Each need keeps the resource it has in `found`."""

    def __init__(self, net: Net, found: Found, first: int) -> None:
        self.net, self.first = net, first
        self.taken = [found.taken[job.id] for job in net.jobs]
        self.number = {resource: n for n, resource in enumerate(self._scarce())}
        self.width = self._most().bit_length() + 1
        """bits of a field"""
        self.flags = _fields(self._last() - first + 2, self.width) << (self.width - 1)
        """the top bit of every field"""
        self.used = [0] * len(self.number)
        self.allowed = [self._allowed(i) for i in range(len(net))]
        asked = [self._asked(i) for i in range(len(net))]
        self.guards = [one.guards for one in asked]
        self.shapes = [one.shapes for one in asked]
        self.twice = {i for i, one in enumerate(asked) if _repeats(one)}
        """jobs that need one resource twice: they stay where they are"""
        self.start = [0] * len(net)
        for i, job in enumerate(net.jobs):
            self.put(i, found.placement[job.id])

    def _scarce(self) -> list[Resource]:
        """Resources that have fewer units than all jobs together ask for; the others never stand in the way."""
        asked: Counter[Resource] = Counter()
        for job, taken in zip(self.net.jobs, self.taken, strict=True):
            for need, resource in zip(job.needs, taken, strict=True):
                if need.minutes:
                    asked[resource] += need.count
        scarce = []
        for resource, count in asked.items():
            if count > self.net.problem.capacities.get(resource, 0) > 0:
                scarce.append(resource)
        return sorted(scarce)

    def _most(self) -> int:
        """The most units that there are of a scarce resource."""
        there = self.net.problem.capacities
        return max((there[resource] for resource in self.number), default=1)

    def _last(self) -> int:
        """The last minute at which any job could still go on."""
        last = 0
        for job, high in zip(self.net.jobs, self.net.high, strict=True):
            longest = max([job.minutes, *(need.minutes for need in job.needs)])
            last = max(last, high + longest)
        return last

    def _allowed(self, i: int) -> int:
        """The flags of all starts that waits and openings allow."""
        allowed = 0
        for earliest, latest in self._start_spans(i):
            if earliest <= latest:
                allowed |= _below(latest - earliest + 1, self.width) << self._at(earliest)
        return allowed & self.flags

    def _start_spans(self, i: int) -> Spans:
        """From when to when a job may start."""
        job = self.net.jobs[i]
        low = max(self.net.low[i], self.first)
        high = self.net.high[i]
        openings = self.net.problem.openings.get(job.place)
        if job.attended is None or openings is None:
            return ((low, high),)
        spans = []
        for opened, closed in openings:
            spans.append((max(low, opened), min(high, closed - job.attended)))
        return tuple(spans)

    def _asked(self, i: int) -> _Asked:
        guards: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        shapes = []
        needs = self.net.jobs[i].needs
        for need, resource in zip(needs, self.taken[i], strict=True):
            number = self.number.get(resource)
            if need.minutes and number is not None:
                guards[need.minutes].append((number, self._guard(need, resource)))
                shapes.append((number, need.count * _fields(need.minutes, self.width)))
        by_minutes = [(minutes, tuple(rows)) for minutes, rows in guards.items()]
        return _Asked(tuple(by_minutes), tuple(shapes))

    def _guard(self, need: Need, resource: Resource) -> int:
        """What carries into the flag of each field in which a resource has no room for a need."""
        room = self.net.problem.capacities[resource] - need.count
        most = (1 << (self.width - 1)) - 1
        return (most - room) * (self.flags >> (self.width - 1))

    def _at(self, minute: int) -> int:
        """The first bit of a minute's field."""
        return (minute - self.first) * self.width

    def put(self, i: int, at: int) -> None:
        """Job i from minute `at` on; whether it fits is not asked."""
        position = (at - self.first) * self.width
        for n, shape in self.shapes[i]:
            self.used[n] += shape << position
        self.start[i] = at

    def lift(self, i: int) -> None:
        """Take job i off the board; its start stays known."""
        position = (self.start[i] - self.first) * self.width
        for n, shape in self.shapes[i]:
            self.used[n] -= shape << position

    def clear(self) -> None:
        """Take all jobs off the board."""
        self.used = [0] * len(self.used)

    def latest(self, i: int, low: int, high: int) -> int | None:
        """The latest start in [low, high] at which job i fits."""
        if high < low:
            return None
        free = self._free(i) & ((1 << self._at(high + 1)) - 1)
        if not free:
            return None
        at = (free.bit_length() - 1) // self.width + self.first
        return at if at >= low else None

    def earliest(self, i: int, low: int) -> int | None:
        """The earliest start at or after `low` at which job i fits."""
        free = self._free(i) >> self._at(low)
        if not free:
            return None
        lowest = free & -free
        return (lowest.bit_length() - 1) // self.width + low

    def _free(self, i: int) -> int:
        """The flags of all starts at which the place is open and every need is met for as long as it lasts."""
        used, flags, width = self.used, self.flags, self.width
        out = self.allowed[i]
        for minutes, guards in self.guards[i]:
            full = 0
            for n, guard in guards:
                full |= used[n] + guard
            full &= flags
            size = 1
            while size * 2 <= minutes:
                full |= full >> (size * width)
                size *= 2
            if size < minutes:
                full |= full >> ((minutes - size) * width)
            out &= ~full
        return out

    def span(self) -> int:
        """Minutes from the first start to minute 0."""
        return span(self.net.jobs, self.start)

    def found(self, start: Iterable[int]) -> Found:
        """Starts by index as a placement."""
        ids = [job.id for job in self.net.jobs]
        return Found(
            placement=dict(zip(ids, start, strict=True)),
            taken=dict(zip(ids, self.taken, strict=True)),
            rule="moved",
        )


def _repeats(asked: _Asked) -> bool:
    """Whether a job asks for one resource twice."""
    numbers = [number for number, _ in asked.shapes]
    return len(set(numbers)) < len(numbers)


def _fields(count: int, width: int) -> int:
    """So many fields that hold 1 each."""
    return _below(count, width) // ((1 << width) - 1)


def _below(count: int, width: int) -> int:
    """All bits of so many fields."""
    return (1 << (count * width)) - 1
