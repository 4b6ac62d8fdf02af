"""A day that the greedy cannot place, asked of CP-SAT: a schedule, or the fewest rules that cannot hold together.

Used only if arithmetic has shown nothing. A core that the solver names is verified by solving it alone, then every
rule is left out once, and stays out if the rest is still impossible: what is left is minimal, unless the work that all
questions share was spent before. A day that was asked about is answered from memory. Importing this raises ImportError
if ortools is not installed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from ortools.sat.python import cp_model as cp

from catering_cli.scheduling.backward_greedy import Found
from catering_cli.scheduling.exact.cp_model import Effort, Model, solver_of
from catering_cli.scheduling.network import Net
from catering_cli.scheduling.problem import Problem, Resource

WORK = 2.0
"""Deterministic work of the first question, about seconds; each later one may spend a quarter."""
IN_ALL = 3
"""Times the work of the first question that all questions about a day may spend together. [K]"""
STATED = 2_000
"""Jobs that are stated to the solver in a unit of work: about as many as it takes a second for, measured."""
REMEMBERED = 8
"""Days whose answer is kept: what a run asks again as it weighs what to leave out."""
MOST = 500
"""Jobs beyond which the question is not asked: to state and presolve 650 takes 8 seconds."""
_BEFORE = 3 * 24 * 60
"""Minutes before the first opening that work could use if there were no hours."""
_ANSWERS = {cp.OPTIMAL: "found", cp.FEASIBLE: "found", cp.INFEASIBLE: "impossible"}


class Rule(NamedTuple):
    """A set of constraints: the `hours`; the number of a `resource`; how long a group `keeps` or is made `ahead`."""

    kind: str
    name: str = ""
    resource: Resource | None = None


HOURS = Rule("hours")


@dataclass(frozen=True, slots=True)
class Verdict:
    """A placement; or a minimal set of rules that is proven to be impossible; or neither."""

    found: Found | None = None
    core: tuple[Rule, ...] = ()


def verdict(problem: Problem, work: float = WORK) -> Verdict:
    """What CP-SAT says of a problem."""
    if len(problem.jobs) > MOST:
        return Verdict()
    return _remembered(_Asked(problem, work))


class _Asked:
    """A problem as it is looked up: problems with the same fields are the same."""

    def __init__(self, problem: Problem, work: float) -> None:
        self.problem, self.work = problem, work

    def __hash__(self) -> int:
        return hash((self.problem.jobs, self.work))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and (self.problem, self.work) == (other.problem, other.work)


@lru_cache(maxsize=REMEMBERED)
def _remembered(asked: _Asked) -> Verdict:
    net, work = Net(asked.problem), asked.work
    whole = _Question(net)
    whole.assume_all()
    answer = whole.answer(work)
    if answer == "found":
        return Verdict(found=whole.model.read(whole.solver))
    if answer == "unknown":
        return Verdict()
    return Verdict(core=tuple(_minimal(net, whole, work)))


def _minimal(net: Net, whole: _Question, work: float) -> list[Rule]:
    """The rules that the solver blames without those that the others do not need, as far as the work goes."""
    core, left = whole.core(), IN_ALL * work - whole.spent(work)
    alone = _Question(net)
    alone.fix(core)
    if alone.answer(work) != "impossible":
        core = list(whole.rules)
    left -= alone.spent(work)
    for rule in list(core):
        if left <= 0:
            break
        rest = [other for other in core if other != rule]
        question = _Question(net)
        question.fix(rest)
        if question.answer(work / 4) == "impossible":
            core = rest
        left -= question.spent(work / 4)
    return core


def _rules(net: Net) -> Iterator[Rule]:
    """Every rule that could be given up."""
    yield HOURS
    asked: set[Resource] = set()
    for need in net.problem.needs():
        asked.update(need.options)
    for resource in sorted(asked):
        yield Rule("resource", resource.name, resource)
    for group in dict.fromkeys(job.group for job in net.jobs if job.group):
        yield Rule("keeps", group)
        yield Rule("ahead", group)


class _Question:
    """A model with each rule behind a literal, which is assumed, or true or false as it is asked."""

    def __init__(self, net: Net) -> None:
        self.net, self.model = net, Model(net)
        self.rules = {rule: self.model.cp.new_bool_var(rule.kind) for rule in _rules(net)}

    def assume_all(self) -> None:
        """Every rule is assumed, so that the solver can say which it blames."""
        self.model.cp.add_assumptions(list(self.rules.values()))
        self._state()

    def fix(self, rules: Collection[Rule]) -> None:
        """These rules hold, and no others."""
        for rule, literal in self.rules.items():
            self.model.cp.add(literal == int(rule in rules))
        self._state()

    def _state(self) -> None:
        for job in self.net.jobs:
            latest = self.net.problem.end if job.latest is None else job.latest
            self.model.add_start(cp.Domain(self.net.problem.begin - _BEFORE, latest))
        for i in range(len(self.net)):
            self._state_hours(i)
            self._state_waits(i)
            self.model.meet_needs(i)
        for rule, literal in self.rules.items():
            if rule.resource is not None:
                self.model.within_capacity(rule.resource, literal)

    def _state_hours(self, i: int) -> None:
        job, model = self.net.jobs[i], self.model
        problem = self.net.problem
        model.ends_by(i, max(problem.end, (job.latest or 0) + job.minutes))
        model.not_before(i, problem.begin, self.rules[HOURS])
        model.in_opening(i, self.rules[HOURS])
        if job.earliest is not None:
            model.not_before(i, job.earliest, self.rules.get(Rule("ahead", job.group)))

    def _state_waits(self, i: int) -> None:
        keeps = self.rules.get(Rule("keeps", self.net.jobs[i].group))
        for j, limit in self.net.then[i]:
            self.model.follows(i, j)
            if limit is not None:
                self.model.fresh(i, j, limit, keeps)

    def answer(self, work: float) -> str:
        """`found`, `impossible` or `unknown`."""
        self.solver = solver_of(Effort(work), len(self.net))
        return _ANSWERS.get(self.solver.solve(self.model.cp), "unknown")

    def spent(self, work: float) -> float:
        """How much of the work that it was given an answer took, and what it took to ask."""
        most = int(self.solver.parameters.max_number_of_conflicts)
        searched: float = max(self.solver.deterministic_time, work * self.solver.num_conflicts / max(1, most))
        return searched + len(self.net) / STATED

    def core(self) -> list[Rule]:
        """The rules that the solver blames."""
        blamed = set(self.solver.sufficient_assumptions_for_infeasibility())
        return [rule for rule, literal in self.rules.items() if literal.index in blamed]
