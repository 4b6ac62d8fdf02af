"""Monte Carlo: the day is run again with delays. The order of work is kept; what cannot start when due starts later."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import NamedTuple

from catering_cli.domain.basis import Basis
from catering_cli.domain.timeline import Replay
from catering_cli.scheduling.backward_greedy import Found
from catering_cli.scheduling.network import Net
from catering_cli.scheduling.problem import Problem, Resource

DAYS, SEED = 40, 5
DRIVE = 0.25
"""Part by which a drive may take longer."""
OUT, LATE = 30, 20
"""Minutes that one oven is out, and minutes that the guests may be late."""
DELAYS = Basis(
    rule="stress.delays",
    inputs={
        "runs": str(DAYS),
        "seed": str(SEED),
        "drive_percent": f"{DRIVE:.0%}".rstrip("%"),
        "oven_minutes": str(OUT),
        "late_minutes": str(LATE),
    },
)


class _Arc(NamedTuple):
    """`job` starts at the earliest `minutes` after the start of `before`, and later if that one took longer."""

    before: int
    minutes: int
    limit: int | None = None
    """longest time from the end of `before` to the start"""
    waits: bool = False
    """true for a wait of the food, false for one of a pair of hands or a machine"""


def replay(problem: Problem, found: Found) -> Replay:
    """How many of forty days hold, drawn from a fixed seed, and what fails first most often."""
    net = Net(problem)
    planned = [found.placement[job.id] for job in net.jobs]
    order = sorted(range(len(net.jobs)), key=lambda i: (planned[i], net.place[i]))
    arcs, ovens = _arcs(net, found, planned, order)
    draw = Random(SEED)  # noqa: S311 (delays of a day, no secret)
    firsts: list[tuple[str, int]] = []
    for _ in range(DAYS):
        late = int(draw.random() * (LATE + 1))
        longer = {i: int(job.minutes * DRIVE * draw.random()) for i, job in enumerate(net.jobs) if job.kind == "drive"}
        if ovens:
            out = ovens[int(draw.random() * len(ovens))]
            longer[out] = longer.get(out, 0) + OUT
        failed = _day(net, planned, order, arcs, longer, late)
        if failed:
            firsts.append(failed)
    if not firsts:
        return Replay(days=DAYS, held=DAYS, delays=DELAYS.sentence(), derivation=DELAYS)
    counts = Counter(name for name, _ in firsts)
    name = min(counts, key=lambda one: (-counts[one], one))
    by = sorted(minutes for one, minutes in firsts if one == name)
    return Replay(
        days=DAYS,
        held=DAYS - len(firsts),
        first=name,
        late_minutes=by[len(by) // 2],
        delays=DELAYS.sentence(),
        derivation=DELAYS,
    )


def _arcs(net: Net, found: Found, planned: list[int], order: list[int]) -> tuple[list[list[_Arc]], list[int]]:
    """Who waits for whom, for food and for hands and machines; and the jobs that an oven works on."""
    arcs = [
        [_Arc(j, net.jobs[j].minutes, limit, waits=True) for j, limit in net.before[i]] for i in range(len(net.jobs))
    ]
    ovens: list[int] = []
    units: dict[Resource, list[tuple[int, int, int]]] = {}
    for i in order:
        job = net.jobs[i]
        for need, resource in zip(job.needs, found.taken[job.id], strict=True):
            if not need.minutes:
                continue
            if resource.name == "oven":
                ovens.append(i)
            free = units.setdefault(resource, [])
            free.sort(key=lambda unit: (unit[0] > planned[i], -unit[0]))
            for n in range(need.count):
                until = planned[i] + need.minutes
                if n < len(free) and free[n][0] <= planned[i]:
                    arcs[i].append(_Arc(free[n][1], free[n][2]))
                    free[n] = (until, i, need.minutes)
                else:
                    free.append((until, i, need.minutes))
    return arcs, ovens


def _day(
    net: Net, planned: list[int], order: list[int], arcs: list[list[_Arc]], longer: dict[int, int], late: int
) -> tuple[str, int] | None:
    """The first failure of one day: whose, and by how many minutes; None: the day holds."""
    start, why = list(planned), list(range(len(planned)))
    failed: list[tuple[int, str, int]] = []
    for i in order:
        job = net.jobs[i]
        fixed = job.kind in ("plate", "serve")
        due = planned[i] + (late if fixed else 0)
        start[i] = due
        for arc in arcs[i]:
            at = start[arc.before] + arc.minutes + longer.get(arc.before, 0)
            if at > start[i]:
                start[i], why[i] = at, arc.before
        if fixed and start[i] > due:
            failed.append((start[i], _whose(net, why, i), start[i] - due))
        for arc in arcs[i]:
            before = net.jobs[arc.before]
            if arc.waits and arc.limit is not None:
                over = start[i] - start[arc.before] - before.minutes - longer.get(arc.before, 0) - arc.limit
                if over > 0:
                    failed.append((start[i], before.dish or before.id, over))
    first = min(failed, default=None)
    return first[1:] if first else None


def _whose(net: Net, why: list[int], i: int) -> str:
    """The dish whose work held a job up; the first block that was held up if it is no dish's."""
    at = i
    while why[at] != at:
        at = why[at]
        if net.jobs[at].dish:
            return net.jobs[at].dish
    return net.jobs[at].id
