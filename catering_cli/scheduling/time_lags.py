"""What the waits alone prove before anything is placed: chains too long for the day, results that cannot be fresh."""

from __future__ import annotations

from typing import NamedTuple

from catering_cli.scheduling.network import Net
from catering_cli.scheduling.problem import Job


class Chain(NamedTuple):
    """Work of a group one after another: `needed` minutes up to a fixed moment, `there` since opening."""

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


def stale(net: Net) -> list[Stale]:
    """Results that no order of work can use while they keep, the first of each group."""
    found: dict[str, Stale] = {}
    for i in net.order:
        job = net.jobs[i]
        limits = [(j, limit) for j, limit in net.then[i] if limit is not None]
        if not limits or job.group in found:
            continue
        far = distances(net, i)
        for j, limit in limits:
            if far.get(j, 0) > limit:
                found.setdefault(job.group, Stale(job, net.jobs[j], far[j], limit))
    return list(found.values())


def distances(net: Net, first: int) -> dict[int, int]:
    """Least minutes from the end of a job to the start of each that follows it."""
    far = {first: -net.minutes[first]}
    for i in sorted(_followers(net, first), key=net.place.__getitem__):
        end = far[i] + net.minutes[i]
        for j, _ in net.then[i]:
            far[j] = max(far.get(j, 0), end)
    return far


def _followers(net: Net, first: int) -> set[int]:
    """A job and all that wait for it, at whatever remove."""
    stack, reached = [first], {first}
    while stack:
        for j, _ in net.then[stack.pop()]:
            if j not in reached:
                reached.add(j)
                stack.append(j)
    return reached


def chains(net: Net) -> list[Chain]:
    """Groups whose work one after another takes longer than there is from opening; else those that closures break."""
    ahead = _ahead(net)
    after = _after(net)
    found: dict[str, Chain] = {}
    for i in net.order:
        job = net.jobs[i]
        if net.low[i] <= net.high[i]:
            continue
        way, until = after[i]
        chain = Chain(job, ahead[i] + way, until - _opens(net, job), until)
        key = job.group or job.id
        if key not in found or chain.needed > found[key].needed:
            found[key] = chain
    too_long = [chain for chain in found.values() if chain.needed > chain.there]
    return too_long or list(found.values())


def _ahead(net: Net) -> list[int]:
    """Least minutes of work before each job."""
    ahead = [0] * len(net)
    for i in net.order:
        ends = [ahead[j] + net.minutes[j] for j, _ in net.before[i]]
        ahead[i] = max(ends, default=0)
    return ahead


def _after(net: Net) -> list[tuple[int, int]]:
    """Most minutes of work from the start of each job to a fixed moment, and that moment."""
    after = [(0, 0)] * len(net)
    for i in reversed(net.order):
        fixed = net.jobs[i].latest
        if fixed is not None:
            after[i] = 0, fixed
            continue
        ways = []
        for j, _ in net.then[i]:
            minutes, until = after[j]
            ways.append((minutes + net.minutes[i], until))
        after[i] = max(ways, default=(0, net.high[i]))
    return after


def _opens(net: Net, job: Job) -> int:
    """When the first opening begins in which a job could be done."""
    openings = net.problem.openings
    spans = openings.get(job.place) or next(iter(openings.values()), ())
    return spans[0][0] if spans else net.problem.begin
