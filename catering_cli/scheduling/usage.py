"""How much of one resource is in use at each minute, as a step function over integer minutes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence

from catering_cli.scheduling.problem import Job, Placement, Resource, Spans

FIRST = -(10**9)


class Profile:
    """Usage of one resource: level i holds from times[i] up to times[i + 1]."""

    __slots__ = ("levels", "times")

    def __init__(self) -> None:
        self.times = [FIRST]
        self.levels = [0]

    def add(self, start: int, end: int, count: int) -> None:
        """`count` more (or fewer) from start up to end."""
        if start >= end:
            return
        low, high = self._cut(start), self._cut(end)
        for i in range(low, high):
            self.levels[i] += count

    def _cut(self, at: int) -> int:
        """The index of the level that begins at a minute."""
        i = bisect_left(self.times, at)
        if i == len(self.times) or self.times[i] != at:
            self.times.insert(i, at)
            self.levels.insert(i, self.levels[i - 1])
        return i

    def latest(self, start: int, minutes: int, room: int) -> int | None:
        """The latest start <= `start` from which usage stays at or below `room` for `minutes`; None: there is none."""
        times, levels = self.times, self.levels
        if minutes <= 0:
            return start
        if room < 0:
            return None
        while True:
            i = bisect_right(times, start) - 1
            end = start + minutes
            while i < len(times) and times[i] < end:
                if levels[i] > room:
                    break
                i += 1
            else:
                return start
            if times[i] == FIRST:
                return None
            start = times[i] - minutes

    def peak(self) -> int:
        """The most in use at one minute."""
        return max(self.levels)

    def steps(self) -> Iterable[tuple[int, int, int]]:
        """Each level with the minutes from and to which it holds; the last level, which is 0, is left out."""
        return zip(self.times, self.times[1:], self.levels, strict=False)


def profiles(
    jobs: Iterable[Job], placement: Placement, taken: Mapping[str, Sequence[Resource]]
) -> dict[Resource, Profile]:
    """What is in use of each resource by the jobs that have a place."""
    used: dict[Resource, Profile] = {}
    for job in jobs:
        for need, resource in zip(job.needs, taken.get(job.id, ()), strict=False):
            start = placement[job.id]
            profile = used.setdefault(resource, Profile())
            profile.add(start, start + need.minutes, need.count)
    return used


def peaks(
    jobs: Iterable[Job],
    placement: Placement,
    taken: Mapping[str, Sequence[Resource]],
) -> dict[Resource, int]:
    """The most of each resource in use at one minute."""
    used = profiles(jobs, placement, taken)
    return {resource: profile.peak() for resource, profile in used.items()}


def latest_open(spans: Spans, start: int, attended: int) -> int | None:
    """The latest start <= `start` whose first `attended` minutes lie in one opening; None: there is none."""
    for low, high in reversed(spans):
        at = min(start, high - attended)
        if at >= low:
            return at
    return None
