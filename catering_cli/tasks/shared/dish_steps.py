"""A dish as a judgement on its times sees it: its steps, and which of their minutes are not known."""

from __future__ import annotations

from catering_cli.data.tables import rows
from catering_cli.domain.order_parts.recipe import Recipe, RecipeStep
from catering_cli.kitchen.menu.dishes import MenuDish
from catering_cli.tasks.shared.task import Wire

AS_WRITTEN = -1
"""On the wire: as the recipe says."""

MOST_METHOD = 4_000
"""Letters of a method that are given to read."""


class StepFacts(Wire):
    """A step as the recipe has it. -1 and empty mean: not said."""

    number: int
    text: str
    kind: str
    minutes: int
    active_minutes: int
    equipment: list[str]
    max_hold_minutes: int
    make_ahead_hours: int
    shelf_life_hours: int
    storage: str
    open: bool
    """whether its minutes are not known"""


class DishSteps(Wire):
    """A dish with the steps of its recipe."""

    dish: str
    name: str
    course: str
    served_at: str
    ingredients: list[str]
    """only if there are no steps to read"""
    method: str
    """how it is made, as running text; only if there are no steps"""
    steps: list[StepFacts]


def steps_of(dish: MenuDish) -> DishSteps:
    """What a judgement on the times of a dish with a recipe depends on."""
    assert dish.recipe is not None
    return steps_in(dish.id, dish.name, dish.course, dish.recipe)


def steps_in(dish: str, name: str, course: str, recipe: Recipe) -> DishSteps:
    """The same, part by part."""
    return DishSteps(
        dish=dish,
        name=name,
        course=course,
        served_at=recipe.served_at or "",
        ingredients=[] if recipe.steps else [line.item for line in recipe.ingredients],
        method="" if recipe.steps else recipe.method[:MOST_METHOD],
        steps=[_step_facts(number, step) for number, step in enumerate(recipe.steps, start=1)],
    )


def plant() -> list[str]:
    """Equipment that a step may occupy."""
    return sorted(row["name"] for row in rows("equipment") if row["kind"] != "small")


def is_open(dish: DishSteps) -> bool:
    """Whether some duration is not known."""
    return not dish.steps or any(step.open for step in dish.steps)


def _step_facts(number: int, step: RecipeStep) -> StepFacts:
    def said(value: int | None) -> int:
        return AS_WRITTEN if value is None else value

    return StepFacts(
        number=number,
        text=step.text,
        kind=step.kind or "",
        minutes=step.minutes or AS_WRITTEN,
        active_minutes=said(step.active_minutes),
        equipment=list(step.equipment),
        max_hold_minutes=said(step.max_hold_minutes),
        make_ahead_hours=said(step.make_ahead_hours),
        shelf_life_hours=said(step.shelf_life_hours),
        storage=step.storage or "",
        open=step.minutes == 0 and step.active_minutes is None,
    )


NOT_WRITTEN = StepFacts(
    number=0,
    text="",
    kind="",
    minutes=AS_WRITTEN,
    active_minutes=AS_WRITTEN,
    equipment=[],
    max_hold_minutes=AS_WRITTEN,
    make_ahead_hours=AS_WRITTEN,
    shelf_life_hours=AS_WRITTEN,
    storage="",
    open=True,
)
"""A step of a recipe that has none, as far as it is known."""
