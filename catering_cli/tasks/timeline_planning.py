"""timeline_planning: the middle of the hierarchical tree; what is made ahead, and briefs for the level below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from catering_cli.domain.decision import Decided, Decision, SplitTask
from catering_cli.domain.finding import Finding
from catering_cli.domain.order import Order
from catering_cli.tasks.shared import dish_steps, durations, order_view
from catering_cli.tasks.shared.briefs import brief_for, check_briefs, written_briefs
from catering_cli.tasks.shared.dish_steps import DishSteps
from catering_cli.tasks.shared.findings import blocking
from catering_cli.tasks.shared.task import Task, Wire
from catering_cli.tasks.shared.wire import canonical


class Given(Wire):
    """The brief from above, and the dishes with their steps."""

    brief: str
    style: str
    travels: bool
    dishes: list[DishSteps]


class Ahead(Wire):
    """A step that is made ahead of the day."""

    dish: str
    step: Annotated[int, Field(ge=1, le=200)]
    make_ahead_hours: Annotated[int, Field(ge=0, le=336, description="at most what the recipe allows")]


class Answer(Wire):
    """What is made ahead, and a word to the level below."""

    ahead: Annotated[list[Ahead], Field(max_length=200)]
    recipes: Annotated[str, Field(max_length=1_200, description="brief for who times the recipes; may be empty")]
    service: Annotated[str, Field(max_length=1_200, description="brief for who runs the service; may be empty")]


def _given(order: Order, _subject: str, decisions: Sequence[Decided]) -> Given:
    return Given(
        brief=brief_for("timeline", decisions),
        style=order.event.style,
        travels=order_view.travels(order),
        dishes=[dish_steps.steps_of(dish) for dish in order_view.menu_dishes(order, decisions) if dish.recipe],
    )


def _decide(_given: Given, answer: Answer) -> tuple[Decision, ...]:
    rows = [row for row in answer.ahead if row.dish.strip()]
    ahead = [SplitTask(dish=row.dish, step=row.step, make_ahead_hours=row.make_ahead_hours) for row in rows]
    return (*ahead, *written_briefs({"recipes": answer.recipes, "service": answer.service}))


def _check(given: Given, decisions: Sequence[Decision]) -> list[Finding]:
    """Make-ahead inside the recipe's limits; durations are asked for below, so none is open here."""
    return blocking(durations.check(given.dishes, decisions)) + check_briefs(decisions, canonical(given))


TIMELINE_PLANNING: Task[Given, Answer] = Task(
    name="timeline_planning",
    prompt="timeline_planning.md",
    Given=Given,
    Answer=Answer,
    given=_given,
    default=lambda _: Answer(ahead=[], recipes="", service=""),
    decide=_decide,
    check=_check,
    is_open=lambda _: False,
    betters=lambda given: bool(given.dishes),
    is_empty=lambda given: not given.dishes,
    wants=("strategic_planning",),
)
