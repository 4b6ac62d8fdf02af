"""constraint_solving: what is to be done where diets, capacity, budget or notes are in conflict.

It judges the plan as the kitchen cooked it: what blocks there is a conflict. Notes are read for what
contradicts a field; where no model reads them the kitchen leaves a question, since it cannot read.
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
from catering_cli.tasks.shared.plan_conflicts import Conflict, GuestKind
from catering_cli.tasks.shared.proposals import DishFoods, Move
from catering_cli.tasks.shared.task import Task, Wire

NOTES = "order.notes"

CONFLICTS = frozenset({"diets.unfed", "kitchen.no_schedule", "costing.budget", "staffing.enough"})
"""Rules whose findings a judgement may settle. Other tasks settle what is unknown; wrong arithmetic nobody may."""


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
        Field(max_length=10, description="one for each contradiction between notes and fields; none where they agree"),
    ]


def _of_plan(plan: CateringPlan) -> Given:
    found = [finding for finding in plan.findings if finding.rule in CONFLICTS]
    clashes = plan_conflicts.worst_first(found, "blocking", "open", *(("warning",) if _over_budget(found) else ()))
    order = plan.order
    return _given(order, "order", ()).model_copy(
        update={
            "conflicts": clashes,
            "dishes": proposals.seen(plan.menu) if clashes else [],
            "profiles": plan_conflicts.guest_kinds(plan) if clashes else [],
            "catalogue": plan_conflicts.offered(plan) if clashes else [],
        }
    )


def _over_budget(found: Sequence[Finding]) -> bool:
    return any(finding.rule == "costing.budget" for finding in found)


def _given(order: Order, _subject: str, _decisions: Sequence[Decided]) -> Given:
    """What the order alone shows: its notes. The conflicts are the cooked plan's."""
    return Given(conflicts=[], notes=order.notes.strip(), fields=_fields(order), dishes=[], profiles=[], catalogue=[])


def _fields(order: Order) -> Fields:
    event = order.event
    if not order.notes.strip():
        return Fields(
            event="", style="", service_at="", ends_at="", venue="", guests=0, needs=[], budget=order.budget is not None
        )
    return Fields(
        event=event.name,
        style=event.style,
        service_at=event.service_at.isoformat(),
        ends_at=event.ends_at.isoformat() if event.ends_at else "",
        venue=event.venue,
        guests=order_view.guests(order),
        needs=order_view.needs(order),
        budget=order.budget is not None,
    )


def _decide(given: Given, answer: Answer) -> tuple[Decision, ...]:
    where = {conflict.id: conflict.where for conflict in given.conflicts}
    moved = proposals.decide(m.model_copy(update={"about": where.get(m.about, m.about)}) for m in answer.moves)
    asked = [d.OpenQuestion(about=NOTES, text=text) for text in answer.note_questions if text.strip()]
    return (*moved, *(asked if given.notes else ()))


def _check(given: Given, decisions: Sequence[Decision]) -> list[Finding]:
    """Moves that are possible and safe; a conflict nobody touched is open."""
    out = proposals.check(given.dishes, [kind.id for kind in given.profiles], decisions)
    asked = {decision.about for decision in decisions if isinstance(decision, d.OpenQuestion)}
    acted = any(not isinstance(decision, d.OpenQuestion) for decision in decisions)
    return out + [
        order_view.found("open", "conflict", conflict.where, conflict.message)
        for conflict in given.conflicts
        if not acted and conflict.where not in asked
    ]


def _leave(given: Given, by_models: bool) -> tuple[Decision, ...]:
    if by_models or not given.notes:
        return ()
    text = "Nobody has read the notes against the order: read them, and change its fields where they say otherwise."
    return (d.OpenQuestion(about=NOTES, text=text),)


CONSTRAINT_SOLVING: Task[Given, Answer] = Task(
    name="constraint_solving",
    purpose="substitutes, plates and questions where diets, capacity, budget or notes conflict",
    prompt="constraint_solving.md",
    Given=Given,
    Answer=Answer,
    given=_given,
    default=lambda _: Answer(moves=[], note_questions=[]),
    decide=_decide,
    check=_check,
    is_open=lambda given: bool(given.conflicts or given.notes),
    is_empty=lambda given: not (given.conflicts or given.notes),
    leave=_leave,
    given_plan=_of_plan,
)
