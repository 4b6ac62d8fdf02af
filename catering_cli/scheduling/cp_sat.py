"""CP-SAT on the same problem, hinted by the greedy: one aim after the other, each held while the next is sought.

Where the span is sought, a search of its own (`closing`) goes first: of a hundred dishes CP-SAT proves much and finds
little. It works on starts alone; what it finds is CP-SAT's hint. On a large day and with little work it goes alone,
and the bound is that of arithmetic.

The same answer every time: one worker, a fixed seed, a limit in deterministic work and never in seconds.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from time import monotonic
from typing import TYPE_CHECKING

from catering_cli.scheduling.backward_greedy import Found
from catering_cli.scheduling.compress import later
from catering_cli.scheduling.late_work import LAST, weights
from catering_cli.scheduling.lower_bounds import least_span
from catering_cli.scheduling.network import Net
from catering_cli.scheduling.pooling import dealt, pooled, pools, shared
from catering_cli.scheduling.problem import Job, Lag, Problem, Resource

if TYPE_CHECKING:
    from ortools.sat.python import cp_model


_CONFLICTS = 200_000_000
"""Conflicts of a unit of work, over the square of the jobs: about two seconds of one core for 500 jobs, measured."""
_LARGE, _SHORT = 300, 4.0
"""Jobs of a day whose span CP-SAT neither mends nor proves in so many units of work: the search has its share."""
HOT = 240
"""Longest wait in minutes that is one of hot food; what may wait for longer is kept cold. [K]"""


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
        return 0.0 if self.span <= 0 else round(100 * (self.span - self.bound) / self.span, 2)


@dataclass(frozen=True, slots=True)
class Effort:
    """How long a search may go on: deterministic work (about seconds); a wall limit is for benchmarks alone."""

    work: float
    wall: float | None = None
    workers: int = 1


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

    `aims` in order of weight: "late" is hand work of the last two hours that could be done ahead, "hold" the
    waiting of hot food, "span" the time from the first start to minute 0. Each may spend
    an equal share. `found` must be valid. Raises ImportError where ortools is not installed.
    """
    known = pools(problem)
    whole, problem, found = problem, pooled(problem, known), shared(problem, found, known)
    net = Net(problem)
    effort = Effort(budget / len(aims), wall, workers)
    begun, least = monotonic(), least_span(net)
    held: list[tuple[str, int]] = [("span", span_of(net, found))]
    bound, alone = 0, False
    for aim in aims:
        if aim == "span":
            alone = len(net.jobs) > _LARGE and effort.work <= _SHORT
            found = later(_kept(net, found, {name for name, _ in held[1:]}), found, effort.work * (1 + alone))
            held[0] = ("span", span_of(net, found))
            effort = effort if wall is None else replace(effort, wall=max(1.0, wall - (monotonic() - begun)))
        if aim == "span" and (alone or held[0][1] <= least):
            bound = least
            continue
        found, value, bound = _step(net, found, aim, held, effort)
        held.append((aim, value))
    span = span_of(net, found)
    bound = max(bound if aims[-1] == "span" else 0, least)
    return Improved(dealt(whole, found, known), span, max(0, min(bound, span)))


def span_of(net: Net, found: Found) -> int:
    """Minutes from the first start to minute 0."""
    return -min((found.placement[job.id] for job in net.jobs if job.minutes), default=0)


def _kept(net: Net, found: Found, aims: Collection[str]) -> Problem:
    """The problem with what these aims came to as limits: nothing more is late, no hot food waits for longer."""
    at = found.placement
    late = {net.jobs[i].id: LAST - net.jobs[i].minutes for i in weights(net)} if "late" in aims else {}
    waits = {(net.jobs[i].id, net.jobs[j].id) for i, j in _hot(net)} if "hold" in aims else set()
    ends = {job.id: at[job.id] + job.minutes for job in net.jobs}

    def lag(job: Job, one: Lag) -> Lag:
        return replace(one, keeps=at[job.id] - ends[one.job]) if (one.job, job.id) in waits else one

    def latest(job: Job) -> int | None:
        most = late.get(job.id)
        return (
            job.latest if most is None or at[job.id] > most else min(most, most if job.latest is None else job.latest)
        )

    jobs = (replace(job, latest=latest(job), after=tuple(lag(job, one) for one in job.after)) for job in net.jobs)
    return replace(net.problem, jobs=tuple(jobs)) if aims else net.problem


