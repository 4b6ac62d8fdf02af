"""A day that begins later, searched for by halving: the greedy again with nothing allowed before a moment.

What may not begin earlier has narrower windows, so work that has to lie far ahead of the service is seen to be
urgent before the hours that it needs are taken.
"""

from __future__ import annotations

from dataclasses import replace

from catering_cli.kitchen.greedy import Found, search
from catering_cli.kitchen.jobs import Job, Problem


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
