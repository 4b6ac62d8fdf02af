"""The scheduling problem in plain integers: jobs, needs, waits, capacities, openings.

Minute 0 is the moment that all work leads up to; what is done before it has a negative minute. Every solver takes a
`Problem` and returns a `Placement`: the start minute of each job by its id. What a job is in the kitchen (its dish, its
text, its food) stands beside it, in `kitchen/day/work.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

Placement = Mapping[str, int]
Spans = tuple[tuple[int, int], ...]


class Resource(NamedTuple):
    """What a job occupies: equipment of a place, or people of a role (staff are one pool over all places)."""

    kind: str
    name: str
    place: str


@dataclass(frozen=True, slots=True)
class Need:
    """`count` of one of `options` (in order of preference), for `minutes` from the start of the job."""

    options: tuple[Resource, ...]
    count: int
    minutes: int

    @property
    def load(self) -> int:
        """Minutes of one unit that it takes."""
        return self.count * self.minutes

    @property
    def hands(self) -> int:
        """Minutes of people that it takes; 0 for equipment."""
        by_people = bool(self.options) and self.options[0].kind == "staff"
        return self.load if by_people else 0


@dataclass(frozen=True, slots=True)
class Lag:
    """A job starts when `job` has ended, and at most `limit` minutes later."""

    job: str
    limit: int | None = None
    short: bool = False
    """whether the wait is to be short: the aim `hold` adds these up"""


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of work that is not interrupted, with what it occupies and what it waits for."""

    id: str
    minutes: int
    place: str
    needs: tuple[Need, ...] = ()
    after: tuple[Lag, ...] = ()
    attended: int | None = None
    """minutes from the start in which the place must be open; 0: it starts then and goes on behind a closed door;
    None: at any time"""
    earliest: int | None = None
    latest: int | None = None
    """bounds of the start; equal for what is fixed to the clock"""
    tail: int = 0
    """minutes that stay free after it: the buffer before whatever waits for it"""
    group: str = ""
    """jobs of one product, which are moved and relaxed together; empty for the frame of the day, which is not"""
    keeps: int = 0
    """minutes for which its result is known to keep if it is made ahead"""

    @property
    def hands(self) -> int:
        """Minutes of people that it takes."""
        return sum(need.hands for need in self.needs)


@dataclass(frozen=True, slots=True)
class Busy:
    """So many of a resource that others hold from minute `start` up to `end`."""

    resource: Resource
    start: int
    end: int
    count: int


@dataclass(frozen=True, slots=True)
class Problem:
    """What is to be scheduled. A place without openings is always open; a resource without capacity has none."""

    jobs: tuple[Job, ...]
    capacities: Mapping[Resource, int]
    openings: Mapping[str, Spans] = field(default_factory=dict)
    begin: int = -20_000
    end: int = 3_000
    busy: tuple[Busy, ...] = ()
    """what is not to be had; the backward greedy and CP-SAT go round it, moves and bounds do not know it"""

    def with_more(self, extra: Mapping[Resource, int]) -> Problem:
        """The same with more of some resources."""
        capacities = dict(self.capacities)
        for resource, count in extra.items():
            capacities[resource] = capacities.get(resource, 0) + count
        return replace(self, capacities=capacities)

    def needs(self) -> Iterator[Need]:
        """The needs of all jobs."""
        for job in self.jobs:
            yield from job.needs

    def span(self, placement: Placement) -> int:
        """Minutes from the first start to minute 0."""
        return span(self.jobs, (placement[job.id] for job in self.jobs))


def span(jobs: Sequence[Job], starts: Iterable[int]) -> int:
    """Minutes from the first start to minute 0, with a start for each job; jobs that take no time do not count."""
    pairs = zip(jobs, starts, strict=True)
    return -min((start for job, start in pairs if job.minutes), default=0)
