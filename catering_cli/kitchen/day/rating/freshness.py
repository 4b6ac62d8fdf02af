"""Food that is eaten while it keeps: how early its last work may be begun, and how much longer guests find it lying."""

from __future__ import annotations

from collections.abc import Iterator

from catering_cli.kitchen.day.day_problem import Day
from catering_cli.kitchen.day.work import After, Work
from catering_cli.scheduling.backward_greedy import Found
from catering_cli.scheduling.network import Net
from catering_cli.scheduling.problem import Problem

_AT_LEAST = 30
"""Minutes between which the last work on a dish may be begun, if none of them leaves it fresh for all. [K]"""


def earliest_starts(day: Day, problem: Problem) -> dict[str, int]:
    """The earliest start that is wished for, of each last work on a dish: never so late that it has no room."""
    net = Net(problem)
    starts: dict[str, int] = {}
    for taker, after, fresh in _wishes(day):
        work = day.works[after.work]
        if taker.latest is not None:
            room = net.high[net.index[work.id]] - _AT_LEAST
            start = min(taker.latest - fresh - work.minutes, room)
            starts[work.id] = max(starts.get(work.id, start), start)
    return starts


def stale(day: Day, found: Found) -> int:
    """Minutes that food waits longer than is wished for, of each dish at each service where it waits longest."""
    longest: dict[tuple[str, str], int] = {}
    for taker, after, fresh in _wishes(day):
        work = day.works[after.work]
        waited = found.placement[taker.id] - found.placement[work.id] - work.minutes
        key = taker.id, work.dish
        longest[key] = max(longest.get(key, 0), waited - fresh)
    return sum(longest.values())


def _wishes(day: Day) -> Iterator[tuple[Work, After, int]]:
    """What is served or plated, with each wait of its food and the longest that is wished for."""
    for taker in day.works.values():
        for after in () if taker.dish else taker.after:
            if after.fresh is not None and after.work in day.works:
                yield taker, after, after.fresh
