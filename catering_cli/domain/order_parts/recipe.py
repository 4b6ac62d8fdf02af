"""Recipes: what goes in, what is done, how long it takes and how long it keeps."""

from typing import Annotated, Literal, get_args

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    model_validator,
)

from catering_cli.domain.quantity import Quantity, readers_of
from catering_cli.domain.value import HoursSpan, MinutesSpan, Name, Note, Value

Course = Literal["canape", "starter", "soup", "bread", "main", "side", "salad", "dessert", "drink"]
COURSES: tuple[Course, ...] = get_args(Course)
"""In the order of a menu."""
State = Literal["AP", "EP", "served"]
"""As purchased, edible portion (trimmed, raw), or as served (cooked): three different weights."""

Storage = Literal["ambient", "fridge", "freezer", "hot"]
StepKind = Literal["prep", "cook", "rest", "chill", "thaw", "reheat", "finish"]
Grows = Literal["fixed", "per_batch", "linear", "hands"]
StepPlace = Literal["base", "venue"]
FoodClass = Literal[
    "poultry",
    "ground_meat",
    "whole_meat",
    "roast",
    "fish",
    "eggs",
    "plant_hot",
    "ready_to_eat",
    "reheated",
    "not_tcs",
    "unknown",
]
"""Classes of the food-safety limit table; `unknown` is judged by the strictest limit."""


class Yield(Value):
    """What a recipe makes: portions, and as far as it says so the mass or volume of them all."""

    portions: int = Field(
        default=0,
        ge=0,
        le=100_000,
        description="portions the written quantities make; for canapés, pieces; absent where only an amount is stated",
    )
    amount: Quantity | None = Field(default=None, description='mass or volume of all of it, e.g. "3 kg"')
    stated: str = Field(
        default="", max_length=200, description="as the recipe says it, if that is no number of portions"
    )

    @model_validator(mode="after")
    def _says_something(self) -> "Yield":
        if not (self.portions or self.amount or self.stated):
            raise ValueError("says nothing; give the portions, e.g. 20, or an amount such as 3 kg")
        return self


def _from_yield(value: object, info: ValidationInfo) -> object:
    if isinstance(value, int) and not isinstance(value, bool):
        return {"portions": value}
    return readers_of(info).yields(value) if isinstance(value, str) else value


YieldField = Annotated[Yield, BeforeValidator(_from_yield, json_schema_input_type=int | str | Yield)]


class Ingredient(Value):
    """One line of a recipe. Written as text ("2 lb chicken thighs, trimmed") or field by field."""

    item: Name = Field(description="the food, as a cook calls it")
    quantity: Quantity | None = Field(default=None, description="null for 'to taste'")
    preparation: str = Field(default="", max_length=200, description="diced, drained, packed ...")
    state: State = Field(default="EP", description="what the quantity weighs: AP, EP or served")
    text: str = Field(default="", max_length=500, description="the line as it was written")
    fixed: bool = Field(default=False, description="the amount is the same for any number of portions")
    recipe: str = Field(default="", max_length=500, description="name or path of the recipe that it is made by")
    part: str = Field(
        default="", max_length=200, description="the base recipe that it belongs to; empty: the dish itself"
    )


def _from_line(
    value: object, handler: ValidatorFunctionWrapHandler, info: ValidationInfo
) -> Ingredient | tuple[Ingredient, ...]:
    """One ingredient; all of them if a line of text names several foods.

    Fields beside a text say more about it than its words do: {"text": "2 tsp salt", "fixed": true}.
    """
    more: dict[str, object] = {}
    if isinstance(value, dict) and "item" not in value and isinstance(value.get("text"), str):
        more = dict(value)
    text = more.get("text", value)
    if not isinstance(text, str):
        return handler(value)  # type: ignore[no-any-return]  # pydantic's handler is untyped
    return tuple(handler(fields | more) for fields in readers_of(info).ingredients(text))


def _one_by_one(lines: tuple[Ingredient | tuple[Ingredient, ...], ...]) -> tuple[Ingredient, ...]:
    """The ingredients of all lines in one row."""
    row: list[Ingredient] = []
    for line in lines:
        row += line if isinstance(line, tuple) else (line,)
    return tuple(row)


