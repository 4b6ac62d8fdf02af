"""A drafted recipe on the wire, and the recipe that it is: batches, holds, storage, heat, order of steps."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from catering_cli.domain.order_parts.recipe import DRAFT, Course, Ingredient, Recipe, RecipeStep, StepKind, Yield
from catering_cli.domain.quantity import Quantity
from catering_cli.tasks.shared.dish_steps import AS_WRITTEN
from catering_cli.tasks.shared.task import Wire

Text = Annotated[str, Field(max_length=300)]
Hours = Annotated[int, Field(ge=-1, le=336)]
FoodClass = Literal[
    "", "poultry", "ground_meat", "whole_meat", "roast", "fish", "eggs", "plant_hot", "ready_to_eat", "not_tcs"
]
"""Classes of the table of food-safety limits that a draft may name; empty: the words of the step tell it."""


class DraftedLine(Wire):
    """A line of a drafted recipe, for its whole yield."""

    item: Annotated[str, Field(min_length=1, max_length=120)]
    amount: Annotated[float, Field(ge=0.001, le=100_000)]
    unit: Literal["g", "mL", "piece"]
    preparation: Annotated[str, Field(max_length=120)]


class DraftedStep(Wire):
    """A step of a drafted recipe, for one batch; -1 and empty mean: it does not matter here."""

    text: Text
    kind: StepKind
    after: Annotated[list[int], Field(max_length=8, description="numbers (from 1) of the steps it waits for")]
    minutes: Annotated[int, Field(ge=1, le=1_440)]
    active_minutes: Annotated[int, Field(ge=0, le=1_440, description="of a person; at most minutes")]
    equipment: Annotated[list[str], Field(max_length=4)]
    batch_portions: Annotated[
        int, Field(ge=0, le=2_000, description="portions that one piece of it takes at a time; 0: hand work")
    ]
    temperature: Annotated[str, Field(max_length=40, description='oven or target temperature, e.g. "375 F"')]
    food_class: FoodClass
    storage: Literal["ambient", "fridge", "freezer", "hot"]
    max_hold_minutes: Annotated[int, Field(ge=-1, le=2_880, description="longest wait before the next step or service")]
    make_ahead_hours: Hours
    shelf_life_hours: Hours
    place: Annotated[Literal["", "base", "venue"], Field(description="where it is done; empty: either")]


class Draft(Wire):
    """A recipe; portions 0 and empty lists if the dish has one."""

    portions: Annotated[int, Field(ge=0, le=200)]
    ingredients: Annotated[list[DraftedLine], Field(max_length=30)]
    steps: Annotated[list[DraftedStep], Field(max_length=15)]
    served_at: Literal["hot", "cold", "room"]


NO_DRAFT = Draft(portions=0, ingredients=[], steps=[], served_at="hot")


def recipe_of(name: str, course: Course, draft: Draft) -> Recipe:
    """The recipe that a draft is. It stays a draft, by its tag, until a person confirms it."""
    return Recipe(
        name=name,
        course=course,
        yields=Yield(portions=draft.portions),
        ingredients=tuple(map(_ingredient, draft.ingredients)),
        steps=tuple(map(_recipe_step, draft.steps)),
        served_at=draft.served_at,
        tags=(DRAFT,),
        source="drafted",
    )


def _ingredient(line: DraftedLine) -> Ingredient:
    unit = "" if line.unit == "piece" else line.unit
    return Ingredient(
        item=line.item,
        quantity=Quantity.of(line.amount, unit),
        preparation=line.preparation,
    )


def _recipe_step(step: DraftedStep) -> RecipeStep:
    return RecipeStep(
        text=step.text or "-",
        kind=step.kind,
        minutes=step.minutes,
        active_minutes=step.active_minutes,
        after=tuple(step.after),
        equipment=tuple(step.equipment),
        batch_portions=step.batch_portions or None,
        temperature=step.temperature,
        food_class=step.food_class or None,
        storage=step.storage,
        max_hold_minutes=_said(step.max_hold_minutes),
        make_ahead_hours=_said(step.make_ahead_hours),
        shelf_life_hours=_said(step.shelf_life_hours),
        place=step.place or None,
    )


def _said(value: int) -> int | None:
    return None if value == AS_WRITTEN else value
