"""What a day costs in pay, by the shifts that its work and its services take: compared before any plan is made."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from fractions import Fraction

from catering_cli.domain.order import Order
from catering_cli.kitchen.day.day_problem import Day
from catering_cli.kitchen.day.resources import EVERYWHERE
from catering_cli.kitchen.menu.prices import hourly
from catering_cli.kitchen.menu.staff_calls import shift_limits
from catering_cli.scheduling.backward_greedy import Found
from catering_cli.scheduling.intervals import union
from catering_cli.scheduling.problem import Spans
from catering_cli.scheduling.shifts import Task, at_services, dealt, most_at_once, paid

USUAL_RATE = 20
"""Pay for an hour where the order names none: only to weigh one role against another; [K]."""
_FRONT = ("set_up", "serve", "strike")


def pay(order: Order, day: Day, found: Found) -> tuple[Fraction, int]:
    """Pay for all who are called, and how many more people the work takes than there are.

    Those who are called by the guests alone are the same on every day.
    """
    available: Counter[str] = Counter()
    for row in order.staff or ():
        available[row.role] += row.available
    total, short = Fraction(0), 0
    worked = _tasks(day, found)
    for role, tasks in _called(day, found, worked).items():
        shifts = dealt(tasks, shift_limits(), _over(day, found))
        total += Fraction(hourly(order, role) or USUAL_RATE) * paid(shifts) / 60
        if order.staff is not None and role in worked:
            short += max(0, max(shift.who for shift in shifts) - available[role])
    return total, short


def _called(day: Day, found: Found, worked: Mapping[str, list[Task]]) -> dict[str, list[Task]]:
    """The work of each role, with all who are called in beside what the schedule needs."""
    calls = day.staff.calls({role: most_at_once(tasks) for role, tasks in worked.items()})
    services = _services(day, found)
    return {role: at_services(worked.get(role, ()), call.people, services) for role, call in calls.items()}


def _tasks(day: Day, found: Found) -> Mapping[str, list[Task]]:
    """What each person of a role does; those who rode to a venue are busy until they are back."""
    tasks: dict[str, list[Task]] = defaultdict(list)
    for job in day.problem.jobs:
        start = found.placement[job.id]
        for need, taken in zip(job.needs, found.taken[job.id], strict=True):
            if taken.kind == "staff" and taken.place == EVERYWHERE and need.minutes:
                tasks[taken.name] += [(start, start + need.minutes)] * need.count
    return tasks


def _services(day: Day, found: Found) -> Spans:
    """From the start of set-up to the end of strike of each service; those that follow on one another as one."""
    spans: dict[str, list[Task]] = defaultdict(list)
    for work in day.works.values():
        if work.kind in _FRONT:
            start = found.placement[work.id]
            spans[work.id.rpartition(".")[0]].append((start, start + work.minutes))
    return union((min(low for low, _ in mine), max(high for _, high in mine)) for mine in spans.values())


def _over(day: Day, found: Found) -> int:
    """When the last work ends."""
    return max(found.placement[work.id] + work.minutes for work in day.works.values())
