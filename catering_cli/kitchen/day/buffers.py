"""What makes a day calm, if it can be had: time in hand, and last hours free of what could be made before them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from catering_cli.data.tables import figure
from catering_cli.domain.order import Order
from catering_cli.domain.timeline import Buffer
from catering_cli.scheduling.backward_greedy import Found, search
from catering_cli.scheduling.late_work import LAST, weights
from catering_cli.scheduling.lower_bounds import distances
from catering_cli.scheduling.network import Net
from catering_cli.scheduling.problem import Job, Problem

_LOOSER = 4
"""Times that a wish which cannot be had is dropped for one job more."""
_EARLIER = 240
"""Minutes that the day may begin earlier for the sake of calm last hours."""
_SHOWN = 5


def calm(order: Order, problem: Problem, found: Found) -> tuple[Problem, Found]:
    """The problem with as much of both wishes as a search finds possible, and its placement; else as they came."""
    wished = buffered(order, problem)
    tails = {job.id: job.tail for job in wished.jobs if job.tail}
    problem, found = _granted(problem, found, tails, lambda job, tail: replace(job, tail=tail))
    net = Net(problem)
    before = {
        net.jobs[i].id: LAST - net.jobs[i].minutes for i in weights(net) if net.high[i] > LAST - net.jobs[i].minutes
    }
    first = min(found.placement.values(), default=0)
    capped, early = _granted(problem, found, before, lambda job, at: replace(job, latest=_least(job.latest, at)))
    return (capped, early) if min(early.placement.values(), default=0) >= first - _EARLIER else (problem, found)


def _least(one: int | None, other: int) -> int:
    return other if one is None else min(one, other)


def _granted(
    problem: Problem, found: Found, wishes: Mapping[str, int], grant: Callable[[Job, int], Job]
) -> tuple[Problem, Found]:
    """The wishes that can be had together: all, or without those of the dishes that then find no place."""
    left = dict(wishes)
    for _ in range(_LOOSER):
        if not left:
            break
        jobs = tuple(grant(job, left[job.id]) if job.id in left else job for job in problem.jobs)
        changed = replace(problem, jobs=jobs)
        tried = search(changed, tries=1)
        if tried.failure is None:
            return changed, tried
        failed = tried.failure.job
        dish = next(job.dish for job in problem.jobs if job.id == failed)
        near = {lag.job for job in problem.jobs if job.id == failed for lag in job.after}
        left = {
            job.id: left[job.id]
            for job in problem.jobs
            if job.id in left and job.id != failed and job.id not in near and not (dish and job.dish == dish)
        }
    return problem, found


def wanted(order: Order) -> tuple[int, int]:
    """Minutes before plating and after arrival: the order's, else the table's."""
    plating, arrival = order.kitchen.plating_buffer_minutes, order.kitchen.arrival_buffer_minutes
    return (
        figure("work", "plating_buffer") if plating is None else plating,
        figure("work", "arrival_buffer") if arrival is None else arrival,
    )


def buffered(order: Order, problem: Problem) -> Problem:
    """The problem with a tail on every drive and on what is plated where it is made.

    Where food keeps for a limited time, a buffer takes at most half of what the way leaves of it.
    """
    plating, arrival = wanted(order)
    net = Net(problem)
    tails: dict[int, int] = {}
    for i, job in enumerate(net.jobs):
        if job.kind == "drive" and net.then[i]:
            tails[i] = arrival
        elif job.dish and _plated([net.jobs[j] for j, _ in net.then[i]]):
            tails[i] = plating
    for i, job in enumerate(net.jobs):
        limits = [(j, limit) for j, limit in net.then[i] if limit is not None and not net.jobs[j].dish]
        if not job.dish or not limits:
            continue
        far = distances(net, i)
        room = min(limit - far.get(j, 0) for j, limit in limits)
        for k in tails.keys() & far.keys():
            if k == i or not net.jobs[k].dish:
                tails[k] = max(0, min(tails[k], room // 2))
    jobs = tuple(replace(job, tail=tails.get(i, 0)) for i, job in enumerate(problem.jobs))
    return replace(problem, jobs=jobs)


def _plated(then: Sequence[Job]) -> bool:
    """Whether food goes from its last work straight to the plate or the guests: it is not packed before."""
    kinds = {job.kind for job in then if not job.dish}
    return bool(kinds & {"plate", "serve"}) and "pack" not in kinds


def thinnest(order: Order, problem: Problem, found: Found) -> tuple[Buffer, ...]:
    """The five least free times before each plating (or service, if nothing is plated) and after each arrival."""
    plating, arrival = wanted(order)
    net = Net(problem)
    rows: dict[str, Buffer] = {}
    for i, one in enumerate(net.jobs):
        then = [net.jobs[j] for j, _ in net.then[i]]
        if one.kind != "drive" and not (one.dish and _plated(then)):
            continue
        for job in then:
            free = found.placement[job.id] - found.placement[one.id] - one.minutes
            old = rows.get(job.id)
            if not job.dish and (old is None or free < old.minutes):
                want = arrival if one.kind == "drive" else plating
                rows[job.id] = Buffer(block=one.id, until=job.id, minutes=max(0, free), wanted=want)
    return tuple(sorted(rows.values(), key=lambda row: (row.minutes, row.until))[:_SHOWN])
