"""The CP-SAT model of a problem: its variables, and each of its rules as one small method.

A rule holds always or, if a literal is given, when that is true. The optimiser (`cp_sat`) states every rule outright,
the search for an infeasible core (`infeasible_core`) puts each behind a literal. Importing this raises ImportError if
ortools is not installed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ortools.sat.python import cp_model as cp

from catering_cli.scheduling.backward_greedy import Found
from catering_cli.scheduling.network import Net
from catering_cli.scheduling.problem import Job, Need, Resource

CONFLICTS = 200_000_000
"""Conflicts of a unit of work, over the square of the jobs: about two seconds of one core for 500 jobs, measured."""

Choice = list[tuple[Resource, cp.IntVar]]
"""The options of a need, each with the literal that says whether it is taken; empty if there is only one."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How long a search may go on: deterministic work (about seconds); a wall limit is for benchmarks alone."""

    work: float
    wall: float | None = None
    workers: int = 1


def solver_of(effort: Effort, jobs: int) -> cp.CpSolver:
    """A solver that gives the same answer every time, as long as no wall limit is set.

    Deterministic time hardly counts what resources cost, so conflicts are limited too, the fewer the larger the day.
    """
    solver = cp.CpSolver()
    solver.parameters.num_workers = effort.workers
    solver.parameters.random_seed = 1
    solver.parameters.max_deterministic_time = effort.work
    solver.parameters.max_number_of_conflicts = int(effort.work * CONFLICTS / max(1, jobs) ** 2)
    if effort.wall is not None:
        solver.parameters.max_time_in_seconds = effort.wall
    return solver


class Model:
    """Starts, waits and resources of a problem. Jobs are told by index; starts are added first, in that order."""

    def __init__(self, net: Net) -> None:
        self.net = net
        self.cp = cp.CpModel()
        self.starts: list[cp.IntVar] = []
        self.uses: dict[Resource, list[tuple[cp.IntervalVar, int]]] = {}
        self._choices: list[list[Choice]] = []

    def add_start(self, domain: cp.Domain) -> None:
        """The next job starts once, within these minutes."""
        job = self.net.jobs[len(self.starts)]
        self.starts.append(self.cp.new_int_var_from_domain(domain, job.id))

    def open_starts(self, i: int) -> cp.Domain | None:
        """The starts at which all attended minutes of a job lie in one opening; None if it needs none."""
        job = self.net.jobs[i]
        spans = self.net.problem.openings.get(job.place)
        if job.attended is None or spans is None:
            return None
        starts = []
        for opened, closed in spans:
            if closed - opened >= job.attended:
                starts.append([opened, closed - job.attended])
        return cp.Domain.from_intervals(starts)

    def in_opening(self, i: int, when: cp.IntVar) -> None:
        """The attended minutes of a job lie in one opening of its place."""
        domain = self.open_starts(i)
        if domain is not None:
            opened = self.cp.add_linear_expression_in_domain(self.starts[i], domain)
            _only_if(opened, when)

    def not_before(self, i: int, minute: int, when: cp.IntVar | None = None) -> None:
        """A job does not start before a minute."""
        after = self.cp.add(self.starts[i] >= minute)
        _only_if(after, when)

    def ends_by(self, i: int, minute: int) -> None:
        """A job has ended by a minute."""
        self.cp.add(self.end(i) <= minute)

    def end(self, i: int) -> cp.LinearExpr:
        """When a job ends."""
        return self.starts[i] + self.net.minutes[i]

    def wait(self, i: int, j: int) -> cp.LinearExpr:
        """Minutes from the end of one job to the start of the other."""
        return self.starts[j] - self.starts[i] - self.net.minutes[i]

    def follows(self, i: int, j: int) -> None:
        """A job starts when what it waits for has ended and its buffer is over."""
        self.cp.add(self.wait(i, j) >= self.net.jobs[i].tail)

    def fresh(self, i: int, j: int, limit: int, when: cp.IntVar | None = None) -> None:
        """A result is used while it keeps."""
        within = self.cp.add(self.wait(i, j) <= limit)
        _only_if(within, when)

    def meet_needs(self, i: int) -> None:
        """Each need of the next job is met from its start on, by exactly one of its options."""
        needs = self.net.jobs[i].needs
        self._choices.append([self._meet(i, n, need) for n, need in enumerate(needs)])

    def _meet(self, i: int, n: int, need: Need) -> Choice:
        name = f"{self.net.jobs[i].id}.{n}"
        if len(need.options) == 1:
            interval = self.cp.new_fixed_size_interval_var(self.starts[i], need.minutes, name)
            self._use(need.options[0], interval, need.count)
            return []
        choice = []
        for k, option in enumerate(need.options):
            taken = self.cp.new_bool_var(f"{name}.{k}")
            choice.append((option, taken))
            interval = self.cp.new_optional_fixed_size_interval_var(self.starts[i], need.minutes, taken, name)
            self._use(option, interval, need.count)
        self.cp.add_exactly_one([taken for _, taken in choice])
        return choice

    def _use(self, resource: Resource, interval: cp.IntervalVar, count: int) -> None:
        self.uses.setdefault(resource, []).append((interval, count))

    def within_capacity(self, resource: Resource, when: cp.IntVar | None = None) -> None:
        """At no minute is more of a resource in use than there is. Without the rule there is enough for all at once."""
        rows = [*self.uses.get(resource, []), *self._busy(resource)]
        counts = [count for _, count in rows]
        there = self.net.problem.capacities.get(resource, 0)
        missing = max(0, sum(counts) - there)
        most = there if when is None else there + missing - missing * when
        self.cp.add_cumulative([interval for interval, _ in rows], counts, most)

    def _busy(self, resource: Resource) -> Iterator[tuple[cp.IntervalVar, int]]:
        """What others hold of a resource."""
        for number, one in enumerate(self.net.problem.busy):
            if one.resource == resource and one.end > one.start:
                name = f"busy{number}"
                yield self.cp.new_fixed_size_interval_var(one.start, one.end - one.start, name), one.count

    def hint(self, found: Found) -> None:
        """Where the search begins: a placement that holds, job by job."""
        for job, start, choices in self._answers():
            self.cp.add_hint(start, found.placement[job.id])
            for choice, took in zip(choices, found.taken[job.id], strict=True):
                for option, taken in choice:
                    self.cp.add_hint(taken, option == took)

    def read(self, solver: cp.CpSolver) -> Found:
        """The placement that was found."""
        placement, taken = {}, {}
        for job, start, choices in self._answers():
            placement[job.id] = solver.value(start)
            pairs = zip(job.needs, choices, strict=True)
            taken[job.id] = tuple(_picked(solver, need, choice) for need, choice in pairs)
        return Found(placement, taken, rule="cp-sat")

    def _answers(self) -> Iterator[tuple[Job, cp.IntVar, list[Choice]]]:
        """Each job with the variables that say when it starts and what it takes."""
        return zip(self.net.jobs, self.starts, self._choices, strict=True)


def _only_if(constraint: cp.Constraint, when: cp.IntVar | None) -> None:
    if when is not None:
        constraint.only_enforce_if(when)


def _picked(solver: cp.CpSolver, need: Need, choice: Choice) -> Resource:
    """The option that meets a need."""
    picked = [option for option, taken in choice if solver.value(taken)]
    return (picked or need.options)[0]
