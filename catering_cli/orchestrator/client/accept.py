"""What a person accepts of what models read in the client's words or decided, or takes back: recorded in the plan."""

from __future__ import annotations

from collections.abc import Sequence

from catering_cli.domain.decision import ChangeOrder, Decided, OpenQuestion
from catering_cli.domain.order import Order
from catering_cli.domain.plan import CateringPlan
from catering_cli.domain.problem import Problem, Refused
from catering_cli.domain.proposed import by_models
from catering_cli.orchestrator.client.effects import readings_of, with_effects
from catering_cli.orchestrator.context import RunContext
from catering_cli.orchestrator.evaluate import evaluate
from catering_cli.tasks.reading import changes


async def accepted(plan: CateringPlan, ids: Sequence[str], by: str, context: RunContext) -> CateringPlan:
    """The plan with these proposals accepted by a person. Raises Refused if one is none, or fits no more."""
    order, decisions = plan.order, list(plan.decisions)
    for decided in _named(plan, ids):
        if isinstance(decided.decision, OpenQuestion):
            raise Refused(Problem("is a question: its answer belongs in the order", "", "ID", decided.decision.text))
        if decided.is_settled:
            continue
        order, taken = _taken(order, decided, by)
        decisions[decisions.index(decided)] = taken
    return await _cooked(plan, order, decisions, context)


async def taken_back(plan: CateringPlan, ids: Sequence[str], context: RunContext) -> CateringPlan:
    """The plan with what was accepted open again, the order as it was. Raises Refused if one is none.

    What a model decided and a person never accepted is taken out: the kitchen decides it then.
    """
    order, decisions = plan.order, list(plan.decisions)
    decided_by_models = by_models(plan).values()
    for decided in reversed(_named(plan, ids)):
        if not decided.accepted_by and decided in decided_by_models:
            decisions.remove(decided)
            continue
        if not decided.accepted_by:
            raise Refused(Problem("was not accepted", "", "ID", getattr(decided.decision, "quote", "")))
        decision = decided.decision
        if isinstance(decision, ChangeOrder):
            order = changes.taken_back(order, decision)
        decisions[decisions.index(decided)] = decided.model_copy(update={"accepted_by": ""})
    return await _cooked(plan, order, decisions, context)


def _named(plan: CateringPlan, ids: Sequence[str]) -> list[Decided]:
    """The decisions behind these ids, each once."""
    known = readings_of(plan) | by_models(plan)
    unknown = [ident for ident in ids if ident not in known]
    if unknown:
        there = ", ".join(known) or "none"
        raise Refused(Problem(f"is no proposal of this plan; there are {there}", "", "ID", unknown[0]))
    return [known[ident] for ident in dict.fromkeys(ids)]


def _taken(order: Order, decided: Decided, by: str) -> tuple[Order, Decided]:
    """The order with what was accepted, and the decision that says so."""
    decision = decided.decision
    if isinstance(decision, ChangeOrder):
        after = changes.changed(order, decision)
        decision = changes.recorded(order, decision, after)
        order = after
    return order, decided.model_copy(update={"decision": decision, "accepted_by": by})


async def _cooked(plan: CateringPlan, order: Order, decisions: Sequence[Decided], context: RunContext) -> CateringPlan:
    """The plan that follows, with the record of the run that read the words."""
    cooked = await evaluate(order, tuple(decisions), context)
    shown = await with_effects(cooked, context)
    return shown.model_copy(update={"run": plan.run})