IngredientField = Annotated[Ingredient, WrapValidator(_from_line, json_schema_input_type=str | Ingredient)]


def _by_line(value: object) -> object:
    """A text of several lines as its lines."""
    return tuple(filter(str.strip, value.splitlines())) if isinstance(value, str) else value


Ingredients = Annotated[
    tuple[IngredientField, ...],
    AfterValidator(_one_by_one),
    BeforeValidator(_by_line, json_schema_input_type=str | tuple[str | Ingredient, ...]),
]


def _list_of_names(value: object) -> object:
    return (value,) if isinstance(value, str) else value


def _is_absent(value: object) -> bool:
    """Whether a field says nothing, and is left out of what is written."""
    return value is None


class RecipeStep(Value):
    """One step of a recipe: who and what it occupies, and for how long."""

    text: str = Field(min_length=1, max_length=2_000)
    kind: StepKind | None = Field(default=None, description="absent: cook if it has a temperature, else prep")
    minutes: int = Field(
        default=0, ge=0, le=10_080, description="total minutes for one batch; absent: how long it takes is open"
    )
    active_minutes: int | None = Field(
        default=None,
        ge=0,
        le=10_080,
        description="minutes a person works; absent: all",
    )
    after: tuple[int, ...] | None = Field(
        default=None, description="numbers (from 1) of the steps it waits for; absent: the step before; []: none"
    )
    equipment: Annotated[
        tuple[str, ...], BeforeValidator(_list_of_names, json_schema_input_type=str | tuple[str, ...])
    ] = Field(default=(), description="what it occupies, one of each: oven, burner, fridge_shelf ...")
    skill: Name = Field(default="cook", max_length=40, description="role of who does it")
    batch_portions: int | None = Field(
        default=None, gt=0, description="most portions in one batch; absent: what its equipment holds by weight"
    )
    grows: Grows | None = Field(
        default=None,
        description="how minutes grow with the amount: fixed, per_batch (minutes for each batch), linear (hand work), "
        "hands (minutes for each batch, but people's part grows); absent: by what the step is",
    )
    temperature: str = Field(default="", max_length=40, description='oven or target temperature, e.g. "375 F"')
    storage: Storage | None = Field(default=None, description="where the result waits")
    max_hold_minutes: MinutesSpan | None = Field(
        default=None, description="longest wait before the next step or service"
    )
    make_ahead_hours: HoursSpan | None = Field(default=None, description="may be done so many hours before service")
    best_made_hours: int | None = Field(
        default=None, ge=0, le=336, description="best done so many hours before service or earlier: a wish"
    )
    shelf_life_hours: HoursSpan | None = Field(default=None, description="how long the result keeps in its storage")
    food_class: FoodClass | None = Field(default=None, description="class of the food-safety limit table")
    place: StepPlace | None = Field(
        default=None,
        exclude_if=_is_absent,
        description="where it is done; absent: as its words and its hold have it; venue: last steps alone",
    )
    part: str = Field(
        default="", max_length=200, description="the base recipe that it belongs to; empty: the dish itself"
    )


def _from_step(value: object, info: ValidationInfo) -> object:
    """A plain text as a step; a step that only says its minutes in its text gets them from there."""
    if isinstance(value, str):
        return readers_of(info).step(value)
    if isinstance(value, dict) and "minutes" not in value and isinstance(value.get("text"), str) and info.context:
        return readers_of(info).step(value["text"]) | value
    return value


StepField = Annotated[RecipeStep, BeforeValidator(_from_step, json_schema_input_type=str | RecipeStep)]


def _from_method(value: object, info: ValidationInfo) -> object:
    return readers_of(info).steps(value) if isinstance(value, str) else value


class Advice(Value):
    """What to think of at a volume, beside the figures, never in them; it decides nothing."""

    dish: str = Field(default="", description="name on the menu; empty in a recipe of its own")
    item: str = Field(default="", description="the ingredient it is about; empty: the whole dish")
    text: str = Field(max_length=2_000)
    by: str = Field(description="kitchen, or the tier that gave it")


