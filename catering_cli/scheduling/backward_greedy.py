"""The backward greedy: every job as late as it can be, from service to the first knife. Deterministic, integers only.

Jobs are placed when all that waits for them is placed, those with least freedom first. Where a result would
wait too long, what waits for it is moved earlier; where a job finds no place at all, the run is started
again with that job's dish first (a few times, and under several rules of priority).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from heapq import heapify, heappop, heappush
from random import Random

from catering_cli.scheduling.network import Failure, Net
from catering_cli.scheduling.problem import Need, Placement, Problem, Resource, span
from catering_cli.scheduling.usage import Profile

RULES = ("window", "demand", "late", "long")
_FEW = 0.45
"""Of a third of the jobs the part that every other shaken run puts first."""
_MOVES = 6
"""Moves of already placed jobs, per job of the problem, before a run is given up."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: a placement with the resource each need took, or why there is none."""

    placement: Placement = field(default_factory=dict)
    taken: dict[str, tuple[Resource, ...]] = field(default_factory=dict)
    failure: Failure | None = None
    rule: str = ""
    work: int = 1
    """jobs that were placed to find it: what it cost, the same on every machine"""

    @property
    def valid(self) -> bool:
        """Whether every job has its place."""
        return self.failure is None


def search(problem: Problem, tries: int = 6) -> Found:
    """The first valid placement under any rule; else the first failure."""
    net = Net(problem)
    if net.impossible:
        return Found(failure=net.impossible, work=len(net.jobs))
    first: Found | None = None
    work = 0
    for rule in RULES:
        found = _tried(net, rule, tries)
        work += found.work
        if found.valid:
            return replace(found, work=work)
        first = first or found
    assert first is not None
    return replace(first, work=work)


def best(problem: Problem, found: Found) -> Found:
    """The valid placement under any rule that begins latest, then keeps the least waiting; or `found`."""
    net = Net(problem)
    others = [_tried(net, rule, tries=1) for rule in RULES if rule != found.rule]
    return max([found, *(other for other in others if other.valid)], key=lambda one: _worth(net, one))


def several(problem: Problem, found: Found, runs: int = 300) -> Found:
    """The best of so many runs whose order of work is shaken, drawn from a fixed seed; or `found`.

    Worth its time only before a longer search: a run costs about a millisecond for a hundred jobs.
    """
    net, draw = Net(problem), Random(1)  # noqa: S311 (an order of work, no secret)
    top, best_of = _worth(net, found), found
    for number in range(runs):
        shaken = {i: int(draw.random() * 3) for i in range(len(net.jobs))}
        if number % 2:
            shaken = {i: 1 for i, level in shaken.items() if level == 0 and draw.random() < _FEW}
        tried = _Run(net, RULES[number % len(RULES)], shaken).run()
        if tried.valid and _worth(net, tried) > top:
            top, best_of = _worth(net, tried), tried
    return best_of


def _worth(net: Net, found: Found) -> tuple[int, int]:
    starts = [found.placement[job.id] for job in net.jobs]
    waits = sum(
        starts[j] - starts[i] - job.minutes
        for i, job in enumerate(net.jobs)
        for j, limit in net.then[i]
        if limit is not None
    )
    return -span(net.jobs, starts), -waits


def run(net: Net, rule: str) -> Found:
    """One rule, once."""
    return _tried(net, rule, tries=1)


def _tried(net: Net, rule: str, tries: int) -> Found:
    """One rule, again with the job first that found no place, as long as it is another one each time."""
    favour: dict[int, int] = {}
    failed: set[str] = set()
    first: Found | None = None
    work = 0
    for _ in range(tries):
        run = _Run(net, rule, favour)
        found = run.run()
        work += run.work
        if found.failure is None:
            return replace(found, work=work)
        first = first or found
        if found.failure.job in failed:
            break
        failed.add(found.failure.job)
        net.favour(favour, found.failure.job)
    assert first is not None
    return replace(first, work=work)


def _by_window(net: Net, i: int) -> tuple[int, ...]:
    return (net.tight[i], -net.high[i])


def _by_demand(net: Net, i: int) -> tuple[int, ...]:
    job = net.jobs[i]
    return (-sum(need.count * need.minutes for need in job.needs), net.tight[i])


def _by_late(net: Net, i: int) -> tuple[int, ...]:
    return (-net.high[i] - net.jobs[i].minutes, net.tight[i])


def _by_long(net: Net, i: int) -> tuple[int, ...]:
    return (net.high[i], net.tight[i])


_KEYS: dict[str, Callable[[Net, int], tuple[int, ...]]] = {
    "window": _by_window,
    "demand": _by_demand,
    "late": _by_late,
    "long": _by_long,
}


