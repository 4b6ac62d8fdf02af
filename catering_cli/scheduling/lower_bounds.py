"""What holds of a day before anything is placed: arithmetic, so what it says is proven and not searched for.

Resources with more work in a window than they can do, and batches that cannot all be fresh at once; `time_lags` has
what follows from the waits alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from catering_cli.scheduling.network import Net, Tie
from catering_cli.scheduling.problem import Job, Need, Problem, Resource, Spans, span
from catering_cli.scheduling.time_lags import stale


class Overload(NamedTuple):
    """In [start, end) the jobs need more of the resources than there is; minutes of one unit."""

    resources: tuple[Resource, ...]
    start: int
    end: int
    needed: int
    there: int
    jobs: tuple[Job, ...]

    @property
    def short(self) -> int:
        """Missing minutes."""
        return self.needed - self.there


class Crowd(NamedTuple):
    """Batches that must lie within `there` minutes of one job because they do not keep longer, and take `needed`."""

    resource: Resource
    job: Job
    """one of the batches"""
    around: Job
    """the job that they have to lie close to"""
    batches: int
    needed: int
    there: int

    @property
    def short(self) -> int:
        """Missing minutes."""
        return self.needed - self.there


def proven(problem: Problem) -> bool:
    """Whether arithmetic alone shows that there is no schedule."""
    net = Net(problem)
    if net.impossible:
        return True
    return any(shown(net) for shown in (stale, overloads, crowds))


class _Window(NamedTuple):
    """From the earliest start to the latest end of a need, and the unit-minutes that it takes of it."""

    start: int
    end: int
    minutes: int
    job: Job


def overloads(net: Net) -> list[Overload]:
    """The worst window of each resource that is overloaded in one, the most minutes short first."""
    groups: dict[tuple[Resource, ...], list[_Window]] = defaultdict(list)
    for job, low, high in zip(net.jobs, net.low, net.high, strict=True):
        if low > high:
            continue
        for need in job.needs:
            if need.minutes:
                window = _Window(low, high + need.minutes, need.load, job)
                groups[need.options].append(window)
    worst = [_worst(net, resources, windows) for resources, windows in groups.items()]
    found = [overload for overload in worst if overload]
    return sorted(found, key=lambda one: (-one.short, one.resources))


def _worst(
    net: Net,
    resources: tuple[Resource, ...],
    windows: Sequence[_Window],
) -> Overload | None:
    """The overload of a resource that is the most minutes short."""
    worst: Overload | None = None
    by_end = sorted(windows, key=lambda window: window.end)
    for start in sorted({window.start for window in windows}):
        inside = [window for window in by_end if window.start >= start]
        for overload in _overloads(net, resources, start, inside):
            if worst is None or overload.short > worst.short:
                worst = overload
    return worst


def _overloads(
    net: Net,
    resources: tuple[Resource, ...],
    start: int,
    windows: Sequence[_Window],
) -> Iterator[Overload]:
    """The windows that begin at `start` and hold more work than can be done; `windows` in order of their ends."""
    count = _units(net, resources)
    needed, jobs = 0, []
    for window in windows:
        needed += window.minutes
        jobs.append(window.job)
        if needed > (window.end - start) * count:
            there = _open_minutes(net, jobs, start, window.end) * count
            if needed > there:
                yield Overload(resources, start, window.end, needed, there, tuple(jobs))


def _units(net: Net, resources: Iterable[Resource]) -> int:
    return sum(net.problem.capacities.get(resource, 0) for resource in resources)


def _open_minutes(net: Net, jobs: Sequence[Job], start: int, end: int) -> int:
    """Minutes of the window in which such work can go on: closed hours count if some of it goes on behind a door."""
    spans = net.problem.openings.get(jobs[0].place)
    if spans is None or any(job.attended != job.minutes for job in jobs):
        return end - start
    return sum(max(0, min(high, end) - max(low, start)) for low, high in spans)


def least_span(net: Net) -> int:
    """Minutes before 0 that the day takes at least: hands and plant have so many open minutes, in whatever order.

    Nor can any job start later than its waits and openings allow.
    """
    least = span(net.jobs, net.high)
    spans = next(iter(net.problem.openings.values()), ())
    for options, work in _attended_work(net).items():
        count = _units(net, options)
        each = -(-work.minutes // count) if count else 0
        least = max(least, _minutes_back(spans, each, work.until, least))
    return least


class _Attended(NamedTuple):
    """Unit-minutes of work that is done in opening hours, and the latest end of any of it."""

    minutes: int = 0
    until: int = -(10**9)


def _attended_work(net: Net) -> dict[tuple[Resource, ...], _Attended]:
    """What each set of options has to do in opening hours."""
    work: dict[tuple[Resource, ...], _Attended] = {}
    for job, high in zip(net.jobs, net.high, strict=True):
        for need in _attended_needs(net, job):
            done = work.get(need.options, _Attended())
            minutes = done.minutes + need.load
            work[need.options] = _Attended(minutes, max(done.until, high + need.minutes))
    return work


def _attended_needs(net: Net, job: Job) -> list[Need]:
    """The needs of a job that are met within opening hours."""
    if not job.attended or not net.problem.openings.get(job.place):
        return []
    return [need for need in job.needs if need.minutes <= job.attended]


def _minutes_back(spans: Spans, minutes: int, until: int, least: int) -> int:
    """How long before 0 so many open minutes begin that end by `until`; `least` if there is nothing to do."""
    left = minutes
    for low, high in reversed(spans):
        end = min(high, until)
        there = max(0, end - low)
        if left <= there:
            return left - end if left else least
        left -= there
    return least


def crowds(net: Net) -> list[Crowd]:
    """For each group the worst crowd of batches that cannot all be fresh at once, whatever the order of work."""
    found: dict[str, Crowd] = {}
    for i, job in enumerate(net.jobs):
        before, then = _crowds(net, job, net.before[i]), _crowds(net, job, net.then[i])
        for crowd in (*before, *then):
            key = job.group or crowd.job.group
            if key not in found or crowd.short > found[key].short:
                found[key] = crowd
    return list(found.values())


class _Batch(NamedTuple):
    """A batch that has to end or start within `window` minutes of another job, and takes so many unit-minutes."""

    window: int
    minutes: int
    job: Job


def _crowds(net: Net, around: Job, ties: Iterable[Tie]) -> Iterator[Crowd]:
    """Crowds of one resource among the batches tied to a job by a limit: those with the closest windows first."""
    for resource, batches in sorted(_batches(net, ties).items()):
        crowd = _crowd(net, resource, around, batches)
        if crowd:
            yield crowd


def _batches(net: Net, ties: Iterable[Tie]) -> dict[Resource, list[_Batch]]:
    """The tied batches that occupy a resource for all their time, by resource."""
    batches: dict[Resource, list[_Batch]] = defaultdict(list)
    for i, limit in ties:
        job = net.jobs[i]
        if limit is None:
            continue
        for need in job.needs:
            if len(need.options) == 1 and need.minutes == job.minutes:
                batch = _Batch(limit + job.minutes, need.load, job)
                batches[need.options[0]].append(batch)
    return batches


def _crowd(
    net: Net,
    resource: Resource,
    around: Job,
    batches: Iterable[_Batch],
) -> Crowd | None:
    """The fewest batches, those with the closest windows, that take longer than their windows."""
    count = net.problem.capacities.get(resource, 0)
    needed = 0
    closest_first = sorted(batches, key=lambda batch: (batch.window, batch.minutes))
    for number, batch in enumerate(closest_first, start=1):
        needed += batch.minutes
        there = batch.window * count
        if count and needed > there:
            return Crowd(resource, batch.job, around, number, needed, there)
    return None
