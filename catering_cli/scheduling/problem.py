"""The scheduling problem in plain integers: jobs, needs, waits, capacities, openings. No dates, no models.

Minute 0 is the start of the first service; the day before is negative. Every solver (greedy, CP-SAT)
takes a `Problem` and returns a `Placement`: the start minute of each job by its id.
"""

from __future__ import annotations

from collections.abc import Mapping
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
    asked: str = ""
    """the skill or equipment as the recipe names it"""


@dataclass(frozen=True, slots=True)
class Lag:
    """The job starts when `job` has ended, and not later than its result may wait."""

    job: str
    hold: int | None = None
    """longest wait in minutes that the recipe allows"""
    keeps: int | None = None
    """shelf life of the result in minutes"""

    @property
    def limit(self) -> int | None:
        """The shorter of both, or None."""
        limits = [x for x in (self.hold, self.keeps) if x is not None]
        return min(limits) if limits else None


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work of one batch, or of the event."""

    id: str
    kind: str
    label: str
    minutes: int
    place: str
    needs: tuple[Need, ...] = ()
    after: tuple[Lag, ...] = ()
    attended: int | None = None
    """minutes from the start in which the place must be open; 0: it starts then and goes on behind a closed door
    (chilling, resting); None: at any time"""
    earliest: int | None = None
    latest: int | None = None
    """bounds of the start; equal for what is fixed to the clock"""
    tail: int = 0
    """minutes that stay free after it: the buffer before whatever waits for it"""
    dish: str = ""
    step: int | None = None
    batch: int = 1
    of: int = 1
    portions: int = 0
    temperature: str = ""
    storage: str | None = None
    food_class: str | None = None
    shelf_life_hours: int | None = None
    make_ahead_hours: int | None = None
    by: str = "kitchen"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is to be scheduled. A place without openings is always open; a resource without capacity has none."""

    jobs: tuple[Job, ...]
    capacities: Mapping[Resource, int]
    openings: Mapping[str, Spans] = field(default_factory=dict)
    begin: int = -20_000
    end: int = 3_000

    def with_more(self, extra: Mapping[Resource, int]) -> Problem:
        """The same with more of some resources."""
        more = {resource: self.capacities.get(resource, 0) + count for resource, count in extra.items()}
        return replace(self, capacities={**self.capacities, **more})
