"""Read this page first: how an order becomes a plan.

The kitchen makes its own plan at once. Then the work is planned, each step is asked for, and what the steps decided
is cooked and checked. Models propose; `cook` and `check` prove. A plan is a function of the order and the decisions,
so only `cook` makes one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from catering_cli.domain.decision import Decided
from catering_cli.domain.execution import Event, ExecutionPlan, Step
from catering_cli.domain.order import Order
from catering_cli.domain.plan import CateringPlan
from catering_cli.orchestrator import merge, record
from catering_cli.orchestrator.ask import Asked, ask, recalled
from catering_cli.orchestrator.batches import Batches
from catering_cli.orchestrator.changed import with_changes
from catering_cli.orchestrator.client.effects import with_effects
from catering_cli.orchestrator.context import RunContext
from catering_cli.orchestrator.evaluate import evaluate
from catering_cli.orchestrator.execute import execute
from catering_cli.orchestrator.questions import question
from catering_cli.orchestrator.rounds.improve import improve
from catering_cli.orchestrator.work_plan.planning import ROOT, own_work, planner_question, work_of
from catering_cli.orchestrator.workable import workable


async def make_plan(order: Order, context: RunContext) -> CateringPlan:
    """The plan of `order`, with the record of the run that made it."""
    first = await kitchen_plan(order, context)
    work, planned, notices = await plan_the_work(order, context)
    context.tell(Event(t=context.clock(), event="work", steps=len(work.steps)))
    batches = Batches(work, context.batch)

    async def run_step(step: Step, known: Sequence[Decided]) -> Asked:
        return await ask_step(order, step, known, first, context, batches)

    done = await execute(work, run_step, planned)
    decisions = merge.in_plan_order(work, done.results)
    if first is not None and not decisions:
        cooked = first
    else:
        cooked, left_out = await workable(await evaluate(order, decisions, context), context)
        notices = (*notices, *left_out)
    if context.rounds:
        context.unrefined(cooked)
    better, rounds = await improve(cooked, context)
    better = await with_effects(better, context)
    return with_changes(record.recorded_plan(better, work, done, rounds, context, notices), first)


async def kitchen_plan(order: Order, context: RunContext) -> CateringPlan | None:
    """The plan without any step's decision; None if no model may be asked, because it would then be made twice."""
    if context.is_kitchen_alone:
        context.say("plan", state="the kitchen decides alone")
        return None
    first = await evaluate(order, (), context)
    context.say("plan", state="the kitchen's own plan is ready")
    context.first(first)
    return first


async def plan_the_work(order: Order, context: RunContext) -> tuple[ExecutionPlan, dict[str, Asked], tuple[str, ...]]:
    """The linted work plan, the planner's own step with what it decided, and what had to be repaired."""
    step, asking = planner_question(order, context)
    context.say("step", step.id, step.task, state="running")
    asked = await ask(asking, context.chain(step), context)
    context.say("step", step.id, step.task, tier=asked.by, state=asked.state)
    linted = work_of(order, asked, context)
    repaired = Counter(found.message for found in linted.told)
    notices = tuple(f"The planner's work plan was repaired: {_often(rule, times)}" for rule, times in repaired.items())
    for notice in notices:
        context.say("notice", state=notice)
    return linted.work, {ROOT: asked}, notices


def _often(rule: str, times: int) -> str:
    return rule if times == 1 else f"{rule} ({times} times)"


async def ask_step(
    order: Order,
    step: Step,
    known: Sequence[Decided],
    first: CateringPlan | None,
    context: RunContext,
    batches: Batches,
) -> Asked:
    """What came of one step, given what its ancestors decided."""
    context.say("step", step.id, step.task, state="running")
    chain = batches.chain_for(step, context.chain(step))
    try:
        asking = await question(order, step, known, first, chain, context)
        asked = await ask(asking, chain, context)
    finally:
        batches.release(step)
    context.say("step", step.id, step.task, tier=asked.by, state=asked.state)
    return asked


async def outline(order: Order, context: RunContext, *, spend: bool) -> ExecutionPlan:
    """The work plan alone: the planner's if it may be asked or is in the journal, else the program's own."""
    if spend:
        work, _planned, _notices = await plan_the_work(order, context)
        return work
    step, asking = planner_question(order, context)
    kept = recalled(asking, context.chain(step), context)
    if kept is None:
        return own_work(order, context).work
    return work_of(order, kept, context).work


async def refine(plan: CateringPlan, context: RunContext, feedback: str = "") -> CateringPlan:
    """A plan, improved in rounds. What the client asks for is done whatever the score, unless it would block."""
    from catering_cli.orchestrator.client.feedback import heard  # late: a first plan has heard nothing

    best = await evaluate(plan.order, merge.merged_decisions(plan.decisions), context)
    best, read = await heard(best, feedback, context)
    better, rounds = await improve(best, context)
    better = await with_effects(better, context)
    return with_changes(record.recorded_refinement(better, plan, (*read, *rounds), context), plan)
