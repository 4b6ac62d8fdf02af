"""text_formatting: letter, kitchen notes and floor briefing as prose with slots; code fills the slots."""

from __future__ import annotations

from collections.abc import Sequence

from catering_cli.domain.decision import Decided, Decision
from catering_cli.domain.finding import Finding
from catering_cli.domain.order import Order
from catering_cli.tasks.shared import order_view, plan_texts
from catering_cli.tasks.shared.briefs import brief_for
from catering_cli.tasks.shared.plan_texts import DishSlot, Letters
from catering_cli.tasks.shared.task import Task, Wire


class Given(Wire):
    """What the event is like, the planner's brief of the day, and the slots that stand for the event's facts."""

    brief: str
    style: str
    travels: bool
    dishes: list[DishSlot]
    slots: list[str]


def _given(order: Order, _subject: str, decisions: Sequence[Decided]) -> Given:
    items = order_view.menu_dishes(order, decisions)
    return Given(
        brief=brief_for("timeline", decisions),
        style=order.event.style,
        travels=order_view.travels(order),
        dishes=plan_texts.dish_slots(items),
        slots=plan_texts.slots(order, items),
    )


def _decide(_given: Given, answer: Letters) -> tuple[Decision, ...]:
    return plan_texts.decide(answer)


def _check(given: Given, decisions: Sequence[Decision]) -> list[Finding]:
    return plan_texts.check(given.slots, given.dishes, decisions)


TEXT_FORMATTING: Task[Given, Letters] = Task(
    name="text_formatting",
    prompt="text_formatting.md",
    Given=Given,
    Answer=Letters,
    given=_given,
    default=lambda _: plan_texts.blank(),
    decide=_decide,
    check=_check,
    is_open=lambda _: False,
    betters=lambda _: True,
    wants=("strategic_planning", "constraint_solving", "recipe_scaling"),
)
