"""Lint of a work plan, before anything is spent on it: repairs what is safe to repair, refuses the rest.

Repaired, with a warning: a step that the order requires and a missing data edge are added; `high` beyond the allowed
number counts as medium; a `why` with figures is emptied; an unknown name in `checks` is left out. Refused: a cycle, a
duplicate or reserved id, a need or task or subject that does not exist, too many steps. So a planner can sharpen the
work, and loses no part of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from heapq import heappop, heappush
from typing import NamedTuple

from catering_cli.domain.execution import ExecutionPlan, Step
from catering_cli.domain.finding import Finding, Severity, blocking
from catering_cli.tasks.registry import BY_NAME
from catering_cli.tasks.shared import prose

ROOT = "strategy"
"""id of the planner's own step; no other step may take it"""

MOST_STEPS = 1_000
"""More steps than that are refused: a menu of a hundred dishes needs about three for each."""

MOST_FINDINGS = 20
"""What is fed back of a refused plan."""


class Rules(NamedTuple):
    """What a work plan is held to."""

    dishes: tuple[str, ...]
    max_high: int = 4
    checks: tuple[str, ...] = ()
    """rules of the registry; empty: names in `checks` are not looked at"""
    required: tuple[Step, ...] = ()
    """steps without which something of the order would be left unjudged; one of that task and subject does as well"""
    besides: tuple[Step, ...] = ()
    """steps that are added without a word: the planner is not asked about them"""
    is_own: bool = False
    """whether the program wrote the plan: its words hold no claim"""


class Linted(NamedTuple):
    """The plan as repaired, and everything found; it is refused if a finding is blocking."""

    work: ExecutionPlan
    findings: tuple[Finding, ...]

    @property
    def refused(self) -> tuple[Finding, ...]:
        """The findings that cannot be repaired."""
        return tuple(blocking(self.findings))

    @property
    def told(self) -> tuple[Finding, ...]:
        """The findings that change who is asked, what it costs or what is read; the others only order the work."""
        return tuple(finding for finding in self.findings if finding.rule not in _UNTOLD)


def lint(work: ExecutionPlan, rules: Rules) -> Linted:
    """Lint `work`; its steps come back in plan order, every step after what it needs."""
    if len(work.steps) > MOST_STEPS:
        too_many = _found("steps", "too_many_steps", f"{len(work.steps)} steps", f"at most {MOST_STEPS}")
        return Linted(work, (too_many,))
    broken = tuple(_shape(work, rules))[:MOST_FINDINGS]
    if broken:
        return Linted(work, broken)
    steps = list(work.steps)
    repaired: list[Finding] = []
    for repair in (_add_required, _add_data_edges, _count_high, _plain_why, _known_checks):
        steps, found = repair(steps, rules)
        repaired += found
    try:
        ordered = steps_in_order(steps)
    except CycleError as error:
        waiting = ", ".join(error.args[1][:8])
        cycle = _found("steps", "cycle", waiting, "no step may wait, over others, for itself")
        return Linted(work, (*repaired, cycle))
    return Linted(work.model_copy(update={"steps": tuple(ordered)}), tuple(repaired))


def steps_in_order(steps: Sequence[Step]) -> list[Step]:
    """The steps, each after what it needs, else as they were written. Raises CycleError."""
    place = {step.id: index for index, step in enumerate(steps)}
    sorter = TopologicalSorter({step.id: step.needs for step in steps})
    sorter.prepare()
    ready: list[int] = []
    ordered: list[Step] = []
    while sorter.is_active():
        for step_id in sorter.get_ready():
            heappush(ready, place[step_id])
        step = steps[heappop(ready)]
        ordered.append(step)
        sorter.done(step.id)
    return ordered


def _shape(work: ExecutionPlan, rules: Rules) -> Iterator[Finding]:
    """What cannot be repaired, cycles apart."""
    known = {ROOT, *(step.id for step in work.steps)}
    seen: set[str] = set()
    for index, step in enumerate(work.steps):
        where = f"steps[{index}]"
        is_reserved = step.id == ROOT and step.task != "strategic_planning"
        if step.id in seen or is_reserved:
            yield _found(f"{where}.id", "duplicate_id", step.id, "every step has an id of its own")
        seen.add(step.id)
        yield from _kind(step, where, rules)
        yield from _needs(step, where, known)


def _needs(step: Step, where: str, known: Collection[str]) -> Iterator[Finding]:
    for need in step.needs:
        if need == step.id:
            yield _found(f"{where}.needs", "self_need", need, "a step cannot wait for itself")
        elif need not in known:
            yield _found(f"{where}.needs", "unknown_need", need, "the id of a step of this plan")


def _kind(step: Step, where: str, rules: Rules) -> Iterator[Finding]:
    task = BY_NAME.get(step.task)
    if task is None:
        yield _found(f"{where}.task", "unknown_task", step.task, f"one of {', '.join(BY_NAME)}")
        return
    allowed = rules.dishes if task.per_dish else ("order",)
    if step.subject not in allowed:
        yield _found(f"{where}.subject", "unknown_subject", step.subject, f"one of {', '.join(allowed[:12])}")


