"""Results become decisions: folded in plan order, whatever the order in which they came."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from catering_cli.domain.decision import Decided, Decision, SplitTask
from catering_cli.domain.execution import ExecutionPlan
from catering_cli.domain.finding import Finding
from catering_cli.kitchen.menu.decisions import about
from catering_cli.orchestrator.ask import Asked
from catering_cli.orchestrator.execute import ancestors


def in_plan_order(work: ExecutionPlan, results: Mapping[str, Asked]) -> tuple[Decided, ...]:
    """All decisions in plan order; of two about one thing the later holds, and times of a step are put together."""
    return merged_decisions(d for step in work.steps if step.id in results for d in results[step.id].decisions)


def merged_decisions(made: Iterable[Decided]) -> tuple[Decided, ...]:
    """One decision for each thing that is decided, in the order in which each was first decided."""
    out: dict[tuple[str, ...], Decided] = {}
    for decided in made:
        key = about(decided.decision)
        before = out.get(key)
        out[key] = _combined(before, decided) if before is not None else decided
    return tuple(out.values())


def conflicting_decisions(work: ExecutionPlan, results: Mapping[str, Asked]) -> tuple[Finding, ...]:
    """Two unordered steps that decide the same thing differently: neither could know of the other."""
    before = ancestors(work)
    bit = {step.id: 1 << index for index, step in enumerate(work.steps)}
    seen: dict[tuple[str, ...], list[Decided]] = {}
    for step in work.steps:
        for decided in results[step.id].decisions if step.id in results else ():
            seen.setdefault(about(decided.decision), []).append(decided)
    out = []
    for key, made in seen.items():
        for index, second in enumerate(made):
            for first in made[:index]:
                ordered = before[second.step] & bit[first.step] or before[first.step] & bit[second.step]
                if not ordered and first.step != second.step and _differ(first.decision, second.decision):
                    out.append(_conflict(key, first, second))
    return tuple(out)


def _combined(before: Decided, after: Decided) -> Decided:
    if not isinstance(before.decision, SplitTask) or not isinstance(after.decision, SplitTask):
        return after
    said = {name: value for name, value in after.decision if value not in (None, "")}
    return after.model_copy(update={"decision": before.decision.model_copy(update=said)})


def _differ(first: Decision, second: Decision) -> bool:
    if isinstance(first, SplitTask) and isinstance(second, SplitTask):
        pairs = [(getattr(first, name), getattr(second, name)) for name in SplitTask.model_fields]
        return any(a != b for a, b in pairs if a not in (None, "") and b not in (None, ""))
    return first != second


def _conflict(key: tuple[str, ...], first: Decided, second: Decided) -> Finding:
    return Finding(
        severity="warning",
        rule="work.conflicting_decisions",
        where=f"run.execution_plan.{second.step}",
        message=f"the steps {first.step!r} and {second.step!r} decide the same thing differently; the later holds",
        value=" ".join(key)[:200],
        fix=f"let {second.step!r} need {first.step!r}",
    )
