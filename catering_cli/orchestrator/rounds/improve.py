"""Improvement in rounds: a critique, proposals that answer it, cook, compare, keep only what is strictly better.

A round that is not better is undone, nothing is tried twice, and a round with nothing new to try is the last. What
models propose is tried first, the kitchen's moves for what is left. Without an aim a plan is good enough when nothing
blocks and its score is over the threshold; with one, rounds go on as long as they bring it nearer.
"""

from __future__ import annotations

from collections.abc import Sequence

from catering_cli.domain.decision import Critique, Decided, Decision
from catering_cli.domain.execution import Step
from catering_cli.domain.plan import CateringPlan
from catering_cli.domain.plan_parts.timeline import GREEDY
from catering_cli.kitchen.menu.decisions import about
from catering_cli.orchestrator import merge
from catering_cli.orchestrator.ask import Asked, Question, ask
from catering_cli.orchestrator.context import RunContext
from catering_cli.orchestrator.evaluate import evaluate, tried, whole
from catering_cli.orchestrator.rounds.aims import is_better
from catering_cli.orchestrator.rounds.kitchen_moves import kitchen_proposals
from catering_cli.tasks import plan_refinement
from catering_cli.tasks.plan_evaluation import PLAN_EVALUATION

MOST_AT_ONCE = 8
"""Proposals that are tried one by one after they did not help together."""

Asking = list[tuple[Step, Asked]]


async def improve(
    plan: CateringPlan, context: RunContext, named: str = ""
) -> tuple[CateringPlan, tuple[tuple[Step, Asked], ...]]:
    """The best plan that `context.rounds` rounds find, and what was asked in them; `named`: before each step's id."""
    tried: set[Decision] = {decided.decision for decided in plan.decisions}
    asked: Asking = []
    judged: CateringPlan | None = None
    for number in range(1, context.rounds + 1):
        if context.stopped() or (not context.aim and is_good(plan, context)):
            break
        step = Step(id=f"{named}round{number}", task="plan_refinement", why="what would make the plan better")
        plan = judged = await _with_critique(plan, asked, context, f"{named}critique{number}")
        better, is_new = await _round(plan, step, tried, asked, context)
        if context.stopped():
            plan = better
            break
        if not is_new:
            context.say("round", step.id, step.task, state="nothing new to try")
            break
        context.say("round", step.id, step.task, state="undone" if better is plan else "kept")
        plan = better
    if context.rounds and plan is not judged:
        plan = await _with_critique(plan, asked, context, f"{named}critique")
    if _is_critiqued(asked):
        plan = await evaluate(plan.order, plan.decisions, context)
    return plan, tuple(asked)


def _is_critiqued(asked: Asking) -> bool:
    """Whether a critique came, which is to stand in the plan."""
    return any(answer.decisions for step, answer in asked if step.task == PLAN_EVALUATION.name)


async def _round(
    plan: CateringPlan, step: Step, tried: set[Decision], asked: Asking, context: RunContext
) -> tuple[CateringPlan, bool]:
    """The plan after a round, and whether there was anything new to try."""
    answer = await proposed(plan, step, tried, context)
    asked.append((step, answer))
    by_models = new_ones(answer.decisions, tried, plan)
    tried.update(decided.decision for decided in by_models)
    better = await kept_if_better(plan, by_models, context)
    settled = {about(decided.decision) for decided in by_models} if better is not plan else set()
    own = () if context.stopped() else kitchen_proposals(better, step.id, context.aim)
    own_new = [one for one in new_ones(own, tried, better) if about(one.decision) not in settled]
    tried.update(decided.decision for decided in own_new)
    return await kept_if_better(better, own_new, context), bool(by_models or own_new)


def is_good(plan: CateringPlan, context: RunContext) -> bool:
    """Nothing blocks, and the score is over the threshold."""
    score = plan.score
    return score is not None and not score.blocking and score.value > context.threshold


async def proposed(plan: CateringPlan, step: Step, tried: set[Decision], context: RunContext) -> Asked:
    """The moves of the task plan_refinement, which is told the aim, the critique and what was tried."""
    task = plan_refinement.PLAN_REFINEMENT
    assert task.given_plan is not None
    standing = {decided.decision for decided in plan.decisions}
    known = sorted(" ".join(about(decision)) for decision in tried - standing)
    weak = plan.critique.weaknesses if plan.critique else ()
    given = plan_refinement.asked_for(task.given_plan(plan), known, context.aim, weak)
    context.say("step", step.id, step.task, state="running")
    answer = await ask(Question(task, given, step), context.chain(step), context)
    context.say("step", step.id, step.task, tier=answer.by, state=answer.state)
    return answer


async def _with_critique(plan: CateringPlan, asked: Asking, context: RunContext, ident: str) -> CateringPlan:
    """The plan with a model's opinion of it, if the routing asks one: it stands beside the score."""
    task = PLAN_EVALUATION
    step = Step(id=ident, task=task.name, why="what a colleague thinks of it")
    chain = context.chain(step)
    if chain.is_kitchen_alone or task.given_plan is None or context.stopped():
        return plan
    answer = await ask(Question(task, task.given_plan(plan), step), chain, context)
    asked.append((step, answer))
    said = [one for one in answer.decisions if isinstance(one.decision, Critique)]
    if not said:
        return plan
    decisions = merge.merged_decisions((*plan.decisions, *said))
    return plan.model_copy(update={"critique": said[-1].decision, "decisions": decisions})


def new_ones(proposals: Sequence[Decided], tried: set[Decision], plan: CateringPlan) -> list[Decided]:
    """Proposals that were not tried, and that do not go against what a person decided or accepted."""
    pinned = {about(decided.decision) for decided in plan.decisions if decided.is_settled}
    pinned |= {about(decision) for decision in plan.order.decisions}
    fresh: dict[Decision, Decided] = {}
    for decided in proposals:
        if decided.decision not in tried and about(decided.decision) not in pinned:
            fresh.setdefault(decided.decision, decided)
    return list(fresh.values())


async def kept_if_better(plan: CateringPlan, proposals: Sequence[Decided], context: RunContext) -> CateringPlan:
    """The plan with the proposals if it is then better; else with those of them that help one by one."""
    if not proposals or context.stopped():
        return plan
    together = await with_more(plan, proposals, context)
    if is_better(together, plan, context):
        return await whole(together, context)
    best = plan
    if len(proposals) > 1 and not _takes_the_solver(plan, together):
        for decided in proposals[:MOST_AT_ONCE]:
            if context.stopped():
                break
            alone = await with_more(best, [decided], context)
            if is_better(alone, best, context):
                best = alone
    return plan if best is plan else await whole(best, context)


def _takes_the_solver(plan: CateringPlan, trial: CateringPlan) -> bool:
    """Whether the day works only as the solver places it, which no trial asks: each would fail like this one."""
    return plan.timeline.solver != GREEDY and trial.timeline.status != "scheduled"


async def with_more(plan: CateringPlan, proposals: Sequence[Decided], context: RunContext) -> CateringPlan:
    """The plan with further decisions, to be compared: `evaluate.whole` makes it one that is told."""
    return await tried(plan.order, merge.merged_decisions((*plan.decisions, *proposals)), context)