Repaired = tuple[list[Step], list[Finding]]


def _add_required(steps: Sequence[Step], rules: Rules) -> Repaired:
    """The steps, and behind them those that the order requires and no step stands for."""
    there = {(step.task, step.subject) for step in steps}
    missing = [step for step in (*rules.required, *rules.besides) if (step.task, step.subject) not in there]
    taken = {step.id for step in steps}
    added = [step.model_copy(update={"id": _free(step.id, taken)}) for step in missing]
    silent = {step.task for step in rules.besides}
    told = [step for step in added if step.task not in silent]
    found = [_found(f"steps.{step.id}", "step_added", f"{step.task} {step.subject}", "", "warning") for step in told]
    return [*steps, *added], found


def _free(ident: str, taken: Collection[str]) -> str:
    """The id, or one made of it that no step has."""
    while ident in taken:
        ident += "-"
    return ident


def _add_data_edges(steps: Sequence[Step], _rules: Rules) -> Repaired:
    """A step waits for every step whose decisions its task reads, and whose subject is its own or the order."""
    makers: dict[str, list[Step]] = {}
    for step in steps:
        makers.setdefault(step.task, []).append(step)
    ids = {step.id for step in steps}
    out: list[Step] = []
    found: list[Finding] = []
    for index, step in enumerate(steps):
        missing = tuple(need for need in _wanted(step, makers) if need not in step.needs)
        kept = tuple(dict.fromkeys(need for need in step.needs if need in ids))
        if missing:
            added = ", ".join(missing[:8])
            found.append(_found(f"steps[{index}].needs", "data_edge", added, "was added", "warning"))
        out.append(step.model_copy(update={"needs": (*kept, *missing)}))
    return out, found


def _wanted(step: Step, makers: Mapping[str, Sequence[Step]]) -> list[str]:
    """Ids of the steps whose decisions `step` reads, each once."""
    wanted: dict[str, None] = {}
    for task in BY_NAME[step.task].wants:
        for maker in makers.get(task, ()):
            if maker.id != step.id and _feeds(maker, step):
                wanted[maker.id] = None
    return list(wanted)


def _feeds(maker: Step, reader: Step) -> bool:
    return "order" in (maker.subject, reader.subject) or maker.subject == reader.subject


def _count_high(steps: Sequence[Step], rules: Rules) -> Repaired:
    high = [step.id for step in steps if step.complexity == "high"]
    beyond = set(high[rules.max_high :])
    if not beyond:
        return list(steps), []
    too_many = ", ".join(sorted(beyond)[:8])
    limit = f"{rules.max_high}; the rest are medium"
    out = [step.model_copy(update={"complexity": "medium"}) if step.id in beyond else step for step in steps]
    return out, [_found("steps", "too_many_high", too_many, limit, "warning")]


def _plain_why(steps: Sequence[Step], rules: Rules) -> Repaired:
    if rules.is_own:
        return list(steps), []
    out: list[Step] = []
    found: list[Finding] = []
    for index, step in enumerate(steps):
        if step.why and prose.faults(step.why, prose.WORKING):
            limit = "plain words without figures; left out"
            found.append(_found(f"steps[{index}].why", "why", "", limit, "warning"))
            out.append(step.model_copy(update={"why": ""}))
        else:
            out.append(step)
    return out, found


def _known_checks(steps: Sequence[Step], rules: Rules) -> Repaired:
    if not rules.checks:
        return list(steps), []
    out: list[Step] = []
    found: list[Finding] = []
    for index, step in enumerate(steps):
        known = tuple(name for name in step.checks if name in rules.checks)
        unknown = [name for name in step.checks if name not in rules.checks]
        if unknown:
            limit = "names of the check registry; left out"
            found.append(_found(f"steps[{index}].checks", "unknown_check", ", ".join(unknown[:8]), limit, "warning"))
        out.append(step.model_copy(update={"checks": known}))
    return out, found


_UNTOLD = ("work.data_edge", "work.unknown_check")
_MESSAGES: Mapping[str, str] = {
    "too_many_steps": "the work plan has too many steps",
    "duplicate_id": "the id is taken",
    "self_need": "the step waits for itself",
    "unknown_need": "the step waits for one that does not exist",
    "unknown_task": "there is no such task",
    "unknown_subject": "this task takes no such subject",
    "step_added": "the order requires a step that the work plan left out",
    "cycle": "these steps wait for one another",
    "data_edge": "the step reads results it did not wait for",
    "too_many_high": "more steps are marked high than the config allows",
    "why": "the reason holds figures or claims",
    "unknown_check": "there is no such rule",
}


def _found(
    where: str,
    rule: str,
    value: str,
    limit: str,
    severity: Severity = "blocking",
) -> Finding:
    return Finding(
        severity=severity,
        rule=f"work.{rule}",
        where=f"run.execution_plan.{where}",
        message=_MESSAGES[rule],
        value=value[:200],
        limit=limit,
    )
