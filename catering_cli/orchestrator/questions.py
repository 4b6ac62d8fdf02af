"""What a step asks: a part of the order, or of the plan as cooked with what its ancestors decided."""

from __future__ import annotations

from collections.abc import Sequence

from catering_cli.domain.decision import Decided
from catering_cli.domain.execution import Step
from catering_cli.domain.order import Order
from catering_cli.domain.plan import CateringPlan
from catering_cli.orchestrator import merge
from catering_cli.orchestrator.ask import Question
from catering_cli.orchestrator.context import RunContext, TierChain
from catering_cli.orchestrator.evaluate import evaluate
from catering_cli.tasks.registry import BY_NAME

_ONLY_WORDS = frozenset(
    {"overview", "brief", "technique", "critique", "text", "change", "instruction", "nothing_to_do", "translation"}
)
"""Decisions that are words: they change nothing of what is cooked."""


async def question(
    order: Order,
    step: Step,
    known: Sequence[Decided],
    first: CateringPlan | None,
    chain: TierChain,
    context: RunContext,
) -> Question:
    """The question of `step`; `first` is the kitchen's own plan, None if no model may be asked."""
    known = merge.merged_decisions(known)
    task = BY_NAME[step.task]
    if task.given_plan is None or chain.is_kitchen_alone:
        given = task.given(order, step.subject, known)
    elif first is not None and all(decided.decision.kind in _ONLY_WORDS for decided in known):
        given = task.given_plan(first.model_copy(update={"decisions": tuple(known)}))
    else:
        given = task.given_plan(await evaluate(order, known, context))
    also = task.proof(order, given)
    other = BY_NAME.get(chain.fallback_task)
    if other is None:
        return Question(task, given, step, also=also)
    subject = step.subject if other.per_dish else "order"
    other_step = step.model_copy(update={"task": other.name, "subject": subject})

    def fallback() -> Question:
        return Question(other, other.given(order, subject, known), other_step)

    return Question(task, given, step, also=also, fallback=fallback)
