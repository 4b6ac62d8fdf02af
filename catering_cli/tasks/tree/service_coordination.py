"""service_coordination: a leaf of the hierarchical tree; hands on the floor beyond the ratio, and the texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import ceil
from typing import Annotated

from pydantic import Field

from catering_cli.data.tables import rows
from catering_cli.domain.decision import Decided, Decision, Staffing
from catering_cli.domain.finding import Finding
from catering_cli.domain.order import Order
from catering_cli.tasks.shared import order_view, plan_texts, prose
from catering_cli.tasks.shared.briefs import brief_for
from catering_cli.tasks.shared.findings import of_kind, rejected
from catering_cli.tasks.shared.plan_texts import DishSlot, Letters
from catering_cli.tasks.shared.task import Task, Wire
from catering_cli.tasks.shared.wire import canonical


class Role(Wire):
    """A role on the floor, and how many the ratio of the style calls for."""

    role: str
    by_ratio: int


class Given(Wire):
    """The brief from above, the roles, and the slots for the texts."""

    brief: str
    style: str
    guests: int
    """roughly"""
    roles: list[Role]
    dishes: list[DishSlot]
    slots: list[str]


class Called(Wire):
    """How many of a role are called in."""

    role: str
    count: Annotated[int, Field(ge=0, le=10_000)]
    why: Annotated[str, Field(max_length=300, description="what the others are for")]


class Answer(Wire):
    """Roles that need more than the ratio says (the others are left out), and the texts."""

    staffing: Annotated[list[Called], Field(max_length=20)]
    texts: Letters


MOST = 2
"""A judgement may call in so many times what the ratio says, not more; [K]."""


def _given(order: Order, _subject: str, decisions: Sequence[Decided]) -> Given:
    items = order_view.menu_dishes(order, decisions)
    return Given(
        brief=brief_for("service", decisions),
        style=order.event.style,
        guests=order_view.guests(order),
        roles=_roles(order.event.style, order_view.guests(order)),
        dishes=plan_texts.dish_slots(items),
        slots=plan_texts.slots(order, items),
    )


def _roles(style: str, guests: int) -> list[Role]:
    counted: dict[str, int] = {}
    for row in rows("staff_ratios"):
        if row["style"] in (style, "*") and row["applies"] == "always":
            counted[row["role"]] = ceil(Fraction(guests, int(row["guests"])))
    return [Role(role=role, by_ratio=counted[role]) for role in sorted(counted)]


def _decide(_given: Given, answer: Answer) -> tuple[Decision, ...]:
    called = [Staffing(role=row.role, count=row.count, why=row.why) for row in answer.staffing if row.role.strip()]
    return (*called, *plan_texts.decide(answer.texts))


def _check(given: Given, decisions: Sequence[Decision]) -> list[Finding]:
    ratios = {role.role: role.by_ratio for role in given.roles}
    out = plan_texts.check(given.slots, given.dishes, decisions)
    for staffing in of_kind(Staffing, decisions):
        out += _check_staffing(staffing, ratios)
        out += prose.as_findings("staffing_why", "staffing", staffing.why, facts=canonical(given))
    return out


def _check_staffing(staffing: Staffing, ratios: Mapping[str, int]) -> list[Finding]:
    low = ratios.get(staffing.role)
    if low is None:
        message = f"roles are {', '.join(ratios)}"
        return [rejected("no_such_role", "staffing", message, value=staffing.role)]
    if low <= staffing.count <= MOST * low:
        return []
    message = f"between the ratio's {low} and {MOST * low} are called in"
    return [rejected("staffing_band", staffing.role, message, value=str(staffing.count))]


SERVICE_COORDINATION: Task[Given, Answer] = Task(
    name="service_coordination",
    prompt="service_coordination.md",
    Given=Given,
    Answer=Answer,
    given=_given,
    default=lambda _: Answer(staffing=[], texts=plan_texts.blank()),
    decide=_decide,
    check=_check,
    is_open=lambda _: False,
    betters=lambda _: True,
    wants=("timeline_planning", "recipe_scaling"),
)
