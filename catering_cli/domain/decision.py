"""Decisions: the small typed judgements that, with an order, make a plan. Nothing in them is a derived number."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, JsonValue

from catering_cli.domain.order_parts.recipe import Course, Recipe, StepPlace, Storage
from catering_cli.domain.quantity import Quantity
from catering_cli.domain.value import Name, PlannedAt, Value

Minutes = Annotated[int, Field(ge=0, le=2_880)]


class Substitute(Value):
    """In a dish, one food takes the place of another, mass for mass."""

    kind: Literal["substitute"] = "substitute"
    dish: Name
    item: Name
    by_item: Name


class Assign(Value):
    """Guests of a profile eat this dish: one of the menu, or one of the catalogue plated for them alone."""

    kind: Literal["assign"] = "assign"
    profile: Name = Field(description="id of the profile, e.g. p2")
    dish: Name = Field(description="dish id, or name of a catalogue or order recipe that is made for them")


class AddDish(Value):
    """A further dish on the menu, for all guests."""

    kind: Literal["add_dish"] = "add_dish"
    dish: Name
    course: Course | None = None
    popularity: int = Field(
        default=1,
        ge=1,
        le=100,
        description="weight beside the other dishes of its course",
    )
    service: str = Field(default="", max_length=200, description="id of the service it is for; empty: all of them")


class DropDish(Value):
    """A dish is taken off the menu."""

    kind: Literal["drop_dish"] = "drop_dish"
    dish: Name


Why = Annotated[str, Field(max_length=300, description="the reason, in a few words")]


class ReplaceDish(Value):
    """Another dish takes a dish's place on the menu, with its course, service and portions."""

    kind: Literal["replace_dish"] = "replace_dish"
    dish: Name
    by_dish: Name = Field(description="name of a recipe of the order or the catalogue")
    why: Why = ""


class Share(Value):
    """How many take a dish, as a weight beside the other dishes of its course."""

    kind: Literal["share"] = "share"
    dish: Name
    popularity: int = Field(ge=1, le=100)
    why: Why = ""


class ServeAt(Value):
    """A dish is for one service alone."""

    kind: Literal["service"] = "service"
    dish: Name
    service: Name = Field(description="id of the service")
    why: Why = ""


class LeaveOut(Value):
    """A food is left out of a dish."""

    kind: Literal["leave_out"] = "leave_out"
    dish: Name
    item: Name = Field(description="the food as the recipe names it")
    why: Why = ""


class MakeOn(Value):
    """A step is done on one day: not before it, and not after."""

    kind: Literal["make_on"] = "make_on"
    dish: Name
    step: int = Field(ge=1, description="number of the step, from 1")
    days_before: int = Field(ge=0, le=7, description="days before the service; 0: the same day")
    why: Why = ""


class FireOrder(Value):
    """The last work on a dish begins when the first load of another is done."""

    kind: Literal["fire_order"] = "fire_order"
    dish: Name = Field(description="the dish that is fired later")
    after: Name = Field(description="the dish that is fired before it")
    why: Why = ""


class SharedBatch(Value):
    """Loads of two dishes that go into one oven together, as far as they fit: the last ones of both first."""

    kind: Literal["shared_batch"] = "shared_batch"
    dish: Name
    step: int = Field(ge=1, description="number of its step, from 1")
    with_dish: Name = Field(description="the dish that it goes in with")
    with_step: int = Field(ge=1, description="number of that dish's step, from 1")
    why: Why = ""


class SameFood(Value):
    """Names that mean one food; `food` is the one to buy."""

    kind: Literal["same_food"] = "same_food"
    items: tuple[Name, ...] = Field(min_length=1)
    food: Name


class InformalMeasure(Value):
    """What one informal measure of a food is: "a bunch of parsley is 60 g"."""

    kind: Literal["informal_measure"] = "informal_measure"
    item: Name
    measure: str = Field(description="bunch, handful, glug ...; empty for a piece")
    quantity: Quantity = Field(description="mass or volume of one measure")


class DraftedRecipe(Value):
    """A recipe for a dish that has none. Its allergens stay unknown until a person confirms it."""

    kind: Literal["drafted_recipe"] = "drafted_recipe"
    dish: Name
    recipe: Recipe


class Technique(Value):
    """How a dish is best made at this volume: advice for the cook, in words."""

    kind: Literal["technique"] = "technique"
    dish: Name
    text: str = Field(max_length=600)
    batch_method: Literal["", "one_batch", "batches", "continuous"] = ""


class SplitTask(Value):
    """Time and place of one step of a dish's recipe, if the recipe does not say (or says it wrongly)."""

    kind: Literal["split_task"] = "split_task"
    dish: Name
    step: int = Field(ge=1, description="number of the step, from 1")
    text: str = Field(default="", max_length=300, description="what is done, if the recipe has no steps at all")
    minutes: Minutes | None = None
    active_minutes: Minutes | None = None
    equipment: tuple[str, ...] | None = None
    batch_portions: Annotated[int, Field(ge=1, le=100_000)] | None = None
    max_hold_minutes: Minutes | None = None
    make_ahead_hours: Annotated[int, Field(ge=0, le=336)] | None = None
    storage: Storage | None = None
    place: StepPlace | None = None
    why: Why = ""


class Department(Value):
    """Where a food is bought."""

    kind: Literal["department"] = "department"
    item: Name
    department: Name


class Staffing(Value):
    """How many of a role are wished for. The work is the floor: fewer than it needs are never called in."""

    kind: Literal["staffing"] = "staffing"
    role: Name
    count: int = Field(ge=0, le=10_000)
    why: Why = ""


class Overage(Value):
    """How much of a dish is made beyond the need, in percent."""

    kind: Literal["overage"] = "overage"
    dish: Name
    percent: int = Field(ge=0, le=50)
    why: Why = ""


