"""Who has which resource when, as bits: every minute of a resource is a field of one large integer.

A field holds the units in use and one bit above them. Adding the complement of the free room to all fields at once
carries into that bit wherever there is no room, so all starts at which a job fits come of a few operations on
integers of a kilobyte. A search that moves jobs a hundred thousand times is made of this.
"""

from __future__ import annotations

from collections.abc import Iterable

from catering_cli.scheduling.backward_greedy import Found
from catering_cli.scheduling.network import Net
from catering_cli.scheduling.problem import Need, Resource, span


class Board:
    """Jobs by index on their resources, from minute `first` on. Each need keeps the resource it has in `found`."""

    def __init__(self, net: Net, found: Found, first: int) -> None:
        self.net, self.first = net, first
        self.taken = [found.taken[job.id] for job in net.jobs]
        scarce = self._scarce()
        index = {resource: n for n, resource in enumerate(scarce)}
        most = max((net.problem.capacities[resource] for resource in scarce), default=1)
        self.width = most.bit_length() + 1
        ends = [net.high[i] + max([job.minutes, *(n.minutes for n in job.needs)]) for i, job in enumerate(net.jobs)]
        self.flags = _fields(max(ends, default=0) - first + 2, self.width) << (self.width - 1)
        self.used = [0] * len(scarce)
        self.allowed = [self._allowed(i) for i in range(len(net.jobs))]
        self.asks: list[tuple[tuple[int, tuple[tuple[int, int], ...]], ...]] = []
        self.shapes: list[tuple[tuple[int, int], ...]] = []
        self.twice: set[int] = set()
        """jobs that need one resource twice: they stay where they are"""
        for i in range(len(net.jobs)):
            self._read(i, index)
        self.start = [found.placement[job.id] for job in net.jobs]
        for i, at in enumerate(self.start):
            self.put(i, at)

    def _scarce(self) -> list[Resource]:
        """Resources that have fewer units than all jobs together ask for; the others never stand in the way."""
        asked: dict[Resource, int] = {}
        for job, taken in zip(self.net.jobs, self.taken, strict=True):
            for need, resource in zip(job.needs, taken, strict=True):
                asked[resource] = asked.get(resource, 0) + (need.count if need.minutes else 0)
        there = self.net.problem.capacities
        return sorted(resource for resource, count in asked.items() if count > there.get(resource, 0) > 0)

    def _allowed(self, i: int) -> int:
        net, job = self.net, self.net.jobs[i]
        low, high = max(net.low[i], self.first), net.high[i]
        spans = net.problem.openings.get(job.place)
        if job.attended is None or spans is None:
            spans = ((low, high),)
        else:
            spans = tuple((max(low, opened), min(high, closed - job.attended)) for opened, closed in spans)
        out = 0
        for earliest, latest in spans:
            if earliest <= latest:
                out |= _below(latest - earliest + 1, self.width) << self._at(earliest)
        return out & self.flags

    def _read(self, i: int, index: dict[Resource, int]) -> None:
        groups: dict[int, list[tuple[int, int]]] = {}
        shapes = []
        for need, resource in zip(self.net.jobs[i].needs, self.taken[i], strict=True):
            if need.minutes and resource in index:
                groups.setdefault(need.minutes, []).append((index[resource], self._guard(need, resource)))
                shapes.append((index[resource], need.count * _fields(need.minutes, self.width)))
        if len({n for n, _ in shapes}) < len(shapes):
            self.twice.add(i)
        self.asks.append(tuple((minutes, tuple(rows)) for minutes, rows in groups.items()))
        self.shapes.append(tuple(shapes))

    def _guard(self, need: Need, resource: Resource) -> int:
        room = self.net.problem.capacities[resource] - need.count
        return ((1 << (self.width - 1)) - 1 - room) * (self.flags >> (self.width - 1))

    def _at(self, minute: int) -> int:
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
        at = (free.bit_length() - 1) // self.width + self.first if free else low - 1
        return at if at >= low else None

    def earliest(self, i: int, low: int) -> int | None:
        """The earliest start at or after `low` at which job i fits."""
        free = self._free(i) >> self._at(low)
        return ((free & -free).bit_length() - 1) // self.width + low if free else None

    def _free(self, i: int) -> int:
        """The flags of all starts at which the place is open and every need is met for as long as it lasts."""
        used, flags, width, out = self.used, self.flags, self.width, self.allowed[i]
        for minutes, rows in self.asks[i]:
            full = 0
            for n, guard in rows:
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
        return Found(dict(zip(ids, start, strict=True)), dict(zip(ids, self.taken, strict=True)), None, "moved")


def _fields(count: int, width: int) -> int:
    """So many fields that hold 1 each."""
    return ((1 << (count * width)) - 1) // ((1 << width) - 1)


def _below(count: int, width: int) -> int:
    return (1 << (count * width)) - 1
