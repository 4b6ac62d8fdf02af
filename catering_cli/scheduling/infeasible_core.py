"""A day that the greedy cannot place, asked of CP-SAT: a schedule, or the fewest rules that cannot hold together.

Used only where arithmetic has shown nothing. A core that the solver names is verified by solving it alone, then
every rule is left out once, and stays out where the rest is still impossible: what is left is minimal.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from catering_cli.scheduling.backward_greedy import Found
from catering_cli.scheduling.cp_sat import Effort, solver_of
from catering_cli.scheduling.network import Net
from catering_cli.scheduling.problem import Problem, Resource

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

WORK = 2.0
"""Deterministic work of the first question, about seconds; each later one may spend a quarter."""
MOST = 1_500
"""Jobs beyond which the question is not asked."""
_BEFORE = 3 * 24 * 60
"""Minutes before the first opening that work could use if there were no hours."""


class Rule(NamedTuple):
    """A group of constraints: `hours`, the number of a resource, or how long a dish's results keep or may be early."""

    kind: str
    name: str = ""
    resource: Resource | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """A placement; or a minimal set of rules that is proven to be impossible; or neither."""

    found: Found | None = None
    core: tuple[Rule, ...] = ()


def verdict(problem: Problem, work: float = WORK) -> Verdict:
    """What CP-SAT says of a problem. Raises ImportError where ortools is not installed."""
    if len(problem.jobs) > MOST:
        return Verdict()
    net = Net(problem)
    rules = _rules(net)
    whole = _Model(net, rules, assumed=True)
    status = whole.solve(work)
    if status == "found":
        return Verdict(found=whole.read())
    if status == "unknown":
        return Verdict()
    core = whole.core()
    if _Model(net, core).solve(work) != "impossible":
        core = rules
    for rule in list(core):
        rest = [other for other in core if other != rule]
        if _Model(net, rest).solve(work / 4) == "impossible":
            core = rest
    return Verdict(core=tuple(core))


def _rules(net: Net) -> list[Rule]:
    used = sorted({option for job in net.jobs for need in job.needs for option in need.options})
    rules = [Rule("hours"), *(Rule("resource", resource.name, resource) for resource in used)]
    for dish in dict.fromkeys(job.dish for job in net.jobs if job.dish):
        rules += [Rule("keeps", dish), Rule("ahead", dish)]
    return rules


class _Model:
    """Starts and resources, each rule behind a literal that is assumed, or true or false as it is asked."""

    def __init__(self, net: Net, on: Collection[Rule], *, assumed: bool = False) -> None:
        from ortools.sat.python import cp_model

        self.net, self.model, self.solver = net, cp_model.CpModel(), solver_of(Effort(1), 1)
        self.rules = {rule: self.model.new_bool_var("|".join(rule[:2])) for rule in _rules(net)}
        if assumed:
            self.model.add_assumptions(list(self.rules.values()))
        else:
            for rule, literal in self.rules.items():
                self.model.add(literal == int(rule in on))
        begin, end = net.problem.begin - _BEFORE, net.problem.end
        self.starts = [
            self.model.new_int_var(begin, end if job.latest is None else job.latest, job.id) for job in net.jobs
        ]
        self.used: dict[Resource, list[tuple[cp_model.IntervalVar, int]]] = {}
        self.choices: list[list[list[tuple[Resource, cp_model.IntVar]]]] = []
        for i in range(len(net.jobs)):
            self._job(i)
        for rule, literal in self.rules.items():
            if rule.resource is not None:
                rows, there = self.used.get(rule.resource, []), net.problem.capacities.get(rule.resource, 0)
                more = max(0, sum(count for _, count in rows) - there)
                most = there + more - more * literal
                self.model.add_cumulative([interval for interval, _ in rows], [count for _, count in rows], most)

    def _job(self, i: int) -> None:
        from ortools.sat.python import cp_model

        net, job, start, model = self.net, self.net.jobs[i], self.starts[i], self.model
        hours = self.rules[Rule("hours")]
        spans = net.problem.openings.get(job.place)
        model.add(start + job.minutes <= max(net.problem.end, (job.latest or 0) + job.minutes))
        model.add(start >= net.problem.begin).only_enforce_if(hours)
        if job.attended is not None and spans is not None:
            open_ = [[low, high - job.attended] for low, high in spans if high - job.attended >= low]
            model.add_linear_expression_in_domain(start, cp_model.Domain.from_intervals(open_)).only_enforce_if(hours)
        if job.earliest is not None:
            early = model.add(start >= job.earliest)
            if job.dish:
                early.only_enforce_if(self.rules[Rule("ahead", job.dish)])
        for j, limit in net.then[i]:
            wait = self.starts[j] - start - job.minutes
            model.add(wait >= job.tail)
            if limit is not None:
                keeps = model.add(wait <= limit)
                if job.dish:
                    keeps.only_enforce_if(self.rules[Rule("keeps", job.dish)])
        self.choices.append([self._need(i, n) for n in range(len(job.needs))])

    def _need(self, i: int, n: int) -> list[tuple[Resource, cp_model.IntVar]]:
        need, model = self.net.jobs[i].needs[n], self.model
        if len(need.options) == 1:
            interval = model.new_fixed_size_interval_var(self.starts[i], need.minutes, "")
            self.used.setdefault(need.options[0], []).append((interval, need.count))
            return []
        choice = [(resource, model.new_bool_var("")) for resource in need.options]
        for resource, taken in choice:
            interval = model.new_optional_fixed_size_interval_var(self.starts[i], need.minutes, taken, "")
            self.used.setdefault(resource, []).append((interval, need.count))
        model.add_exactly_one([taken for _, taken in choice])
        return choice

    def solve(self, work: float) -> str:
        """`found`, `impossible` or `unknown`."""
        from ortools.sat.python import cp_model

        self.solver = solver_of(Effort(work), len(self.net.jobs))
        answers = {cp_model.OPTIMAL: "found", cp_model.FEASIBLE: "found", cp_model.INFEASIBLE: "impossible"}
        return answers.get(self.solver.solve(self.model), "unknown")

    def core(self) -> list[Rule]:
        """The rules that the solver blames."""
        blamed = set(self.solver.sufficient_assumptions_for_infeasibility())
        return [rule for rule, literal in self.rules.items() if literal.index in blamed]

    def read(self) -> Found:
        """The placement that was found."""
        net, value = self.net, self.solver.value
        placement = {job.id: value(start) for job, start in zip(net.jobs, self.starts, strict=True)}
        taken = {}
        for job, choices in zip(net.jobs, self.choices, strict=True):
            picks = [next((resource for resource, var in choice if value(var)), None) for choice in choices]
            taken[job.id] = tuple(p or need.options[0] for p, need in zip(picks, job.needs, strict=True))
        return Found(placement, taken, None, "cp-sat")
