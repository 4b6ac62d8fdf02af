"""What came of the answers, by code: kept, repaired, refused, and which decisions changed the plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from catering_cli.domain.names import KITCHEN, NO_MODEL

if TYPE_CHECKING:
    from decimal import Decimal

    from catering_cli.domain.decision import Decided
    from catering_cli.domain.execution import Attempt, StepRun
    from catering_cli.domain.plan import CateringPlan

SENT_BACK = frozenset({"rejected", "wrong_schema", "malformed", "truncated", "empty"})
"""How an attempt ends whose answer is asked for again."""
WORDS = frozenset({"overview", "brief", "technique", "critique", "text", "open_question", "instruction", "translation"})
"""Decisions that are words: they are read, and change no figure of the plan."""
MOST_TRIED = 60
"""Decisions that are taken out one by one; of more the first are."""


class Usage(NamedTuple):
    """What calls took."""

    usd: Decimal | None
    seconds: float


class TaskGrade(NamedTuple):
    """What came of one task's questions."""

    task: str
    asked: int
    """steps for which a model was asked"""
    kept: int
    """answers that stood at the first asking"""
    repaired: int
    """answers that stood after they were sent back, or without the items that were at fault"""
    refused: int
    """answers of which nothing stands"""
    decisions: int
    """that models made"""
    changed: int
    """of them: without it the plan would be another"""
    words: int
    """of them: words that are read"""
    usage: Usage


def grades(
    plan: CateringPlan, changed: frozenset[int], usage: Callable[[Sequence[Attempt]], Usage]
) -> tuple[TaskGrade, ...]:
    """A grade for each task that a model was asked, in the order of the work plan."""
    assert plan.run is not None
    by_task: dict[str, list[StepRun]] = {}
    for step in plan.run.steps:
        if _by_models(step.attempts):
            by_task.setdefault(step.task, []).append(step)
    task_of = {step.id: step.task for step in plan.run.steps}
    return tuple(_grade(task, steps, plan, changed, task_of, usage) for task, steps in by_task.items())


def _grade(
    task: str,
    steps: Sequence[StepRun],
    plan: CateringPlan,
    changed: frozenset[int],
    task_of: Mapping[str, str],
    usage: Callable[[Sequence[Attempt]], Usage],
) -> TaskGrade:
    ends = [_end(step) for step in steps]
    by_models = [(number, one) for number, one in enumerate(plan.decisions) if is_by_model(one)]
    made = [(number, one) for number, one in by_models if task_of.get(one.step) == task]
    attempts = list(chain.from_iterable(_by_models(step.attempts) for step in steps))
    return TaskGrade(
        task=task,
        asked=len(steps),
        kept=ends.count("kept"),
        repaired=ends.count("repaired"),
        refused=ends.count("refused"),
        decisions=len(made),
        changed=sum(number in changed for number, _ in made),
        words=sum(one.decision.kind in WORDS for _, one in made),
        usage=usage(attempts),
    )


def _end(step: StepRun) -> str:
    """How a step's answers ended: kept, repaired or refused."""
    tried = _by_models(step.attempts)
    stands = any(one.left in ("accepted", "open") for one in tried)
    was_sent_back = any(one.left in SENT_BACK for one in tried)
    if not stands:
        return "refused"
    return "repaired" if was_sent_back else "kept"


def _by_models(attempts: Sequence[Attempt]) -> list[Attempt]:
    asked = [one for one in attempts if one.left not in ("no_key", "cooling", "saturated")]
    return [one for one in asked if one.model != KITCHEN]


def is_by_model(one: Decided) -> bool:
    """Whether a model made a decision."""
    return one.by not in NO_MODEL


def changing(plan: CateringPlan) -> frozenset[int]:
    """Numbers of the models' decisions without which the plan would be another, words aside: each is taken out once."""
    from catering_cli.cli.runtime import compose

    whole = _body(compose.cooked(plan.order, plan.decisions))
    by_models = [(number, one.decision) for number, one in enumerate(plan.decisions) if is_by_model(one)]
    tried = [number for number, decision in by_models if decision.kind not in WORDS]
    found = []
    for number in tried[:MOST_TRIED]:
        rest = (*plan.decisions[:number], *plan.decisions[number + 1 :])
        if _body(compose.cooked(plan.order, rest)) != whole:
            found.append(number)
    return frozenset(found)


def _body(plan: CateringPlan) -> CateringPlan:
    """The plan without the decisions themselves."""
    return plan.model_copy(update={"decisions": ()})
