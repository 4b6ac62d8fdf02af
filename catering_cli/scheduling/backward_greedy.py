"""The backward greedy: every job as late as it can be, from service to the first knife. Deterministic, integers only.

Jobs are placed when all that waits for them is placed, those with least freedom first. If a result would
wait too long, what waits for it is moved earlier; if a job finds no place at all, the run is started
again with that job and what waits for it first (a few times, and under several rules of priority).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from heapq import heapify, heappop, heappush
from typing import TypeVar

from catering_cli.scheduling.network import Failure, Net
from catering_cli.scheduling.priority_rules import KEYS, RULES, Key
from catering_cli.scheduling.problem import Need, Placement, Problem, Resource
from catering_cli.scheduling.usage import Profile

T = TypeVar("T")
Taken = tuple[Resource, ...]
"""The resource that meets each need of a job."""

_MOVES = 6
"""Moves of already placed jobs, per job of the problem, before a run is given up."""
_NEVER = -(10**9)
"""A minute before all others."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: a placement with the resource each need took, or why there is none."""

    placement: Placement = field(default_factory=dict)
    taken: dict[str, Taken] = field(default_factory=dict)
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


def place_all(net: Net, rule: str) -> Found:
    """One rule, once."""
    return _tried(net, rule, tries=1)


def placed(net: Net, rule: str, favour: dict[int, int]) -> Found:
    """One pass over all jobs under a rule, those favoured first."""
    return _Run(net, rule, favour).run()


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
        name = found.failure.job
        if name in failed:
            break
        failed.add(name)
        net.favour(favour, name)
    assert first is not None
    return replace(first, work=work)


