"""Durations, holds, equipment and make-ahead of recipe steps: what is open, and the bands of an answer.

A judgement fills in what the recipe does not say. What it does say is only corrected within narrow bounds, and
never toward a longer hold or a warmer place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Literal

from pydantic import Field

from catering_cli.data.tables import rows
from catering_cli.domain.decision import Decision, SplitTask
from catering_cli.domain.finding import Finding
from catering_cli.domain.recipe import Recipe, RecipeStep
from catering_cli.kitchen.menu.dishes import MenuDish
from catering_cli.tasks.shared import prose
from catering_cli.tasks.shared.order_view import found
from catering_cli.tasks.shared.task import Wire

AS_WRITTEN = -1
"""On the wire: as the recipe says."""

BANDS: Mapping[str, tuple[int, int]] = {
    "prep": (1, 240),
    "cook": (1, 720),
    "rest": (1, 1_440),
    "chill": (15, 2_880),
    "thaw": (30, 2_880),
    "reheat": (5, 180),
    "finish": (1, 120),
    "": (1, 720),
}
"""Minutes that one batch of a step can take, by kind; [K]. Overnight braises and doughs are the upper ends."""

MOST_HOLD = 240
"""Longest hold in minutes that a judgement may give; [K], and never beyond four hours."""
MOST_AHEAD = 72
"""Longest make-ahead in hours that a judgement may give; [K], well inside the seven days of a date mark."""
MOST_METHOD = 4_000
"""Letters of a method that are given to read."""
MOST_STEPS = 20
"""Steps that may be drafted for a recipe that has none."""


class StepFacts(Wire):
    """A step as the recipe has it; -1 and empty mean: not said."""

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
    """A dish with its steps; none where the recipe has none."""

    dish: str
    name: str
    course: str
    served_at: str
    ingredients: list[str]
    """only where there are no steps to read"""
    method: str
    """how it is made, as running text; only where there are no steps"""
    steps: list[StepFacts]


class StepTimes(Wire):
    """Time and place of one step. -1 and empty leave what the recipe says."""

    dish: str
    step: Annotated[int, Field(ge=1, le=200)]
    text: Annotated[str, Field(max_length=300, description="what is done; only where the recipe has no steps")]
    minutes: Annotated[int, Field(ge=-1, le=2_880, description="for one batch")]
    active_minutes: Annotated[int, Field(ge=-1, le=2_880, description="of a person; at most minutes")]
    equipment: Annotated[list[str], Field(max_length=6)]
    max_hold_minutes: Annotated[int, Field(ge=-1, le=2_880)]
    make_ahead_hours: Annotated[int, Field(ge=-1, le=336)]
    storage: Literal["", "ambient", "fridge", "freezer", "hot"]


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


def decide(answers: Iterable[StepTimes]) -> tuple[Decision, ...]:
    """The decisions of an answer; a row that says nothing decides nothing."""
    return tuple(decision for row in answers if (decision := _decision(row)) is not None)


def check(dishes: Sequence[DishSteps], decisions: Sequence[Decision]) -> list[Finding]:
    """Every answer about a step that exists, inside its band; steps whose minutes nobody knows are open."""
    by_id = {dish.dish: dish for dish in dishes}
    splits = [d for d in decisions if isinstance(d, SplitTask)]
    out = []
    for index, split in enumerate(splits):
        dish = by_id.get(split.dish)
        if dish is None:
            out.append(found("blocking", "dish_not_asked", f"steps[{index}].dish", "not asked about", value=split.dish))
        else:
            out += _check_one(f"steps[{index}]", split, dish)
    known = {(split.dish, split.step) for split in splits if split.minutes is not None}
    for dish in dishes:
        out += _numbering(dish, sorted(step for name, step in known if name == dish.dish))
        out += [
            found("open", "duration_unknown", f"{dish.dish}, step {step.number}", "nobody knows how long it takes")
            for step in dish.steps
            if step.open and (dish.dish, step.number) not in known
        ]
    return out


def dishes_left(dishes: Sequence[DishSteps], decisions: Sequence[Decision]) -> list[DishSteps]:
    """Dishes with the steps that are still open marked; those without one are left out."""
    known = {(d.dish, d.step) for d in decisions if isinstance(d, SplitTask) and d.minutes is not None}
    left = []
    for dish in dishes:
        if not dish.steps and any(name == dish.dish for name, _ in known):
            continue
        steps = [s.model_copy(update={"open": s.open and (dish.dish, s.number) not in known}) for s in dish.steps]
        if not steps or any(step.open for step in steps):
            left.append(dish.model_copy(update={"steps": steps}))
    return left


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


def _decision(row: StepTimes) -> SplitTask | None:
    values = {
        name: value
        for name in ("minutes", "active_minutes", "max_hold_minutes", "make_ahead_hours")
        if (value := getattr(row, name)) != AS_WRITTEN
    }
    if row.equipment:
        values["equipment"] = tuple(row.equipment)
    if row.storage:
        values["storage"] = row.storage
    if not values or not row.dish.strip():
        return None
    return SplitTask(dish=row.dish, step=row.step, text=row.text, **values)


def _numbering(dish: DishSteps, numbers: Sequence[int]) -> list[Finding]:
    """Steps that are drafted for a recipe without any are numbered from one, without a gap."""
    if dish.steps:
        return []
    if not numbers:
        return [found("open", "duration_unknown", dish.dish, "the recipe has no steps: nobody knows how long it takes")]
    if list(numbers) != list(range(1, len(numbers) + 1)) or len(numbers) > MOST_STEPS:
        message = f"drafted steps are numbered from 1 without a gap, {MOST_STEPS} at most"
        return [found("blocking", "step_numbers", dish.dish, message, value=str(list(numbers)[:30]))]
    return []


_BLANK = StepFacts(
    number=0, text="", kind="", minutes=-1, active_minutes=-1, equipment=[], max_hold_minutes=-1, make_ahead_hours=-1,
    shelf_life_hours=-1, storage="", open=True,
)  # fmt: skip


def _check_one(where: str, split: SplitTask, dish: DishSteps) -> list[Finding]:
    step = next((step for step in dish.steps if step.number == split.step), None)
    if step is None and dish.steps:
        return [
            found("blocking", "no_such_step", where, "the recipe has no step of that number", value=str(split.step))
        ]
    return [
        found("blocking", rule, where, message, value=value)
        for rule, message, value in _wrong(split, step or _BLANK, drafted=step is None)
    ]


def _wrong(split: SplitTask, step: StepFacts, *, drafted: bool) -> Iterable[tuple[str, str, str]]:
    """(rule, message, value) of everything outside its band."""
    if drafted and (not split.text.strip() or prose.faults(split.text, prose.WORKING)):
        yield "step_text", "a drafted step says in words, without figures or claims, what is done", ""
    if not drafted and split.text:
        yield "step_text", "the recipe's own words stand: leave the text empty", ""
    low, high = BANDS[step.kind] if step.minutes == AS_WRITTEN else (max(1, (step.minutes + 1) // 2), step.minutes * 2)
    if split.minutes is not None and not low <= split.minutes <= high:
        yield "minutes_band", f"one batch takes {low} to {high} minutes", str(split.minutes)
    whole = split.minutes if split.minutes is not None else step.minutes
    if split.active_minutes is not None and whole != AS_WRITTEN and split.active_minutes > whole:
        yield "active_minutes", "a person works at most as long as the step takes", str(split.active_minutes)
    yield from _keeping(split, step)
    unknown = [name for name in split.equipment or () if name not in plant()]
    if unknown:
        yield "equipment_unknown", f"equipment is one of {', '.join(plant())}", ", ".join(unknown)
    if split.equipment is not None and not set(step.equipment) <= set(split.equipment):
        yield "equipment_dropped", "what the recipe names is needed", ", ".join(step.equipment)


def _keeping(split: SplitTask, step: StepFacts) -> Iterable[tuple[str, str, str]]:
    hold = MOST_HOLD if step.max_hold_minutes == AS_WRITTEN else step.max_hold_minutes
    if split.max_hold_minutes is not None and split.max_hold_minutes > hold:
        yield "hold_longer", f"the result may wait {hold} minutes at most", str(split.max_hold_minutes)
    limits = [hours for hours in (step.make_ahead_hours, step.shelf_life_hours) if hours != AS_WRITTEN]
    ahead = min(limits, default=MOST_AHEAD)
    if split.make_ahead_hours is not None and split.make_ahead_hours > ahead:
        yield "ahead_longer", f"it may be made {ahead} hours ahead at most", str(split.make_ahead_hours)
    if split.storage is not None and step.storage and split.storage != step.storage:
        yield "storage_moved", f"the recipe keeps it in {step.storage}", split.storage
