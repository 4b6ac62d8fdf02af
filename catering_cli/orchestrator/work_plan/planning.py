"""The planner's step: what it is asked, and which work plan follows from its answer."""

from __future__ import annotations

from collections.abc import Sequence

from catering_cli.domain.execution import ExecutionPlan, Step
from catering_cli.domain.finding import Finding
from catering_cli.domain.order import Order
from catering_cli.orchestrator.ask import Asked, Question
from catering_cli.orchestrator.context import RunContext
from catering_cli.orchestrator.work_plan import patterns
from catering_cli.orchestrator.work_plan.lint import ROOT, Linted, Rules, lint
from catering_cli.tasks import strategic_planning
from catering_cli.tasks.shared.task import Wire

__all__ = ["ROOT", "own_work", "planner_question", "work_of"]


def planner_question(order: Order, context: RunContext) -> tuple[Step, Question]:
    """The planner's step. Under the pattern planning-execution its steps must pass lint before its answer is taken."""
    task = strategic_planning.STRATEGIC_PLANNING
    step = patterns.root(context.pattern)
    given = task.given(order, "order", ())
    own = task.default(given)

    def steps_hold(answer: Wire) -> Sequence[Finding]:
        assert isinstance(answer, strategic_planning.Answer)
        if context.pattern == "hierarchical" or answer == own:
            return ()
        return lint(strategic_planning.work(answer, ""), _rules(order, context)).refused

    return step, Question(task, given, step, also=steps_hold)


def work_of(order: Order, asked: Asked, context: RunContext) -> Linted:
    """The work plan that is run: the planner's steps, else the kitchen's; the fixed tree under hierarchical."""
    answer = asked.answer
    if context.pattern == "hierarchical" or not isinstance(answer, strategic_planning.Answer) or not answer.steps:
        return own_work(order, context)
    linted = lint(strategic_planning.work(answer, asked.by), _rules(order, context))
    return Linted(patterns.with_root(linted.work), linted.findings)


def own_work(order: Order, context: RunContext) -> Linted:
    """The program's own work plan. Its data edges are left to lint to add."""
    if context.pattern == "hierarchical":
        return Linted(_linted(patterns.tree(order), order), ())
    return Linted(patterns.with_root(_linted(patterns.kitchen_plan(order), order)), ())


def _linted(own: ExecutionPlan, order: Order) -> ExecutionPlan:
    rules = Rules(patterns.dish_ids(order), max_high=len(own.steps), besides=patterns.besides(order), is_own=True)
    linted = lint(own, rules)
    assert not linted.refused, linted.refused
    return linted.work


def _rules(order: Order, context: RunContext) -> Rules:
    required, besides = patterns.required(order), patterns.besides(order)
    return Rules(patterns.dish_ids(order), context.max_high, context.rules, required, besides)
