"""The problem by index: who waits for whom, and the bounds of each start that follow from waits and openings alone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from heapq import heappop, heappush
from typing import NamedTuple

from catering_cli.scheduling.problem import Job, Problem, Resource
from catering_cli.scheduling.usage import latest_open

Tie = tuple[int, int | None]
"""The index of a job that is waited for, or that waits, with the longest wait in minutes."""


class Failure(NamedTuple):
    """A job that found no place, the starts that its waits would allow, and what stood in the way."""

    job: str
    low: int
    high: int
    blocked: tuple[Resource, ...] = ()
    """resources that have no room in the window; empty: openings, or the waits themselves"""
    closed: bool = False
    """whether the openings alone leave no start"""


class Net:
    """The problem by index: successors, waits and the static bounds of each job's start."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.jobs = problem.jobs
        self.minutes = [job.minutes for job in self.jobs]
        self.length = [job.minutes + job.tail for job in self.jobs]
        """minutes from the start of each job until what waits for it may start"""
        self.index = {job.id: i for i, job in enumerate(self.jobs)}
        self.before = [self._ties(job) for job in self.jobs]
        self.then: list[list[Tie]] = [[] for _ in self.jobs]
        for i, ties in enumerate(self.before):
            for j, limit in ties:
                self.then[j].append((i, limit))

    def __len__(self) -> int:
        return len(self.jobs)

    def _ties(self, job: Job) -> list[Tie]:
        """What a job waits for."""
        return [(self.index[lag.job], lag.limit) for lag in job.after]

    @cached_property
    def order(self) -> list[int]:
        """Each job after all that it waits for, the first index first. Raises ValueError if jobs wait in a circle."""
        waits = list(map(len, self.before))
        ready = [i for i, count in enumerate(waits) if not count]
        order = []
        while ready:
            i = heappop(ready)
            order.append(i)
            for j, _ in self.then[i]:
                waits[j] -= 1
                if not waits[j]:
                    heappush(ready, j)
        if len(order) < len(self.jobs):
            raise ValueError("jobs wait for each other in a circle")
        return order

    @cached_property
    def place(self) -> dict[int, int]:
        """The place of each job in the order."""
        return {i: n for n, i in enumerate(self.order)}

    @cached_property
    def tight(self) -> list[int]:
        """How much later than its earliest start each job may start."""
        return [high - low for low, high in zip(self.low, self.high, strict=True)]

    @cached_property
    def high(self) -> list[int]:
        """Latest start of each job by waits and openings alone."""
        high = [self._last_start(job) for job in self.jobs]
        for i in reversed(self.order):
            latest = high[i]
            for j, _ in self.then[i]:
                latest = min(latest, high[j] - self.length[i])
            opened = self.latest_open(i, latest)
            high[i] = latest if opened is None else opened
        return high

    def _last_start(self, job: Job) -> int:
        """The latest start of a job by itself."""
        return self.problem.end - job.minutes if job.latest is None else job.latest

    @cached_property
    def low(self) -> list[int]:
        """Earliest start of each job by waits and openings, then by how long results keep."""
        begin = self.problem.begin
        low = [begin if job.earliest is None else job.earliest for job in self.jobs]
        for i in self.order:
            earliest = low[i]
            for j, _ in self.before[i]:
                earliest = max(earliest, low[j] + self.length[j])
            low[i] = self.first_open(i, earliest)
        for i in reversed(self.order):
            low[i] = self.freshest(i, low)
        return low

    def freshest(self, i: int, low: Sequence[int]) -> int:
        """The earliest start of a job whose result is still fresh at the earliest starts of what waits for it."""
        earliest = low[i]
        for j, limit in self.then[i]:
            if limit is not None:
                earliest = max(earliest, low[j] - limit - self.minutes[i])
        return earliest

    @cached_property
    def impossible(self) -> Failure | None:
        """The last job, in order of work, whose earliest start is after its latest; None if there is none."""
        for i in reversed(self.order):
            low, high = self.low[i], self.high[i]
            if low > high:
                opened = self.latest_open(i, high)
                is_closed = opened is None or opened < low
                return Failure(self.jobs[i].id, low, high, closed=is_closed)
        return None

    def latest_open(self, i: int, start: int) -> int | None:
        """The latest start of job i at or before `start` at which its place is open."""
        job = self.jobs[i]
        spans = self.problem.openings.get(job.place)
        if job.attended is None or spans is None:
            return start
        return latest_open(spans, start, job.attended)

    def first_open(self, i: int, start: int) -> int:
        """The earliest start of job i at or after `start` at which its place is open; `start` if there is none."""
        job = self.jobs[i]
        spans = self.problem.openings.get(job.place)
        if job.attended is None or spans is None:
            return start
        ends = start + job.attended
        for low, high in spans:
            if ends <= high and low + job.attended <= high:
                return max(start, low)
        return start

    def favour(self, favour: dict[int, int], name: str) -> None:
        """Put a job, and all products that wait for it, before the others in the next run."""
        stack, seen = [self.index[name]], set()
        while stack:
            i = stack.pop()
            if i not in seen:
                seen.add(i)
                favour[i] = favour.get(i, 0) + 1
                then = [j for j, _ in self.then[i]]
                stack += [j for j in then if self.jobs[j].group]
