"""timeline_creation: how long the steps of a dish take, on what, how long the result keeps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from catering_cli.domain.decision import Decided, Decision
from catering_cli.domain.finding import Finding
from catering_cli.domain.order import Order
from catering_cli.tasks import timing, view
from catering_cli.tasks.task import Task, Wire
from catering_cli.tasks.timing import DishSteps, Timed


class Given(Wire):
    """A dish with its steps (no dish: it has no recipe yet), and the equipment there can be."""

    style: str
    dishes: list[DishSteps]
    equipment: list[str]


class Answer(Wire):
    """Steps to time; a step that the recipe times well is left out."""

    steps: Annotated[list[Timed], Field(max_length=60)]


def _given(order: Order, subject: str, decisions: Sequence[Decided]) -> Given:
    dish = view.dish(order, subject, decisions)
    steps = [timing.steps_of(dish)] if dish.recipe else []
    return Given(style=order.event.style, dishes=steps, equipment=timing.plant() if steps else [])


def _decide(_given: Given, answer: Answer) -> tuple[Decision, ...]:
    return timing.decide(answer.steps)


def _check(given: Given, decisions: Sequence[Decision]) -> list[Finding]:
    return timing.check(given.dishes, decisions)


def _rest(given: Given, decisions: Sequence[Decision]) -> Given:
    return given.model_copy(update={"dishes": timing.rest(given.dishes, decisions)})


TIMELINE_CREATION: Task[Given, Answer] = Task(
    name="timeline_creation",
    purpose="durations, holds, equipment and make-ahead of the steps of a dish",
    prompt="timeline_creation.md",
    Given=Given,
    Answer=Answer,
    given=_given,
    default=lambda _: Answer(steps=[]),
    decide=_decide,
    check=_check,
    is_open=lambda given: any(timing.is_open(dish) for dish in given.dishes),
    rest=_rest,
    is_empty=lambda given: not given.dishes,
    wants=("constraint_solving", "recipe_scaling"),
    per_dish=True,
)
