"""What is done to food in each step, as far as its safety goes: read from the words of a recipe, or given by it."""

from typing import Literal

from pydantic import Field

from catering_cli.domain.order_parts.recipe import FoodClass, StepKind, Storage
from catering_cli.domain.value import Value

FoodState = Literal["raw", "part_cooked", "cooked", "ready", "stable"]
"""Raw animal food; part-cooked; cooked; ready to eat and in need of cold; needs neither heat nor cold."""


Read = Literal["cook", "reheat", "cool"]
"""What is read at the end of a step."""


class Handling(Value):
    """One step of a dish: what it does, and how its result waits."""

    step: int = Field(ge=1)
    kind: StepKind
    food_class: FoodClass = Field(description="of the food in it; while raw animal food is in it that of the strictest")
    state: FoodState = Field(description="of what it leaves")
    percent: int = Field(default=100, ge=0, le=100, description="share of the dish's weight that is in it")
    takes: tuple[str, ...] = Field(default=(), description="ingredients that go in here; each line in one step only")
    raw: tuple[str, ...] = Field(default=(), description="ingredients that are still raw or part-cooked after it")
    reads: tuple[Read, ...] = Field(
        default=(), description="temperatures that are read at its end: it makes safe, reheats or cools"
    )
    waits: Storage | None = Field(default=None, description="where its result waits; null: it goes on at once")
    told: bool = Field(default=True, description="false if the words leave open where it waits")
