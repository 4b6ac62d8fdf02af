"""From scaled dishes and the order to jobs: one for each step and batch of each dish, and the event's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from catering_cli.domain.decision import SplitTask
from catering_cli.domain.menu import Dish, StepBatches
from catering_cli.domain.order import Order
from catering_cli.domain.recipe import RecipeStep
from catering_cli.kitchen.day import event_jobs
from catering_cli.kitchen.day.event_jobs import End
from catering_cli.kitchen.day.event_times import transport
from catering_cli.kitchen.day.resources import EVERYWHERE, equipment, staff_options
from catering_cli.kitchen.menu.clock import Clock, base_id
from catering_cli.kitchen.menu.decisions import DecisionIndex
from catering_cli.kitchen.menu.services import Meal
from catering_cli.kitchen.menu.services import meals as services
from catering_cli.kitchen.recipes.batches import (
    batch_minutes,
    covering,
    hold_of,
    kind_of,
    order_of,
    spans,
    waits_for,
)
from catering_cli.kitchen.recipes.equipment import equipment_name
from catering_cli.kitchen.serving.step_batches import batches_of, served
from catering_cli.scheduling.problem import Job, Lag, Need, Resource

_STORES = frozenset({"fridge_shelf", "freezer_shelf", "blast_chiller"})
_OVERRIDES = ("minutes", "active_minutes", "equipment", "max_hold_minutes", "make_ahead_hours", "storage")


class _Plan(NamedTuple):
    """A dish with its steps as decided, and the services that each of its portions is for."""

    dish: Dish
    steps: tuple[RecipeStep, ...]
    by: tuple[str, ...]
    befores: tuple[tuple[int, ...], ...]
    meals: tuple[tuple[Meal, tuple[int, int]], ...]
    batches: tuple[StepBatches, ...]
    made: int
    away: frozenset[int]
    """steps that are done at the venue"""


def jobs(order: Order, dishes: Sequence[Dish], judged: DecisionIndex, clock: Clock | None = None) -> tuple[Job, ...]:
    """Every job of the order, in the order of the menu; a dish without recipe or steps has none."""
    clock = clock or Clock.of(order)
    meals = services(order, clock)
    plans = [plan for dish in dishes if (plan := _plan(order, dish, meals, judged))]
    out = [job for plan in plans for job in _dish_jobs(order, plan)]
    for meal in meals:
        courses = {dish.course for dish in dishes if dish.portions > 0 and dish.service in ("", meal.service)}
        out += event_jobs.jobs(order, meal, courses, [end for plan in plans for end in _ends(plan, meal)])
    return tuple(_arrivals(out, plans))


def _plan(order: Order, dish: Dish, meals: Sequence[Meal], judged: DecisionIndex) -> _Plan | None:
    if dish.recipe is None or not dish.recipe.steps or dish.portions <= 0:
        return None
    decided = [_decided(dish, number, step, judged) for number, step in enumerate(dish.recipe.steps, start=1)]
    steps = tuple(step for step, _ in decided)
    befores = waits_for(dish.recipe)
    portions = served(dish, meals)
    away = _away_steps(order, steps, befores, [meal for meal, _ in portions])
    parts = batches_of(dish, steps, portions)
    made = dish.recipe.yields.portions
    return _Plan(dish, steps, tuple(by for _, by in decided), befores, portions, parts, made, away)


def _decided(dish: Dish, number: int, step: RecipeStep, judged: DecisionIndex) -> tuple[RecipeStep, str]:
    """The step with what was decided of its time and place, and by whom."""
    found = judged.who(SplitTask, dish.id, str(number))
    if found is None:
        return step, "kitchen"
    values = {name: getattr(found.decision, name) for name in _OVERRIDES}
    return step.model_copy(update={name: value for name, value in values.items() if value is not None}), found.by


def _away_steps(
    order: Order, steps: Sequence[RecipeStep], befores: Sequence[Sequence[int]], meals: Sequence[Meal]
) -> frozenset[int]:
    """Last steps that keep too shortly for the drive are done at the venue, where it has what they need."""
    if not meals or not all(meal.away for meal in meals):
        return frozenset()
    least = min(transport(meal, order, late=True) for meal in meals)
    away: set[int] = set()
    for i in reversed(order_of(befores)):
        later = {j for j in range(len(steps)) if i in befores[j]}
        step = steps[i]
        short = step.max_hold_minutes is not None and step.max_hold_minutes < least
        if step.kind in ("finish", "reheat") and short and later <= away and _possible(order, step, meals):
            away.add(i)
    return frozenset(away)


def _possible(order: Order, step: RecipeStep, meals: Sequence[Meal]) -> bool:
    need = frozenset(Resource("equipment", equipment_name(e), meal.place) for e in step.equipment for meal in meals)
    return all(count > 0 for count, _ in equipment(order, need).values())


def _lag(job: str, step: RecipeStep, then: RecipeStep | None) -> Lag:
    """The wait after a batch of `step`: its hold and its shelf life."""
    return Lag(job, hold_of(step, then), step.shelf_life_hours * 60 if step.shelf_life_hours is not None else None)


def _id(plan: _Plan, step: int, batch: int) -> str:
    return f"{plan.dish.id}.s{step + 1}.b{batch + 1}"


def _dish_jobs(order: Order, plan: _Plan) -> list[Job]:
    out = []
    ranges = [spans(part.portions) for part in plan.batches]
    for i, step in enumerate(plan.steps):
        for k, span in enumerate(ranges[i]):
            after = tuple(
                _lag(_id(plan, before, b), plan.steps[before], step)
                for before in plan.befores[i]
                for b in covering(span, ranges[before])
            )
            out.append(_job(order, plan, i, k, span, after))
    return out


def _job(order: Order, plan: _Plan, i: int, k: int, span: tuple[int, int], after: tuple[Lag, ...]) -> Job:
    step, size = plan.steps[i], span[1] - span[0]
    total = batch_minutes(step, step.minutes, size, plan.made)
    whole = step.active_minutes if step.active_minutes is not None else step.minutes
    active = min(total, batch_minutes(step, whole, size, plan.made))
    meals = [meal for meal, part in plan.meals if part[0] < span[1] and span[0] < part[1]]
    place = meals[0].place if i in plan.away else base_id(order)
    latest_meal = max(meal.at for meal in meals)
    ahead = step.make_ahead_hours
    stored = {equipment_name(e) for e in step.equipment} <= _STORES
    return Job(
        id=_id(plan, i, k),
        kind=kind_of(step),
        label=f"{plan.dish.name}: {_short(step.text)}",
        minutes=total,
        place=place,
        needs=_needs(order, step, place, total, active),
        after=after,
        attended=active if active == 0 or (stored and active < total) else total,
        earliest=latest_meal - ahead * 60 - total if ahead is not None else None,
        dish=plan.dish.id,
        step=i + 1,
        batch=k + 1,
        of=plan.batches[i].batches,
        portions=size,
        temperature=step.temperature,
        storage=step.storage,
        food_class=step.food_class,
        shelf_life_hours=step.shelf_life_hours,
        make_ahead_hours=ahead,
        by=plan.by[i],
    )


def _short(text: str, most: int = 90) -> str:
    """The first sentence of a step, or as many whole words as fit; where no spaces part them, as many letters."""
    first = " ".join(text.split()).split(". ")[0].rstrip(".")
    cut = max(first.rfind(" ", 0, most), 0) or most
    return first if len(first) <= most else first[:cut].rstrip(",;") + " …"


def _needs(order: Order, step: RecipeStep, place: str, total: int, active: int) -> tuple[Need, ...]:
    counts: dict[str, int] = {}
    for name in step.equipment:
        counts[equipment_name(name)] = counts.get(equipment_name(name), 0) + 1
    things = [Need((Resource("equipment", name, place),), count, total, name) for name, count in counts.items()]
    able = staff_options(order, step.skill) or (Resource("staff", step.skill, EVERYWHERE),)
    return (*things, Need(able, 1, active, step.skill)) if active else tuple(things)


def _ends(plan: _Plan, meal: Meal) -> list[End]:
    """The last pieces of a dish for one service, each with the longest wait until then."""
    span = next((part for found, part in plan.meals if found == meal), None)
    if span is None or span[0] == span[1]:
        return []
    last = [i for i in range(len(plan.steps)) if not any(i in befores for befores in plan.befores)]
    return [
        End(plan.dish.course, _lag(_id(plan, i, k), plan.steps[i], None), i in plan.away)
        for i in last
        for k in covering(span, spans(plan.batches[i].portions))
    ]


def _arrivals(out: list[Job], plans: Sequence[_Plan]) -> list[Job]:
    """Work at the venue waits for the drive; what it needs from the base is packed before."""
    away = {_id(plan, i, k): plan for plan in plans for i in plan.away for k in range(plan.batches[i].batches)}
    if not away:
        return out
    drives = {job.place: job.id for job in reversed(out) if job.id.endswith(".drive")}
    brought = {lag.job for job in out if job.id in away for lag in job.after if lag.job not in away}
    first = {job.place for job in out if job.id in away}
    done = []
    for job in out:
        more: tuple[Lag, ...] = ()
        if job.id in away:
            more = (Lag(drives[job.place]),)
        elif job.id.endswith(".pack") and drives.keys() & first:
            more = tuple(Lag(name) for name in sorted(brought))
        done.append(replace(job, after=(*job.after, *more)) if more else job)
    return done
