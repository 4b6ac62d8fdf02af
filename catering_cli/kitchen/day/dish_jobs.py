"""From scaled dishes and the order to work: one piece for each step and batch of each dish, and the event's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from catering_cli.domain.decision import SplitTask
from catering_cli.domain.menu import Dish
from catering_cli.domain.order import Order
from catering_cli.domain.recipe import RecipeStep
from catering_cli.kitchen.day import event_jobs
from catering_cli.kitchen.day.base_links import BaseLinks, Step, links_of
from catering_cli.kitchen.day.event_jobs import End
from catering_cli.kitchen.day.event_times import transport
from catering_cli.kitchen.day.resources import EVERYWHERE, equipment, staff_options
from catering_cli.kitchen.day.work import After, Work
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
from catering_cli.kitchen.serving.step_batches import batches_of, portions_by_meal
from catering_cli.scheduling.problem import Need, Resource

_STORES = frozenset({"fridge_shelf", "freezer_shelf", "blast_chiller"})
_OVERRIDES = ("minutes", "active_minutes", "equipment", "max_hold_minutes", "make_ahead_hours", "storage")

Span = tuple[int, int]
"""Portion numbers, from and to."""


class _Plan(NamedTuple):
    """A dish with its steps as decided, and the services that each of its portions is for."""

    dish: Dish
    steps: tuple[RecipeStep, ...]
    by: tuple[str, ...]
    """who decided on each step"""
    befores: tuple[tuple[int, ...], ...]
    """the steps that each step waits for"""
    meals: tuple[tuple[Meal, Span], ...]
    batches: tuple[tuple[Span, ...], ...]
    """the portions of each batch of each step"""
    made: int
    """portions that the recipe makes as it is written"""
    away: frozenset[int]
    """steps that are done at the venue"""
    elsewhere: Mapping[int, tuple[After, ...]] = {}  # replaced, never changed
    """steps that are done as those of a base recipe, each with what to wait for in its place"""
    linked: tuple[tuple[After, ...], ...] = ()
    """what each step waits for of base recipes"""

    def id_of(self, step: int, batch: int) -> str:
        """The id of one batch of a step."""
        return f"{self.dish.id}.s{step + 1}.b{batch + 1}"

    def last_steps(self) -> list[int]:
        """Steps that no other step waits for."""
        followed = {before for befores in self.befores for before in befores}
        return [i for i in range(len(self.steps)) if i not in followed]

    def away_ids(self) -> Iterator[str]:
        """Ids of what is done at the venue."""
        for step in self.away:
            for batch in range(len(self.batches[step])):
                yield self.id_of(step, batch)


def jobs(
    order: Order,
    dishes: Sequence[Dish],
    judged: DecisionIndex,
    clock: Clock | None = None,
) -> tuple[Work, ...]:
    """All work of the order, in the order of the menu; a dish without recipe or steps has none."""
    meals = services(order, clock or Clock.of(order))
    links = links_of(dishes, order.system)
    bases: dict[str, _Plan] = {}
    for base in links.bases:
        if _is_made(base):
            bases[base.id] = _linked(_base_plan(base, links, meals, judged), links, bases)
    plans = [_linked(_plan(order, dish, meals, judged), links, bases) for dish in dishes if _is_made(dish)]
    works: list[Work] = []
    for plan in (*bases.values(), *plans):
        works += _dish_work(order, plan)
    for meal in meals:
        ends: list[End] = []
        for plan in plans:
            ends += _ends(plan, meal)
        works += event_jobs.jobs(order, meal, _courses(dishes, meal), ends)
    return tuple(_with_arrivals(works, plans))


def _is_made(dish: Dish) -> bool:
    """Whether there is work on a dish that can be scheduled."""
    has_steps = dish.recipe is not None and bool(dish.recipe.steps)
    return has_steps and dish.portions > 0


def _courses(dishes: Sequence[Dish], meal: Meal) -> set[str]:
    """The courses of a service."""
    here = [dish for dish in dishes if dish.service in ("", meal.service)]
    return {dish.course for dish in here if dish.portions > 0}


def _plan(order: Order, dish: Dish, meals: Sequence[Meal], judged: DecisionIndex) -> _Plan:
    recipe = dish.recipe
    assert recipe is not None
    decided = [_decided(dish, number, step, judged) for number, step in enumerate(recipe.steps, start=1)]
    steps = tuple(step for step, _ in decided)
    befores = waits_for(recipe)
    portions = portions_by_meal(dish, meals)
    return _Plan(
        dish=dish,
        steps=steps,
        by=tuple(by for _, by in decided),
        befores=befores,
        meals=portions,
        batches=tuple(spans(step.portions) for step in batches_of(dish, steps, portions)),
        made=recipe.yields.portions,
        away=_away_steps(order, steps, befores, [meal for meal, _ in portions]),
    )


def _base_plan(base: Dish, links: BaseLinks, meals: Sequence[Meal], judged: DecisionIndex) -> _Plan:
    """A base recipe, for every service of the dishes that take it."""
    recipe = base.recipe
    assert recipe is not None
    decided = [_decided(base, number, step, judged) for number, step in enumerate(recipe.steps, start=1)]
    served_by = dict.fromkeys(meal for user in links.users[base.id] for meal, _ in portions_by_meal(user, meals))
    return _Plan(
        dish=base,
        steps=tuple(step for step, _ in decided),
        by=tuple(by for _, by in decided),
        befores=waits_for(recipe),
        meals=tuple((meal, (0, base.portions)) for meal in served_by),
        batches=tuple(spans(step.portions) for step in base.batches),
        made=recipe.yields.portions,
        away=frozenset(),
    )


def _linked(plan: _Plan, links: BaseLinks, bases: Mapping[str, _Plan]) -> _Plan:
    """The plan with what its steps wait for of bases: all batches of a step, for they go into one pot."""
    linked: list[tuple[After, ...]] = []
    elsewhere: dict[int, tuple[After, ...]] = {}
    for i, step in enumerate(plan.steps):
        waits: list[After] = []
        for waited in links.waits.get((plan.dish.id, i), ()):
            waits += _after_base(waited, step, bases)
        linked.append(tuple(waits))
        if (plan.dish.id, i) in links.done:
            elsewhere[i] = tuple(_after_base(links.done[plan.dish.id, i], None, bases))
    return plan._replace(elsewhere=elsewhere, linked=tuple(linked))


def _after_base(waited: Step, then: RecipeStep | None, bases: Mapping[str, _Plan]) -> Iterator[After]:
    """The wait after every batch of a step of a base."""
    base, i = bases[waited[0]], waited[1]
    for k in range(len(base.batches[i])):
        yield _after(base.id_of(i, k), base.steps[i], then)


def _decided(dish: Dish, number: int, step: RecipeStep, judged: DecisionIndex) -> tuple[RecipeStep, str]:
    """The step with what was decided of its time and place, and by whom."""
    found = judged.who(SplitTask, dish.id, str(number))
    if found is None:
        return step, "kitchen"
    values = {name: getattr(found.decision, name) for name in _OVERRIDES}
    settled = {name: value for name, value in values.items() if value is not None}
    return step.model_copy(update=settled), found.by


def _away_steps(
    order: Order,
    steps: Sequence[RecipeStep],
    befores: Sequence[Sequence[int]],
    meals: Sequence[Meal],
) -> frozenset[int]:
    """Last steps that keep too shortly for the drive are done at the venue, if it has what they need."""
    if not meals or not all(meal.away for meal in meals):
        return frozenset()
    trip = min(transport(meal, order, late=True) for meal in meals)
    away: set[int] = set()
    for i in reversed(order_of(befores)):
        later = {j for j, before in enumerate(befores) if i in before}
        could_be = _is_short(steps[i], trip) and _has_equipment(order, steps[i], meals)
        if could_be and later <= away:
            away.add(i)
    return frozenset(away)


def _is_short(step: RecipeStep, trip: int) -> bool:
    """Whether what a last step makes goes stale on a trip of so many minutes."""
    hold = step.max_hold_minutes
    return step.kind in ("finish", "reheat") and hold is not None and hold < trip


def _has_equipment(order: Order, step: RecipeStep, meals: Sequence[Meal]) -> bool:
    """Whether each venue has what a step needs."""
    names = [equipment_name(name) for name in step.equipment]
    needed: set[Resource] = set()
    for meal in meals:
        needed.update(Resource("equipment", name, meal.place) for name in names)
    return all(available.number > 0 for available in equipment(order, needed).values())


def _after(work: str, step: RecipeStep, then: RecipeStep | None) -> After:
    """The wait after a batch of `step`: its hold and its shelf life."""
    keeps = None if step.shelf_life_hours is None else step.shelf_life_hours * 60
    return After(work, hold_of(step, then), keeps, kind_of(step))


def _dish_work(order: Order, plan: _Plan) -> Iterator[Work]:
    for i in range(len(plan.steps)):
        for k, span in enumerate(plan.batches[i] if i not in plan.elsewhere else ()):
            yield _work(order, plan, i, k, span)


def _waits(plan: _Plan, i: int, span: Span) -> Iterator[After]:
    """What a batch of a step waits for: the batches before it that hold portions of its own."""
    yield from plan.linked[i]
    for before in plan.befores[i]:
        if before in plan.elsewhere:
            continue
        for k in covering(span, plan.batches[before]):
            yield _after(plan.id_of(before, k), plan.steps[before], plan.steps[i])


def _work(order: Order, plan: _Plan, i: int, k: int, span: Span) -> Work:
    """One batch of a step, for the portions of `span`."""
    step, size = plan.steps[i], span[1] - span[0]
    total = batch_minutes(step, step.minutes, size, plan.made)
    active = min(total, batch_minutes(step, _active_minutes(step), size, plan.made))
    meals = _meals_of(plan, span)
    place = meals[0].place if i in plan.away else base_id(order)
    return Work(
        id=plan.id_of(i, k),
        kind=kind_of(step),
        label=f"{plan.dish.name}: {_base(step)}{_short(step.text)}",
        minutes=total,
        place=place,
        needs=_needs(order, step, place, total, active),
        after=tuple(_waits(plan, i, span)),
        attended=active if _goes_on_alone(step, total, active) else total,
        earliest=_earliest(step, meals, total),
        dish=plan.dish.id,
        step=i + 1,
        batch=k + 1,
        of=len(plan.batches[i]),
        portions=size,
        temperature=step.temperature,
        storage=step.storage,
        food_class=step.food_class,
        shelf_life_hours=step.shelf_life_hours,
        make_ahead_hours=step.make_ahead_hours,
        by=plan.by[i],
    )


def _base(step: RecipeStep) -> str:
    """The base recipe that a step makes, before what is done."""
    return f"{step.part}: " if step.part else ""


def _active_minutes(step: RecipeStep) -> int:
    """Minutes of a step in which a person works on it; all of them if it does not say."""
    return step.minutes if step.active_minutes is None else step.active_minutes


def _meals_of(plan: _Plan, span: Span) -> list[Meal]:
    """The services that portions of a batch are for."""
    parts = [part for _, part in plan.meals]
    return [plan.meals[n][0] for n in covering(span, parts)]


def _goes_on_alone(step: RecipeStep, total: int, active: int) -> bool:
    """Whether work goes on behind a closed door once it is begun: it needs no hands, or is in a cold store."""
    if active == 0:
        return True
    stored = all(equipment_name(name) in _STORES for name in step.equipment)
    return stored and active < total


def _earliest(step: RecipeStep, meals: Sequence[Meal], minutes: int) -> int | None:
    """The earliest start at which the result is not made too far ahead of its last service; None: at any time."""
    if step.make_ahead_hours is None:
        return None
    return max(meal.at for meal in meals) - step.make_ahead_hours * 60 - minutes


def _short(text: str, most: int = 90) -> str:
    """The first sentence of a step, or as many whole words as fit; letters, if no spaces part them."""
    first = " ".join(text.split()).split(". ")[0].rstrip(".")
    if len(first) <= most:
        return first
    cut = max(first.rfind(" ", 0, most), 0) or most
    return first[:cut].rstrip(",;") + " …"


def _needs(order: Order, step: RecipeStep, place: str, total: int, active: int) -> tuple[Need, ...]:
    """The equipment of a step for all its time, and a person who is able for as long as it needs hands."""
    counts = Counter(equipment_name(name) for name in step.equipment)
    needs = []
    for name, count in counts.items():
        piece = Resource("equipment", name, place)
        needs.append(Need((piece,), count, total))
    if active:
        able = staff_options(order, step.skill) or (Resource("staff", step.skill, EVERYWHERE),)
        needs.append(Need(able, 1, active))
    return tuple(needs)


def _ends(plan: _Plan, meal: Meal) -> Iterator[End]:
    """The last pieces of a dish for one service, each with the longest wait until then."""
    span = next((part for found, part in plan.meals if found == meal), None)
    if span is None or span[0] == span[1]:
        return
    for i in plan.last_steps():
        for after in plan.elsewhere.get(i, ()):
            yield End(plan.dish.course, after, False)
        if i in plan.elsewhere:
            continue
        for k in covering(span, plan.batches[i]):
            after = _after(plan.id_of(i, k), plan.steps[i], None)
            yield End(plan.dish.course, after, i in plan.away)


def _with_arrivals(works: list[Work], plans: Sequence[_Plan]) -> list[Work]:
    """Work at the venue waits for the drive; what it needs from the base is packed before."""
    away: set[str] = set()
    for plan in plans:
        away.update(plan.away_ids())
    if not away:
        return works
    drives = _main_drives(works)
    at_venue = [work for work in works if work.id in away]
    brought = [After(name) for name in sorted(_from_base(at_venue, away))]
    arrived = []
    for work in works:
        more: list[After] = []
        if work.id in away:
            more = [drives[work.place]]
        elif work.id.endswith(".pack"):
            more = brought
        arrived.append(replace(work, after=(*work.after, *more)))
    return arrived


def _main_drives(works: Sequence[Work]) -> dict[str, After]:
    """The first main drive to each place."""
    drives: dict[str, After] = {}
    for work in works:
        if work.id.endswith(".drive"):
            drives.setdefault(work.place, After(work.id))
    return drives


def _from_base(at_venue: Sequence[Work], away: set[str]) -> set[str]:
    """What work at the venue waits for and is done at the base."""
    names: set[str] = set()
    for work in at_venue:
        names.update(after.work for after in work.after if after.work not in away)
    return names
