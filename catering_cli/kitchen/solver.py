"""CP-SAT on the same problem, hinted by the greedy: the latest first start, then the least waiting of fresh food.

The same answer every time: one worker, a fixed seed, a limit in deterministic work and never in seconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from catering_cli.kitchen.greedy import Found
from catering_cli.kitchen.jobs import Problem, Resource
from catering_cli.kitchen.net import Net

if TYPE_CHECKING:
    from ortools.sat.python import cp_model


@dataclass(frozen=True, slots=True)
class Improved:
    """A placement at least as good as the one it started from, and how good that is proven to be."""

    found: Found
    span: int
    """minutes from the first start to minute 0"""
    bound: int
    """no schedule has a shorter span than this"""

    @property
    def gap_percent(self) -> float:
        """Between span and bound, of the span."""
        return 0.0 if self.span <= 0 else round(100 * (self.span - self.bound) / self.span, 2)


def improve(problem: Problem, found: Found, budget: float = 1.0) -> Improved:
    """The best placement that `budget` units of deterministic work (about seconds) find, never a worse one.

    `found` must be valid. Raises ImportError where ortools is not installed.
    """
    from ortools.sat.python import cp_model

    net = Net(problem)
    model = _Model(net, found)
    first = model.model.new_int_var(problem.begin, 0, "first")
    for job, start in zip(net.jobs, model.starts, strict=True):
        if job.minutes:
            model.model.add(first <= start)
    model.model.maximize(first)
    begun = min((found.placement[job.id] for job in net.jobs if job.minutes), default=0)
    model.model.add_hint(first, min(0, begun))
    solver = _solver(budget)
    status = solver.solve(model.model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Improved(found, -begun, 0)
    best, bound = model.read(solver), -int(solver.best_objective_bound)
    span = -int(solver.objective_value)
    if span >= -begun:
        best, span = found, -begun
    return Improved(_fresher(net, best, -span, budget), span, max(0, min(bound, span)))


def _fresher(net: Net, found: Found, first: int, budget: float) -> Found:
    """With the first start held, as little waiting as can be of what may not wait for long."""
    from ortools.sat.python import cp_model

    model = _Model(net, found)
    waits = []
    for i, job in enumerate(net.jobs):
        if job.minutes:
            model.model.add(model.starts[i] >= first)
        for j, limit in net.then[i]:
            if limit is not None:
                waits.append(model.starts[j] - model.starts[i] - job.minutes)
    if not waits:
        return found
    model.model.minimize(sum(waits))
    solver = _solver(budget)
    if solver.solve(model.model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return found
    return model.read(solver)


def _solver(budget: float) -> cp_model.CpSolver:
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.max_deterministic_time = budget
    return solver


class _Model:
    """Starts, waits and resources as CP-SAT sees them; closed hours are holes in the domains of the starts."""

    def __init__(self, net: Net, hint: Found) -> None:
        from ortools.sat.python import cp_model

        self.net, self.model = net, cp_model.CpModel()
        self.starts = [self.model.new_int_var_from_domain(self._domain(i), job.id) for i, job in enumerate(net.jobs)]
        self.used: dict[Resource, list[tuple[cp_model.IntervalVar, int]]] = {}
        self.choices: list[list[list[tuple[Resource, cp_model.IntVar]]]] = []
        for i, job in enumerate(net.jobs):
            self.model.add_hint(self.starts[i], hint.placement[job.id])
            for j, limit in net.then[i]:
                wait = self.starts[j] - self.starts[i] - job.minutes
                self.model.add(wait >= 0)
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
