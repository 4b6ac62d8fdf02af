"""plan_refinement: moves that would make a plan better; each is kept only if the cooked plan ranks strictly better."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from catering_cli.domain.decision import Decided, Decision, DropDish, SplitTask
from catering_cli.domain.finding import Finding, blocking
from catering_cli.domain.order import Order
from catering_cli.domain.plan import CateringPlan
from catering_cli.tasks.shaping import moves
from catering_cli.tasks.shaping.day_view import DayView, day_view
from catering_cli.tasks.shaping.moves import Shape
from catering_cli.tasks.shaping.shareable import OvenPair, Pair, shareable
from catering_cli.tasks.shared import dish_steps, durations, plan_conflicts, proposals
from catering_cli.tasks.shared.dish_steps import DishSteps
from catering_cli.tasks.shared.durations import StepTimes
from catering_cli.tasks.shared.findings import rejected
from catering_cli.tasks.shared.plan_conflicts import Conflict, GuestKind
from catering_cli.tasks.shared.proposals import DishFoods, Move
from catering_cli.tasks.shared.task import Task, Wire
from catering_cli.tasks.shared.wire import canonical


class Given(Wire):
    """What the checks found, worst first; what can be moved; what was tried and did not help."""

    findings: list[Conflict]
    dishes: list[DishFoods]
    open_times: list[DishSteps]
    profiles: list[GuestKind]
    catalogue: list[str]
    equipment: list[str]
    services: list[str]
    pairs: list[OvenPair]
    """steps of two dishes of which a load of each fits into one oven"""
    day: DayView
    aim: str
    """what the client or the caterer wants of the plan; empty: a better plan"""
    critique: list[str]
    """what a colleague finds weak in it"""
    tried: list[str]


class Answer(Wire):
    """Moves, the most urgent first."""

    moves: Annotated[list[Move], Field(max_length=12)]
    shapes: Annotated[list[Shape], Field(max_length=12)]
    steps: Annotated[list[StepTimes], Field(max_length=30)]


def asked_for(given: Given, tried: Sequence[str], aim: str = "", critique: Sequence[str] = ()) -> Given:
    """The same question, with the aim, what a colleague finds weak, and what was tried."""
    return given.model_copy(update={"tried": list(tried), "aim": aim, "critique": list(critique)})


def _of_plan(plan: CateringPlan) -> Given:
    timed = [dish_steps.steps_in(dish.id, dish.name, dish.course, dish.recipe) for dish in plan.menu if dish.recipe]
    untimed = [dish for dish in timed if dish_steps.is_open(dish)]
    return Given(
        findings=plan_conflicts.worst_first(plan.findings, "blocking", "open"),
        dishes=proposals.seen(plan.menu),
        open_times=untimed,
        profiles=plan_conflicts.guest_kinds(plan),
        catalogue=plan_conflicts.offered(plan),
        equipment=dish_steps.plant() if untimed else [],
        services=[service.id for service in plan.order.services],
        pairs=[OvenPair(**pair._asdict()) for pair in shareable(plan)],
        day=day_view(plan),
        aim="",
        critique=[],
        tried=[],
    )


def _given(order: Order, _subject: str, decisions: Sequence[Decided]) -> Given:
    from catering_cli.kitchen.cook import cook

    return _of_plan(cook(order, decisions))


def _decide(given: Given, answer: Answer) -> tuple[Decision, ...]:
    return (
        *proposals.decide(answer.moves, {one.id: one.where for one in given.findings}),
        *moves.decide(answer.shapes),
        *durations.decide(answer.steps),
    )


def _check(given: Given, decisions: Sequence[Decision]) -> list[Finding]:
    """Moves that are possible and safe. Whether they help, the cooked plan says."""
    dropped = [one.dish for one in decisions if isinstance(one, DropDish)]
    found = [
        rejected("drop", "moves", "a dish is dropped only if the client asks for it", value=one) for one in dropped
    ]
    facts = canonical(given)
    found += proposals.check(given.dishes, [kind.id for kind in given.profiles], decisions, facts)
    found += moves.check(_shapeable(given), decisions, facts)
    timed = [one for one in decisions if not _moves_to_a_place(one)]
    return found + blocking(durations.check(given.open_times, timed))


def _moves_to_a_place(decision: Decision) -> bool:
    return isinstance(decision, SplitTask) and decision.place is not None


def _shapeable(given: Given) -> moves.Shapeable:
    steps: dict[str, int] = {}
    for one in given.day.steps:
        steps[one.dish] = max(steps.get(one.dish, 0), one.step)
    return moves.Shapeable(
        dishes={dish.id: dish.name for dish in given.dishes},
        courses={dish.id: dish.course for dish in given.dishes},
        foods={dish.id: dish.ingredients for dish in given.dishes},
        steps=steps,
        services=given.services,
        crew={one.what: one.amount for one in given.day.crew},
        pairs=[Pair(**pair.model_dump()) for pair in given.pairs],
    )


PLAN_REFINEMENT: Task[Given, Answer] = Task(
    name="plan_refinement",
    prompt="plan_refinement.md",
    Given=Given,
    Answer=Answer,
    given=_given,
    default=lambda _: Answer(moves=[], shapes=[], steps=[]),
    decide=_decide,
    check=_check,
    is_open=lambda given: bool(given.findings),
    is_empty=lambda given: not given.findings,
    whole=lambda given: ("steps",) if any(not dish.steps for dish in given.open_times) else (),
    given_plan=_of_plan,
)
