"""Several events that one house cooks: what it has, and what is shared, bought and paid together."""

from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from catering_cli.domain.finding import Finding
from catering_cli.domain.money import Money
from catering_cli.domain.order_parts.site import Budget, Kitchen, Product, Staff, Stock, Supply
from catering_cli.domain.quantity import Amount
from catering_cli.domain.value import Name, PlannedAt, PlannedOn, Value

WEEK_VERSION = "1"


class Household(Value):
    """What the events of one house share: a kitchen file. What an order says itself goes before it."""

    name: str = ""
    kitchen: Kitchen = Kitchen()
    staff: Staff | None = None
    supply: tuple[Supply, ...] = ()
    on_hand: tuple[Stock, ...] = Field(default=(), description="in the house when the week begins")
    products: tuple[Product, ...] = ()
    budget: Budget | None = Field(default=None, description="for its pay by the hour and its currency")


class WeekEvent(Value):
    """One event of the week, with its plan in a file of its own."""

    id: Name
    name: str
    plan: str = Field(description="file of its plan, beside the week's")
    digest: str = Field(description="digest of its plan as it was written")
    service_at: PlannedAt
    first_start: PlannedAt | None = None
    last_end: PlannedAt | None = None
    blocking: int = Field(default=0, ge=0)
    open: int = Field(default=0, ge=0)
    kept: bool = Field(default=False, description="its timeline is that of the week before, untouched")

    @field_validator("plan")
    @classmethod
    def _lies_beside(cls, name: str) -> str:
        """Refuse a name that leads elsewhere."""
        if name in ("", ".", "..") or not {"/", "\\", "\0"}.isdisjoint(name):
            raise ValueError("is no name of a file beside the week's; plan the week again")
        return name


class EventPart(Value):
    """What one event takes of something shared."""

    event: str
    amount: Amount | None = None
    cost: Money | None = Field(default=None, description="its part, in cents that add up to the whole")


class GuideLine(Value):
    """One food of one delivery: bought once, for all events that use it while it keeps."""

    item: str
    supplier: str = ""
    department: str = ""
    receive_on: PlannedOn
    order_by: PlannedOn | None = None
    needed: Amount = Field(description="as purchased, less stock: the sum of `events`")
    pack: Amount | None = None
    packs: int | None = Field(default=None, ge=0)
    buy: Amount
    cost: Money | None = None
    alone: Money | None = Field(default=None, description="what the events would pay, each buying for itself")
    events: tuple[EventPart, ...] = ()


class PayLine(Value):
    """One role over the week: the same people, called once for what is near in time."""

    role: str
    people: int = Field(ge=0)
    hours: str = Field(description="paid, exact")
    rate: Money | None = None
    cost: Money | None = None
    alone: Money | None = None
    events: tuple[EventPart, ...] = ()


class EventCost(Value):
    """What one event costs alone, and its part of what is shared."""

    event: str
    kind: Literal["food", "labour"]
    alone: Money | None = None
    together: Money | None = None


class Week(Value):
    """A week of events in one house."""

    week_version: str = WEEK_VERSION
    version: str = ""
    household: Household = Household()
    events: tuple[WeekEvent, ...]
    guide: tuple[GuideLine, ...] = ()
    pay: tuple[PayLine, ...] = ()
    costs: tuple[EventCost, ...] = ()
    findings: tuple[Finding, ...] = ()

    @model_validator(mode="after")
    def _speaks_of_its_events(self) -> Self:
        """Refuse two events of one id, and parts of an event that the week does not have."""
        known: set[str] = set()
        for event in self.events:
            if event.id in known:
                raise ValueError(f"{event.id!r} is the id of two events; plan the week again")
            known.add(event.id)
        named = {cost.event for cost in self.costs}
        for events in (*(line.events for line in self.guide), *(line.events for line in self.pay)):
            named |= {part.event for part in events}
        unknown = sorted(named - known)
        if unknown:
            raise ValueError(f"{unknown[0]!r} is no event of this week; plan the week again")
        return self
