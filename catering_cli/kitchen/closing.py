"""A day that begins later: first by halving, then by moves of few jobs, or by crossing orders of work.

Halving is the greedy again with nothing allowed before a moment. What may not begin earlier has narrower windows, so
work that has to lie far ahead of the service is seen to be urgent before the hours that it needs are taken.
"""

from __future__ import annotations

from dataclasses import replace

from catering_cli.kitchen.bounds import least_span
from catering_cli.kitchen.breed import bred, fit
from catering_cli.kitchen.greedy import Found, search
from catering_cli.kitchen.jobs import Job, Problem
from catering_cli.kitchen.moves import moved
from catering_cli.kitchen.net import Net

_MOVES = 30_000
"""Placements of a unit of work: about a second of one core for 500 jobs, measured."""
_MOST = 20
"""Units of work of which more is not made use of."""


def later(problem: Problem, found: Found, budget: float) -> Found:
    """The valid placement that begins latest, of what so many units of work find; `found` where none begins later."""
    net = Net(problem)
    least = least_span(net)
    found = closed(problem, found, least)
    return (bred if fit(net) else moved)(net, found, least, int(min(budget, _MOST) * _MOVES))


def closed(problem: Problem, found: Found, least: int, tries: int = 6) -> Found:
    """The valid placement with the latest beginning that halving finds between `found`'s and minute -`least`."""
    span = _span(problem, found)
    while least < span:
        middle = (least + span) // 2
        tried = search(not_before(problem, -middle), tries)
        if tried.valid:
            found, span = tried, _span(problem, tried)
        else:
            least = middle + 1
    return found


def not_before(problem: Problem, minute: int) -> Problem:
    """The problem with no start before a minute."""
    if minute <= problem.begin:
        return problem
    return replace(problem, begin=minute, jobs=tuple(_not_before(job, minute) for job in problem.jobs))


def _not_before(job: Job, minute: int) -> Job:
    return replace(job, earliest=minute) if job.earliest is not None and job.earliest < minute else job


def _span(problem: Problem, found: Found) -> int:
    return -min((found.placement[job.id] for job in problem.jobs if job.minutes), default=0)
