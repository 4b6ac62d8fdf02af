"""constraint_solving: what is to be done about conflicts, and what the client's words mean, sentence by sentence.

It judges the plan as the kitchen cooked it: what blocks there is a conflict. What it reads in the client's words is a
proposal: code proves its quotation and its value, and a person accepts it; until then the sentence stays open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Annotated, Literal

from pydantic import Field

from catering_cli.domain import decision as d
from catering_cli.domain.decision import Decided, Decision
from catering_cli.domain.finding import Finding
from catering_cli.domain.order import Order
from catering_cli.domain.plan import CateringPlan
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.kitchen.event.notes.sentences import unread
from catering_cli.kitchen.menu.decisions import fold
from catering_cli.tasks.reading import readings
from catering_cli.tasks.reading.readings import Reading, Sentence
from catering_cli.tasks.shaping import moves
from catering_cli.tasks.shaping.day_view import Cost, day_view
from catering_cli.tasks.shaping.moves import Shape
from catering_cli.tasks.shaping.shareable import OvenPair, Pair, shareable
from catering_cli.tasks.shared import order_view, plan_conflicts, proposals
from catering_cli.tasks.shared.briefs import brief_for
from catering_cli.tasks.shared.findings import of_kind, rejected, still_open
from catering_cli.tasks.shared.plan_conflicts import Conflict, GuestKind
from catering_cli.tasks.shared.proposals import DishFoods, Move
from catering_cli.tasks.shared.task import Task, Wire
from catering_cli.tasks.shared.wire import canonical

CONFLICTS = frozenset({"diets.unfed", "kitchen.no_schedule", "costing.budget", "staffing.enough"})
"""Rules whose findings a judgement may settle. Other tasks settle what is unknown; no task settles wrong arithmetic."""


class Fields(Wire):
    """What the order's fields say, for comparison with the client's words."""

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
    services: list[str]
    """ids"""


class Method(Wire):
    """A dish with its steps in order, the first is 1."""

    dish: str
    steps: list[str]


class Given(Wire):
    """The conflicts and the client's sentences that nothing accounts for, and what can be moved."""

    source: Literal["notes", "feedback", "message"]
    """whose words the sentences are: the order's notes, feedback on a plan, a message before there is an order"""
    sentences: list[Sentence]
    brief: str
    """from the planner"""
    conflicts: list[Conflict]
    fields: Fields
    dishes: list[DishFoods]
    profiles: list[GuestKind]
    catalogue: list[str]
    methods: list[Method]
    """of feedback: the steps of the dishes"""
    crew: list[Cost]
    """of feedback: how many of each role"""
    pairs: list[OvenPair]
    """of feedback: steps of two dishes of which a load of each fits into one oven"""


class Answer(Wire):
    """One move or more for each conflict that can be settled, one reading or more for each sentence."""

    moves: Annotated[list[Move], Field(max_length=40)]
    shapes: Annotated[list[Shape], Field(max_length=40, description="of feedback alone")]
    readings: Annotated[list[Reading], Field(max_length=200)]


def _of_plan(plan: CateringPlan) -> Given:
    found = [finding for finding in plan.findings if finding.rule in CONFLICTS]
    severities = ["blocking", "open"]
    if any(finding.rule == "costing.budget" for finding in found):
        severities.append("warning")
    clashes = plan_conflicts.worst_first(found, *severities)
    order_alone = _given(plan.order, "order", plan.decisions)
    if not clashes:
        return order_alone
    return order_alone.model_copy(update={"conflicts": clashes, **_movable(plan)})


def _movable(plan: CateringPlan) -> dict[str, object]:
    """What moves are made with."""
    return {
        "dishes": proposals.seen(plan.menu),
        "profiles": plan_conflicts.guest_kinds(plan),
        "catalogue": plan_conflicts.offered(plan),
    }


def of_feedback(plan: CateringPlan, sentences: Sequence[str]) -> Given:
    """What is given if a client says what is to be better."""
    told = {"source": "feedback", "sentences": readings.numbered(sentences), "fields": _fields(plan.order)}
    shapes = {
        "methods": [_method(dish) for dish in plan.menu if dish.recipe],
        "crew": day_view(plan).crew,
        "pairs": [OvenPair(**pair._asdict()) for pair in shareable(plan)],
    }
    return _of_plan(plan).model_copy(update={**told, **shapes, **_movable(plan)})


def _method(dish: Dish) -> Method:
    steps = dish.recipe.steps if dish.recipe else ()
    return Method(dish=dish.id, steps=[step.text for step in steps])


def of_message(sentences: Sequence[str]) -> Given:
    """What is given of a message before there is an order."""
    return Given(
        source="message",
        sentences=readings.numbered(sentences),
        brief="",
        conflicts=[],
        fields=NO_FIELDS,
        dishes=[],
        profiles=[],
        catalogue=[],
        methods=[],
        crew=[],
        pairs=[],
    )