class Part(Value):
    """A base recipe within a recipe: made, not bought."""

    name: Name
    within: str = Field(default="", description="the base recipe that takes it; empty: the recipe itself")
    quantity: Quantity | None = Field(default=None, description="how much of it the written yield takes")
    served: Quantity | None = Field(default=None, description="what that weighs, in g; null if it is not known")
    assumed: str = Field(default="", description="what had to be assumed to know how much of it is made")


STAND_IN = "stand-in"
"""Tag of a recipe that stands for a dish whose name says more than it, until `confirmed_by` says who read it."""

FAMILY = "by family"
"""Tag of a stand-in that is made as simple dishes of its kind are: a drafted recipe takes its place."""

DRAFT = "draft"
"""Tag of a recipe in an order that is a draft until `confirmed_by` says who read it."""


class Recipe(Value):
    """A recipe. Quantities are for the written yield; nothing in it is ever multiplied but quantities and hand work."""

    name: Name
    course: Course | None = None
    yields: YieldField = Field(alias="yield", serialization_alias="yield")
    ingredients: Ingredients = Field(min_length=1, description="lines as text, or field by field")
    steps: Annotated[
        tuple[StepField, ...],
        BeforeValidator(_from_method, json_schema_input_type=str | tuple[str | RecipeStep, ...]),
    ] = Field(
        default=(),
        description="one by one, as texts or field by field, or the whole method as one text; absent: they are open",
    )
    parts: tuple[Part, ...] = Field(default=(), description="base recipes in it; their lines and steps name them")
    method: str = Field(
        default="",
        max_length=100_000,
        description="how it is made, as running text if no step says it: read for foods that no line lists",
    )
    cook_yield_percent: int = Field(
        default=100,
        gt=0,
        le=300,
        description="served mass as a share of the EP mass (cooking losses or water taken up)",
    )
    served_at: Literal["hot", "cold", "room"] | None = Field(default=None, description="how it is served")
    vessel: str = Field(default="", max_length=80, description="what it is served from, e.g. full hotel pan")
    tags: tuple[str, ...] = Field(default=(), description="for finding it: vegan, nut-free ... never a promise")
    source: Note = ""
    confirmed_by: str = Field(default="", max_length=200, description="who confirmed a drafted recipe")
    advice: tuple[Advice, ...] = Field(default=(), description="what was said when it was scaled")

    def written_numbers(self) -> tuple[int, ...]:
        """The number of each line as the recipe was written, from 0.

        A text may name several foods, and the lines of a base stand where the line is that takes it.
        """
        outer = {part.name for part in self.parts if not part.within}
        numbers: list[int] = []
        number, before = -1, ""
        for line in self.ingredients:
            origin = self._origin(line, outer, before)
            is_further_base = before == "base" and origin.startswith("base")
            if not origin or (origin != before and not is_further_base):
                number += 1
            numbers.append(number)
            before = origin
        return tuple(numbers)

    @staticmethod
    def _origin(line: Ingredient, outer: set[str], before: str) -> str:
        """What a line was written as: a text, a base (by name if it is known which), or empty: itself.

        `before`: the origin of the line above, whose base a base within it belongs to.
        """
        if line.part in outer:
            return f"base {line.part}"
        if line.part:
            return before if before.startswith("base") else "base"
        return f"text {line.text}" if line.text else ""

    @property
    def is_stand_in(self) -> bool:
        """Whether it stands for a dish whose name says more, or for one that no recipe has, and is not confirmed."""
        return STAND_IN in self.tags and not self.confirmed_by.strip()

    @property
    def is_of_family(self) -> bool:
        """Whether it is a stand-in that is made as simple dishes of its kind are."""
        return self.is_stand_in and FAMILY in self.tags

    @property
    def is_unread_draft(self) -> bool:
        """Whether it is a draft that is not confirmed: its allergens are unknown."""
        return DRAFT in {tag.strip().casefold() for tag in self.tags} and not self.confirmed_by.strip()
