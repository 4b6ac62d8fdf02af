"""The smallest change: all stays where it was planned but what has to move; more is let go only if that does not do.

First only what is hit may move; if it finds no place, what stands in its way may, dish by dish, and at last all that is
not begun. Then each block that moved is put back where it was, as far as the day still works.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from catering_cli.kitchen.replan.remaining import Remaining
from catering_cli.scheduling.backward_greedy import Found, search
from catering_cli.scheduling.network import Failure
from catering_cli.scheduling.problem import Job, Problem

_WIDER = 12
"""Times that more is let go before everything is."""
_PUT_BACK = 80
"""Blocks that are tried where they were."""


def smallest(rest: Remaining) -> Found:
    """A placement that moves as little as was found; invalid, with its failure, if there is none."""
    jobs = Jobs(rest)
    free = _hit(rest)
    found = search(jobs.problem(free), tries=2)
    for _ in range(_WIDER):
        if found.valid:
            return _put_back(jobs, free, found)
        assert found.failure is not None
        wider = free | _in_the_way(rest, found.failure)
        if wider == free:
            break
        free = wider
        found = search(jobs.problem(free), tries=2)
    everything = _open(rest)
    found = search(jobs.problem(everything))
    return _put_back(jobs, everything, found) if found.valid else found


class Jobs:
    """The jobs of the rest of a day, each where it was planned and as it may move: made once, put together often."""

    def __init__(self, rest: Remaining) -> None:
        self.rest = rest
        self.pairs = [(job.id, _held(job, rest), _moving(job, rest)) for job in rest.day.problem.jobs]

    def problem(self, free: Collection[str]) -> Problem:
        """The rest of the day with all but `free` where it was planned."""
        jobs = tuple(moving if name in free else held for name, held, moving in self.pairs)
        return replace(self.rest.day.problem, jobs=jobs)


def _held(job: Job, rest: Remaining) -> Job:
    """A job where it was planned, if it was."""
    at = rest.planned.get(job.id)
    return _moving(job, rest) if at is None else replace(job, earliest=at, latest=at, attended=None, tail=0)


def _moving(job: Job, rest: Remaining) -> Job:
    """A job as it may move from now on, unless it is done or under way."""
    if job.id in rest.frozen:
        return _held(job, rest)
    earliest = rest.not_before[job.id]
    return replace(job, earliest=earliest if job.earliest is None else max(job.earliest, earliest))


def placed(rest: Remaining) -> Problem:
    """The rest of the day with what is done or under way where it is, and all else free."""
    return Jobs(rest).problem(_open(rest))


def _open(rest: Remaining) -> set[str]:
    return {job.id for job in rest.day.problem.jobs if job.id not in rest.frozen}


def moved(rest: Remaining, found: Found) -> list[str]:
    """Blocks that are not where they were planned."""
    return [name for name, start in found.placement.items() if rest.planned.get(name) != start]


def _hit(rest: Remaining) -> set[str]:
    """What cannot stay: new work, what was broken off, and what would begin too early."""
    hit = set(rest.broken_off)
    for name, earliest in rest.not_before.items():
        if name not in rest.planned or rest.planned[name] < earliest:
            hit.add(name)
    return hit | {job.id for job in rest.day.problem.jobs if _is_out_of_time(job, rest)}


def _is_out_of_time(job: Job, rest: Remaining) -> bool:
    """Whether a job was planned for a time that is no longer its own: the service moved, or it takes longer now.

    A drive that leaves earlier than it has to is in time, and what was planned without time in hand stays so.
    """
    if job.id in rest.frozen or job.id not in rest.planned:
        return False
    is_drive = rest.day.works[job.id].kind == "drive"
    return all(_is_out(one, rest.planned[job.id], is_drive) for one in (job, rest.bounds.get(job.id, job)))


def _is_out(job: Job, planned: int, is_drive: bool) -> bool:
    too_early = job.earliest is not None and planned < job.earliest and not is_drive
    return too_early or (job.latest is not None and planned > job.latest)


def _in_the_way(rest: Remaining, failure: Failure) -> set[str]:
    """What may move too: the dish that failed, what waits for it or it for, and what has the resource it lacks."""
    jobs = {job.id: job for job in rest.day.problem.jobs}
    failed = jobs[failure.job]
    near = {failed.id, *(lag.job for lag in failed.after)}
    for job in jobs.values():
        same_dish = bool(failed.group) and job.group == failed.group
        waits = any(lag.job == failed.id for lag in job.after)
        if same_dish or waits or _has(job, failure):
            near.add(job.id)
    return near - rest.frozen


def _has(job: Job, failure: Failure) -> bool:
    """Whether a job takes one of the resources that had no room."""
    blocked = set(failure.blocked)
    return any(not blocked.isdisjoint(need.options) for need in job.needs)


def _put_back(jobs: Jobs, free: set[str], found: Found) -> Found:
    """The placement with what moved put back where it was, as far as the day still works.

    What belongs together goes back together (the drives, a dish), then one by one, the last planned first.
    """
    stays = set(free)
    for together in _together(jobs.rest, free, found):
        back = {name for name in together if name in stays}
        if not back:
            continue
        tried = search(jobs.problem(stays - back), tries=2)
        if tried.valid:
            stays -= back
            found = tried
    return found


def _together(rest: Remaining, free: set[str], found: Found) -> Iterator[set[str]]:
    """What is tried at once: the work of the event, each dish, each block."""
    hit = _hit(rest)
    candidates = (free & rest.planned.keys()) - hit
    groups: dict[str, set[str]] = {"": set()}
    for job in rest.day.problem.jobs:
        if job.id in candidates:
            groups.setdefault(job.group, set()).add(job.id)
    yield from groups.values()
    far = [name for name in candidates if found.placement[name] != rest.planned[name]]
    for name in sorted(far, key=lambda one: (-rest.planned[one], one))[:_PUT_BACK]:
        yield {name}
