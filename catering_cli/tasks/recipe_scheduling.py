"""recipe_scheduling: a leaf of the hierarchical tree; the unstated durations of all dishes in one question."""

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
    """The brief from above, and the dishes with their steps."""

    brief: str
    style: str
    dishes: list[DishSteps]
    equipment: list[str]


class Answer(Wire):
    """Steps to time; a step that the recipe times well is left out."""

    steps: Annotated[list[Timed], Field(max_length=200)]


def _given(order: Order, _subject: str, decisions: Sequence[Decided]) -> Given:
    return Given(
        brief=view.brief(decisions, "recipes"),
        style=order.event.style,
        dishes=[timing.steps_of(dish) for dish in view.dishes(order, decisions) if dish.recipe],
        equipment=timing.plant(),
    )


def _decide(_given: Given, answer: Answer) -> tuple[Decision, ...]:
    return timing.decide(answer.steps)


def _check(given: Given, decisions: Sequence[Decision]) -> list[Finding]:
    return timing.check(given.dishes, decisions)


def _rest(given: Given, decisions: Sequence[Decision]) -> Given:
    return given.model_copy(update={"dishes": timing.rest(given.dishes, decisions)})


RECIPE_SCHEDULING: Task[Given, Answer] = Task(
    name="recipe_scheduling",
    purpose="hierarchical leaf: unstated durations and holds of all dishes",
    prompt="recipe_scheduling.md",
    Given=Given,
    Answer=Answer,
    given=_given,
    default=lambda _: Answer(steps=[]),
    decide=_decide,
    check=_check,
    is_open=lambda given: any(timing.is_open(dish) for dish in given.dishes),
    rest=_rest,
    is_empty=lambda given: not given.dishes,
    wants=("timeline_planning", "recipe_scaling"),
)
