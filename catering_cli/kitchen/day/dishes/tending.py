"""Long steps that people come back to: a smoker is tended all night, not in its first hours alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from catering_cli.data.tables import figure
from catering_cli.kitchen.day.work import HOT_KINDS, After, Work
from catering_cli.scheduling.problem import Job, Need, Problem, Spans

LEFT_ALONE = "left alone"
"""Place of what goes on while the kitchen is closed, with people there for each visit."""


def with_visits(work: Work) -> Iterator[Work]:
    """A batch of a step as it is; a long one that is cooked with hands now and then in parts, each with its share.

    The parts follow on one another without a minute between them: they are one load in one oven. The last has the
    id of the batch.
    """
    hands = sum(need.minutes for need in work.needs if _is_staff(need))
    every = figure("work", "tend_every")
    if not 0 < hands < work.minutes or work.minutes < figure("work", "tend_from") or work.kind not in HOT_KINDS:
        yield work
        return
    count = -(-work.minutes // every)
    names = [*(f"{work.id}.part{n + 1}" for n in range(count - 1)), work.id]
    for n, name in enumerate(names):
        yield replace(_part(work, hands, n, names), id=name)


def is_tended(works: Mapping[str, Work]) -> bool:
    """Whether a step is so long that people come back to it."""
    return any(work.parts for work in works.values())


def left_alone(problem: Problem, works: Mapping[str, Work], hours: Spans | None) -> Problem:
    """The problem with long steps that may go on while the kitchen is closed.

    `hours`: when people may come to them; None: at any time.
    """
    jobs = [_alone(job, works[job.id]) for job in problem.jobs]
    openings = {**problem.openings, LEFT_ALONE: hours} if hours is not None else problem.openings
    return replace(problem, jobs=tuple(jobs), openings=openings)


def _alone(job: Job, work: Work) -> Job:
    if not work.parts and not work.part_of:
        return job
    hands = max((need.minutes for need in job.needs if _is_staff(need)), default=0)
    return replace(job, place=LEFT_ALONE if work.is_visit else job.place, attended=hands)


def _part(work: Work, hands: int, n: int, names: Sequence[str]) -> Work:
    """The n-th part, with its share of the time and of the hands."""
    count = len(names)
    minutes = _share(work.minutes, n, count)
    active = min(minutes, _share(hands, n, count))
    needs = [replace(need, minutes=active if _is_staff(need) else minutes) for need in work.needs]
    is_last = n == count - 1
    return replace(
        work,
        minutes=minutes,
        needs=tuple(need for need in needs if need.minutes),
        after=(After(names[n - 1], 0),) if n else work.after,
        attended=minutes,
        earliest=work.earliest if n == 0 else None,
        parts=tuple(names[:-1]) if is_last else (),
        is_visit=n > 0,
        part_of="" if is_last else work.id,
    )


def _share(total: int, n: int, count: int) -> int:
    """The n-th of `count` parts of whole minutes, as even as can be, the larger ones first."""
    return total // count + (n < total % count)


def _is_staff(need: Need) -> bool:
    return need.options[0].kind == "staff"
