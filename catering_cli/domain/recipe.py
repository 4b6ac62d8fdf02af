"""Recipes: what goes in, what is done, how long it takes and how long it keeps."""

from typing import Annotated, Literal, get_args

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)

from catering_cli.domain.quantity import Quantity, readers_of
from catering_cli.domain.value import Name, Note, Value

Course = Literal["canape", "starter", "soup", "bread", "main", "side", "salad", "dessert", "drink"]
COURSES: tuple[Course, ...] = get_args(Course)
"""In the order of a menu."""
State = Literal["AP", "EP", "served"]
"""As purchased, edible portion (trimmed, raw), or as served (cooked): three different weights."""

Storage = Literal["ambient", "fridge", "freezer", "hot"]
StepKind = Literal["prep", "cook", "rest", "chill", "thaw", "reheat", "finish"]
Grows = Literal["fixed", "per_batch", "linear"]
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
    """What a recipe makes."""

    portions: int = Field(gt=0, le=100_000, description="portions the written quantities make; for canapés, pieces")


class Ingredient(Value):
    """One line of a recipe. Written as text ("2 lb chicken thighs, trimmed") or field by field."""

    item: Name = Field(description="the food, as a cook calls it")
    quantity: Quantity | None = Field(default=None, description="null for 'to taste'")
    preparation: str = Field(default="", max_length=200, description="diced, drained, packed ...")
    state: State = Field(default="EP", description="what the quantity weighs: AP, EP or served")
    text: str = Field(default="", max_length=500, description="the line as it was written")


def _from_line(
    value: object, handler: ValidatorFunctionWrapHandler, info: ValidationInfo
) -> Ingredient | tuple[Ingredient, ...]:
    """One ingredient; all of them if a line of text names several foods."""
    if not isinstance(value, str):
        return handler(value)  # type: ignore[no-any-return]  # pydantic's handler is untyped
    return tuple(handler(fields) for fields in readers_of(info).ingredients(value))


def _one_by_one(lines: tuple[Ingredient | tuple[Ingredient, ...], ...]) -> tuple[Ingredient, ...]:
    """The ingredients of all lines in one row."""
    return tuple(one for line in lines for one in (line if isinstance(line, tuple) else (line,)))


IngredientField = Annotated[Ingredient, WrapValidator(_from_line, json_schema_input_type=str | Ingredient)]
Ingredients = Annotated[tuple[IngredientField, ...], AfterValidator(_one_by_one)]


def _list_of_names(value: object) -> object:
    return (value,) if isinstance(value, str) else value


class RecipeStep(Value):
    """One step of a recipe: who and what it occupies, and for how long."""

    text: str = Field(min_length=1, max_length=2_000)
    kind: StepKind | None = Field(default=None, description="absent: cook where it has a temperature, else prep")
    minutes: int = Field(ge=0, le=10_080, description="total minutes for one batch")
    active_minutes: int | None = Field(default=None, ge=0, le=10_080, description="minutes a person works; absent: all")
    after: tuple[int, ...] | None = Field(
        default=None, description="numbers (from 1) of the steps it waits for; absent: the step before; []: none"
    )
    equipment: Annotated[
        tuple[str, ...], BeforeValidator(_list_of_names, json_schema_input_type=str | tuple[str, ...])
    ] = Field(default=(), description="what it occupies, one of each: oven, burner, fridge_shelf ...")
    skill: str = Field(default="cook", max_length=40, description="role of who does it")
    batch_portions: int | None = Field(default=None, gt=0, description="most portions in one batch; absent: no limit")
    grows: Grows = Field(
        default="per_batch",
        description="how minutes grow with the amount: fixed, per_batch (minutes for each batch), linear (hand work)",
    )
    temperature: str = Field(default="", max_length=40, description='oven or target temperature, e.g. "375 F"')
    storage: Storage | None = Field(default=None, description="where the result waits")
    max_hold_minutes: int | None = Field(default=None, ge=0, description="longest wait before the next step or service")
    make_ahead_hours: int | None = Field(default=None, ge=0, description="may be done so many hours before service")
    shelf_life_hours: int | None = Field(default=None, ge=0, description="how long the result keeps in its storage")
    food_class: FoodClass | None = Field(default=None, description="class of the food-safety limit table")


class Advice(Value):
    """What to think of at a volume, beside the figures, never in them; it decides nothing."""

    dish: str = Field(default="", description="name on the menu; empty in a recipe of its own")
    item: str = Field(default="", description="the ingredient it is about; empty: the whole dish")
    text: str = Field(max_length=2_000)
    by: str = Field(description="kitchen, or the tier that gave it")


class Recipe(Value):
    """A recipe. Quantities are for the written yield; nothing in it is ever multiplied but quantities and hand work."""

    name: Name
    course: Course | None = None
    yields: Yield = Field(alias="yield", serialization_alias="yield")
    ingredients: Ingredients = Field(min_length=1, description="lines as text, or field by field")
    steps: tuple[RecipeStep, ...] = Field(default=(), description="absent: the durations are not known and are open")
    method: str = Field(
        default="",
        max_length=100_000,
        description="how it is made, as running text where no step says it: read for foods that no line lists",
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
