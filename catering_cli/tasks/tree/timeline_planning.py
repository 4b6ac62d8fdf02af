"""timeline_planning: the day; when and where steps are done, what is fired first, what shares an oven, and briefs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Annotated, Literal

from pydantic import Field

from catering_cli.domain.decision import Decided, Decision, FireOrder, MakeOn, SharedBatch, SplitTask
from catering_cli.domain.finding import Finding, blocking
from catering_cli.domain.order import Order
from catering_cli.domain.plan import CateringPlan
from catering_cli.tasks.shaping.shareable import OvenPair, shareable
from catering_cli.tasks.shared import dish_steps, durations, order_view, prose
from catering_cli.tasks.shared.briefs import brief_for, check_briefs, written_briefs
from catering_cli.tasks.shared.dish_steps import AS_WRITTEN, DishSteps, StepFacts
from catering_cli.tasks.shared.findings import of_kind, rejected
from catering_cli.tasks.shared.task import Task, Wire
from catering_cli.tasks.shared.wire import canonical

Why = Annotated[str, Field(max_length=300, description="the reason, as one caterer says it to another")]
Number = Annotated[int, Field(ge=1, le=200)]


class PlannedDay(Wire):
    """On which day the kitchen has put a step: 0 is the day of its service."""

    dish: str
    step: int
    days_before: int


class Given(Wire):
    """The brief from above, the dishes with their steps, and the day as the kitchen has it."""

    brief: str
    style: str
    travels: bool
    venue: list[str]
    """equipment that stands where the food is served"""
    dishes: list[DishSteps]
    days: list[PlannedDay]
    """steps that are done on an earlier day as the kitchen plans it; the others are done on the day itself"""
    pairs: list[OvenPair]


class Ahead(Wire):
    """When and where a step is done, if not as usual."""

    dish: str
    step: Number
    make_ahead_hours: Annotated[
        int, Field(ge=-1, le=336, description="longest time ahead, at most what the recipe allows; -1: as it says")
    ]
    days_before: Annotated[
        int, Field(ge=-1, le=7, description="the day of the work: 0 is the day of the event; -1: as it fits")
    ]
    place: Annotated[Literal["", "base", "venue"], Field(description="where it is done; empty: as it fits")]
    why: Why


class Fired(Wire):
    """The last work on `dish` begins when the first load of the dish `after` is done."""

    dish: str
    after: str
    why: Why


class Together(OvenPair):
    """One of the pairs given: their loads go into one oven together as far as they fit."""

    why: Why


class Answer(Wire):
    """What is made on which day and where, what is fired first, what shares an oven, and a word to the level below."""

    ahead: Annotated[list[Ahead], Field(max_length=200)]
    fire_order: Annotated[list[Fired], Field(max_length=20)]
    together: Annotated[list[Together], Field(max_length=20)]
    recipes: Annotated[str, Field(max_length=1_200, description="brief for who times the recipes; may be empty")]
    service: Annotated[str, Field(max_length=1_200, description="brief for who runs the service; may be empty")]


def _given(order: Order, _subject: str, decisions: Sequence[Decided]) -> Given:
    """What the order alone shows; the days are the cooked plan's."""
    venues = [place for place in order.places if place.kind == "venue"]
    return Given(
        brief=brief_for("timeline", decisions),
        style=order.event.style,
        travels=order_view.travels(order),
        venue=sorted(set(chain.from_iterable(place.equipment for place in venues))),
        dishes=[dish_steps.steps_of(dish) for dish in order_view.menu_dishes(order, decisions) if dish.recipe],
        days=[],
        pairs=[],
    )


def _of_plan(plan: CateringPlan) -> Given:
    pairs = [OvenPair(**pair._asdict()) for pair in shareable(plan)]
    seen = {"days": list(_days(plan)), "pairs": pairs}
    return _given(plan.order, "order", plan.decisions).model_copy(update=seen)


