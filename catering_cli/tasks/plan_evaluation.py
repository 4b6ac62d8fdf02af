"""plan_evaluation: a critique of a cooked plan; it stands beside the score, never in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from catering_cli.domain.decision import Critique, Decided, Decision
from catering_cli.domain.finding import Finding
from catering_cli.domain.order import Order
from catering_cli.domain.plan import CateringPlan
from catering_cli.tasks.shaping.day_view import DayView, day_view
from catering_cli.tasks.shared import order_view, plan_conflicts, prose
from catering_cli.tasks.shared.findings import of_kind
from catering_cli.tasks.shared.order_view import DishName
from catering_cli.tasks.shared.plan_conflicts import Conflict
from catering_cli.tasks.shared.task import Task, Wire
from catering_cli.tasks.shared.wire import canonical


class Given(Wire):
    """A plan as a caterer reads it, and what the checks found."""

    style: str
    guests: int
    """roughly"""
    dishes: list[DishName]
    day: DayView
    findings: list[Conflict]


class Answer(Wire):
    """An opinion; empty if there is nothing to say."""

    critique: Annotated[str, Field(max_length=2_000)]
    weaknesses: Annotated[list[Annotated[str, Field(max_length=400)]], Field(max_length=12)]


def _of_plan(plan: CateringPlan) -> Given:
    return Given(
        style=plan.order.event.style,
        guests=order_view.guests(plan.order),
        dishes=[DishName(id=dish.id, name=dish.name, course=dish.course) for dish in plan.menu],
        day=day_view(plan),
        findings=plan_conflicts.worst_first(plan.findings, "blocking", "open", "warning"),
    )


def _given(order: Order, _subject: str, decisions: Sequence[Decided]) -> Given:
    from catering_cli.kitchen.cook import cook

    return _of_plan(cook(order, decisions))


def _decide(_given: Given, answer: Answer) -> tuple[Decision, ...]:
    weaknesses = tuple(text for text in answer.weaknesses if text.strip())
    if not answer.critique.strip() and not weaknesses:
        return ()
    return (Critique(text=answer.critique, weaknesses=weaknesses),)


def _check(given: Given, decisions: Sequence[Decision]) -> list[Finding]:
    out: list[Finding] = []
    for critique in of_kind(Critique, decisions):
        for text in (critique.text, *critique.weaknesses):
            out += prose.as_findings("critique", "critique", text, facts=canonical(given))
    return out


PLAN_EVALUATION: Task[Given, Answer] = Task(
    name="plan_evaluation",
    prompt="plan_evaluation.md",
    Given=Given,
    Answer=Answer,
    given=_given,
    default=lambda _: Answer(critique="", weaknesses=[]),
    decide=_decide,
    check=_check,
    is_open=lambda _: False,
    betters=lambda _: True,
    given_plan=_of_plan,
)