class _Run:
    """One pass over the jobs under one rule."""

    def __init__(self, net: Net, rule: str, favour: dict[int, int]) -> None:
        self.net, self.rule = net, rule
        self.profiles: dict[Resource, Profile] = {}
        for one in net.problem.busy:
            self.profiles.setdefault(one.resource, Profile()).add(one.start, one.end, one.count)
        self.start: dict[int, int] = {}
        self.took: dict[int, Taken] = {}
        self.cap = list(net.high)
        """latest start of each job, as far as moves have lowered it"""
        self.key = [self._key(i, favour) for i in range(len(net))]
        self.waiting = [len(then) for then in net.then]
        """how many jobs after it have no place yet"""
        ready = [i for i, count in enumerate(self.waiting) if count == 0]
        self.heap = [self.key[i] for i in ready]
        heapify(self.heap)
        self.moves = _MOVES * len(net)
        self.work = 0

    def _key(self, i: int, favour: Mapping[int, int]) -> Key:
        """What orders a job among those that could be placed: its favour, then the rule; the job itself last."""
        by_rule = KEYS[self.rule](self.net, i)
        return (-favour.get(i, 0), *by_rule, i)

    def run(self) -> Found:
        """Place all jobs, or say which one found no place."""
        failure: Failure | None = None
        while self.heap and failure is None:
            i = heappop(self.heap)[-1]
            if i not in self.start and not self.waiting[i]:
                failure = self._place(i)
        return Found(
            placement=self._by_name(self.start),
            taken=self._by_name(self.took),
            failure=failure,
            rule=self.rule,
        )

    def _by_name(self, values: Mapping[int, T]) -> dict[str, T]:
        """Values by the names of the jobs, in their order."""
        return {self.net.jobs[i].id: values[i] for i in sorted(values)}

    def _place(self, i: int) -> Failure | None:
        """Put a job as late as it can be; if that is too early for what waits for it, move that earlier."""
        minutes, length = self.net.minutes[i], self.net.length[i]
        earliest = self.net.low[i]
        low, high = earliest, self.cap[i]
        for j, limit in self.net.then[i]:
            start = self.start[j]
            high = min(high, start - length)
            if limit is not None:
                low = max(low, start - limit - minutes)
        spot = self._latest(i, high, earliest)
        if spot is None:
            return self._failure(i, earliest, high)
        at, took = spot
        if at < low:
            return self._pull(i, at)
        self._put(i, at, took)
        return None

    def _put(self, i: int, at: int, took: Taken) -> None:
        self.start[i], self.took[i] = at, took
        self.work += 1
        needs = self.net.jobs[i].needs
        for need, resource in zip(needs, took, strict=True):
            profile = self.profiles.setdefault(resource, Profile())
            profile.add(at, at + need.minutes, need.count)
        for j, _ in self.net.before[i]:
            self.waiting[j] -= 1
            self._offer(j)

    def _offer(self, i: int) -> None:
        """Let a job be placed if all that waits for it has a place."""
        if self.waiting[i] == 0:
            heappush(self.heap, self.key[i])

    def _lift(self, i: int) -> None:
        """Take a placed job, and all that was placed before it for its sake, off the board again."""
        for j, _ in self.net.before[i]:
            if j in self.start:
                self._lift(j)
            self.waiting[j] += 1
        at, took = self.start.pop(i), self.took.pop(i)
        needs = self.net.jobs[i].needs
        for need, resource in zip(needs, took, strict=True):
            self.profiles[resource].add(at, at + need.minutes, -need.count)
        self.moves -= 1

    def _pull(self, i: int, at: int) -> Failure | None:
        """Job i can only be done at `at`, too early for what waits for it: that is moved earlier, or it fails."""
        low = self.net.low
        late = self._stale(i, at)
        too_early = any(cap < low[j] for j, cap in late)
        if too_early or self.moves < 0:
            earliest = max(low[i], at + 1)
            return self._failure(i, earliest, self._high(i))
        for j, cap in late:
            self.cap[j] = min(self.cap[j], cap)
        for j, _ in late:
            if j in self.start:
                self._lift(j)
        for j, _ in late:
            self._offer(j)
        return None

    def _stale(self, i: int, at: int) -> list[tuple[int, int]]:
        """Jobs that start too late for the result of a job done at `at`, each with its latest start."""
        end = at + self.net.minutes[i]
        late = []
        for j, limit in self.net.then[i]:
            if limit is not None and self.start[j] > end + limit:
                late.append((j, end + limit))
        return late

    def _high(self, i: int) -> int:
        """The latest start of a job by what waits for it."""
        high = self.cap[i]
        for j, _ in self.net.then[i]:
            high = min(high, self.start[j] - self.net.length[i])
        return high

    def _latest(self, i: int, high: int, low: int) -> tuple[int, Taken] | None:
        """The latest start in [low, high] at which the place is open and every need is met, with what meets it."""
        at = high
        while at >= low:
            opened = self.net.latest_open(i, at)
            if opened is None or opened < low:
                return None
            at, took = self._options(i, opened)
            if took is not None:
                return at, took
        return None

    def _options(self, i: int, at: int) -> tuple[int, Taken | None]:
        """What meets every need at `at`; else None, with the latest minute before it at which one need could be."""
        took = []
        for need in self.net.jobs[i].needs:
            best = self._option(need, at)
            if best is None:
                return _NEVER, None
            if best[0] < at:
                return best[0], None
            took.append(best[1])
        return at, tuple(took)

    def _option(self, need: Need, at: int) -> tuple[int, Resource] | None:
        """The option that is free latest, at or before `at`; the first of equals."""
        best: tuple[int, Resource] | None = None
        for resource in need.options:
            found = self._free(resource, need, at)
            if found == at:
                return at, resource
            if found is not None and (best is None or found > best[0]):
                best = (found, resource)
        return best

    def _free(self, resource: Resource, need: Need, at: int) -> int | None:
        """The latest start at or before `at` from which a resource has room for a need; None if it never has."""
        room = self.net.problem.capacities.get(resource, 0) - need.count
        profile = self.profiles.get(resource)
        if profile is not None:
            return profile.latest(at, need.minutes, room)
        return at if room >= 0 else None

    def _failure(self, i: int, low: int, high: int) -> Failure:
        """What stands in the way between low and high, each resource taken alone; else all of them together."""
        job = self.net.jobs[i]
        opened = self.net.latest_open(i, high)
        if opened is None or opened < low:
            return Failure(job.id, low, high, closed=True)
        alone = []
        for need in job.needs:
            best = self._option(need, opened)
            if best is None or best[0] < low:
                alone.append(need.options[0])
        together = [need.options[0] for need in job.needs]
        return Failure(job.id, low, high, tuple(alone or together))
