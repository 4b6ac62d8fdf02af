"""ingredient_calculation: a leaf of the hierarchical tree; unknown names and informal measures in one question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from catering_cli.domain.decision import Decided, Decision
from catering_cli.domain.finding import Finding
from catering_cli.domain.order import Order
from catering_cli.tasks.shared import food_names, order_view
from catering_cli.tasks.shared.food_names import Place, Same, Unnamed
from catering_cli.tasks.shared.measures import Measured, Unmeasured, check, decide, rest, unmeasured
from catering_cli.tasks.shared.task import Task, Wire


class Given(Wire):
    """The brief from above, unknown names and unknown measures."""

    brief: str
    names: list[Unnamed]
    departments: list[str]
    measures: list[Unmeasured]


class Answer(Wire):
    """What the names mean and what the measures are; what you do not know is left out."""

    same_food: Annotated[list[Same], Field(max_length=200)]
    departments: Annotated[list[Place], Field(max_length=200)]
    measures: Annotated[list[Measured], Field(max_length=200)]


def _given(order: Order, _subject: str, decisions: Sequence[Decided]) -> Given:
    items = order_view.dishes(order, decisions)
    return Given(
        brief=order_view.brief(decisions, "ingredients"),
        names=food_names.unnamed(items),
        departments=food_names.departments(),
        measures=unmeasured(order, items),
    )


def _decide(_given: Given, answer: Answer) -> tuple[Decision, ...]:
    return (*food_names.decide(answer.same_food, answer.departments), *decide(answer.measures))


def _check(given: Given, decisions: Sequence[Decision]) -> list[Finding]:
    return [*food_names.check(given.names, decisions), *check(given.measures, decisions)]


def _rest(given: Given, decisions: Sequence[Decision]) -> Given:
    names, measures = food_names.rest(given.names, decisions), rest(given.measures, decisions)
    return given.model_copy(update={"names": names, "measures": measures})


INGREDIENT_CALCULATION: Task[Given, Answer] = Task(
    name="ingredient_calculation",
    purpose="hierarchical leaf: unknown ingredient names and informal measures",
    prompt="ingredient_calculation.md",
    Given=Given,
    Answer=Answer,
    given=_given,
    default=lambda _: Answer(same_food=[], departments=[], measures=[]),
    decide=_decide,
    check=_check,
    is_open=lambda given: bool(given.names or given.measures),
    rest=_rest,
    is_empty=lambda given: not (given.names or given.measures),
    wants=("resource_planning", "recipe_scaling"),
)
