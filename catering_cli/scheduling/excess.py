"""When a placement uses more of a resource than there is."""

from __future__ import annotations

from typing import NamedTuple

from catering_cli.scheduling.backward_greedy import Found
from catering_cli.scheduling.problem import Problem, Resource
from catering_cli.scheduling.usage import Profile, profiles

_PAUSE = 120
"""Minutes between two needs of the same thing that are told as one."""


class Excess(NamedTuple):
    """From when to when more of a resource is in use than there is, and how much more at most."""

    start: int
    end: int
    more: int


def over(problem: Problem, found: Found, resource: Resource) -> list[Excess]:
    """When a placement uses more of a resource than there is; what lies close together is told as one."""
    profile = profiles(problem.jobs, found.placement, found.taken).get(resource, Profile())
    have = problem.capacities.get(resource, 0)
    told: list[Excess] = []
    for start, end, level in profile.steps():
        if level <= have:
            continue
        one = Excess(start, end, level - have)
        if told and start - told[-1].end < _PAUSE:
            last = told.pop()
            one = Excess(last.start, end, max(last.more, one.more))
        told.append(one)
    return told
