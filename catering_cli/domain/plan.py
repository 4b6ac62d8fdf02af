"""The plan that a kitchen works from."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from catering_cli.domain.basis import Basis
from catering_cli.domain.decision import Critique, Decided, Overview
from catering_cli.domain.execution import Run
from catering_cli.domain.finding import Finding
from catering_cli.domain.money import Costing, Money
from catering_cli.domain.order import Order
from catering_cli.domain.plan_parts.diets import Diets
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.domain.plan_parts.people import Equipment, PackLine, ServiceLine, StaffLine
from catering_cli.domain.plan_parts.safety import Safety
from catering_cli.domain.plan_parts.shopping import Shopping
from catering_cli.domain.plan_parts.timeline import Timeline
from catering_cli.domain.value import Value

SCHEMA_VERSION = "1"


class Headcount(Value):
    """One count everywhere."""

    guaranteed: int = Field(ge=0)
    expected: int = Field(ge=0)
    set_for: int = Field(ge=0, description="places laid and food made for")
    extra_meals: int = Field(default=0, ge=0)


class Assumption(Value):
    """A rule of thumb or default that the plan rests on."""

    id: str
    text: str
    number: str = Field(default="", description="the figure, as used")
    source: str = Field(description="where it comes from; [K] marks general knowledge, not checked")
    override: str = Field(default="", description="field of the order that replaces it")
    derivation: Basis | None = Field(default=None, description="how the number was found, as data")


class Contingency(Value):
    """If this happens, that is done."""

    trigger: str
    action: str
    owner: str
    derivation: Basis | None = Field(default=None, description="the figures in its text, as data")


class FilledText(Value):
    """A text with its slots filled."""

    name: Literal["client_letter", "kitchen_notes", "floor_briefing"]
    text: str
    by: str = "kitchen"


class Effect(Value):
    """What an order's change does to the plan: before, after."""

    guests: tuple[int, int]
    begins: tuple[datetime | None, datetime | None] = Field(description="when work begins; null: no day is possible")
    serves: tuple[datetime, datetime] = Field(description="when the first service begins")
    cost: tuple[Money | None, Money | None] = Field(description="what has a price; null: nothing has")
    blocking: tuple[int, int]
    open: tuple[int, int]
    new_issues: tuple[str, ...] = Field(default=(), description="blocking and open issues that it brings")


class Proposal(Value):
    """What the client's words were read as: a person accepts it, or leaves it open."""

    id: str
    quote: str
    kind: Literal["change", "instruction", "question", "nothing to do"]
    says: str = Field(description="what would be done, in words")
    by: str
    accepted_by: str = ""
    effect: Effect | None = Field(default=None, description="for a change: the plan with it beside the plan without")


class Score(Value):
    """How much of what is checked holds."""

    value: float = Field(ge=0, le=1, description="weighted share of the rules that hold")
    blocking: int = Field(default=0, ge=0)
    open: int = Field(default=0, ge=0)
    failed: tuple[str, ...] = Field(default=(), description="rules that do not hold")


class CateringPlan(Value):
    """A complete plan: a pure function of an order and decisions, and what the checks say of it."""

    schema_version: str = SCHEMA_VERSION
    version: str = Field(default="", description="version of catering that cooked it")
    digest: str = Field(default="", description="SHA-256 of all but the run, as it was written; a change breaks it")
    order: Order
    decisions: tuple[Decided, ...] = ()
    headcount: Headcount
    overview: Overview | None = None
    critique: Critique | None = None
    menu: tuple[Dish, ...] = ()
    bases: tuple[Dish, ...] = Field(
        default=(), description="base recipes in the dishes, b1, b2 ...: made once, for the portions of all of them"
    )
    diets: Diets
    shopping: Shopping
    timeline: Timeline
    equipment: Equipment
    staffing: tuple[StaffLine, ...] = ()
    service: tuple[ServiceLine, ...] = ()
    safety: Safety
    packing: tuple[PackLine, ...] = ()
    costing: Costing
    contingency: tuple[Contingency, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    texts: tuple[FilledText, ...] = ()
    proposals: tuple[Proposal, ...] = Field(default=(), description="what the notes were read as, sentence by sentence")
    findings: tuple[Finding, ...] = ()
    score: Score | None = None
    run: Run | None = None
