"""Resources that stand in for each other everywhere, as one: cooks and chefs whom every job asks for one of either.

If each job takes one at a time, so many jobs at once as there are units can always be dealt out in order of
their start (the colouring of an interval graph), so the pooled problem has the same schedules and a search over
it has no choices to make.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from catering_cli.scheduling.backward_greedy import Found
from catering_cli.scheduling.problem import Job, Need, Problem, Resource

Pools = Mapping[tuple[Resource, ...], Resource]


def pools(problem: Problem) -> Pools:
    """The sets of options that can be one: no job asks for one of them alone, or for two at a time."""
    needs = set(problem.needs())
    choices = {need.options for need in needs if len(need.options) > 1}
    return {options: _pool(options) for options in sorted(choices) if _is_pool(options, needs)}


def _is_pool(options: Sequence[Resource], needs: Iterable[Need]) -> bool:
    """Whether every need asks for one of all these resources, or for none of them."""
    members = set(options)
    for need in needs:
        asked = set(need.options)
        if asked == members and need.count > 1:
            return False
        if asked != members and asked & members:
            return False
    return True


def _pool(options: tuple[Resource, ...]) -> Resource:
    """The members as one resource, which carries all their names."""
    first = min(options)
    names = "|".join(sorted(member.name for member in options))
    return Resource(first.kind, names, first.place)


def pooled(problem: Problem, known: Pools) -> Problem:
    """The same problem with each pool as one resource that has the sum of its members."""
    if not known:
        return problem
    capacities = dict(problem.capacities)
    for options, pool in known.items():
        there = [problem.capacities.get(member, 0) for member in options]
        capacities[pool] = sum(there)
    jobs = tuple(_pooled(job, known) for job in problem.jobs)
    return replace(problem, jobs=jobs, capacities=capacities)


def _pooled(job: Job, known: Pools) -> Job:
    needs = []
    for need in job.needs:
        pool = known.get(need.options)
        needs.append(need if pool is None else replace(need, options=(pool,)))
    return replace(job, needs=tuple(needs))


def shared(problem: Problem, found: Found, known: Pools) -> Found:
    """A placement of the problem as one of the pooled problem."""
    taken = {}
    for job in problem.jobs:
        pairs = zip(job.needs, found.taken[job.id], strict=True)
        taken[job.id] = tuple(known.get(need.options, resource) for need, resource in pairs)
    return replace(found, taken=taken)


class _Turn(NamedTuple):
    """A need that a member of a pool has to meet: when it begins, and where it stands."""

    start: int
    job: str
    number: int
    need: Need


def dealt(problem: Problem, found: Found, known: Pools) -> Found:
    """A placement of the pooled problem as one of the problem: to each need the first member that is free."""
    taken = {job.id: list(found.taken[job.id]) for job in problem.jobs}
    busy_until: dict[Resource, list[int]] = defaultdict(list)
    turns = sorted(_turns(problem, found, known), key=lambda turn: turn[:3])
    for start, job, number, need in turns:
        for member in need.options:
            ends = [end for end in busy_until[member] if end > start]
            if len(ends) < problem.capacities.get(member, 0) or not need.minutes:
                busy_until[member] = [*ends, start + need.minutes] if need.minutes else ends
                taken[job][number] = member
                break
    return replace(found, taken={job: tuple(members) for job, members in taken.items()})


def _turns(problem: Problem, found: Found, known: Pools) -> list[_Turn]:
    """All needs of pools, in the order of the jobs."""
    turns = []
    for job in problem.jobs:
        start = found.placement[job.id]
        every = [_Turn(start, job.id, number, need) for number, need in enumerate(job.needs)]
        turns += [turn for turn in every if turn.need.options in known]
    return turns
