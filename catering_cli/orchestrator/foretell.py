"""What a run would ask, and of whom, before anything is spent: each step's first question to its first model.

What the kitchen knows is not asked, nor what an earlier run has answered. Decisions that only a model makes are not
foreseen, so a step is judged by the order alone.
"""

from __future__ import annotations

import time
from typing import NamedTuple

from catering_cli.domain.execution import ExecutionPlan, Step
from catering_cli.domain.order import Order
from catering_cli.domain.plan import CateringPlan
from catering_cli.orchestrator.ask import ChainRun, Question, kitchen_first, recalled
from catering_cli.orchestrator.context import RunContext, TierCall, TierChain
from catering_cli.orchestrator.conversation import first_request
from catering_cli.orchestrator.evaluate import evaluate
from catering_cli.orchestrator.questions import question
from catering_cli.orchestrator.work_plan.planning import ROOT, planner_question
from catering_cli.providers.base import Request


class Foretold(NamedTuple):
    """A question that would be asked."""

    step: Step
    call: TierCall
    request: Request


class Ahead(NamedTuple):
    """What lies ahead of a run."""

    work: ExecutionPlan
    questions: tuple[Foretold, ...]
    cooking_s: float
    """how long the kitchen takes for one plan"""


async def foretell(order: Order, work: ExecutionPlan, context: RunContext) -> Ahead:
    """The questions that the steps of `work` would ask a model."""
    began = time.perf_counter()
    first = await evaluate(order, (), context)
    cooking_s = time.perf_counter() - began
    found = [await _foretold(order, step, first, context) for step in work.steps]
    return Ahead(work, tuple(one for one in found if one is not None), cooking_s)


async def _foretold(order: Order, step: Step, first: CateringPlan, context: RunContext) -> Foretold | None:
    """A step's first question to a model; None if it asks none."""
    chain = context.chain(step)
    call = next((call for call in chain.calls if call.provider is not None), None)
    if call is None:
        return None
    if step.id == ROOT:
        _, asking = planner_question(order, context)
    else:
        asking = await question(order, step, (), first, chain, context)
    if asking.task.is_empty(asking.given) or recalled(asking, chain, context) is not None:
        return None
    given = _left_open(asking, chain, context)
    return None if given is None else Foretold(step, call, first_request(asking.task, given.rest, call))


def _left_open(asking: Question, chain: TierChain, context: RunContext) -> ChainRun | None:
    """How far the kitchen comes by itself; None if it leaves nothing to ask."""
    trial = ChainRun(asking, context, [])
    kitchen_may_do = chain.has_kitchen or not asking.task.is_open(asking.given)
    if kitchen_first(chain, asking) and kitchen_may_do:
        trial.take_kitchen(quiet=True)
    return trial if trial.unsettled else None
