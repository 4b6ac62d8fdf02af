"""What the two tasks that time steps have in common: all but whose dishes they ask about, and what they read first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, TypeVar

from pydantic import Field

from catering_cli.domain.decision import Decided
from catering_cli.domain.order import Order
from catering_cli.kitchen.menu.dishes import MenuDish
from catering_cli.tasks.shared import dish_steps, durations
from catering_cli.tasks.shared.dish_steps import DishSteps
from catering_cli.tasks.shared.durations import StepTimes
from catering_cli.tasks.shared.task import Task, Wire


class Given(Wire):
    """The brief, dishes with their steps (none has a recipe yet: no dish), and the equipment there can be."""

    brief: str
    style: str
    dishes: list[DishSteps]
    equipment: list[str]


class Answer(Wire):
    """Steps to time; a step that the recipe times well is left out."""

    steps: Annotated[list[StepTimes], Field(max_length=200)]


G = TypeVar("G", bound=Given)


def given_of_dishes(order: Order, dishes: Sequence[MenuDish], brief: str) -> Given:
    """What is given of the dishes that have a recipe."""
    steps = [dish_steps.steps_of(dish) for dish in dishes if dish.recipe]
    return Given(brief=brief, style=order.event.style, dishes=steps, equipment=dish_steps.plant() if steps else [])


def task(
    name: str,
    kind: type[G],
    given: Callable[[Order, str, Sequence[Decided]], G],
    wants: tuple[str, ...],
    *,
    per_dish: bool = False,
) -> Task[G, Answer]:
    """A task that times the steps of what `given` gives; its prompt is called as it is."""
    return Task(
        name=name,
        prompt=f"{name}.md",
        Given=kind,
        Answer=Answer,
        given=given,
        default=lambda _: Answer(steps=[]),
        decide=lambda _, answer: durations.decide(answer.steps),
        check=lambda given, decisions: durations.check(given.dishes, decisions),
        is_open=lambda given: any(map(dish_steps.is_open, given.dishes)),
        rest=lambda given, done: given.model_copy(update={"dishes": durations.dishes_left(given.dishes, done)}),
        is_empty=lambda given: not given.dishes,
        whole=lambda given: ("steps",) if any(not dish.steps for dish in given.dishes) else (),
        wants=wants,
        per_dish=per_dish,
    )
