"""The day with fewer cooks: what they pack takes longer, so that no one is called in for a few minutes of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from catering_cli.domain.order import Order
from catering_cli.kitchen.day.day_problem import Day
from catering_cli.kitchen.day.event_times import minutes_by
from catering_cli.kitchen.day.resources import PLENTY
from catering_cli.kitchen.day.work import Work
from catering_cli.kitchen.menu.services import Meal, meals
from catering_cli.scheduling.backward_greedy import Found, search
from catering_cli.scheduling.problem import Resource
from catering_cli.scheduling.usage import peaks

_TRIED = 12
"""Numbers of cooks of which the day is tried."""


def with_fewer(order: Order, day: Day, found: Found, cooks: Resource) -> Iterator[tuple[Day, Found]]:
    """The day with each number of cooks, from the fewest with whom it works."""
    most = min(day.problem.capacities[cooks], peaks(day.problem.jobs, found.placement, found.taken)[cooks])
    fixed = [work for work in day.works.values() if work.kind != "pack"]
    least = max((need.count for work in fixed for need in work.needs if cooks in need.options), default=1)
    known: dict[int, tuple[Day, Found]] = {most: (day, found)}
    low, high = least, most
    while low < high:
        middle = (low + high) // 2
        known[middle] = with_cooks(order, day, cooks, middle)
        if known[middle][1].valid:
            high = middle
        else:
            low = middle + 1
    for count in range(high, min(most, high + _TRIED)):
        tried = known.get(count) or with_cooks(order, day, cooks, count)
        if tried[1].valid:
            yield tried


def with_cooks(order: Order, day: Day, cooks: Resource, count: int) -> tuple[Day, Found]:
    """The day with so many cooks, and its placement."""
    assert count < PLENTY
    served = meals(order, day.clock)
    works = {name: _packed_by(work, served, cooks, count) for name, work in day.works.items()}
    jobs = tuple(
        job
        if works[job.id] is day.works[job.id]
        else replace(job, minutes=works[job.id].minutes, attended=works[job.id].attended, needs=works[job.id].needs)
        for job in day.problem.jobs
    )
    problem = replace(day.problem, jobs=jobs, capacities={**day.problem.capacities, cooks: count})
    return replace(day, problem=problem, works=works), search(problem, tries=2)


def _packed_by(work: Work, served: tuple[Meal, ...], cooks: Resource, count: int) -> Work:
    """What is packed, by no more cooks than there are; any other work as it is."""
    if work.kind != "pack" or not any(cooks in need.options and need.count > count for need in work.needs):
        return work
    meal = next(meal for meal in served if work.id.startswith(f"{meal.id}.pack"))
    minutes = minutes_by("pack" if work.id == f"{meal.id}.pack" else "late_pack", meal, count)
    needs = tuple(replace(need, count=count, minutes=minutes) for need in work.needs)
    return replace(work, minutes=minutes, attended=minutes, needs=needs)
