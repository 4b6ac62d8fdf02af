"""What makes a day calm, if it can be had: time in hand, and last hours free of what could be made before them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from catering_cli.data.tables import figure
from catering_cli.domain.order import Order
from catering_cli.domain.plan_parts.timeline import Buffer
from catering_cli.kitchen.day.day_problem import Day
from catering_cli.kitchen.day.event_times import Wanted, wanted
from catering_cli.kitchen.day.rating.freshness import earliest_starts
from catering_cli.kitchen.day.work import Work
from catering_cli.scheduling.backward_greedy import Found, search
from catering_cli.scheduling.late_work import LAST, weights
from catering_cli.scheduling.network import Net
from catering_cli.scheduling.problem import Job, Problem
from catering_cli.scheduling.time_lags import distances

_LOOSER = 4
"""Times that a wish which cannot be had is dropped for one job more."""
_EARLIER = 240
"""Minutes that the day may begin earlier for the sake of calm last hours."""
_SHOWN = 5


def calm(order: Order, day: Day, found: Found) -> tuple[Day, Found]:
    """The day with as much of both wishes as a search finds possible, and its placement; else as they came."""
    tails = _tails(order, day)
    problem, found = _granted(day.problem, found, tails, _with_tail)
    more = _tails(order, day, times=1 if order.kitchen.plating_buffer_minutes is not None else 2)
    if more != tails:
        problem, found = _if_it_works(_all_of(day.problem, more), problem, found)
    first = min(found.placement.values(), default=0)
    problem, found = _at_best(day, problem, found)
    problem, found = _granted(problem, found, _read_while_open(day, found), _starting_by)
    fresh = earliest_starts(day, problem)
    problem, found = _fresh(problem, found, fresh)
    capped, early = _granted(problem, found, _early_starts(problem, fresh), _starting_by)
    if min(early.placement.values(), default=0) >= first - _EARLIER:
        problem, found = capped, early
    return replace(day, problem=problem), found


def _if_it_works(better: Problem, problem: Problem, found: Found) -> tuple[Problem, Found]:
    tried = search(better, tries=1)
    return (better, tried) if tried.valid else (problem, found)


def _at_best(day: Day, problem: Problem, found: Found) -> tuple[Problem, Found]:
    """The problem with the starts that are wished for; no one is called in on an earlier day for less than an hour."""
    wishes = _best_starts(day)
    granted, early = _granted(problem, found, wishes, _starting_by)
    idle = _idle_days(day, early)
    if not idle:
        return granted, early
    dates = {name: day.clock.moment(start).date() for name, start in early.placement.items()}
    kept = {name: start for name, start in wishes.items() if dates[name] not in idle}
    return _granted(problem, found, kept, _starting_by)


def _read_while_open(day: Day, found: Found) -> dict[str, int]:
    """The latest start of what is cooled behind a closed door: someone is there to read its temperature as it ends."""
    starts: dict[str, int] = {}
    for work in day.works.values():
        start = found.placement[work.id]
        spans = day.problem.openings.get(work.place, ()) if work.is_cooled else ()
        closes = next((high for low, high in spans if low <= start < high), start + work.minutes)
        if closes < start + work.minutes:
            starts[work.id] = closes - work.minutes
    return starts


def _idle_days(day: Day, found: Found) -> set[date]:
    """Days before that of the first service with some work of hands, and less than an hour of it."""
    hands: Counter[date] = Counter()
    for job in day.problem.jobs:
        hands[day.clock.moment(found.placement[job.id]).date()] += job.hands
    first = day.clock.moment(day.service).date()
    return {one for one, minutes in hands.items() if one < first and 0 < minutes < figure("work", "least_day")}


def with_tails(order: Order, day: Day, part: Fraction) -> Day:
    """The day with a part of the time in hand that is wanted, wherever it is wanted."""
    tails = {name: int(tail * part) for name, tail in _tails(order, day).items()}
    return replace(day, problem=_all_of(day.problem, tails))


def _all_of(problem: Problem, tails: Mapping[str, int]) -> Problem:
    """The problem with these tails."""
    jobs = [_with_tail(job, tails[job.id]) if job.id in tails else job for job in problem.jobs]
    return replace(problem, jobs=tuple(jobs))


def _best_starts(day: Day) -> dict[str, int]:
    """The latest start that is wished for, of each piece of work that has one."""
    return {work.id: work.best for work in day.works.values() if work.best is not None}


def _fresh(problem: Problem, found: Found, wishes: Mapping[str, int]) -> tuple[Problem, Found]:
    """The problem with the earliest starts that are wished for, searched again only if one is not kept."""
    if all(found.placement[name] >= start for name, start in wishes.items()):
        jobs = [_starting_from(job, wishes[job.id]) if job.id in wishes else job for job in problem.jobs]
        return replace(problem, jobs=tuple(jobs)), found
    return _granted(problem, found, wishes, _starting_from)


def _early_starts(problem: Problem, fresh: Mapping[str, int]) -> dict[str, int]:
    """The latest start, before the last hours, of each job that could be made before them and might not be.

    Not of what would then no longer be fresh.
    """
    net = Net(problem)
    starts = {}
    for i in weights(net):
        latest = LAST - net.minutes[i]
        if net.high[i] > latest >= fresh.get(net.jobs[i].id, latest):
            starts[net.jobs[i].id] = latest
    return starts


def _with_tail(job: Job, tail: int) -> Job:
    return replace(job, tail=tail)


def _starting_by(job: Job, start: int) -> Job:
    latest = start if job.latest is None else min(job.latest, start)
    return replace(job, latest=latest)


def _starting_from(job: Job, start: int) -> Job:
    earliest = start if job.earliest is None else max(job.earliest, start)
    return replace(job, earliest=earliest)


def _granted(
    problem: Problem,
    found: Found,
    wishes: Mapping[str, int],
    grant: Callable[[Job, int], Job],
) -> tuple[Problem, Found]:
    """The wishes that can be had together: all, or without those of the dishes that then find no place."""
    left = dict(wishes)
    for _ in range(_LOOSER):
        if not left:
            break
        jobs = [grant(job, left[job.id]) if job.id in left else job for job in problem.jobs]
        changed = replace(problem, jobs=tuple(jobs))
        tried = search(changed, tries=1)
        if tried.failure is None:
            return changed, tried
        near = _near(problem, tried.failure.job)
        left = {name: wish for name, wish in left.items() if name not in near}
    return problem, found


def _near(problem: Problem, failed: str) -> set[str]:
    """A job, what it waits for, and all work on its dish."""
    job = next(job for job in problem.jobs if job.id == failed)
    near = {failed, *(lag.job for lag in job.after)}
    if job.group:
        near.update(other.id for other in problem.jobs if other.group == job.group)
    return near


def _tails(order: Order, day: Day, times: int = 1) -> dict[str, int]:
    """A tail on every drive and on what is plated where it is made, by job.

    If food keeps for a limited time, a buffer takes at most half of what the way leaves of it.
    """
    works = list(day.works.values())
    net = Net(day.problem)
    tails: dict[int, int] = {}
    for i, work in enumerate(works):
        then = [works[j] for j, _ in net.then[i]]
        minutes = _wanted_after(work, then, wanted(order))
        if then and minutes is not None and work.kind != "drive":
            tails[i] = times * minutes
    for i, work in enumerate(works):
        if work.dish:
            _shorten(tails, net, i)
    return {works[i].id: tail for i, tail in tails.items() if tail}


def _wanted_after(work: Work, then: Sequence[Work], want: Wanted) -> int | None:
    """Minutes in hand that are wanted after a drive, or after the last work on a dish; None after other work."""
    if work.kind == "drive":
        return want.arrival
    if work.dish and _is_plated(then):
        return want.plating
    return None


def _shorten(tails: dict[int, int], net: Net, i: int) -> None:
    """Cut the tails of a dish's last work and of its drive to half of what the way leaves of the time it keeps."""
    to_event = [(j, limit) for j, limit in net.then[i] if not net.jobs[j].group]
    limits = {j: limit for j, limit in to_event if limit is not None}
    if not limits:
        return
    far = distances(net, i)
    room = min(limit - far[j] for j, limit in limits.items())
    half = max(0, room // 2)
    for k in tails.keys() & far.keys():
        if k == i or not net.jobs[k].group:
            tails[k] = min(tails[k], half)


def _is_plated(then: Iterable[Work]) -> bool:
    """Whether food goes from its last work straight to the plate or the guests: it is not packed before."""
    kinds = {work.kind for work in then if not work.dish}
    return not kinds.isdisjoint({"plate", "serve"}) and "pack" not in kinds


def thinnest(order: Order, day: Day, found: Found) -> tuple[Buffer, ...]:
    """The five least free times before each plating (or service, if nothing is plated) and after each arrival."""
    least: dict[str, Buffer] = {}
    for buffer in _buffers(order, day, found):
        held = least.get(buffer.until)
        if held is None or buffer.minutes < held.minutes:
            least[buffer.until] = buffer
    thinnest_first = sorted(least.values(), key=lambda buffer: (buffer.minutes, buffer.until))
    return tuple(thinnest_first[:_SHOWN])


def _buffers(order: Order, day: Day, found: Found) -> Iterator[Buffer]:
    """The free time between each drive or last work of a dish and each of the event's blocks that waits for it."""
    want = wanted(order)
    works = list(day.works.values())
    net = Net(day.problem)
    for i, one in enumerate(works):
        then = [works[j] for j, _ in net.then[i]]
        minutes = _wanted_after(one, then, want)
        if minutes is None:
            continue
        end = found.placement[one.id] + one.minutes
        for work in then:
            if not work.dish and work.kind != "drive":
                free = max(0, found.placement[work.id] - end) + _then_free(net, works, work, found)
                yield Buffer(block=one.id, until=work.id, minutes=free, wanted=minutes)


def _then_free(net: Net, works: Sequence[Work], work: Work, found: Found) -> int:
    """What is free after setting up: boxes are handed over on arrival, and wait for their guests."""
    if work.kind != "set_up":
        return 0
    end = found.placement[work.id] + work.minutes
    waiting = [works[j].id for j, _ in net.then[net.index[work.id]] if works[j].kind == "hold"]
    return min((found.placement[name] - end for name in waiting), default=0)
