"""When what is done, by whom, on what, where."""

from typing import Literal

from pydantic import Field

from catering_cli.domain.basis import Basis
from catering_cli.domain.finding import Repair
from catering_cli.domain.order_parts.recipe import FoodClass, Storage
from catering_cli.domain.value import HoursSpan, MinutesSpan, PlannedAt, Value

BlockKind = Literal[
    "prep",
    "cook",
    "rest",
    "chill",
    "thaw",
    "reheat",
    "finish",
    "plate",
    "pack",
    "load",
    "drive",
    "set_up",
    "hold",
    "serve",
    "refill",
    "strike",
    "tend",
]


GREEDY = "backward greedy"
"""What places the blocks of a day, if the solver is not asked."""


class Crew(Value):
    """People that a block occupies, from its start for `minutes`."""

    role: str
    count: int = Field(ge=1, le=20_000, description="each stands in the rota")
    minutes: MinutesSpan


class Use(Value):
    """Equipment that a block occupies from start to end."""

    name: str
    count: int = Field(ge=1, le=20_000)


class Wait(Value):
    """A block that this one waits for, and how long the result may lie in between."""

    block: str
    max_minutes: MinutesSpan | None = Field(default=None, description="from the end of that block to the start of this")


class Block(Value):
    """One piece of work of one batch."""

    id: str = Field(description="d3.s2.b1: dish, step, batch; or a name of the event such as service.serve")
    kind: BlockKind
    label: str
    dish: str = ""
    step: int | None = None
    batch: int = 1
    of: int = 1
    portions: int = Field(default=0, ge=0)
    place: str = "base"
    start: PlannedAt
    end: PlannedAt
    crew: tuple[Crew, ...] = ()
    equipment: tuple[Use, ...] = ()
    after: tuple[Wait, ...] = ()
    temperature: str = ""
    storage: Storage | None = None
    food_class: FoodClass | None = None
    shelf_life_hours: HoursSpan | None = Field(default=None, description="how long the result keeps, from the end")
    make_ahead_hours: HoursSpan | None = Field(default=None, description="longest time from the end to service")
    by: str = "kitchen"


class Capacity(Value):
    """How much of a resource there is; the timeline never uses more at one moment."""

    kind: Literal["equipment", "staff"]
    name: str
    place: str = "base"
    count: int = Field(ge=0)
    assumed: bool = Field(default=False, description="true if the order does not say")


class Opening(Value):
    """A time in which work can be done at a place."""

    place: str = "base"
    start: PlannedAt
    end: PlannedAt


class Buffer(Value):
    """Free time between what must be finished and the fixed moment that it is finished for."""

    block: str = Field(description="what ends: a dish's last work, a drive")
    until: str = Field(description="what begins: plating, setting up")
    minutes: int = Field(ge=0)
    wanted: int = Field(ge=0, description="what the kitchen wants to have")


class Replay(Value):
    """The schedule played again with delays that are drawn from a fixed seed."""

    days: int = Field(ge=1, description="how many days were played")
    held: int = Field(ge=0, description="days on which every dish was served in time and within its holds")
    first: str = Field(default="", description="id of the dish (or event block) that failed most often first")
    late_minutes: int = Field(default=0, ge=0, description="median minutes by which it failed")
    change: str = Field(default="", description="what helps most of what was tried, if most runs slip")
    then_held: int = Field(default=0, ge=0, description="runs on time with that change")
    delays: str = Field(default="", description="what may go wrong on a day")
    derivation: Basis | None = Field(default=None, description="the same as data: rule and inputs")


class Moved(Value):
    """A piece of work that is done at another time than was planned."""

    block: str
    label: str
    was: PlannedAt | None = Field(default=None, description="null if it is new")
    start: PlannedAt


class Replanned(Value):
    """What changed in the day, and why: the page that goes to everyone who holds the plan before."""

    now: PlannedAt
    happened: tuple[str, ...]
    moved: tuple[Moved, ...] = ()
    thrown_out: tuple[str, ...] = Field(default=(), description="what is no longer safe, and is made again")
    cut: tuple[str, ...] = Field(default=(), description="what could not be kept: dishes, the time of service")
    short: tuple[str, ...] = Field(default=(), description="dishes that go round in smaller portions: made, and needed")
    fewer: tuple[str, ...] = Field(default=(), description="work of the event that fewer people do than was planned")
    call_in: tuple[str, ...] = Field(default=(), description="people to call in, and when: the day needs them")
    tell: tuple[str, ...] = Field(default=(), description="who has to be told: roles, the client, the vendor")


class Timeline(Value):
    """The schedule, backward from service."""

    status: Literal["scheduled", "infeasible"] = "scheduled"
    solver: str = Field(default=GREEDY, description="what placed the blocks")
    blocks: tuple[Block, ...] = Field(default=(), description="in order of start, then id")
    capacities: tuple[Capacity, ...] = ()
    openings: tuple[Opening, ...] = ()
    first_start: PlannedAt | None = None
    service_at: PlannedAt | None = None
    last_end: PlannedAt | None = None
    span_minutes: int = Field(default=0, ge=0, description="first start to service")
    objective: int | None = Field(default=None, description="value of the last objective that was solved")
    bound: int | None = Field(default=None, description="proven bound of that objective")
    gap_percent: float | None = Field(default=None, description="between objective and bound")
    conflict: tuple[str, ...] = Field(default=(), description="constraints that cannot hold together")
    repairs: tuple[Repair, ...] = Field(default=(), description="what would make it work, cheapest first")
    buffers: tuple[Buffer, ...] = Field(default=(), description="the five thinnest, thinnest first")
    replay: Replay | None = Field(default=None, description="null if there is no valid schedule")
    replanned: Replanned | None = Field(default=None, description="what changed on the day; null if nothing did")
