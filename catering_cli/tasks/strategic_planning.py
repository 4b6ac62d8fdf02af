"""strategic_planning: the view of the whole, briefs for the level below, and the steps of the work."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Literal, get_args

from pydantic import BeforeValidator, Field

from catering_cli.data.tables import rows
from catering_cli.domain.decision import Decided, Decision, Overview, Risk
from catering_cli.domain.execution import ExecutionPlan, Step
from catering_cli.domain.finding import Finding
from catering_cli.domain.order import Order, Service
from catering_cli.domain.plan_parts.diets import PlanProfile
from catering_cli.kitchen.dietary import profiles
from catering_cli.kitchen.foods import identify
from catering_cli.kitchen.menu.dishes import MenuDish
from catering_cli.tasks.shared import dish_steps, order_view, prose
from catering_cli.tasks.shared.briefs import check_briefs, written_briefs
from catering_cli.tasks.shared.findings import of_kind, rejected
from catering_cli.tasks.shared.task import Task, Wire
from catering_cli.tasks.shared.wire import canonical

PlannedTask = Literal[
    "constraint_solving",
    "recipe_scaling",
    "timeline_creation",
    "resource_planning",
    "timeline_planning",
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


class ServiceOutline(Wire):
    """A service of the event."""

    id: str
    at: str
    until: str
    style: str
    guests: int
    """roughly"""
    place: str


class PlaceOutline(Wire):
    """A place, and what stands there."""

    id: str
    kind: str
    equipment: list[str]


class NeedOutline(Wire):
    """What guests need, and what happens if they do not get it."""

    needs: list[str]
    severity: str
    guests: int
    """roughly"""


class Given(Wire):
    """The event in outline."""

    event: str
    style: str
    begins: str
    ends: str
    venue: str
    guests: int
    """roughly"""
    services: list[ServiceOutline]
    places: list[PlaceOutline]
    equipment: list[str]
    """of the kitchen; empty: what a kitchen usually has"""
    crew: list[str]
    budget: str
    travels: bool
    highly_susceptible: bool
    needs: list[NeedOutline]
    notes: str
    dishes: list[DishGaps]
    rules: list[str]


class PlannedRisk(Wire):
    """What could go wrong, and who does what about it."""

    trigger: Annotated[Sentence, Field(description="what happens, or is seen first")]
    owner: Annotated[Short, Field(description="who watches for it: a role")]
    remedy: Sentence
    about: Annotated[Short, Field(description="id of a dish or service, or a task of the work plan; else order")]


def _risk(value: object) -> object:
    """A risk that is a text alone."""
    if isinstance(value, str):
        return {"trigger": value, "owner": "", "remedy": "", "about": ""}
    return value


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
    risks: Annotated[list[Annotated[PlannedRisk, BeforeValidator(_risk)]], Field(max_length=12)]
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
    event = order.event
    return Given(
        event=event.name,
        style=event.style,
        begins=event.service_at.isoformat(),
        ends=event.ends_at.isoformat() if event.ends_at else "",
        venue=event.venue,
        guests=order_view.guests(order),
        services=[_service(order, service) for service in order.services],
        places=[PlaceOutline(id=one.id, kind=one.kind, equipment=_counted(one.equipment)) for one in order.places],
        equipment=_counted(order.kitchen.equipment or {}),
        crew=[f"{row.available} {row.role}" for row in order.staff or ()],
        budget=_budget(order),
        travels=order_view.travels(order),
        highly_susceptible=event.population == "highly_susceptible",
        needs=[_need(profile) for profile in profiles.profiles(order) if profile.needs],
        notes=order.notes.strip(),
        dishes=[_dish_gaps(item) for item in order_view.menu_dishes(order, decisions)],
        rules=[row["name"] for row in rows("rules")],
    )


def _service(order: Order, service: Service) -> ServiceOutline:
    return ServiceOutline(
        id=service.id,
        at=service.at.isoformat(),
        until=service.until.isoformat() if service.until else "",
        style=service.style or order.event.style,
        guests=order_view.two_figures(service.guests) if service.guests else order_view.guests(order),
        place=service.place or "",
    )


def _counted(equipment: Mapping[str, int]) -> list[str]:
    return [f"{count} {name}" for name, count in equipment.items()]


def _budget(order: Order) -> str:
    """What may be spent, in words; empty if the order does not say."""
    budget = order.budget
    if budget is None or (budget.per_guest is None and budget.total is None):
        return ""
    said = f"{budget.per_guest} a guest" if budget.per_guest is not None else f"{budget.total} in all"
    return f"{said}, {budget.currency}"


def _need(profile: PlanProfile) -> NeedOutline:
    return NeedOutline(
        needs=list(profile.needs),
        severity=profile.severity or "preference",
        guests=order_view.two_figures(profile.count),
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
    told = [risk for risk in answer.risks if risk.trigger.strip()]
    risks = tuple(Risk(**dict(risk)) for risk in told)
    questions = tuple(text for text in answer.questions if text.strip())
    briefs = written_briefs({"resources": answer.briefs.resources, "timeline": answer.briefs.timeline})
    if not (answer.overview.strip() or risks or questions):
        return tuple(briefs)
    return (Overview(text=answer.overview, risks=risks, questions=questions), *briefs)


def _check(given: Given, decisions: Sequence[Decision]) -> list[Finding]:
    facts = canonical(given)
    out = check_briefs(decisions, facts)
    for overview in of_kind(Overview, decisions):
        for text in (overview.text, *overview.questions):
            out += prose.as_findings("overview", "overview", text, facts=facts)
        for text in overview.questions:
            out += _needless(text, given)
        for risk in overview.risks:
            for words in (risk.trigger, risk.remedy, risk.owner):
                out += prose.as_findings("overview", "overview", words, facts=facts)
            out += _untied(risk, given)
    return out


def _untied(risk: Risk, given: Given) -> list[Finding]:
    """A risk is tied to what there is."""
    known = {"", "order", *get_args(PlannedTask)}
    known |= {dish.id for dish in given.dishes} | {service.id for service in given.services}
    if risk.about in known:
        return []
    return [rejected("risk", "overview", "a risk is about a dish or service by its id, or a task", value=risk.about)]


def _needless(question: str, given: Given) -> list[Finding]:
    """A question whose answer the order holds."""
    for asks, field in ANSWERED:
        if asks.search(question) and getattr(given, field):
            message = f"the order answers this: {field} is {getattr(given, field)}"
            return [rejected("question", "overview", message, value=question)]
    return []


_ROOM = r"(?:the )?(?:\w+ )?(?:service|event|guests|dinner|lunch|meal)"
ANSWERED = tuple(
    (re.compile(pattern, re.IGNORECASE), field)
    for pattern, field in (
        (r"^how many (?:guests|people)(?: (?:will|do|are|should|can)\b[^,;]*)?\?$", "guests"),
        (r"^(?:on )?(?:what|which) (?:date|day) (?:is|will) (?:the|your) \w+\b[^,;]*\?$", "begins"),
        (rf"^(?:at )?what time (?:does|do|will|should) {_ROOM} (?:begin|start|arrive|be served)\?$", "begins"),
        (r"^what is (?:the|your) budget\b[^,;]*\?$", "budget"),
        (r"^(?:where (?:is|will) the (?:event|venue)|what is the venue)\b[^,;]*\?$", "venue"),
    )
)
"""Plain questions that a field answers; what asks for more than the field says stands."""


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
    betters=lambda _: True,
)
