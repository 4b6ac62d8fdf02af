"""Why no schedule was found, in a chef's words, and the least-bad placement; every relief is scheduled again."""

from __future__ import annotations

from dataclasses import dataclass, replace

from catering_cli.kitchen.capacity import Clock
from catering_cli.kitchen.greedy import Failure, Found, search
from catering_cli.kitchen.jobs import Job, Problem, Resource

_ROUNDS = 60


@dataclass(frozen=True, slots=True)
class Reason:
    """The least-bad placement and the sentences that say what cannot hold."""

    found: Found
    lines: tuple[str, ...]


def explain(problem: Problem, failed: Found, clock: Clock) -> Reason:
    """Relax what stands in the way, little by little, until the rest can be placed; say what had to give."""
    extra: dict[Resource, int] = {}
    loosened: list[Failure] = []
    found, tried = failed, problem
    for _ in range(_ROUNDS):
        if found.failure is None:
            break
        tried = _relax(tried, found.failure, extra, loosened)
        found = search(tried, tries=2)
    lines = [*(_short(problem, r, n) for r, n in sorted(extra.items())), *(_late(problem, f, clock) for f in loosened)]
    return Reason(found, tuple(dict.fromkeys(lines)))


def _relax(problem: Problem, failure: Failure, extra: dict[Resource, int], loosened: list[Failure]) -> Problem:
    if failure.blocked:
        resource = failure.blocked[0]
        extra[resource] = extra.get(resource, 0) + 1
        return problem.with_more({resource: 1})
    loosened.append(failure)
    job = next(job for job in problem.jobs if job.id == failure.job)
    freed = replace(
        job, earliest=None, attended=None, after=tuple(replace(x, hold=None, keeps=None) for x in job.after)
    )
    jobs = tuple(freed if other.id == job.id else _unheld(other, job.id) for other in problem.jobs)
    return replace(problem, jobs=jobs, begin=problem.begin - 24 * 60)


def _unheld(job: Job, name: str) -> Job:
    if not any(lag.job == name and lag.limit is not None for lag in job.after):
        return job
    return replace(job, after=tuple(replace(x, hold=None, keeps=None) if x.job == name else x for x in job.after))


def _short(problem: Problem, resource: Resource, count: int) -> str:
    have = problem.capacities.get(resource, 0)
    name = resource.name.replace("_", " ")
    return f"{name}: {have} are not enough; with {have + count} there is a schedule"


def _late(problem: Problem, failure: Failure, clock: Clock) -> str:
    job = next(job for job in problem.jobs if job.id == failure.job)
    at = clock.moment(failure.high).strftime("%Y-%m-%d %H:%M")
    return f"{job.label}: must start by {at}, but cannot"
