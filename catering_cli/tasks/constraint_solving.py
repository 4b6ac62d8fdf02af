"""constraint_solving: what is to be done if diets, capacity, budget or notes are in conflict.

It judges the plan as the kitchen cooked it: what blocks there is a conflict. A model reads the notes for what
contradicts a field; every sentence stays an open item of the plan all the same until a person accounts for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from catering_cli.domain import decision as d
from catering_cli.domain.decision import Decided, Decision
from catering_cli.domain.finding import Finding
from catering_cli.domain.order import Order
from catering_cli.domain.plan import CateringPlan
from catering_cli.tasks.shared import order_view, plan_conflicts, proposals
from catering_cli.tasks.shared.findings import of_kind, still_open
from catering_cli.tasks.shared.plan_conflicts import Conflict, GuestKind
from catering_cli.tasks.shared.proposals import DishFoods, Move
from catering_cli.tasks.shared.task import Task, Wire
from catering_cli.tasks.shared.wire import canonical

NOTES = "order.notes"

CONFLICTS = frozenset({"diets.unfed", "kitchen.no_schedule", "costing.budget", "staffing.enough"})
"""Rules whose findings a judgement may settle. Other tasks settle what is unknown; no task settles wrong arithmetic."""


class Fields(Wire):
    """What the order's fields say, for comparison with its notes."""

    event: str
    style: str
    service_at: str
    ends_at: str
    venue: str
    guests: int
    """roughly"""
    needs: list[str]
    budget: bool
    """whether one is given"""


class Given(Wire):
    """The conflicts, and what can be moved. Empty notes: there are none."""

    conflicts: list[Conflict]
    notes: str
    fields: Fields
    dishes: list[DishFoods]
    profiles: list[GuestKind]
    catalogue: list[str]


class Answer(Wire):
    """One move or more for each conflict that can be settled."""

    moves: Annotated[list[Move], Field(max_length=40)]
    note_questions: Annotated[
        list[Annotated[str, Field(max_length=600)]],
        Field(max_length=10, description="one for each contradiction between notes and fields; none if they agree"),
    ]


def _of_plan(plan: CateringPlan) -> Given:
    found = [finding for finding in plan.findings if finding.rule in CONFLICTS]
    severities = ["blocking", "open"]
    if any(finding.rule == "costing.budget" for finding in found):
        severities.append("warning")
    clashes = plan_conflicts.worst_first(found, *severities)
    order_alone = _given(plan.order, "order", ())
    if not clashes:
        return order_alone
    of_plan = {
        "conflicts": clashes,
        "dishes": proposals.seen(plan.menu),
        "profiles": plan_conflicts.guest_kinds(plan),
        "catalogue": plan_conflicts.offered(plan),
    }
    return order_alone.model_copy(update=of_plan)


def _given(order: Order, _subject: str, _decisions: Sequence[Decided]) -> Given:
    """What the order alone shows: its notes. The conflicts are the cooked plan's."""
    return Given(
        conflicts=[],
        notes=order.notes.strip(),
        fields=_fields(order),
        dishes=[],
        profiles=[],
        catalogue=[],
    )


def _fields(order: Order) -> Fields:
    """The fields of an order with notes; without notes nothing is compared, so they are left empty."""
    has_budget = order.budget is not None
    if not order.notes.strip():
        return Fields(
            event="",
            style="",
            service_at="",
            ends_at="",
            venue="",
            guests=0,
            needs=[],
            budget=has_budget,
        )
    event = order.event
    return Fields(
        event=event.name,
        style=event.style,
        service_at=event.service_at.isoformat(),
        ends_at=event.ends_at.isoformat() if event.ends_at else "",
        venue=event.venue,
        guests=order_view.guests(order),
        needs=order_view.needs(order),
        budget=has_budget,
    )


def _decide(given: Given, answer: Answer) -> tuple[Decision, ...]:
    moved = proposals.decide(answer.moves, given.conflicts)
    if not given.notes:
        return moved
    questions = [text for text in answer.note_questions if text.strip()]
    return (*moved, *(d.OpenQuestion(about=NOTES, text=text) for text in questions))


def _check(given: Given, decisions: Sequence[Decision]) -> list[Finding]:
    """Moves that are possible and safe; a conflict without a move is open."""
    out = proposals.check(given.dishes, [kind.id for kind in given.profiles], decisions, canonical(given))
    questions = of_kind(d.OpenQuestion, decisions)
    if len(questions) < len(decisions):
        return out
    asked = {question.about for question in questions}
    left = [conflict for conflict in given.conflicts if conflict.where not in asked]
    return out + [still_open("conflict", conflict.where, conflict.message) for conflict in left]


CONSTRAINT_SOLVING: Task[Given, Answer] = Task(
    name="constraint_solving",
    prompt="constraint_solving.md",
    Given=Given,
    Answer=Answer,
    given=_given,
    default=lambda _: Answer(moves=[], note_questions=[]),
    decide=_decide,
    check=_check,
    is_open=lambda given: bool(given.conflicts or given.notes),
    is_empty=lambda given: not (given.conflicts or given.notes),
    given_plan=_of_plan,
)