def _days(plan: CateringPlan) -> Iterator[PlannedDay]:
    """Steps that begin before the day of the event, each once."""
    service = plan.timeline.service_at
    told: set[tuple[str, int]] = set()
    for block in plan.timeline.blocks if service else ():
        assert service is not None
        days = (service.date() - block.start.astimezone(service.tzinfo).date()).days
        if block.step is not None and days > 0 and (block.dish, block.step) not in told:
            told.add((block.dish, block.step))
            yield PlannedDay(dish=block.dish, step=block.step, days_before=days)


def _decide(_given: Given, answer: Answer) -> tuple[Decision, ...]:
    made: list[Decision] = []
    for row in answer.ahead:
        if row.dish.strip():
            made += _of_row(row)
    fired = [FireOrder(dish=one.dish, after=one.after, why=one.why) for one in answer.fire_order if one.dish.strip()]
    shared = [SharedBatch(**one.model_dump()) for one in answer.together if one.dish.strip()]
    return (*made, *fired, *shared, *written_briefs({"recipes": answer.recipes, "service": answer.service}))


def _of_row(row: Ahead) -> Iterator[Decision]:
    hours = None if row.make_ahead_hours == AS_WRITTEN else row.make_ahead_hours
    if hours is not None or row.place:
        yield SplitTask(dish=row.dish, step=row.step, make_ahead_hours=hours, place=row.place or None, why=row.why)
    if row.days_before != AS_WRITTEN:
        yield MakeOn(dish=row.dish, step=row.step, days_before=row.days_before, why=row.why)


def _check(given: Given, decisions: Sequence[Decision]) -> list[Finding]:
    """Make-ahead inside the recipe's limits, a place that has what the step takes, dishes and pairs that are given.

    Durations are asked for below, so none is open here.
    """
    steps: dict[tuple[str, int], StepFacts] = {}
    for dish in given.dishes:
        steps |= {(dish.dish, step.number): step for step in dish.steps}
    facts = canonical(given)
    out = blocking(durations.check(given.dishes, decisions)) + check_briefs(decisions, facts)
    ahead = {(one.dish, one.step): one.make_ahead_hours for one in of_kind(SplitTask, decisions)}
    for one in of_kind(MakeOn, decisions):
        out += _check_day(one, steps.get((one.dish, one.step)), ahead.get((one.dish, one.step)))
    for split in of_kind(SplitTask, decisions):
        out += _check_place(split, steps.get((split.dish, split.step)), given.venue)
    for fired in of_kind(FireOrder, decisions):
        out += _check_fired(fired, given)
    for shared in of_kind(SharedBatch, decisions):
        out += _check_pair(shared, given)
    for decision in decisions:
        out += prose.as_findings("why", "why", getattr(decision, "why", ""), facts=facts)
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


def _check_fired(fired: FireOrder, given: Given) -> Iterator[Finding]:
    known = {dish.dish for dish in given.dishes}
    for name in (fired.dish, fired.after):
        if name not in known:
            yield rejected("no_such_dish", "fire_order", "the id of a dish given", value=name)
    if fired.dish == fired.after:
        yield rejected("fired_after_itself", "fire_order", "two dishes, one before the other", value=fired.dish)


def _check_pair(shared: SharedBatch, given: Given) -> Iterator[Finding]:
    asked = {(shared.dish, shared.step), (shared.with_dish, shared.with_step)}
    if not any(asked == {(pair.dish, pair.step), (pair.with_dish, pair.with_step)} for pair in given.pairs):
        yield rejected("no_such_pair", "together", "one of the pairs given", value=f"{shared.dish}, {shared.with_dish}")


_DAY = 24


TIMELINE_PLANNING: Task[Given, Answer] = Task(
    name="timeline_planning",
    prompt="timeline_planning.md",
    Given=Given,
    Answer=Answer,
    given=_given,
    default=lambda _: Answer(ahead=[], fire_order=[], together=[], recipes="", service=""),
    decide=_decide,
    check=_check,
    is_open=lambda _: False,
    betters=lambda given: bool(given.dishes),
    is_empty=lambda given: not given.dishes,
    given_plan=_of_plan,
    wants=("strategic_planning", "recipe_scaling", "timeline_creation"),
)
