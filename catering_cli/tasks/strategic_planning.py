"""strategic_planning: the view of the whole, briefs for the level below, and the steps of the work."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field

from catering_cli.data.tables import rows
from catering_cli.domain.decision import Decided, Decision, Overview
from catering_cli.domain.execution import ExecutionPlan, Step
from catering_cli.domain.finding import Finding
from catering_cli.domain.order import Order
from catering_cli.kitchen.foods import identify
from catering_cli.kitchen.menu.dishes import MenuDish
from catering_cli.tasks.shared import dish_steps, order_view, prose
from catering_cli.tasks.shared.briefs import check_briefs, written_briefs
from catering_cli.tasks.shared.findings import of_kind
from catering_cli.tasks.shared.task import Task, Wire
from catering_cli.tasks.shared.wire import canonical

PlannedTask = Literal[
    "constraint_solving",
    "recipe_scaling",
    "timeline_creation",
    "ingredient_consolidation",
    "unit_conversion",
    "text_formatting",
]
"""Tasks that a work plan may use."""

Short = Annotated[str, Field(max_length=80)]
Sentence = Annotated[str, Field(max_length=400)]


class DishGaps(Wire):
    """A dish, and what the kitchen does not know about it."""

    id: str
    name: str
    course: str
    recipe_missing: bool
    times_missing: bool
    foods_unknown: bool


class Given(Wire):
    """The event in outline."""

    style: str
    guests: int
    """roughly"""
    services: int
    travels: bool
    highly_susceptible: bool
    needs: list[str]
    notes: str
    dishes: list[DishGaps]
    rules: list[str]


class PlannedStep(Wire):
    """One judgement to ask for."""

    id: Annotated[str, Field(min_length=1, max_length=80)]
    task: PlannedTask
    subject: Annotated[Short, Field(description="order, or a dish id for recipe_scaling and timeline_creation")]
    complexity: Literal["low", "medium", "high"]
    needs: Annotated[list[Short], Field(max_length=50, description="ids of steps whose decisions it reads")]
    why: Sentence
    checks: Annotated[list[Short], Field(max_length=10, description="names out of the rules given")]


class Briefs(Wire):
    """What the level below should know."""

    resources: Annotated[str, Field(max_length=1_200)]
    timeline: Annotated[str, Field(max_length=1_200)]


class Answer(Wire):
    """The strategy."""

    overview: Annotated[str, Field(max_length=2_000)]
    risks: Annotated[list[Sentence], Field(max_length=12)]
    questions: Annotated[list[Sentence], Field(max_length=12, description="to the client")]
    briefs: Briefs
    steps: Annotated[list[PlannedStep], Field(max_length=1_200)]


def work(answer: Answer, by: str) -> ExecutionPlan:
    """The work plan that an answer writes, as it stands: lint has not seen it yet."""
    return ExecutionPlan(by=by, steps=tuple(map(_step, answer.steps)))


def _step(planned: PlannedStep) -> Step:
    return Step(
        id=planned.id,
        task=planned.task,
        subject=planned.subject,
        complexity=planned.complexity,
        needs=tuple(dict.fromkeys(planned.needs)),
        why=planned.why,
        checks=tuple(dict.fromkeys(planned.checks)),
    )


def _given(order: Order, _subject: str, decisions: Sequence[Decided]) -> Given:
    return Given(
        style=order.event.style,
        guests=order_view.guests(order),
        services=max(1, len(order.services)),
        travels=order_view.travels(order),
        highly_susceptible=order.event.population == "highly_susceptible",
        needs=order_view.needs(order),
        notes=order.notes.strip(),
        dishes=[_dish_gaps(item) for item in order_view.menu_dishes(order, decisions)],
        rules=[row["name"] for row in rows("rules")],
    )


def _dish_gaps(item: MenuDish) -> DishGaps:
    recipe = item.recipe
    return DishGaps(
        id=item.id,
        name=item.name,
        course=item.course,
        recipe_missing=recipe is None,
        times_missing=recipe is not None and dish_steps.is_open(dish_steps.steps_of(item)),
        foods_unknown=recipe is not None and any(identify.identify(line.item) is None for line in recipe.ingredients),
    )


def _decide(_given: Given, answer: Answer) -> tuple[Decision, ...]:
    risks = tuple(text for text in answer.risks if text.strip())
    questions = tuple(text for text in answer.questions if text.strip())
    briefs = written_briefs({"resources": answer.briefs.resources, "timeline": answer.briefs.timeline})
    if not (answer.overview.strip() or risks or questions):
        return tuple(briefs)
    return (Overview(text=answer.overview, risks=risks, questions=questions), *briefs)


def _check(given: Given, decisions: Sequence[Decision]) -> list[Finding]:
    facts = canonical(given)
    out = check_briefs(decisions, facts)
    for overview in of_kind(Overview, decisions):
        for text in (overview.text, *overview.risks, *overview.questions):
            out += prose.findings("overview", "overview", text, facts=facts)
    return out


STRATEGIC_PLANNING: Task[Given, Answer] = Task(
    name="strategic_planning",
    prompt="strategic_planning.md",
    Given=Given,
    Answer=Answer,
    given=_given,
    default=lambda _: Answer(
        overview="",
        risks=[],
        questions=[],
        briefs=Briefs(resources="", timeline=""),
        steps=[],
    ),
    decide=_decide,
    check=_check,
    is_open=lambda _: False,
)