def _given(order: Order, _subject: str, decisions: Sequence[Decided]) -> Given:
    """What the order alone shows: its notes. The conflicts are the cooked plan's."""
    sentences = unread(order, fold(order, decisions))
    return Given(
        source="notes",
        sentences=readings.numbered(sentences),
        brief=brief_for("resources", decisions),
        conflicts=[],
        fields=_fields(order) if sentences else NO_FIELDS,
        dishes=[],
        profiles=[],
        catalogue=[],
        methods=[],
        crew=[],
        pairs=[],
    )


NO_FIELDS = Fields(
    event="",
    style="",
    service_at="",
    ends_at="",
    venue="",
    guests=0,
    needs=[],
    budget=False,
    services=[],
)
"""Where there are no words to compare with the fields."""


def _fields(order: Order) -> Fields:
    """The fields that words of a client may touch."""
    event = order.event
    return Fields(
        event=event.name,
        style=event.style,
        service_at=event.service_at.isoformat(),
        ends_at=event.ends_at.isoformat() if event.ends_at else "",
        venue=event.venue,
        guests=order_view.guests(order),
        needs=order_view.needs(order),
        budget=order.budget is not None,
        services=[service.id for service in order.services],
    )


def _decide(given: Given, answer: Answer) -> tuple[Decision, ...]:
    places = {conflict.id: conflict.where for conflict in given.conflicts}
    places |= {sentence.id: given.source for sentence in given.sentences}
    shapes = moves.decide(answer.shapes) if given.source == "feedback" else ()
    return (*proposals.decide(answer.moves, places), *shapes, *readings.decide(given.sentences, answer.readings))


MOVES = (d.Substitute, d.Assign, d.AddDish, d.DropDish, *moves.SHAPES)


def _dropped(decisions: Sequence[Decision]) -> Iterator[Finding]:
    """Dishes that a model takes off the menu of its own accord."""
    message = "a dish is dropped only if the client asks for it"
    for one in of_kind(d.DropDish, decisions):
        yield rejected("drop", "moves", message, value=one.dish)


def _unmoved(given: Given, decisions: Sequence[Decision]) -> Iterator[Finding]:
    """Conflicts about which nothing is asked."""
    asked = {question.about for question in of_kind(d.OpenQuestion, decisions)}
    for conflict in given.conflicts:
        if conflict.where not in asked:
            yield still_open("conflict", conflict.where, conflict.message)


def _check(given: Given, decisions: Sequence[Decision]) -> list[Finding]:
    """Moves that are possible and safe, readings that quote.

    A conflict without a move or a question is open, and so is a sentence of which nothing is quoted.
    """
    facts = canonical(given)
    out = proposals.check(given.dishes, [kind.id for kind in given.profiles], decisions, facts)
    out += readings.check(given.sentences, decisions, facts)
    out += _services_known(given, decisions)
    moved = any(isinstance(decision, MOVES) for decision in decisions)
    if given.source == "feedback":
        out += moves.check(_shapeable(given), decisions, facts)
    else:
        out += _dropped(decisions)
    if not moved:
        out += _unmoved(given, decisions)
    if given.source == "feedback" and moved:
        return out  # which sentences the moves account for is known to who asked: a move does not quote
    unread_yet = readings.left(given.sentences, decisions)
    return out + [still_open("sentence", readings.NOTES, sentence.text) for sentence in unread_yet]


def _shapeable(given: Given) -> moves.Shapeable:
    return moves.Shapeable(
        dishes={dish.id: dish.name for dish in given.dishes},
        courses={dish.id: dish.course for dish in given.dishes},
        foods={dish.id: dish.ingredients for dish in given.dishes},
        steps={dish.dish: len(dish.steps) for dish in given.methods},
        services=given.fields.services,
        crew={one.what: one.amount for one in given.crew},
        pairs=[Pair(**pair.model_dump()) for pair in given.pairs],
    )


def _services_known(given: Given, decisions: Sequence[Decision]) -> list[Finding]:
    """A further dish is for a service of the order, or for all."""
    known = {*given.fields.services, ""}
    strange = [one for one in of_kind(d.AddDish, decisions) if one.service not in known]
    return [rejected("no_such_service", "moves", "there is no such service", value=one.service) for one in strange]


def _rest(given: Given, decisions: Sequence[Decision]) -> Given:
    """The sentences that nothing quotes yet, and the conflicts."""
    return given.model_copy(update={"sentences": readings.left(given.sentences, decisions)})


def _proof(order: Order, given: Given) -> Callable[[Answer], Sequence[Finding]]:
    """What each change must hold: its words say it, the order takes it, no guest's need becomes milder by it."""
    prove = readings.Prover(order)
    return lambda answer: tuple(prove.faults(readings.decide(given.sentences, answer.readings)))


CONSTRAINT_SOLVING: Task[Given, Answer] = Task(
    name="constraint_solving",
    prompt="constraint_solving.md",
    Given=Given,
    Answer=Answer,
    given=_given,
    default=lambda _: Answer(moves=[], shapes=[], readings=[]),
    decide=_decide,
    check=_check,
    is_open=lambda given: bool(given.conflicts or given.sentences),
    is_empty=lambda given: not (given.conflicts or given.sentences),
    rest=_rest,
    proof=_proof,
    given_plan=_of_plan,
    wants=("strategic_planning",),
)