class Brief(Value):
    """What a planner tells the level below it."""

    kind: Literal["brief"] = "brief"
    audience: Literal["resources", "timeline", "ingredients", "equipment", "recipes", "service"]
    text: str = Field(max_length=1_200)


class Risk(Value):
    """What could go wrong, and who does what about it."""

    trigger: str = Field(max_length=600, description="what happens, or is seen first")
    owner: str = Field(default="", max_length=200, description="who watches for it: a role")
    remedy: str = Field(default="", max_length=600)
    about: str = Field(default="", max_length=200, description="id of the dish or service, or the task, it is tied to")

    @property
    def text(self) -> str:
        """All of it in one line."""
        owner = f" ({self.owner})" if self.owner else ""
        return f"{self.trigger}{f' {self.remedy}' if self.remedy else ''}{owner}"


def _risk(value: object) -> object:
    return {"trigger": value} if isinstance(value, str) else value


RiskField = Annotated[Risk, BeforeValidator(_risk, json_schema_input_type=str | Risk)]
"""A risk; a text alone is what triggers it."""


class Overview(Value):
    """The strategic planner's view: prose, risks, questions to the client."""

    kind: Literal["overview"] = "overview"
    text: str = Field(default="", max_length=2_000)
    risks: tuple[RiskField, ...] = ()
    questions: tuple[str, ...] = ()


class Critique(Value):
    """A model's opinion of a plan; it stands beside the score, never in it."""

    kind: Literal["critique"] = "critique"
    text: str = Field(max_length=2_000)
    weaknesses: tuple[str, ...] = ()


class Text(Value):
    """Prose with named slots that code fills: `{guests}`, `{service_time}`, `{dish:d3}`."""

    kind: Literal["text"] = "text"
    name: Literal["client_letter", "kitchen_notes", "floor_briefing"]
    text: str = Field(max_length=4_000)


class OpenQuestion(Value):
    """A conflict that a person has to settle: reported as an open finding, changes nothing else."""

    kind: Literal["open_question"] = "open_question"
    about: str = Field(default="order", description="path or dish id")
    text: str = Field(max_length=600)
    quote: str = Field(default="", max_length=2_000, description="the client's words that it asks about")


class Instruction(Value):
    """A sentence of the notes that a person has read and passed on: it is printed for those it concerns."""

    kind: Literal["instruction"] = "instruction"
    quote: str = Field(min_length=1, max_length=2_000, description="the sentence, as the notes have it")
    service: str = Field(default="", max_length=200, description="id of the service it is for; empty: the whole event")
    dish: str = Field(default="", max_length=200, description="id of the dish whose work it is about; empty: none")


class ChangeOrder(Value):
    """A value of the order that the client's words change. Accepted, it stands in the order."""

    kind: Literal["change"] = "change"
    path: str = Field(min_length=1, max_length=200, description="field of the order: order.guests.guaranteed")
    value: JsonValue = Field(description="what stands there afterwards; a list gets it as a further entry")
    quote: str = Field(min_length=1, max_length=2_000, description="the client's words that say so, as they stand")
    was: JsonValue = Field(default=None, description="what stood there before; null: nothing")

    def __hash__(self) -> int:
        """Of its words alone: a value may be a list."""
        return hash((self.path, self.quote))


class NothingToDo(Value):
    """A sentence of the notes that asks for nothing, and why."""

    kind: Literal["nothing_to_do"] = "nothing_to_do"
    quote: str = Field(min_length=1, max_length=2_000, description="the sentence, as the notes have it")
    why: str = Field(max_length=600)


class Translation(Value):
    """A step of a recipe in another language: printed only if it keeps every number, unit, temperature and food."""

    kind: Literal["translation"] = "translation"
    dish: str = Field(max_length=200)
    step: int = Field(gt=0, description="1 is the first")
    lang: Literal["es"] = "es"
    text: str = Field(min_length=1, max_length=4_000)


class MakeFor(Value):
    """A base recipe of a dish is made here for another event of the week too."""

    kind: Literal["make_for"] = "make_for"
    base: Name
    dish: Name = Field(description="the dish that takes it, here and there")
    portions: int = Field(ge=1, description="of that dish, at the other event")
    event: Name = Field(description="id of the other event in its week")


class TakeMade(Value):
    """A base recipe is not made here: it is taken from what another event of the week makes."""

    kind: Literal["take_made"] = "take_made"
    base: Name
    event: Name = Field(description="id of the event that makes it")
    begun: PlannedAt = Field(description="when work on it begins there: its foods have to be in the house")
    ready: PlannedAt = Field(description="when it is done there: it keeps from then on")


Decision = Annotated[
    Substitute
    | Assign
    | AddDish
    | DropDish
    | ReplaceDish
    | Share
    | ServeAt
    | LeaveOut
    | MakeOn
    | FireOrder
    | SharedBatch
    | SameFood
    | InformalMeasure
    | DraftedRecipe
    | Technique
    | SplitTask
    | Department
    | Staffing
    | Overage
    | Brief
    | Overview
    | Critique
    | Text
    | OpenQuestion
    | Instruction
    | Translation
    | ChangeOrder
    | NothingToDo
    | MakeFor
    | TakeMade,
    Field(discriminator="kind"),
]


class Decided(Value):
    """A decision with who made it: client, kitchen, or a tier."""

    decision: Decision
    by: str = Field(default="client", description="client, kitchen, or the tier that made it")
    step: str = Field(default="", description="id of the step that asked for it")
    accepted_by: str = Field(default="", max_length=200, description="the person who accepted what was proposed")

    @property
    def is_settled(self) -> bool:
        """Whether a person stands behind it: the client's own, or accepted."""
        return self.by == "client" or bool(self.accepted_by)
