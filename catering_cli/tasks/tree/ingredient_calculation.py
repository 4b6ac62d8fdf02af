"""ingredient_calculation: a leaf of the hierarchical tree; unknown names and informal measures in one question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from catering_cli.domain.decision import Decided, Decision
from catering_cli.domain.finding import Finding
from catering_cli.domain.order import Order
from catering_cli.tasks.shared import food_names, measures, order_view
from catering_cli.tasks.shared.briefs import brief_for
from catering_cli.tasks.shared.food_names import FoodDepartment, SameFoodNames, UnknownName
from catering_cli.tasks.shared.measures import MeasuredAs, UnknownMeasure
from catering_cli.tasks.shared.task import Task, Wire


class Given(Wire):
    """The brief from above, unknown names and unknown measures."""

    brief: str
    names: list[UnknownName]
    departments: list[str]
    measures: list[UnknownMeasure]


class Answer(Wire):
    """What the names mean and what the measures are; what you do not know is left out."""

    same_food: Annotated[list[SameFoodNames], Field(max_length=200)]
    departments: Annotated[list[FoodDepartment], Field(max_length=200)]
    measures: Annotated[list[MeasuredAs], Field(max_length=200)]


def _given(order: Order, _subject: str, decisions: Sequence[Decided]) -> Given:
    items = order_view.menu_dishes(order, decisions)
    return Given(
        brief=brief_for("ingredients", decisions),
        names=food_names.unknown_names(items),
        departments=food_names.departments(),
        measures=measures.unknown_measures(order, items),
    )


def _decide(_given: Given, answer: Answer) -> tuple[Decision, ...]:
    return (*food_names.decide(answer.same_food, answer.departments), *measures.decide(answer.measures))


def _check(given: Given, decisions: Sequence[Decision]) -> list[Finding]:
    return [*food_names.check(given.names, decisions), *measures.check(given.measures, decisions)]


def _rest(given: Given, decisions: Sequence[Decision]) -> Given:
    still_open = {
        "names": food_names.names_left(given.names, decisions),
        "measures": measures.measures_left(given.measures, decisions),
    }
    return given.model_copy(update=still_open)


INGREDIENT_CALCULATION: Task[Given, Answer] = Task(
    name="ingredient_calculation",
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
