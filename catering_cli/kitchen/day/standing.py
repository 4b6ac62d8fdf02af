"""What a day has to go round: what other events hold of a shared house, and work that is done or under way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from catering_cli.kitchen.day.day_problem import Day
from catering_cli.scheduling.problem import Busy, Job, Resource


@dataclass(frozen=True, slots=True)
class Held:
    """So many of a resource that are not to be had for a time."""

    resource: Resource
    start: datetime
    end: datetime
    count: int


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands before a day is scheduled; empty: nothing."""

    held: tuple[Held, ...] = ()
    fixed: Mapping[str, datetime] = field(default_factory=dict)
    """start of each block that may not move, by its id"""
    now: datetime | None = None
    """nothing else may begin before it"""

    def round(self, day: Day) -> Day:
        """The day with what stands: held resources are busy, fixed work is where it is, the rest begins from now on."""
        minute = day.clock.minute
        busy = tuple(Busy(one.resource, minute(one.start), minute(one.end), one.count) for one in self.held)
        jobs = day.problem.jobs
        if self.fixed or self.now:
            jobs = tuple(self._bounded(job, day) for job in jobs)
        return replace(day, problem=replace(day.problem, busy=(*day.problem.busy, *busy), jobs=jobs))

    def _bounded(self, job: Job, day: Day) -> Job:
        if job.id in self.fixed:
            at = day.clock.minute(self.fixed[job.id])
            return replace(job, earliest=at, latest=at)
        if self.now is None:
            return job
        now = day.clock.minute(self.now)
        return replace(job, earliest=now if job.earliest is None else max(now, job.earliest))


NOTHING = Standing()