def _step(net: Net, found: Found, aim: str, held: Sequence[tuple[str, int]], effort: Effort) -> tuple[Found, int, int]:
    """The least of one aim with the others held: placement, value, proven bound."""
    from ortools.sat.python import cp_model

    model = _Model(net, found)
    for name, value in held:
        model.model.add(_AIMS[name](model) <= value)
    goal = _AIMS[aim](model)
    model.model.minimize(goal)
    solver = solver_of(effort, len(net.jobs))
    if solver.solve(model.model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return found, model.value(aim), -(10**9)
    return model.read(solver), int(solver.objective_value), -int(-solver.best_objective_bound // 1)


def solver_of(effort: Effort, jobs: int) -> cp_model.CpSolver:
    """A solver that gives the same answer every time, as long as no wall limit is set.

    Deterministic time hardly counts what resources cost, so conflicts are limited too, the fewer the larger the day.
    """
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    solver.parameters.num_workers = effort.workers
    solver.parameters.random_seed = 1
    solver.parameters.max_deterministic_time = effort.work
    solver.parameters.max_number_of_conflicts = int(effort.work * _CONFLICTS / max(1, jobs) ** 2)
    if effort.wall is not None:
        solver.parameters.max_time_in_seconds = effort.wall
    return solver


class _Model:
    """Starts, waits and resources as CP-SAT sees them; closed hours are holes in the domains of the starts."""

    def __init__(self, net: Net, hint: Found) -> None:
        from ortools.sat.python import cp_model

        self.net, self.model, self.hint = net, cp_model.CpModel(), hint
        self.starts = [self.model.new_int_var_from_domain(self._domain(i), job.id) for i, job in enumerate(net.jobs)]
        self.used: dict[Resource, list[tuple[cp_model.IntervalVar, int]]] = {}
        self.choices: list[list[list[tuple[Resource, cp_model.IntVar]]]] = []
        for i, job in enumerate(net.jobs):
            self.model.add_hint(self.starts[i], hint.placement[job.id])
            for j, limit in net.then[i]:
                wait = self.starts[j] - self.starts[i] - job.minutes
                self.model.add(wait >= job.tail)
                if limit is not None:
                    self.model.add(wait <= limit)
            self.choices.append([self._need(i, n, hint) for n in range(len(job.needs))])
        for resource, rows in sorted(self.used.items()):
            there = net.problem.capacities.get(resource, 0)
            self.model.add_cumulative([interval for interval, _ in rows], [count for _, count in rows], there)

    def _domain(self, i: int) -> cp_model.Domain:
        from ortools.sat.python import cp_model

        job, low, high = self.net.jobs[i], self.net.low[i], self.net.high[i]
        spans = self.net.problem.openings.get(job.place)
        whole = cp_model.Domain(low, high)
        if job.attended is None or spans is None:
            return whole
        starts = [[opened, closed - job.attended] for opened, closed in spans if closed - job.attended >= opened]
        return whole.intersection_with(cp_model.Domain.from_intervals(starts))

    def _need(self, i: int, n: int, hint: Found) -> list[tuple[Resource, cp_model.IntVar]]:
        job, need = self.net.jobs[i], self.net.jobs[i].needs[n]
        if len(need.options) == 1:
            interval = self.model.new_fixed_size_interval_var(self.starts[i], need.minutes, f"{job.id}.{n}")
            self.used.setdefault(need.options[0], []).append((interval, need.count))
            return []
        choice = []
        for k, resource in enumerate(need.options):
            taken = self.model.new_bool_var(f"{job.id}.{n}.{k}")
            self.model.add_hint(taken, hint.taken[job.id][n] == resource)
            interval = self.model.new_optional_fixed_size_interval_var(
                self.starts[i], need.minutes, taken, f"{job.id}.{n}.{k}.at"
            )
            self.used.setdefault(resource, []).append((interval, need.count))
            choice.append((resource, taken))
        self.model.add_exactly_one([taken for _, taken in choice])
        return choice

    def read(self, solver: cp_model.CpSolver) -> Found:
        """The placement that was found."""
        placement = {job.id: solver.value(self.starts[i]) for i, job in enumerate(self.net.jobs)}
        taken = {}
        for i, job in enumerate(self.net.jobs):
            picks = [next((r for r, var in choice if solver.value(var)), None) for choice in self.choices[i]]
            taken[job.id] = tuple(p or need.options[0] for p, need in zip(picks, job.needs, strict=True))
        return Found(placement, taken, None, "cp-sat")

    def span(self) -> cp_model.LinearExprT:
        """Minutes from the first start to minute 0."""
        first = self.model.new_int_var(min(self.net.low, default=0), 0, "")
        self.model.add_hint(first, min(0, -span_of(self.net, self.hint)))
        for job, start in zip(self.net.jobs, self.starts, strict=True):
            if job.minutes:
                self.model.add(first <= start)
        return -1 * first

    def hold(self) -> cp_model.LinearExprT:
        """Minutes that hot food waits between its cooking and what comes next."""
        return sum(self.starts[j] - self.starts[i] - self.net.jobs[i].minutes for i, j in _hot(self.net))

    def late(self) -> cp_model.LinearExprT:
        """Minutes of hands in the last two hours on what could be done before them."""
        terms = []
        for i, weight in weights(self.net).items():
            ends = self.hint.placement[self.net.jobs[i].id] + self.net.jobs[i].minutes
            late = self.model.new_bool_var("")
            self.model.add_hint(late, ends > LAST)
            self.model.add(self.starts[i] + self.net.jobs[i].minutes <= LAST).only_enforce_if(~late)
            terms.append(weight * late)
        return sum(terms)

    def value(self, aim: str) -> int:
        """What an aim comes to in the hint."""
        net, at = self.net, self.hint.placement
        if aim == "span":
            return span_of(net, self.hint)
        if aim == "late":
            ends = {i: at[net.jobs[i].id] + net.jobs[i].minutes for i in weights(net)}
            return sum(weight for i, weight in weights(net).items() if ends[i] > LAST)
        return sum(at[net.jobs[j].id] - at[net.jobs[i].id] - net.jobs[i].minutes for i, j in _hot(net))


def _hot(net: Net) -> list[tuple[int, int]]:
    """What is cooked and may not wait for longer than it can be held hot, with each that waits for it."""
    return [
        (i, j)
        for i, job in enumerate(net.jobs)
        if job.kind in ("cook", "reheat", "finish")
        for j, limit in net.then[i]
        if limit is not None and limit <= HOT
    ]


_AIMS: dict[str, Callable[[_Model], cp_model.LinearExprT]] = {
    "span": _Model.span,
    "hold": _Model.hold,
    "late": _Model.late,
}
