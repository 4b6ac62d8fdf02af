"""A day that begins later: first by halving, then by moves of few jobs, or by crossing orders of work.

Halving is the greedy again with nothing allowed before a moment. What may not begin earlier has narrower windows, so
work that has to lie far ahead of the service is seen to be urgent before the hours that it needs are taken.
"""

from __future__ import annotations

from dataclasses import replace

from catering_cli.scheduling.backward_greedy import Found, search
from catering_cli.scheduling.genetic import bred, fit
from catering_cli.scheduling.lower_bounds import least_span
from catering_cli.scheduling.neighbourhood import GOAL, moved
from catering_cli.scheduling.network import Net
from catering_cli.scheduling.problem import Problem

_MOVES = 45_000
"""Placements of a unit of work: about 0.55 seconds of one core for 500 jobs, measured."""
_MOST = 8
"""Units of work of which more is not made use of."""

_WIDER = 1.02
"""Of the span that was found: how early a day may begin whose chains are kept whole; moves make it shorter."""

_ROUNDS = 6
"""Rounds in which waits are followed: a chain of dishes is shorter, and more would only be more exact."""


def later(problem: Problem, found: Found, budget: float) -> Found:
    """The valid placement that begins latest, of what so many units of work find; `found` where none begins later."""
    net = Net(problem)
    least, work = least_span(net), int(min(budget, _MOST) * _MOVES)
    found = closed(problem, found, least)
    if fit(net):
        return bred(net, found, least, work)
    if problem.span(found.placement) <= least:
        return found
    whole, begun = kept_whole(problem, found, least)
    better = moved(Net(whole), begun, least, work)
    return better if problem.span(better.placement) < problem.span(found.placement) else found


def kept_whole(problem: Problem, found: Found, least: int) -> tuple[Problem, Found]:
    """The problem with no chain before closing time that would not fit there on a day as short as is hoped for.

    With a placement to begin with; the problem as it is where the greedy finds none that is nearly as short. Moves of
    few jobs would hardly ever take such a chain across the night, and as long as it is there it holds the day open.
    """
    moment = -int(least * GOAL)
    low = _low(Net(_cut(problem, moment)))
    jobs = tuple(
        replace(job, earliest=at) if at >= _closes(problem, job.place, moment) else job
        for job, at in zip(problem.jobs, low, strict=True)
    )
    whole = replace(problem, jobs=jobs)
    if all(found.placement[job.id] >= job.earliest for job in jobs if job.earliest is not None):
        return whole, found
    begun = search(whole)
    begun = closed(whole, begun, least) if begun.valid else begun
    worth = begun.valid and problem.span(begun.placement) <= problem.span(found.placement) * _WIDER
    return (whole, begun) if worth else (problem, found)


def _closes(problem: Problem, place: str, moment: int) -> int:
    """When the opening in which the moment lies ends; the end of all work where it lies in none."""
    ends = (high for low, high in problem.openings.get(place, ()) if low <= moment < high)
    return next(ends, problem.end)


def closed(problem: Problem, found: Found, least: int, tries: int = 6) -> Found:
    """The valid placement with the latest beginning that halving finds between `found`'s and minute -`least`."""
    span = problem.span(found.placement)
    while least < span:
        middle = (least + span) // 2
        tried = search(_cut(problem, -middle), tries)
        if not tried.valid:
            tried = search(not_before(problem, -middle), tries)
        if tried.valid:
            found, span = tried, problem.span(tried.placement)
        else:
            least = middle + 1
    return found


def not_before(problem: Problem, minute: int) -> Problem:
    """The problem with no start before a minute, and what follows from that for each job said of it."""
    return _followed(_cut(problem, minute))


def _cut(problem: Problem, minute: int) -> Problem:
    if minute <= problem.begin:
        return problem
    jobs = (
        replace(job, earliest=max(minute, job.earliest)) if job.earliest is not None else job for job in problem.jobs
    )
    return replace(problem, begin=minute, jobs=tuple(jobs))


def _followed(problem: Problem) -> Problem:
    """A chain that no longer fits before closing time moves to the next opening as a whole."""
    low = _low(Net(problem))
    return replace(problem, jobs=tuple(replace(job, earliest=at) for job, at in zip(problem.jobs, low, strict=True)))


def _low(net: Net) -> list[int]:
    """Earliest start of each job by waits, limits and openings; as far as a few rounds follow them."""
    low = list(net.low)
    for _ in range(_ROUNDS):
        before = list(low)
        for i in net.order:
            earliest = max([low[i], *(low[j] + net.jobs[j].minutes + net.jobs[j].tail for j, _ in net.before[i])])
            low[i] = net.first_open(i, earliest)
        for i in reversed(net.order):
            limits = [low[j] - limit - net.jobs[i].minutes for j, limit in net.then[i] if limit is not None]
            low[i] = net.first_open(i, max([low[i], *limits]))
        if low == before:
            break
    return low
