"""A day that begins later: first by halving, then by moves of few jobs, or by crossing orders of work.

Halving is the greedy again with nothing allowed before a moment. What may not begin earlier has narrower windows, so
work that has to lie far ahead of minute 0 is seen to be urgent before the hours that it needs are taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from catering_cli.scheduling.backward_greedy import Found, search
from catering_cli.scheduling.lower_bounds import least_span
from catering_cli.scheduling.network import Net
from catering_cli.scheduling.problem import Job, Problem
from catering_cli.scheduling.search.genetic import bred, fit
from catering_cli.scheduling.search.neighbourhood import GOAL, moved

_MOVES = 45_000
"""Placements of a unit of work: about 0.55 seconds of one core for 500 jobs, measured."""
_MOST = 8
"""Units of work of which more is not made use of."""

_WIDER = 1.02
"""Of the span that was found: how early a day may begin whose chains are kept whole; moves make it shorter."""

_ROUNDS = 6
"""Rounds in which waits are followed: a chain of groups is shorter, and more would only be more exact."""


def later(problem: Problem, found: Found, budget: float) -> Found:
    """The valid placement that begins latest, of what so many units of work find; `found` if none begins later."""
    net = Net(problem)
    least = least_span(net)
    work = int(min(budget, _MOST) * _MOVES)
    found = closed(problem, found, least)
    if fit(net):
        return bred(net, found, least, work)
    span = problem.span(found.placement)
    if span <= least:
        return found
    whole, begun = kept_whole(problem, found, least)
    better = moved(Net(whole), begun, least, work)
    return better if problem.span(better.placement) < span else found


def kept_whole(problem: Problem, found: Found, least: int) -> tuple[Problem, Found]:
    """The problem with no chain before closing time that would not fit there on a day as short as is hoped for.

    With a placement to begin with; the problem as it is if the greedy finds none that is nearly as short. Moves of
    few jobs would hardly ever take such a chain across the night, and as long as it is there it holds the day open.
    """
    moment = -int(least * GOAL)
    low = _low(Net(_cut(problem, moment)))
    jobs = [
        replace(job, earliest=at) if at >= _closes(problem, job.place, moment) else job
        for job, at in zip(problem.jobs, low, strict=True)
    ]
    whole = replace(problem, jobs=tuple(jobs))
    if _keeps_to(found, jobs):
        return whole, found
    begun = search(whole)
    if begun.valid:
        begun = closed(whole, begun, least)
        most = problem.span(found.placement) * _WIDER
        if problem.span(begun.placement) <= most:
            return whole, begun
    return problem, found


def _keeps_to(found: Found, jobs: Sequence[Job]) -> bool:
    """Whether no job begins before it may."""
    bounded = [(job.id, job.earliest) for job in jobs if job.earliest is not None]
    return all(found.placement[name] >= earliest for name, earliest in bounded)


def _closes(problem: Problem, place: str, moment: int) -> int:
    """When the opening in which the moment lies ends; the end of all work if it lies in none."""
    for low, high in problem.openings.get(place, ()):
        if low <= moment < high:
            return high
    return problem.end


def closed(problem: Problem, found: Found, least: int, tries: int = 6) -> Found:
    """The valid placement with the latest beginning that halving finds between `found`'s and minute -`least`."""
    span = problem.span(found.placement)
    while least < span:
        middle = (least + span) // 2
        tried = search(_cut(problem, -middle), tries)
        if not tried.valid:
            tried = search(not_before(problem, -middle), tries)
        if tried.valid:
            found = tried
            span = problem.span(found.placement)
        else:
            least = middle + 1
    return found


def not_before(problem: Problem, minute: int) -> Problem:
    """The problem with no start before a minute, and what follows from that for each job said of it.

    A chain that no longer fits before closing time moves to the next opening as a whole.
    """
    cut = _cut(problem, minute)
    low = _low(Net(cut))
    jobs = [replace(job, earliest=at) for job, at in zip(cut.jobs, low, strict=True)]
    return replace(cut, jobs=tuple(jobs))


def _cut(problem: Problem, minute: int) -> Problem:
    """The problem with no start before a minute."""
    if minute <= problem.begin:
        return problem
    jobs = [
        job if job.earliest is None else replace(job, earliest=max(minute, job.earliest))
        for job in problem.jobs
    ]  # fmt: skip
    return replace(problem, begin=minute, jobs=tuple(jobs))


def _low(net: Net) -> list[int]:
    """Earliest start of each job by waits, limits and openings; as far as a few rounds follow them."""
    low = list(net.low)
    for _ in range(_ROUNDS):
        before = list(low)
        for i in net.order:
            earliest = low[i]
            for j, _ in net.before[i]:
                earliest = max(earliest, low[j] + net.length[j])
            low[i] = net.first_open(i, earliest)
        for i in reversed(net.order):
            low[i] = net.first_open(i, net.freshest(i, low))
        if low == before:
            break
    return low
