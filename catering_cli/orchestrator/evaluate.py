"""What follows from decisions: the plan, cooked and checked off the event loop, or only the menu."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from catering_cli.domain.decision import Decided
from catering_cli.domain.order import Order
from catering_cli.domain.plan import CateringPlan
from catering_cli.domain.plan_parts.diets import DishDiets
from catering_cli.kitchen.dietary import matrix
from catering_cli.kitchen.menu.decisions import fold
from catering_cli.kitchen.menu.dishes import MenuDish, dishes
from catering_cli.orchestrator.context import RunContext


async def evaluate(order: Order, decisions: Sequence[Decided], context: RunContext) -> CateringPlan:
    """The plan that follows from `order` and `decisions`, with what the checks say of it."""
    return await _evaluated(order, decisions, context.cook, context)


async def tried(order: Order, decisions: Sequence[Decided], context: RunContext) -> CateringPlan:
    """A plan to be compared: of the same rank, but nothing is tried that would remedy it."""
    return await _evaluated(order, decisions, context.trial or context.cook, context)


async def whole(plan: CateringPlan, context: RunContext) -> CateringPlan:
    """A tried plan with its remedies, if it needs any."""
    if plan.timeline.status == "scheduled" and not plan.diets.shortages:
        return plan
    return await evaluate(plan.order, plan.decisions, context)


Cook = Callable[[Order, Sequence[Decided]], CateringPlan]


async def _evaluated(order: Order, decisions: Sequence[Decided], cook: Cook, context: RunContext) -> CateringPlan:
    plan = await asyncio.to_thread(_cooked_and_checked, order, tuple(decisions), cook, context)
    assert plan.score is not None
    context.say("check", state=f"{plan.score.value:.3f}")
    return plan


def rank(plan: CateringPlan, context: RunContext) -> tuple[int, int, float]:
    """Smaller is better: blocking findings, open ones, then the score."""
    assert plan.score is not None
    return context.rank(plan.findings, plan.score)


def menu_with(plan: CateringPlan, further: Sequence[Decided]) -> list[tuple[MenuDish, DishDiets]]:
    """The dishes that `plan` would have with further decisions, each with its row of the matrix; nothing is cooked."""
    decided = fold(plan.order, (*plan.decisions, *further))
    menu = dishes(plan.order, decided)
    rows = matrix.matrix(plan.order, menu, decided).rows
    return list(zip(menu, rows, strict=True))


def _cooked_and_checked(order: Order, decisions: tuple[Decided, ...], cook: Cook, context: RunContext) -> CateringPlan:
    cooked = cook(order, decisions)
    found, score = context.check(order, cooked)
    findings = tuple(dict.fromkeys((*found, *cooked.findings)))
    return cooked.model_copy(update={"findings": findings, "score": score})
