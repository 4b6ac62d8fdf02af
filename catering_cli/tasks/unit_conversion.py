"""unit_conversion: what one bunch, handful or piece of a food is. Known factors are exact and never asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from catering_cli.domain.decision import Decided, Decision
from catering_cli.domain.finding import Finding
from catering_cli.domain.order import Order
from catering_cli.tasks.shared import measures, order_view
from catering_cli.tasks.shared.measures import MeasuredAs, UnknownMeasure
from catering_cli.tasks.shared.task import Task, Wire


class Given(Wire):
    """Measures that no table knows."""

    measures: list[UnknownMeasure]


class Answer(Wire):
    """What each is; one that you do not know is left out."""

    measures: Annotated[list[MeasuredAs], Field(max_length=200)]


def _given(order: Order, _subject: str, decisions: Sequence[Decided]) -> Given:
    return Given(measures=measures.unknown_measures(order, order_view.menu_dishes(order, decisions)))


def _decide(_given: Given, answer: Answer) -> tuple[Decision, ...]:
    return measures.decide(answer.measures)


def _check(given: Given, decisions: Sequence[Decision]) -> list[Finding]:
    return measures.check(given.measures, decisions)


UNIT_CONVERSION: Task[Given, Answer] = Task(
    name="unit_conversion",
    prompt="unit_conversion.md",
    Given=Given,
    Answer=Answer,
    given=_given,
    default=lambda _: Answer(measures=[]),
    decide=_decide,
    check=_check,
    is_open=lambda given: bool(given.measures),
    rest=lambda given, decisions: Given(measures=measures.measures_left(given.measures, decisions)),
    is_empty=lambda given: not given.measures,
    wants=("constraint_solving", "recipe_scaling"),
)
