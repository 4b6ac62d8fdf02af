"""What holds of a day before anything is placed: arithmetic, so what it says is proven and not searched for.

Chains of work that are longer than the time there is, results that cannot be used while they keep, and
resources with more work in a window than they can do.
"""

from __future__ import annotations

from typing import NamedTuple

from catering_cli.scheduling.network import Net
from catering_cli.scheduling.problem import Job, Problem, Resource


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


class Chain(NamedTuple):
    """Work of a dish (or the event) one after another: `needed` minutes up to a fixed moment, `there` since opening."""

    job: Job
    needed: int
    there: int
    until: int


class Stale(NamedTuple):
    """A result that has to wait `needed` minutes at least, and keeps only `limit`."""

    job: Job
    then: Job
    needed: int
    limit: int


def overloads(net: Net) -> list[Overload]:
    """The worst window of each resource that is overloaded in one, the most minutes short first."""
    groups: dict[tuple[Resource, ...], list[tuple[int, int, int, Job]]] = {}
    for i, job in enumerate(net.jobs):
        for need in job.needs if net.low[i] <= net.high[i] else ():
            if need.minutes:
                window = (net.low[i], net.high[i] + need.minutes, need.minutes * need.count, job)
                groups.setdefault(need.options, []).append(window)
    found = [worst for key, windows in groups.items() if (worst := _worst(net, key, windows))]
    return sorted(found, key=lambda one: (-one.short, one.resources))


def _worst(net: Net, resources: tuple[Resource, ...], windows: list[tuple[int, int, int, Job]]) -> Overload | None:
    count = sum(net.problem.capacities.get(resource, 0) for resource in resources)
    best: Overload | None = None
    by_end = sorted(windows, key=lambda w: w[1])
    for start in sorted({w[0] for w in windows}):
        needed, inside = 0, []
        for low, high, minutes, job in by_end:
            if low < start:
                continue
            needed += minutes
            inside.append(job)
            if needed <= (high - start) * count:
                continue
            there = _open_minutes(net, inside, start, high) * count
            if needed > there and (best is None or needed - there > best.short):
                best = Overload(resources, start, high, needed, there, tuple(inside))
    return best


def _open_minutes(net: Net, jobs: list[Job], start: int, end: int) -> int:
    """Minutes of the window in which such work can go on: closed hours count where some of it goes on behind a door."""
    if any(job.attended != job.minutes for job in jobs):
        return end - start
    spans = net.problem.openings.get(jobs[0].place)
    if spans is None:
        return end - start
    return sum(max(0, min(high, end) - max(low, start)) for low, high in spans)


