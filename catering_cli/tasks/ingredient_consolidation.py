"""ingredient_consolidation: which unknown names mean one food, and where it is bought.

Mass is conserved by construction, and merged foods take the union of their allergens: a name never makes a
food safer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from catering_cli.domain.decision import Decided, Decision
from catering_cli.domain.finding import Finding
from catering_cli.domain.order import Order
from catering_cli.tasks.shared import food_names, order_view
from catering_cli.tasks.shared.briefs import brief_for
from catering_cli.tasks.shared.food_names import FoodDepartment, SameFoodNames, UnknownName
from catering_cli.tasks.shared.task import Task, Wire


class Given(Wire):
    """The brief from above, names that no table identifies, and the departments of the house."""

    brief: str
    names: list[UnknownName]
    departments: list[str]


class Answer(Wire):
    """What the names mean; one that you do not know is left out."""

    same_food: Annotated[list[SameFoodNames], Field(max_length=200)]
    departments: Annotated[list[FoodDepartment], Field(max_length=200)]


def _given(order: Order, _subject: str, decisions: Sequence[Decided]) -> Given:
    names = food_names.unknown_names(order_view.menu_dishes(order, decisions))
    return Given(brief=brief_for("resources", decisions), names=names, departments=food_names.departments())


def _decide(_given: Given, answer: Answer) -> tuple[Decision, ...]:
    return food_names.decide(answer.same_food, answer.departments)


def _check(given: Given, decisions: Sequence[Decision]) -> list[Finding]:
    return food_names.check(given.names, decisions)


def _rest(given: Given, decisions: Sequence[Decision]) -> Given:
    return given.model_copy(update={"names": food_names.names_left(given.names, decisions)})


INGREDIENT_CONSOLIDATION: Task[Given, Answer] = Task(
    name="ingredient_consolidation",
    prompt="ingredient_consolidation.md",
    Given=Given,
    Answer=Answer,
    given=_given,
    default=lambda _: Answer(same_food=[], departments=[]),
    decide=_decide,
    check=_check,
    is_open=lambda given: bool(given.names),
    rest=_rest,
    is_empty=lambda given: not given.names,
    wants=("strategic_planning", "constraint_solving", "recipe_scaling"),
)
