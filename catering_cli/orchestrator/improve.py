"""Improvement in rounds: propose decisions, cook, compare, keep only what ranks strictly better.

A round that does not rank better is undone, nothing is tried twice, and a round with nothing new to try is the last.
A plan is good enough when nothing blocks and its score is over the threshold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from catering_cli.domain import decision as d
from catering_cli.domain.decision import Decided, Decision
from catering_cli.domain.diets import PlanProfile
from catering_cli.domain.execution import Step
from catering_cli.domain.finding import SEVERITIES, Finding
from catering_cli.domain.names import KITCHEN
from catering_cli.domain.plan import CateringPlan
from catering_cli.kitchen.dietary.profiles import is_known_to_feed
from catering_cli.kitchen.menu.decisions import about
from catering_cli.kitchen.recipes import catalogue
from catering_cli.orchestrator import merge
from catering_cli.orchestrator.ask import Asked, Question, ask
from catering_cli.orchestrator.context import RunContext
from catering_cli.orchestrator.evaluate import evaluate, menu_with, rank
from catering_cli.tasks import plan_refinement
from catering_cli.tasks.plan_evaluation import PLAN_EVALUATION

MOST_AT_ONCE = 8
"""Proposals that are tried one by one after they did not help together."""


async def improve(plan: CateringPlan, context: RunContext) -> tuple[CateringPlan, tuple[tuple[Step, Asked], ...]]:
    """The best plan that `context.rounds` rounds find, and what was asked in them."""
    tried: set[Decision] = {decided.decision for decided in plan.decisions}
    asked: list[tuple[Step, Asked]] = []
    for number in range(1, context.rounds + 1):
        if is_good(plan, context):
            break
        step = Step(id=f"round{number}", task="plan_refinement", why="what would make the plan better")
        answer = await _propose(plan, step, tried, context)
        asked.append((step, answer))
        proposed = (*kitchen_proposals(plan, step.id), *answer.decisions)
        proposals = _new(proposed, tried, plan)
        if not proposals:
            context.say("round", step.id, step.task, state="nothing new to try")
            break
        tried.update(decided.decision for decided in proposals)
        better = await _kept(plan, proposals, context)
        outcome = "undone" if better is plan else "kept"
        context.say("round", step.id, step.task, state=outcome)
        plan = better
    if context.rounds:
        plan = await _with_critique(plan, asked, context)
    return plan, tuple(asked)


def is_good(plan: CateringPlan, context: RunContext) -> bool:
    """Nothing blocks, and the score is over the threshold."""
    score = plan.score
    return score is not None and not score.blocking and score.value > context.threshold


def kitchen_proposals(plan: CateringPlan, step: str = "") -> tuple[Decided, ...]:
    """What the kitchen itself would try, worst findings first; it takes nothing off the menu."""
    ranked = sorted(plan.findings, key=lambda finding: (SEVERITIES.index(finding.severity), -finding.guests))
    made: dict[Decision, None] = {}
    for finding in ranked:
        attempt = _TRY.get(finding.rule)
        if attempt is not None:
            made |= dict.fromkeys(attempt(finding, plan))
    return tuple(Decided(decision=decision, by=KITCHEN, step=step) for decision in made)


async def _propose(
    plan: CateringPlan,
    step: Step,
    tried: set[Decision],
    context: RunContext,
) -> Asked:
    """The moves of the task plan_refinement, which is told what was tried."""
    task = plan_refinement.PLAN_REFINEMENT
    assert task.given_plan is not None
    standing = {decided.decision for decided in plan.decisions}
    known = sorted(" ".join(about(decision)) for decision in tried - standing)
    given = plan_refinement.with_tried(task.given_plan(plan), known)
    context.say("step", step.id, step.task, state="running")
    answer = await ask(Question(task, given, step), context.chain(step), context)
    context.say("step", step.id, step.task, tier=answer.by, state=answer.state)
    return answer


async def _with_critique(plan: CateringPlan, asked: list[tuple[Step, Asked]], context: RunContext) -> CateringPlan:
    """The plan with a model's opinion of it, if the routing asks one: it stands beside the score."""
    task = PLAN_EVALUATION
    step = Step(id="critique", task=task.name, why="what a colleague thinks of it")
    chain = context.chain(step)
    if chain.is_kitchen_alone or task.given_plan is None:
        return plan
    answer = await ask(Question(task, task.given_plan(plan), step), chain, context)
    asked.append((step, answer))
    if not answer.decisions:
        return plan
    return await _with(plan, answer.decisions, context)


def _new(proposals: Sequence[Decided], tried: set[Decision], plan: CateringPlan) -> list[Decided]:
    """Proposals that were not tried, and that do not go against the client's own decisions."""
    pinned = {about(decided.decision) for decided in plan.decisions if decided.by == "client"}
    pinned |= {about(decision) for decision in plan.order.decisions}
    fresh: dict[Decision, Decided] = {}
    for decided in proposals:
        if decided.decision not in tried and about(decided.decision) not in pinned:
            fresh.setdefault(decided.decision, decided)
    return list(fresh.values())


async def _kept(plan: CateringPlan, proposals: Sequence[Decided], context: RunContext) -> CateringPlan:
    """The plan with the proposals if it then ranks strictly better; else with those of them that help one by one."""
    together = await _with(plan, proposals, context)
    if rank(together, context) < rank(plan, context):
        return together
    if len(proposals) > 1:
        for decided in proposals[:MOST_AT_ONCE]:
            alone = await _with(plan, [decided], context)
            if rank(alone, context) < rank(plan, context):
                plan = alone
    return plan


async def _with(plan: CateringPlan, proposals: Sequence[Decided], context: RunContext) -> CateringPlan:
    return await evaluate(plan.order, merge.merged_decisions((*plan.decisions, *proposals)), context)


_PROFILE = re.compile(r"plan\.diets\.profiles\[(\d+)\]")

Try = Callable[[Finding, CateringPlan], Sequence[Decision]]


def _plates(finding: Finding, plan: CateringPlan) -> Sequence[Decision]:
    """For guests whom a course does not feed: the catalogue's first dish of that course that does."""
    place = _PROFILE.match(finding.where)
    if place is None:
        return ()
    profile = plan.diets.profiles[int(place.group(1))]
    if not profile.needs:
        return ()
    lacking = {dish.course for dish in plan.menu}
    for dish in plan.menu:
        if dish.id in profile.may_eat:
            lacking.discard(dish.course)
    names = [_dish_that_feeds(profile, course, plan) for course in sorted(lacking)]
    return tuple(d.Assign(profile=profile.id, dish=name) for name in names if name)


def _dish_that_feeds(profile: PlanProfile, course: str, plan: CateringPlan) -> str:
    """The first dish of the catalogue of that course that feeds a profile; empty if there is none."""
    names = [recipe.name for recipe in catalogue.recipes() if recipe.course == course]
    here = {dish.id for dish in plan.menu}
    plates = [Decided(decision=d.Assign(profile=profile.id, dish=name)) for name in names]
    wanted = set(map(catalogue.key, names))
    for dish, row in menu_with(plan, plates):
        is_new = dish.id not in here and catalogue.key(dish.name) in wanted
        if is_new and is_known_to_feed(row, profile):
            return dish.name
    return ""


_TRY: Mapping[str, Try] = {"diets.unfed": _plates}
"""What the kitchen tries, by the rule that found the matter."""