def least_span(net: Net) -> int:
    """Minutes before 0 that the day takes at least: hands and plant have so many open minutes, in whatever order.

    Nor can any job start later than its waits and openings allow.
    """
    work: dict[tuple[Resource, ...], tuple[int, int]] = {}
    for i, job in enumerate(net.jobs):
        for need in job.needs if job.attended and net.problem.openings.get(job.place) else ():
            if job.attended and need.minutes <= job.attended:
                minutes, until = work.get(need.options, (0, net.high[i] + need.minutes))
                work[need.options] = (minutes + need.minutes * need.count, max(until, net.high[i] + need.minutes))
    spans = next(iter(net.problem.openings.values()), ())
    least = -min((net.high[i] for i, job in enumerate(net.jobs) if job.minutes), default=0)
    for options, (minutes, until) in work.items():
        count = sum(net.problem.capacities.get(resource, 0) for resource in options)
        left = -(-minutes // count) if count else 0
        for low, high in reversed(spans):
            there = max(0, min(high, until) - low)
            if left <= there:
                least = max(least, left - min(high, until)) if left else least
                break
            left -= there
    return least


def stale(net: Net) -> list[Stale]:
    """Results that no order of work can use while they keep, the first of each dish."""
    found: dict[str, Stale] = {}
    for i in net.order:
        limits = [(j, limit) for j, limit in net.then[i] if limit is not None]
        if not limits or net.jobs[i].group in found:
            continue
        far = distances(net, i)
        for j, limit in limits:
            if far.get(j, 0) > limit:
                found.setdefault(net.jobs[i].group, Stale(net.jobs[i], net.jobs[j], far[j], limit))
    return list(found.values())


def distances(net: Net, first: int) -> dict[int, int]:
    """Least minutes from the end of a job to the start of each that follows it."""
    far = {first: -net.jobs[first].minutes}
    stack, reached = [first], {first}
    while stack:
        for j, _ in net.then[stack.pop()]:
            if j not in reached:
                reached.add(j)
                stack.append(j)
    for i in sorted(reached, key=net.place.__getitem__):
        for j, _ in net.then[i]:
            far[j] = max(far.get(j, 0), far[i] + net.jobs[i].minutes)
    return far


def chains(net: Net) -> list[Chain]:
    """Dishes whose work one after another takes longer than there is from opening; else those that closures break."""
    ahead = [0] * len(net.jobs)
    for i in net.order:
        ahead[i] = max((ahead[j] + net.jobs[j].minutes for j, _ in net.before[i]), default=0)
    after: list[tuple[int, int]] = [(0, 0)] * len(net.jobs)
    for i in reversed(net.order):
        ways = [(after[j][0] + net.jobs[i].minutes, after[j][1]) for j, _ in net.then[i]]
        fixed = net.jobs[i].latest
        after[i] = max(ways, default=(0, net.high[i])) if fixed is None else (0, fixed)
    found: dict[str, Chain] = {}
    for i in net.order:
        job = net.jobs[i]
        if net.low[i] <= net.high[i]:
            continue
        spans = net.problem.openings.get(job.place) or next(iter(net.problem.openings.values()), ())
        opened = spans[0][0] if spans else net.problem.begin
        chain = Chain(job, ahead[i] + after[i][0], after[i][1] - opened, after[i][1])
        key = job.group or job.id
        if key not in found or chain.needed > found[key].needed:
            found[key] = chain
    return [chain for chain in found.values() if chain.needed > chain.there] or list(found.values())


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


def crowds(net: Net) -> list[Crowd]:
    """For each dish the worst crowd of batches that cannot all be fresh at once, whatever the order of work."""
    found: dict[str, Crowd] = {}
    for around, job in enumerate(net.jobs):
        for ties in (net.before[around], net.then[around]):
            for crowd in _crowds(net, job, ties):
                key = job.group or crowd.job.group
                if key not in found or crowd.needed - crowd.there > found[key].needed - found[key].there:
                    found[key] = crowd
    return list(found.values())


def _crowds(net: Net, around: Job, ties: list[tuple[int, int | None]]) -> list[Crowd]:
    """Crowds of one resource among the batches tied to a job by a limit: those with the closest windows first."""
    uses: dict[Resource, list[tuple[int, int, Job]]] = {}
    for i, limit in ties:
        job = net.jobs[i]
        for need in job.needs if limit is not None else ():
            if len(need.options) == 1 and need.minutes == job.minutes:
                uses.setdefault(need.options[0], []).append((limit + job.minutes, need.minutes * need.count, job))  # type: ignore[operator]
    out = []
    for resource, rows in sorted(uses.items()):
        count, needed = net.problem.capacities.get(resource, 0), 0
        for n, (window, minutes, job) in enumerate(sorted(rows, key=lambda row: row[:2]), start=1):
            needed += minutes
            if count and needed > window * count:
                out.append(Crowd(resource, job, around, n, needed, window * count))
                break
    return out


def proven(problem: Problem) -> bool:
    """Whether arithmetic alone shows that there is no schedule."""
    net = Net(problem)
    return net.impossible is not None or any(ways(net) for ways in (stale, overloads, crowds))
