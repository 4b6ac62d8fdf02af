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
from catering_cli.orchestrator.context import House
from catering_cli.orchestrator.evaluate import prove, rank
from catering_cli.orchestrator.execute import execute
from catering_cli.orchestrator.feedback import client_decisions
from catering_cli.orchestrator.improve import improve
from catering_cli.orchestrator.planning import ROOT, own_work, planner_question, work_of
from catering_cli.orchestrator.questions import question


async def plan(order: Order, house: House) -> CateringPlan:
    """The plan of `order`, and the record of the run that made it."""
    first = None if house.is_kitchen_alone else await prove(order, (), house)
    house.say("plan", state="the kitchen's own plan is ready" if first else "the kitchen decides alone")
    work, planned, notices = await plan_the_work(order, house)
    batches = Batches(work, house.batch)
    done = await execute(work, lambda step, known: one_step(order, step, known, first, house, batches), planned)
    decisions = merge.decisions(work, done.results)
    cooked = first if first and not decisions else await prove(order, decisions, house)
    if house.rounds:
        house.unrefined(cooked)
    better, rounds = await improve(cooked, house)
    return record.recorded(better, work, done, rounds, house, notices)


async def plan_the_work(order: Order, house: House) -> tuple[ExecutionPlan, dict[str, Asked], tuple[str, ...]]:
    """The linted work plan, the planner's own step with what it decided, and what had to be repaired."""
    step, asking = planner_question(order, house)
    house.say("step", step.id, step.task, state="running")
    asked = await ask(asking, house.chain(step), house)
    house.say("step", step.id, step.task, tier=asked.by, state=asked.state)
    linted = work_of(order, asked, house)
    repaired = Counter(found.message for found in linted.findings)
    notices = tuple(f"The planner's steps: {rule} ({places} repaired)" for rule, places in repaired.items())
    for notice in notices:
        house.say("notice", state=notice)
    return linted.work, {ROOT: asked}, notices


async def one_step(
    order: Order, step: Step, known: Sequence[Decided], first: CateringPlan | None, house: House, batches: Batches
) -> Asked:
    """Ask for one step, given what its ancestors decided."""
    house.say("step", step.id, step.task, state="running")
    chain = batches.seated(step, house.chain(step))
    try:
        asked = await ask(await question(order, step, known, first, chain, house), chain, house)
    finally:
        batches.left(step)
    house.say("step", step.id, step.task, tier=asked.by, state=asked.state)
    return asked


async def outline(order: Order, house: House, *, spend: bool) -> ExecutionPlan:
    """The work plan alone: the planner's where it may be asked or stands in the journal, else the house's own."""
    if spend:
        return (await plan_the_work(order, house))[0]
    step, asking = planner_question(order, house)
    kept = recalled(asking, house.chain(step), house)
    return work_of(order, kept, house).work if kept else own_work(order, house).work


async def refine(plan: CateringPlan, house: House, feedback: str = "") -> CateringPlan:
    """A plan, improved in rounds. What the client says of it is kept whatever the score, but not where it blocks."""
    proven = await prove(plan.order, merge.merged(plan.decisions), house)
    for decided in client_decisions(proven, feedback):
        wanted = await prove(plan.order, merge.merged((*proven.decisions, decided)), house)
        refused = rank(wanted, house)[0] > rank(proven, house)[0]
        house.say("notice", state=f"{decided.decision.kind}: {'not done, it would block' if refused else 'done'}")
        proven = proven if refused else wanted
    better, rounds = await improve(proven, house)
    return record.refined(better, plan, rounds, house)
