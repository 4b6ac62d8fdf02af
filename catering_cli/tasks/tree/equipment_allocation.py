"""equipment_allocation: a leaf of the hierarchical tree; what a step occupies if its recipe does not say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from catering_cli.domain.decision import Decided, Decision, SplitTask
from catering_cli.domain.finding import Finding, blocking
from catering_cli.domain.order import Order
from catering_cli.tasks.shared import dish_steps, durations, order_view
from catering_cli.tasks.shared.briefs import brief_for
from catering_cli.tasks.shared.dish_steps import DishSteps, StepFacts
from catering_cli.tasks.shared.task import Task, Wire


class Given(Wire):
    """The brief from above, and the dishes that have a cooking step without equipment."""

    brief: str
    style: str
    dishes: list[DishSteps]
    equipment: list[str]


class Placed(Wire):
    """What one step occupies."""

    dish: str
    step: Annotated[int, Field(ge=1, le=200)]
    equipment: Annotated[list[str], Field(max_length=6)]


class Answer(Wire):
    """Steps that occupy something the recipe does not name; the others are left out."""

    steps: Annotated[list[Placed], Field(max_length=200)]


_NEEDS_PLANT = frozenset({"cook", "reheat", "chill"})


def _given(order: Order, _subject: str, decisions: Sequence[Decided]) -> Given:
    dishes = [dish_steps.steps_of(dish) for dish in order_view.menu_dishes(order, decisions) if dish.recipe]
    bare = [dish for dish in dishes if any(map(_is_bare, dish.steps))]
    return Given(
        brief=brief_for("equipment", decisions),
        style=order.event.style,
        dishes=bare,
        equipment=dish_steps.plant() if bare else [],
    )


def _is_bare(step: StepFacts) -> bool:
    """Whether a step needs equipment and its recipe names none."""
    return step.kind in _NEEDS_PLANT and not step.equipment


def _decide(_given: Given, answer: Answer) -> tuple[Decision, ...]:
    named = [row for row in answer.steps if row.dish.strip()]
    placed = [row for row in named if row.equipment]
    return tuple(SplitTask(dish=row.dish, step=row.step, equipment=tuple(row.equipment)) for row in placed)


def _check(given: Given, decisions: Sequence[Decision]) -> list[Finding]:
    """As for durations; a step without equipment may well need none, so nothing is open."""
    return blocking(durations.check(given.dishes, decisions))


EQUIPMENT_ALLOCATION: Task[Given, Answer] = Task(
    name="equipment_allocation",
    prompt="equipment_allocation.md",
    Given=Given,
    Answer=Answer,
    given=_given,
    default=lambda _: Answer(steps=[]),
    decide=_decide,
    check=_check,
    is_open=lambda _: False,
    betters=lambda given: bool(given.dishes),
    is_empty=lambda given: not given.dishes,
    wants=("resource_planning", "recipe_scaling"),
)
