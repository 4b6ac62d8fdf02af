"""Read this page first: how an order becomes a plan.

The kitchen's own plan comes first, and at once. Then the work is planned, each step is asked for, and what was
decided is cooked and checked. Models propose; `cook` and `check` prove. A plan is a function of the order and
the decisions, so nothing below but `cook` makes one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from catering_cli.domain.decision import Decided
from catering_cli.domain.execution import ExecutionPlan, Step
from catering_cli.domain.order import Order
from catering_cli.domain.plan import CateringPlan
from catering_cli.orchestrator import merge, record
from catering_cli.orchestrator.ask import Asked, ask, recalled
from catering_cli.orchestrator.batches import Batches
from catering_cli.orchestrator.context import RunContext
from catering_cli.orchestrator.evaluate import evaluate, rank
from catering_cli.orchestrator.execute import execute
from catering_cli.orchestrator.feedback import client_decisions
from catering_cli.orchestrator.improve import improve
from catering_cli.orchestrator.planning import ROOT, own_work, planner_question, work_of
from catering_cli.orchestrator.questions import question


async def make_plan(order: Order, context: RunContext) -> CateringPlan:
    """The plan of `order`, and the record of the run that made it."""
    first = None if context.is_kitchen_alone else await evaluate(order, (), context)
    context.say("plan", state="the kitchen's own plan is ready" if first else "the kitchen decides alone")
    work, planned, notices = await plan_the_work(order, context)
    batches = Batches(work, context.batch)
    done = await execute(work, lambda step, known: one_step(order, step, known, first, context, batches), planned)
    decisions = merge.in_plan_order(work, done.results)
    cooked = first if first and not decisions else await evaluate(order, decisions, context)
    if context.rounds:
        context.unrefined(cooked)
    better, rounds = await improve(cooked, context)
    return record.recorded_plan(better, work, done, rounds, context, notices)


async def plan_the_work(order: Order, context: RunContext) -> tuple[ExecutionPlan, dict[str, Asked], tuple[str, ...]]:
    """The linted work plan, the planner's own step with what it decided, and what had to be repaired."""
    step, asking = planner_question(order, context)
    context.say("step", step.id, step.task, state="running")
    asked = await ask(asking, context.chain(step), context)
    context.say("step", step.id, step.task, tier=asked.by, state=asked.state)
    linted = work_of(order, asked, context)
    repaired = Counter(found.message for found in linted.findings)
    notices = tuple(f"The planner's steps: {rule} ({places} repaired)" for rule, places in repaired.items())
    for notice in notices:
        context.say("notice", state=notice)
    return linted.work, {ROOT: asked}, notices


async def one_step(
    order: Order,
    step: Step,
    known: Sequence[Decided],
    first: CateringPlan | None,
    context: RunContext,
    batches: Batches,
) -> Asked:
    """Ask for one step, given what its ancestors decided."""
    context.say("step", step.id, step.task, state="running")
    chain = batches.chain_for(step, context.chain(step))
    try:
        asked = await ask(await question(order, step, known, first, chain, context), chain, context)
    finally:
        batches.release(step)
    context.say("step", step.id, step.task, tier=asked.by, state=asked.state)
    return asked


async def outline(order: Order, context: RunContext, *, spend: bool) -> ExecutionPlan:
    """The work plan alone: the planner's where it may be asked or stands in the journal, else the house's own."""
    if spend:
        return (await plan_the_work(order, context))[0]
    step, asking = planner_question(order, context)
    kept = recalled(asking, context.chain(step), context)
    return work_of(order, kept, context).work if kept else own_work(order, context).work


async def refine(plan: CateringPlan, context: RunContext, feedback: str = "") -> CateringPlan:
    """A plan, improved in rounds. What the client says of it is kept whatever the score, but not where it blocks."""
    proven = await evaluate(plan.order, merge.merged_decisions(plan.decisions), context)
    for decided in client_decisions(proven, feedback):
        wanted = await evaluate(plan.order, merge.merged_decisions((*proven.decisions, decided)), context)
        refused = rank(wanted, context)[0] > rank(proven, context)[0]
        context.say("notice", state=f"{decided.decision.kind}: {'not done, it would block' if refused else 'done'}")
        proven = proven if refused else wanted
    better, rounds = await improve(proven, context)
    return record.recorded_refinement(better, plan, rounds, context)
