"""Durations, holds, equipment and make-ahead of recipe steps: an answer, and the bands it is held to.

A judgement fills in what the recipe does not say. What it does say is only corrected within narrow bounds, and
never toward a longer hold or a warmer place.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import Field

from catering_cli.domain.decision import Decision, SplitTask
from catering_cli.domain.finding import Finding
from catering_cli.tasks.shared import prose
from catering_cli.tasks.shared.dish_steps import AS_WRITTEN, NOT_WRITTEN, DishSteps, StepFacts, plant
from catering_cli.tasks.shared.findings import of_kind, rejected, still_open
from catering_cli.tasks.shared.task import Wire

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
MOST_STEPS = 20
"""Steps that may be drafted for a recipe that has none."""


class StepTimes(Wire):
    """Time and place of one step. -1 and empty leave what the recipe says."""

    dish: str
    step: Annotated[int, Field(ge=1, le=200)]
    text: Annotated[str, Field(max_length=300, description="what is done; only if the recipe has no steps")]
    minutes: Annotated[int, Field(ge=-1, le=2_880, description="for one batch")]
    active_minutes: Annotated[int, Field(ge=-1, le=2_880, description="of a person; at most minutes")]
    equipment: Annotated[list[str], Field(max_length=6)]
    max_hold_minutes: Annotated[int, Field(ge=-1, le=2_880)]
    make_ahead_hours: Annotated[int, Field(ge=-1, le=336)]
    storage: Literal["", "ambient", "fridge", "freezer", "hot"]


def decide(answers: Iterable[StepTimes]) -> tuple[Decision, ...]:
    """The decisions of an answer; a row that says nothing decides nothing."""
    made = [_decision(row) for row in answers]
    return tuple(decision for decision in made if decision is not None)


def check(dishes: Sequence[DishSteps], decisions: Sequence[Decision]) -> list[Finding]:
    """Every answer is about a step that exists, and inside its band; a step whose minutes are not known is open."""
    by_id = {dish.dish: dish for dish in dishes}
    out: list[Finding] = []
    for index, split in enumerate(of_kind(SplitTask, decisions)):
        out += _check_split(f"steps[{index}]", split, by_id.get(split.dish))
    timed = _timed(decisions)
    for dish in dishes:
        out += _numbering(dish, sorted(step for name, step in timed if name == dish.dish))
        out += _untimed(dish, timed)
    return out


def dishes_left(dishes: Sequence[DishSteps], decisions: Sequence[Decision]) -> list[DishSteps]:
    """Dishes with the steps that are still open marked; those without an open step are left out."""
    timed = _timed(decisions)
    drafted = {name for name, _ in timed}
    left: list[DishSteps] = []
    for dish in dishes:
        if not dish.steps:
            if dish.dish not in drafted:
                left.append(dish)
            continue
        steps = [_still_open(dish.dish, step, timed) for step in dish.steps]
        if any(step.open for step in steps):
            left.append(dish.model_copy(update={"steps": steps}))
    return left


def _timed(decisions: Sequence[Decision]) -> set[tuple[str, int]]:
    """Dish and number of every step whose minutes are decided."""
    splits = of_kind(SplitTask, decisions)
    return {(split.dish, split.step) for split in splits if split.minutes is not None}


def _still_open(dish: str, step: StepFacts, timed: Collection[tuple[str, int]]) -> StepFacts:
    is_open = step.open and (dish, step.number) not in timed
    return step.model_copy(update={"open": is_open})


def _untimed(dish: DishSteps, timed: Collection[tuple[str, int]]) -> Iterator[Finding]:
    for step in dish.steps:
        if step.open and (dish.dish, step.number) not in timed:
            yield still_open("duration_unknown", f"{dish.dish}, step {step.number}", "no time on file for this step")


def _decision(row: StepTimes) -> SplitTask | None:
    values: dict[str, Any] = {}
    for name in ("minutes", "active_minutes", "max_hold_minutes", "make_ahead_hours"):
        value = getattr(row, name)
        if value != AS_WRITTEN:
            values[name] = value
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
        return [still_open("duration_unknown", dish.dish, "the recipe has no steps, so no time is on file")]
    unbroken = list(numbers) == list(range(1, len(numbers) + 1))
    if unbroken and len(numbers) <= MOST_STEPS:
        return []
    message = f"drafted steps are numbered from 1 without a gap, {MOST_STEPS} at most"
    return [rejected("step_numbers", dish.dish, message, value=str(list(numbers)[:30]))]


def _check_split(where: str, split: SplitTask, dish: DishSteps | None) -> list[Finding]:
    if dish is None:
        return [rejected("dish_not_asked", where, "not asked about", value=split.dish)]
    step = next((step for step in dish.steps if step.number == split.step), None)
    if step is None and dish.steps:
        message = "the recipe has no step of that number"
        return [rejected("no_such_step", where, message, value=str(split.step))]
    if step is None:
        wrong = (*_drafted_text(split), *_wrong(split, NOT_WRITTEN))
    else:
        wrong = (*_own_text(split), *_wrong(split, step))
    return [rejected(rule, where, message, value=value) for rule, message, value in wrong]


Wrong = Iterator[tuple[str, str, str]]
"""(rule, message, value) of everything outside its band."""


def _drafted_text(split: SplitTask) -> Wrong:
    if not split.text.strip() or prose.faults(split.text, prose.RECIPE):
        yield "step_text", "a drafted step says in words, without claims, what is done", ""


def _own_text(split: SplitTask) -> Wrong:
    if split.text:
        yield "step_text", "the recipe's own words stand: leave the text empty", ""


def _wrong(split: SplitTask, step: StepFacts) -> Wrong:
    yield from _wrong_minutes(split, step)
    yield from _wrong_keeping(split, step)
    yield from _wrong_equipment(split, step)


def _wrong_minutes(split: SplitTask, step: StepFacts) -> Wrong:
    low, high = _band(step)
    if split.minutes is not None and not low <= split.minutes <= high:
        yield "minutes_band", f"one batch takes {low} to {high} minutes", str(split.minutes)
    whole = step.minutes if split.minutes is None else split.minutes
    if split.active_minutes is None or whole == AS_WRITTEN:
        return
    if split.active_minutes > whole:
        yield "active_minutes", "a person works at most as long as the step takes", str(split.active_minutes)


def _band(step: StepFacts) -> tuple[int, int]:
    """Fewest and most minutes of one batch: half to double what the recipe says, else what its kind can take."""
    if step.minutes == AS_WRITTEN:
        return BANDS[step.kind]
    half = (step.minutes + 1) // 2
    return max(1, half), step.minutes * 2


def _wrong_equipment(split: SplitTask, step: StepFacts) -> Wrong:
    if split.equipment is None:
        return
    unknown = [name for name in split.equipment if name not in plant()]
    if unknown:
        yield "equipment_unknown", f"equipment is one of {', '.join(plant())}", ", ".join(unknown)
    if not set(step.equipment) <= set(split.equipment):
        yield "equipment_dropped", "what the recipe names is needed", ", ".join(step.equipment)


def _wrong_keeping(split: SplitTask, step: StepFacts) -> Wrong:
    hold = MOST_HOLD if step.max_hold_minutes == AS_WRITTEN else step.max_hold_minutes
    if split.max_hold_minutes is not None and split.max_hold_minutes > hold:
        yield "hold_longer", f"the result may be held {hold} minutes at most", str(split.max_hold_minutes)
    limits = [hours for hours in (step.make_ahead_hours, step.shelf_life_hours) if hours != AS_WRITTEN]
    ahead = min(limits, default=MOST_AHEAD)
    if split.make_ahead_hours is not None and split.make_ahead_hours > ahead:
        yield "ahead_longer", f"it may be made {ahead} hours ahead at most", str(split.make_ahead_hours)
    if _moves(split, step):
        yield "storage_moved", f"the recipe keeps it in {step.storage}", str(split.storage)


def _moves(split: SplitTask, step: StepFacts) -> bool:
    return split.storage is not None and bool(step.storage) and split.storage != step.storage
