"""Results become decisions, in plan order, whatever the order in which they came."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from catering_cli.domain.decision import Decided, Decision, SplitTask
from catering_cli.domain.execution import ExecutionPlan
from catering_cli.domain.finding import Finding
from catering_cli.kitchen.menu.decisions import about
from catering_cli.orchestrator.ask import Asked
from catering_cli.orchestrator.execute import ancestors


def in_plan_order(work: ExecutionPlan, results: Mapping[str, Asked]) -> tuple[Decided, ...]:
    """All decisions in plan order; of two about one thing the later holds, and times of a step are put together."""
    made: list[Decided] = []
    for step in work.steps:
        if step.id in results:
            made += results[step.id].decisions
    return merged_decisions(made)


def merged_decisions(made: Iterable[Decided]) -> tuple[Decided, ...]:
    """One decision for each thing that is decided, in the order in which each was first decided."""
    out: dict[tuple[str, ...], Decided] = {}
    for decided in made:
        key = about(decided.decision)
        before = out.get(key)
        out[key] = decided if before is None else _combined(before, decided)
    return tuple(out.values())


def conflicting_decisions(work: ExecutionPlan, results: Mapping[str, Asked]) -> tuple[Finding, ...]:
    """A warning for each two steps that decide the same thing differently while neither waits for the other."""
    before = ancestors(work)
    bit = {step.id: 1 << index for index, step in enumerate(work.steps)}

    def are_ordered(first: str, second: str) -> bool:
        return bool(before[second] & bit[first] or before[first] & bit[second])

    out = []
    for key, made in _by_matter(work, results).items():
        for first, second in _pairs(made):
            differ = first.step != second.step and _differ(first.decision, second.decision)
            if differ and not are_ordered(first.step, second.step):
                out.append(_conflict(key, first, second))
    return tuple(out)


def _by_matter(work: ExecutionPlan, results: Mapping[str, Asked]) -> dict[tuple[str, ...], list[Decided]]:
    """The decisions about each thing, in plan order."""
    matters: dict[tuple[str, ...], list[Decided]] = {}
    for step in work.steps:
        if step.id not in results:
            continue
        for decided in results[step.id].decisions:
            matters.setdefault(about(decided.decision), []).append(decided)
    return matters


def _pairs(made: Sequence[Decided]) -> Iterator[tuple[Decided, Decided]]:
    """Each decision with each one before it: the earlier, the later."""
    for index, second in enumerate(made):
        for first in made[:index]:
            yield first, second


def _combined(before: Decided, after: Decided) -> Decided:
    """Of two decisions about one thing the later; of times of a step what the later says, else what the earlier did."""
    if not isinstance(before.decision, SplitTask) or not isinstance(after.decision, SplitTask):
        return after
    said = {name: value for name, value in after.decision if _says(value)}
    return after.model_copy(update={"decision": before.decision.model_copy(update=said)})


def _differ(first: Decision, second: Decision) -> bool:
    if not isinstance(first, SplitTask) or not isinstance(second, SplitTask):
        return first != second
    for name in SplitTask.model_fields:
        one = getattr(first, name)
        other = getattr(second, name)
        if _says(one) and _says(other) and one != other:
            return True
    return False


def _says(value: object) -> bool:
    return value not in (None, "")


def _conflict(key: tuple[str, ...], first: Decided, second: Decided) -> Finding:
    return Finding(
        severity="warning",
        rule="work.conflicting_decisions",
        where=f"run.execution_plan.{second.step}",
        message=f"the steps {first.step!r} and {second.step!r} disagree; the later one is used",
        value=" ".join(key)[:200],
        fix=f"let {second.step!r} need {first.step!r}",
    )
