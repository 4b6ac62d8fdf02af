"""What a change read in the client's words would do: the plan with it beside the plan without."""

from __future__ import annotations

from catering_cli.domain.decision import ChangeOrder, Decided
from catering_cli.domain.finding import Severity
from catering_cli.domain.plan import CateringPlan, Effect
from catering_cli.domain.problem import Refused
from catering_cli.kitchen.event.notes.proposals import numbered
from catering_cli.kitchen.event.notes.sentences import sentences
from catering_cli.kitchen.menu.decisions import fold
from catering_cli.orchestrator.context import RunContext
from catering_cli.orchestrator.evaluate import evaluate
from catering_cli.tasks.reading.changes import changed

MOST = 12
"""Changes that are cooked; each costs as much as a plan. Of those beyond it the words alone are shown."""

MOST_ISSUES = 5
"""Issues that are named of those which a change brings."""


async def with_effects(plan: CateringPlan, context: RunContext) -> CateringPlan:
    """The plan, each proposed change with what it would do."""
    effects: dict[str, Effect | None] = {}
    for ident, decided in readings_of(plan).items():
        decision = decided.decision
        if context.stopped() or len(effects) == MOST:
            break
        if isinstance(decision, ChangeOrder) and not decided.is_settled:
            effects[ident] = await _effect(plan, decision, context)
    if not effects:
        return plan
    shown = [one.model_copy(update={"effect": effects.get(one.id)}) for one in plan.proposals]
    return plan.model_copy(update={"proposals": tuple(shown)})


def readings_of(plan: CateringPlan) -> dict[str, Decided]:
    """The decision behind each proposal of a plan, by the id of the proposal."""
    view = fold(plan.order, plan.decisions)
    return dict(numbered(view, sentences(plan.order.notes)))


async def _effect(plan: CateringPlan, change: ChangeOrder, context: RunContext) -> Effect | None:
    """None if the order does not take the change any more."""
    try:
        order = changed(plan.order, change)
    except Refused:
        return None
    return between(plan, await evaluate(order, plan.decisions, context))


def between(before: CateringPlan, after: CateringPlan) -> Effect:
    """What differs between two plans."""
    told = {finding.message for finding in before.findings}
    grave = [finding for finding in after.findings if finding.severity in ("blocking", "open")]
    beyond_notes = [finding.message for finding in grave if finding.rule != "kitchen.note"]
    new = [message for message in beyond_notes if message not in told]
    return Effect(
        guests=(before.headcount.set_for, after.headcount.set_for),
        begins=(before.timeline.first_start, after.timeline.first_start),
        serves=(before.service[0].at, after.service[0].at),
        cost=(before.costing.total, after.costing.total),
        blocking=(_count(before, "blocking"), _count(after, "blocking")),
        open=(_count(before, "open"), _count(after, "open")),
        new_issues=tuple(new[:MOST_ISSUES]),
    )


def _count(plan: CateringPlan, severity: Severity) -> int:
    return sum(finding.severity == severity for finding in plan.findings)
