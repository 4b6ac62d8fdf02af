"""The problem by index: who waits for whom, and the bounds of each start that follow from waits and openings alone."""

from __future__ import annotations

from heapq import heapify, heappop, heappush
from typing import NamedTuple

from catering_cli.scheduling.problem import Problem, Resource
from catering_cli.scheduling.usage import latest_open


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
        self.index = {job.id: i for i, job in enumerate(self.jobs)}
        self.before = [[(self.index[lag.job], lag.limit) for lag in job.after] for job in self.jobs]
        self.then: list[list[tuple[int, int | None]]] = [[] for _ in self.jobs]
        for i, lags in enumerate(self.before):
            for j, limit in lags:
                self.then[j].append((i, limit))
        self.order = self._order()
        self.place = {i: n for n, i in enumerate(self.order)}
        self.impossible: Failure | None = None
        self.low, self.high = self._bounds()
        self.tight = [self.high[i] - self.low[i] for i in range(len(self.jobs))]

    def _order(self) -> list[int]:
        left = [len(lags) for lags in self.before]
        ready = [i for i, n in enumerate(left) if n == 0]
        heapify(ready)
        out = []
        while ready:
            i = heappop(ready)
            out.append(i)
            for j, _ in self.then[i]:
                left[j] -= 1
                if left[j] == 0:
                    heappush(ready, j)
        if len(out) != len(self.jobs):
            raise ValueError("jobs wait for each other in a circle")
        return out

    def _bounds(self) -> tuple[list[int], list[int]]:
        """Earliest and latest start of each job by the waits and openings alone; sets `impossible` where they cross."""
        jobs, problem = self.jobs, self.problem
        high = [job.latest if job.latest is not None else problem.end - job.minutes for job in jobs]
        for i in reversed(self.order):
            for j, _ in self.then[i]:
                high[i] = min(high[i], high[j] - jobs[i].minutes - jobs[i].tail)
            opened = self.latest_open(i, high[i])
            high[i] = opened if opened is not None else high[i]
        low = [job.earliest if job.earliest is not None else problem.begin for job in jobs]
        for i in self.order:
            for j, _ in self.before[i]:
                low[i] = max(low[i], low[j] + jobs[j].minutes + jobs[j].tail)
            low[i] = max(low[i], self.first_open(i, low[i]))
        for i in reversed(self.order):
            for j, limit in self.then[i]:
                if limit is not None:
                    low[i] = max(low[i], low[j] - limit - jobs[i].minutes)
        for i in reversed(self.order):
            if low[i] > high[i] and self.impossible is None:
                opened = self.latest_open(i, high[i])
                self.impossible = Failure(jobs[i].id, low[i], high[i], (), opened is None or opened < low[i])
        return low, high

    def latest_open(self, i: int, start: int) -> int | None:
        """The latest start of job i at or before `start` at which its place is open."""
        job = self.jobs[i]
        spans = self.problem.openings.get(job.place)
        return start if job.attended is None or spans is None else latest_open(spans, start, job.attended)

    def first_open(self, i: int, start: int) -> int:
        """The earliest start of job i at or after `start` at which its place is open; `start` where there is none."""
        job = self.jobs[i]
        spans = self.problem.openings.get(job.place)
        if job.attended is None or spans is None:
            return start
        for low, high in spans:
            if max(start, low) + job.attended <= high:
                return max(start, low)
        return start

    def favour(self, favour: dict[int, int], name: str) -> None:
        """Put a job and all that waits for it before the others in the next run."""
        stack, seen = [self.index[name]], set()
        while stack:
            i = stack.pop()
            if i not in seen:
                seen.add(i)
                favour[i] = favour.get(i, 0) + 1
                stack += [j for j, _ in self.then[i] if self.jobs[j].dish]
