"""timeline_planning: the middle of the tree; on which day and where steps are done, and briefs for the level below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal

from pydantic import Field

from catering_cli.domain.decision import Decided, Decision, MakeOn, SplitTask
from catering_cli.domain.finding import Finding
from catering_cli.domain.order import Order
from catering_cli.tasks.shared import dish_steps, durations, order_view
from catering_cli.tasks.shared.briefs import brief_for, check_briefs, written_briefs
from catering_cli.tasks.shared.dish_steps import AS_WRITTEN, DishSteps, StepFacts
from catering_cli.tasks.shared.findings import blocking, of_kind, rejected
from catering_cli.tasks.shared.task import Task, Wire
from catering_cli.tasks.shared.wire import canonical


class Given(Wire):
    """The brief from above, and the dishes with their steps."""

    brief: str
    style: str
    travels: bool
    venue: list[str]
    """equipment that stands where the food is served"""
    dishes: list[DishSteps]


class Ahead(Wire):
    """When and where a step is done, if not as usual."""

    dish: str
    step: Annotated[int, Field(ge=1, le=200)]
    make_ahead_hours: Annotated[
        int, Field(ge=-1, le=336, description="longest time ahead, at most what the recipe allows; -1: as it says")
    ]
    days_before: Annotated[
        int, Field(ge=-1, le=7, description="the day of the work: 0 is the day of the event; -1: as it fits")
    ]
    place: Annotated[Literal["", "base", "venue"], Field(description="where it is done; empty: as it fits")]


class Answer(Wire):
    """What is made on which day and where, and a word to the level below."""

    ahead: Annotated[list[Ahead], Field(max_length=200)]
    recipes: Annotated[str, Field(max_length=1_200, description="brief for who times the recipes; may be empty")]
    service: Annotated[str, Field(max_length=1_200, description="brief for who runs the service; may be empty")]


def _given(order: Order, _subject: str, decisions: Sequence[Decided]) -> Given:
    return Given(
        brief=brief_for("timeline", decisions),
        style=order.event.style,
        travels=order_view.travels(order),
        venue=sorted({name for place in order.places if place.kind == "venue" for name in place.equipment}),
        dishes=[dish_steps.steps_of(dish) for dish in order_view.menu_dishes(order, decisions) if dish.recipe],
    )


def _decide(_given: Given, answer: Answer) -> tuple[Decision, ...]:
    made: list[Decision] = []
    for row in answer.ahead:
        if row.dish.strip():
            made += _of_row(row)
    return (*made, *written_briefs({"recipes": answer.recipes, "service": answer.service}))


def _of_row(row: Ahead) -> Iterator[Decision]:
    hours = None if row.make_ahead_hours == AS_WRITTEN else row.make_ahead_hours
    if hours is not None or row.place:
        yield SplitTask(dish=row.dish, step=row.step, make_ahead_hours=hours, place=row.place or None)
    if row.days_before != AS_WRITTEN:
        yield MakeOn(dish=row.dish, step=row.step, days_before=row.days_before)


def _check(given: Given, decisions: Sequence[Decision]) -> list[Finding]:
    """Make-ahead inside the recipe's limits, a place that has what the step takes.

    Durations are asked for below, so none is open here.
    """
    steps = {(dish.dish, step.number): step for dish in given.dishes for step in dish.steps}
    out = blocking(durations.check(given.dishes, decisions)) + check_briefs(decisions, canonical(given))
    ahead = {(one.dish, one.step): one.make_ahead_hours for one in of_kind(SplitTask, decisions)}
    for one in of_kind(MakeOn, decisions):
        out += _check_day(one, steps.get((one.dish, one.step)), ahead.get((one.dish, one.step)))
    for split in of_kind(SplitTask, decisions):
        out += _check_place(split, steps.get((split.dish, split.step)), given.venue)
    return out


def _check_day(put: MakeOn, step: StepFacts | None, ahead: int | None) -> Iterator[Finding]:
    """The step is there, and what it makes keeps until then."""
    if step is None:
        yield rejected("no_such_step", "ahead", "a step of a dish given", value=f"{put.dish}, {put.step}")
        return
    hours = max(0, step.make_ahead_hours if ahead is None else ahead)
    if hours < put.days_before * _DAY:
        message = f"it may be made {hours} h ahead; so many days take {put.days_before * _DAY} h"
        yield rejected("does_not_keep", f"ahead.{put.dish}.{put.step}", message, value=str(put.days_before))


def _check_place(split: SplitTask, step: StepFacts | None, venue: Sequence[str]) -> Iterator[Finding]:
    """What is done at the venue takes only what stands there."""
    if step is None or split.place != "venue":
        return
    lacking = [name for name in step.equipment if name not in venue]
    if lacking:
        message = f"the venue has no {', '.join(lacking)}"
        yield rejected("no_such_plant", f"ahead.{split.dish}.{split.step}", message, value="venue")


_DAY = 24


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
