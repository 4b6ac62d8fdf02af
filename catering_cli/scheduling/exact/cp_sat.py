"""CP-SAT on the same problem, hinted by the greedy: one aim after the other, each held while the next is sought.

If the span is sought, a search of its own (`compress`) goes first: of a hundred dishes CP-SAT proves much and finds
little. It works on starts alone; what it finds is CP-SAT's hint. On a large day and with little work it goes alone,
and the bound is that of arithmetic.

The same answer every time: one worker, a fixed seed, a limit in deterministic work and never in seconds. Importing this
raises ImportError if ortools is not installed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from time import monotonic
from typing import NamedTuple

from ortools.sat.python import cp_model as cp

from catering_cli.scheduling.backward_greedy import Found
from catering_cli.scheduling.exact.cp_model import Effort, Model, solver_of
from catering_cli.scheduling.late_work import LAST, weights
from catering_cli.scheduling.lower_bounds import least_span
from catering_cli.scheduling.network import Net
from catering_cli.scheduling.problem import Job, Placement, Problem
from catering_cli.scheduling.search.compress import later
from catering_cli.scheduling.search.pooling import dealt, pooled, pools, shared

_LARGE, _SHORT = 300, 4.0
"""Jobs of a day whose span CP-SAT neither mends nor proves in so many units of work: the search has its share."""


@dataclass(frozen=True, slots=True)
class Improved:
    """A placement at least as good as the one it started from, and how good that is proven to be."""

    found: Found
    span: int
    """minutes from the first start to minute 0"""
    bound: int
    """no schedule that keeps the earlier aims has a shorter span than this"""

    @property
    def gap_percent(self) -> float:
        """Between span and bound, of the span."""
        if self.span <= 0:
            return 0.0
        return round(100 * (self.span - self.bound) / self.span, 2)


def improve(
    problem: Problem,
    found: Found,
    budget: float = 1.0,
    *,
    aims: Sequence[str] = ("late", "hold", "span"),
    wall: float | None = None,
    workers: int = 1,
) -> Improved:
    """The best placement that `budget` units of deterministic work find, never one that begins earlier.

    `aims` in order of weight: "late" is hand work of the last two hours that could be done ahead, "hold" the waits
    that are to be short, "span" the time from the first start to minute 0. Each may spend an equal share. `found`
    must be valid.
    """
    known = pools(problem)
    effort = Effort(budget / len(aims), wall, workers)
    search = _Search(pooled(problem, known), shared(problem, found, known), effort)
    bound = 0
    for aim in aims:
        bound = search.seek_span() if aim == "span" else search.seek(aim)
    least = search.least
    bound = max(bound, least) if aims[-1] == "span" else least
    span = search.span()
    return Improved(dealt(problem, search.found, known), span, max(0, min(bound, span)))


class _Search:
    """A problem, the best placement so far, and what the aims that were sought have come to."""

    def __init__(self, problem: Problem, found: Found, effort: Effort) -> None:
        self.problem, self.found, self.effort = problem, found, effort
        self.net = Net(problem)
        self.least = least_span(self.net)
        self.begun = monotonic()
        self.held = {"span": self.span()}

    def span(self) -> int:
        """Minutes from the first start to minute 0."""
        return self.problem.span(self.found.placement)

    def seek(self, aim: str) -> int:
        """Find the least of an aim with the others held, and hold it. Returns what is proven to be its bound."""
        step = _step(self.net, self.found, aim, self.held, self.effort)
        self.found = step.found
        self.held[aim] = step.value
        return step.bound

    def seek_span(self) -> int:
        """Find a later beginning by moves, then by CP-SAT if it can still do better. Returns the proven bound."""
        alone = len(self.net.jobs) > _LARGE and self.effort.work <= _SHORT
        work = self.effort.work * (2 if alone else 1)
        kept = _kept(self.net, self.found.placement, self.held)
        self.found = later(kept, self.found, work)
        self.held["span"] = self.span()
        if self.effort.wall is not None:
            left = self.effort.wall - (monotonic() - self.begun)
            self.effort = replace(self.effort, wall=max(1.0, left))
        if alone or self.held["span"] <= self.least:
            return self.least
        return self.seek("span")


def _kept(net: Net, at: Placement, held: Mapping[str, int]) -> Problem:
    """The problem with what the aims held came to as limits: nothing more is late, no short wait is longer."""
    late = weights(net) if "late" in held else {}
    jobs = list(net.jobs)
    if "hold" in held:
        jobs = [_waits_kept(net, job, at) for job in jobs]
    for i in late:
        if not _ends_late(net, i, at):
            jobs[i] = _starts_by(jobs[i], LAST - net.minutes[i])
    return replace(net.problem, jobs=tuple(jobs))


def _waits_kept(net: Net, job: Job, at: Placement) -> Job:
    """A job whose short waits are as long as they are."""
    after = []
    for lag in job.after:
        if lag.short:
            limit = _wait(net, net.index[lag.job], net.index[job.id], at)
            after.append(replace(lag, limit=limit))
        else:
            after.append(lag)
    return replace(job, after=tuple(after))


def _starts_by(job: Job, minute: int) -> Job:
    latest = minute if job.latest is None else min(job.latest, minute)
    return replace(job, latest=latest)


class _Step(NamedTuple):
    """A placement, what the aim comes to in it, and the least that it can come to."""

    found: Found
    value: int
    bound: int


def _step(
    net: Net,
    found: Found,
    aim: str,
    held: Mapping[str, int],
    effort: Effort,
) -> _Step:
    """The least of one aim with the others held."""
    model = _stated(net, found)
    for name, value in held.items():
        model.cp.add(_AIMS[name].stated(model, found.placement) <= value)
    model.cp.minimize(_AIMS[aim].stated(model, found.placement))
    solver = solver_of(effort, len(net.jobs))
    if solver.solve(model.cp) not in (cp.OPTIMAL, cp.FEASIBLE):
        return _Step(found, _AIMS[aim].value(net, found.placement), -(10**9))
    return _Step(
        found=model.read(solver),
        value=int(solver.objective_value),
        bound=math.ceil(solver.best_objective_bound),
    )


def _stated(net: Net, hint: Found) -> Model:
    """The model with every rule, and a placement to begin with."""
    model = Model(net)
    for i in range(len(net)):
        whole = cp.Domain(net.low[i], net.high[i])
        opened = model.open_starts(i)
        model.add_start(whole if opened is None else whole.intersection_with(opened))
    for i in range(len(net)):
        for j, limit in net.then[i]:
            model.follows(i, j)
            if limit is not None:
                model.fresh(i, j, limit)
        model.meet_needs(i)
    for resource in sorted(model.uses):
        model.within_capacity(resource)
    model.hint(hint)
    return model


def _short_waits(net: Net) -> list[tuple[int, int]]:
    """Each job with one that waits for it and should not wait for long."""
    waits = []
    for j, job in enumerate(net.jobs):
        waits += [(net.index[lag.job], j) for lag in job.after if lag.short]
    return sorted(waits)


def _span(net: Net, at: Placement) -> int:
    return net.problem.span(at)


def _hold(net: Net, at: Placement) -> int:
    return sum(_wait(net, i, j, at) for i, j in _short_waits(net))


def _wait(net: Net, i: int, j: int, at: Placement) -> int:
    """Minutes from the end of one job to the start of the other."""
    before, then = net.jobs[i], net.jobs[j]
    return at[then.id] - at[before.id] - before.minutes


def _late(net: Net, at: Placement) -> int:
    return sum(weight for i, weight in weights(net).items() if _ends_late(net, i, at))


def _ends_late(net: Net, i: int, at: Placement) -> bool:
    job = net.jobs[i]
    return at[job.id] + job.minutes > LAST


def _stated_span(model: Model, hint: Placement) -> cp.LinearExprT:
    """Minutes from the first start to minute 0."""
    net = model.net
    first = model.cp.new_int_var(min(net.low, default=0), 0, "")
    model.cp.add_hint(first, min(0, -net.problem.span(hint)))
    for job, start in zip(net.jobs, model.starts, strict=True):
        if job.minutes:
            model.cp.add(first <= start)
    return -1 * first


def _stated_hold(model: Model, _hint: Placement) -> cp.LinearExprT:
    """Minutes of the waits that are to be short."""
    return sum(model.wait(i, j) for i, j in _short_waits(model.net))


def _stated_late(model: Model, hint: Placement) -> cp.LinearExprT:
    """Minutes of hands in the last two hours on what could be done before them."""
    terms = []
    for i, weight in weights(model.net).items():
        late = model.cp.new_bool_var("")
        model.cp.add_hint(late, _ends_late(model.net, i, hint))
        model.cp.add(model.end(i) <= LAST).only_enforce_if(~late)
        terms.append(weight * late)
    return sum(terms)


class _Aim(NamedTuple):
    """What is to be least: as the solver sees it, with a placement as hint, and what it is in a placement."""

    stated: Callable[[Model, Placement], cp.LinearExprT]
    value: Callable[[Net, Placement], int]


_AIMS = {
    "span": _Aim(_stated_span, _span),
    "hold": _Aim(_stated_hold, _hold),
    "late": _Aim(_stated_late, _late),
}
