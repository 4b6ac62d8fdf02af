"""Resources that stand in for each other everywhere, as one: cooks and chefs whom every job asks for one of either.

Where each job takes one at a time, so many jobs at once as there are units can always be dealt out in order of
their start (the colouring of an interval graph), so the pooled problem has the same schedules and a search over
it has no choices to make.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from catering_cli.scheduling.backward_greedy import Found
from catering_cli.scheduling.problem import Need, Problem, Resource

Pools = Mapping[tuple[Resource, ...], Resource]


def pools(problem: Problem) -> Pools:
    """The sets of options that can be one: no job asks for one of them alone, or for two at a time."""
    needs = [need for job in problem.jobs for need in job.needs]
    sets = {frozenset(need.options) for need in needs}
    together = {need.options for need in needs if len(need.options) > 1}
    barred = {frozenset(need.options) for need in needs if need.count > 1}
    return {
        options: Resource(min(options).kind, "|".join(sorted(r.name for r in options)), min(options).place)
        for options in sorted(together)
        if frozenset(options) not in barred
        and all(one == frozenset(options) or not one & frozenset(options) for one in sets)
    }


def pooled(problem: Problem, known: Pools) -> Problem:
    """The same problem with each pool as one resource that has the sum of its members."""
    if not known:
        return problem
    capacities = dict(problem.capacities)
    for options, pool in known.items():
        capacities[pool] = sum(problem.capacities.get(member, 0) for member in options)
    jobs = tuple(
        replace(job, needs=tuple(_pooled(need, known) for need in job.needs)) if job.needs else job
        for job in problem.jobs
    )
    return replace(problem, jobs=jobs, capacities=capacities)


def _pooled(need: Need, known: Pools) -> Need:
    pool = known.get(need.options)
    return need if pool is None else replace(need, options=(pool,))


def shared(problem: Problem, found: Found, known: Pools) -> Found:
    """A placement of the problem as one of the pooled problem."""
    taken = {
        job.id: tuple(
            known.get(need.options, resource) for need, resource in zip(job.needs, found.taken[job.id], strict=True)
        )
        for job in problem.jobs
    }
    return replace(found, taken=taken)


def dealt(problem: Problem, found: Found, known: Pools) -> Found:
    """A placement of the pooled problem as one of the problem: to each need the first member that is free."""
    taken = {job.id: list(found.taken[job.id]) for job in problem.jobs}
    busy: dict[Resource, list[int]] = {}
    rows = [
        (found.placement[job.id], job.id, n, need)
        for job in problem.jobs
        for n, need in enumerate(job.needs)
        if need.options in known
    ]
    for start, job_id, n, need in sorted(rows, key=lambda row: row[:3]):
        for member in need.options:
            ends = [end for end in busy.get(member, []) if end > start]
            if len(ends) < problem.capacities.get(member, 0) or not need.minutes:
                busy[member] = [*ends, start + need.minutes] if need.minutes else ends
                taken[job_id][n] = member
                break
    return replace(found, taken={job_id: tuple(members) for job_id, members in taken.items()})