class _Run:
    """One pass over the jobs under one rule."""

    def __init__(self, net: Net, rule: str, favour: dict[int, int]) -> None:
        self.net, self.rule = net, rule
        self.profiles: dict[Resource, Profile] = {}
        self.start: dict[int, int] = {}
        self.took: dict[int, tuple[Resource, ...]] = {}
        self.cap = list(net.high)
        key = _KEYS[rule]
        self.key = [(-favour.get(i, 0), *key(net, i), i) for i in range(len(net.jobs))]
        self.waiting = [len(then) for then in net.then]
        self.heap = [self.key[i] for i, n in enumerate(self.waiting) if n == 0]
        heapify(self.heap)
        self.moves = _MOVES * len(net.jobs)
        self.work = 0

    def run(self) -> Found:
        """Place all jobs, or say which one found no place."""
        while self.heap:
            i = heappop(self.heap)[-1]
            if i in self.start or self.waiting[i]:
                continue
            failure = self._place(i)
            if failure:
                return Found(self._named(), self._taken(), failure, self.rule)
        return Found(self._named(), self._taken(), None, self.rule)

    def _named(self) -> Placement:
        return {self.net.jobs[i].id: self.start[i] for i in sorted(self.start)}

    def _taken(self) -> dict[str, tuple[Resource, ...]]:
        return {self.net.jobs[i].id: self.took[i] for i in sorted(self.took)}

    def _place(self, i: int) -> Failure | None:
        job, net = self.net.jobs[i], self.net
        high, low = self.cap[i], net.low[i]
        for j, limit in net.then[i]:
            high = min(high, self.start[j] - job.minutes - job.tail)
            if limit is not None:
                low = max(low, self.start[j] - limit - job.minutes)
        spot = self._latest(i, high, net.low[i])
        if spot is None:
            return self._failure(i, net.low[i], high)
        at, took = spot
        if at < low:
            return self._pull(i, at) or None
        self._put(i, at, took)
        return None

    def _put(self, i: int, at: int, took: tuple[Resource, ...]) -> None:
        self.start[i], self.took[i] = at, took
        self.work += 1
        for need, resource in zip(self.net.jobs[i].needs, took, strict=True):
            self.profiles.setdefault(resource, Profile()).add(at, at + need.minutes, need.count)
        for j, _ in self.net.before[i]:
            self.waiting[j] -= 1
            if self.waiting[j] == 0:
                heappush(self.heap, self.key[j])

    def _lift(self, i: int) -> None:
        """Take a placed job, and all that was placed before it for its sake, off the board again."""
        for j, _ in self.net.before[i]:
            if j in self.start:
                self._lift(j)
            self.waiting[j] += 1
        at = self.start.pop(i)
        for need, resource in zip(self.net.jobs[i].needs, self.took.pop(i), strict=True):
            self.profiles[resource].add(at, at + need.minutes, -need.count)
        self.moves -= 1

    def _pull(self, i: int, at: int) -> Failure | None:
        """Job i can only be done at `at`, too early for what waits for it: that is moved earlier, or it fails."""
        net, end = self.net, at + self.net.jobs[i].minutes
        late = [(j, end + limit) for j, limit in net.then[i] if limit is not None and self.start[j] > end + limit]
        for j, cap in late:
            if cap < net.low[j] or self.moves < 0:
                return self._failure(i, max(net.low[i], at + 1), self._high(i))
        for j, cap in late:
            self.cap[j] = min(self.cap[j], cap)
        for j, _ in late:
            if j in self.start:
                self._lift(j)
        for j, _ in late:
            if self.waiting[j] == 0:
                heappush(self.heap, self.key[j])
        return None

    def _high(self, i: int) -> int:
        job = self.net.jobs[i]
        return min([self.cap[i], *(self.start[j] - job.minutes - job.tail for j, _ in self.net.then[i])])

    def _latest(self, i: int, high: int, low: int) -> tuple[int, tuple[Resource, ...]] | None:
        """The latest start in [low, high] at which the place is open and every need is met."""
        needs, at = self.net.jobs[i].needs, high
        while at >= low:
            opened = self.net.latest_open(i, at)
            if opened is None or opened < low:
                return None
            at, moved, took = opened, False, []
            for need in needs:
                best = self._option(need, at)
                if best is None or best[0] < low:
                    return None
                if best[0] < at:
                    at, moved = best[0], True
                    break
                took.append(best[1])
            if not moved:
                return at, tuple(took)
        return None

    def _option(self, need: Need, at: int) -> tuple[int, Resource] | None:
        """The option that is free latest, at or before `at`; the first of equals."""
        best: tuple[int, Resource] | None = None
        for resource in need.options:
            room = self.net.problem.capacities.get(resource, 0) - need.count
            profile = self.profiles.get(resource)
            found = (at if room >= 0 else None) if profile is None else profile.latest(at, need.minutes, room)
            if found == at:
                return at, resource
            if found is not None and (best is None or found > best[0]):
                best = (found, resource)
        return best

    def _failure(self, i: int, low: int, high: int) -> Failure:
        """What stands in the way between low and high, each resource taken alone; else all of them together."""
        job = self.net.jobs[i]
        opened = self.net.latest_open(i, high)
        if opened is None or opened < low:
            return Failure(job.id, low, high, (), closed=True)
        alone = []
        for need in job.needs:
            best = self._option(need, opened)
            if best is None or best[0] < low:
                alone.append(need.options[0])
        return Failure(job.id, low, high, tuple(alone or [need.options[0] for need in job.needs]))
