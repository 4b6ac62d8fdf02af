"""Dishes as they are made on the day: their steps as decided, their batches, and what waits for which base recipe."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from catering_cli.data.equipment_names import equipment_name
from catering_cli.domain.decision import MakeOn
from catering_cli.domain.order import Order
from catering_cli.domain.order_parts.recipe import Recipe, RecipeStep
from catering_cli.domain.plan_parts.handling import Handling
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.kitchen.day.dishes.base_links import BaseLinks, Step, links_of
from catering_cli.kitchen.day.event_times import transport
from catering_cli.kitchen.day.resources import Available, equipment
from catering_cli.kitchen.day.work import HOT_KINDS, After
from catering_cli.kitchen.menu.decisions import DecisionIndex, decided_step
from catering_cli.kitchen.menu.services import Meal
from catering_cli.kitchen.recipes.batches import hold_of, order_of, spans, waits_for
from catering_cli.kitchen.recipes.cooking_words import kind_of
from catering_cli.kitchen.recipes.equipment import fixed_plant
from catering_cli.kitchen.serving.loads import loaded
from catering_cli.kitchen.serving.step_batches import batches_of, made_to_order, portions_by_meal
from catering_cli.kitchen.serving.step_places import moment_of
from catering_cli.kitchen.serving.waves import AT_ONCE, in_waves
from catering_cli.scheduling.problem import Resource

Span = tuple[int, int]
"""Portion numbers, from and to."""


class DishPlan(NamedTuple):
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
    during: frozenset[int]
    """last steps that are done while the service lasts"""
    waved: frozenset[int] = frozenset()
    """last steps of what goes out in waves while the service lasts"""
    days: Mapping[int, int] = {}  # replaced, never changed
    """steps that were put on a day, each with how many days before its service that is"""
    elsewhere: Mapping[int, tuple[After, ...]] = {}  # replaced, never changed
    """steps that are done as those of a base recipe, each with what to wait for in its place"""
    linked: tuple[tuple[After, ...], ...] = ()
    """what each step waits for of base recipes"""

    def id_of(self, step: int, batch: int) -> str:
        """The id of one batch of a step."""
        return f"{self.dish.id}.s{step + 1}.b{batch + 1}"

    def handled(self, step: int) -> Handling | None:
        """What a step does to the food's safety."""
        handling = self.dish.handling
        return handling[step] if step < len(handling) else None

    def last_steps(self) -> list[int]:
        """Steps that no other step waits for."""
        return sorted(_last(self.befores))

    def own_steps(self) -> list[int]:
        """Steps that are done as the dish's own, not as those of a base recipe."""
        return [i for i in range(len(self.steps)) if i not in self.elsewhere]

    def portions_of(self, meal: Meal) -> Span:
        """The portions for a service."""
        return next((part for found, part in self.meals if found == meal), (0, 0))

    def away_ids(self) -> Iterator[str]:
        """Ids of what is done at the venue."""
        for step in self.away:
            for batch in range(len(self.batches[step])):
                yield self.id_of(step, batch)


class Plans(NamedTuple):
    """The base recipes of a day, each made once, and its dishes."""

    bases: tuple[DishPlan, ...]
    dishes: tuple[DishPlan, ...]


def plans_of(
    order: Order,
    dishes: Sequence[Dish],
    meals: Sequence[Meal],
    judged: DecisionIndex,
) -> Plans:
    """How everything is made that has steps and portions; an inner base before those that it is in."""
    links = links_of(order, dishes, judged)
    bases: dict[str, DishPlan] = {}
    for base in links.bases:
        if _is_made(base):
            plan = _base_plan(base, links, meals, judged)
            bases[base.id] = _linked(plan, links, bases)
    plans = [_plan(order, dish, meals, judged) for dish in dishes if _is_made(dish)]
    linked = [_linked(plan, links, bases) for plan in plans]
    return Plans(tuple(bases.values()), tuple(linked))


def _is_made(dish: Dish) -> bool:
    """Whether there is work on a dish that can be scheduled."""
    has_steps = dish.recipe is not None and bool(dish.recipe.steps)
    return has_steps and dish.portions > 0


def _plan(
    order: Order,
    dish: Dish,
    meals: Sequence[Meal],
    judged: DecisionIndex,
) -> DishPlan:
    """A dish, its batches cut for the services that it is for."""
    recipe = _recipe(dish)
    steps, by = _decided_steps(dish, recipe, judged)
    befores = waits_for(recipe)
    portions = portions_by_meal(dish, meals)
    mine = [meal for meal, _ in portions]
    during = made_to_order(order, steps, befores, mine)
    away = _away_steps(order, steps, befores, mine)
    return DishPlan(
        dish=dish,
        steps=steps,
        by=by,
        befores=befores,
        meals=portions,
        batches=tuple(spans(step.portions) for step in batches_of(order, dish, steps, portions)),
        made=recipe.yields.portions,
        away=away,
        during=during,
        waved=in_waves(steps, _last(befores) - during, away, mine),
        days={one.step - 1: one.days_before for one, _ in judged.all(MakeOn) if one.dish == dish.id},
    )


def _last(befores: Sequence[Sequence[int]]) -> frozenset[int]:
    """Steps that no other step waits for."""
    return frozenset(range(len(befores))) - frozenset(chain.from_iterable(befores))


def _base_plan(
    base: Dish,
    links: BaseLinks,
    meals: Sequence[Meal],
    judged: DecisionIndex,
) -> DishPlan:
    """A base recipe, for every service of the dishes that take it."""
    recipe = _recipe(base)
    steps, by = _decided_steps(base, recipe, judged)
    served_at: dict[Meal, None] = {}
    for user in links.users[base.id]:
        served_at.update(dict.fromkeys(meal for meal, _ in portions_by_meal(user, meals)))
    return DishPlan(
        dish=base,
        steps=steps,
        by=by,
        befores=waits_for(recipe),
        meals=tuple((meal, (0, base.portions)) for meal in served_at),
        batches=tuple(spans(step.portions) for step in base.batches),
        made=recipe.yields.portions,
        away=frozenset(),
        during=frozenset(),
    )


def _linked(plan: DishPlan, links: BaseLinks, bases: Mapping[str, DishPlan]) -> DishPlan:
    """The plan with what its steps wait for of bases: all batches of a step, for they go into one pot."""
    linked: list[tuple[After, ...]] = []
    elsewhere: dict[int, tuple[After, ...]] = {}
    for i, step in enumerate(plan.steps):
        here = (plan.dish.id, i)
        waits: list[After] = []
        for waited in links.waits.get(here, ()):
            waits += _after_base(waited, step, bases)
        linked.append(tuple(waits))
        if here in links.done:
            elsewhere[i] = tuple(_after_base(links.done[here], None, bases))
    return plan._replace(elsewhere=elsewhere, linked=tuple(linked))


def _after_base(
    waited: Step,
    then: RecipeStep | None,
    bases: Mapping[str, DishPlan],
) -> Iterator[After]:
    """The wait after every batch of a step of a base."""
    base, i = bases[waited[0]], waited[1]
    for k in range(len(base.batches[i])):
        yield after_step(base.id_of(i, k), base.steps[i], then, base.handled(i))


def _recipe(dish: Dish) -> Recipe:
    assert dish.recipe is not None
    return loaded(dish.recipe, dish.loads)


def _decided_steps(
    dish: Dish,
    recipe: Recipe,
    judged: DecisionIndex,
) -> tuple[tuple[RecipeStep, ...], tuple[str, ...]]:
    """The steps with what was decided of each, and by whom."""
    decided = [decided_step(dish.id, number, step, judged) for number, step in enumerate(recipe.steps, start=1)]
    return tuple(step for step, _ in decided), tuple(by for _, by in decided)


def _away_steps(
    order: Order,
    steps: Sequence[RecipeStep],
    befores: Sequence[Sequence[int]],
    meals: Sequence[Meal],
) -> frozenset[int]:
    """Last steps that are done at the venue: as their words have it, or because they keep too shortly for the drive."""
    if not meals or not all(meal.away for meal in meals):
        return frozenset()
    away: set[int] = set()
    for i in reversed(order_of(befores)):
        step = steps[i]
        later = {j for j, before in enumerate(befores) if i in before}
        if later <= away and _is_away(order, step, meals, is_last=not later):
            away.add(i)
    return frozenset(away)


def _is_away(order: Order, step: RecipeStep, meals: Sequence[Meal], *, is_last: bool) -> bool:
    """Whether a last step is done at the venue: as the recipe or a decision says, else as its words and hold tell."""
    if step.place is not None:
        return step.place == "venue"
    if moment_of(order, step.text):
        return True
    trip = min(transport(meal, order, late=True) for meal in meals)
    there = _at_venues(order, step, meals)
    if not all(available.number for available in there.values()):
        return False
    return (_is_short(step, trip) and _is_had(there)) or (is_last and _is_fired(step, trip, meals, there))


def _is_short(step: RecipeStep, trip: int) -> bool:
    """Whether what a last step makes goes stale on a trip of so many minutes."""
    hold = step.max_hold_minutes
    return step.kind in ("finish", "reheat") and hold is not None and hold < trip


def _is_fired(step: RecipeStep, trip: int, meals: Sequence[Meal], there: Mapping[Resource, Available]) -> bool:
    """Whether food is cooked where it is eaten: the venue has the plant, and it would not keep to the service's end."""
    plant = [available for one, available in there.items() if one.name in fixed_plant()]
    if step.max_hold_minutes is None or not plant or any(available.assumed for available in plant):
        return False
    lasts = max(0 if meal.style in AT_ONCE else meal.until - meal.at for meal in meals)
    return step.kind in HOT_KINDS and step.max_hold_minutes < trip + lasts


def _at_venues(order: Order, step: RecipeStep, meals: Sequence[Meal]) -> dict[Resource, Available]:
    """What each venue has of what a step needs."""
    names = {equipment_name(name) for name in step.equipment}
    return equipment(order, {Resource("equipment", name, meal.place) for name in names for meal in meals})


def _is_had(there: Mapping[Resource, Available]) -> bool:
    """Whether the plant is there, and none of it is only taken to be."""
    return not any(available.assumed and one.name in fixed_plant() for one, available in there.items())


def after_step(work: str, step: RecipeStep, then: RecipeStep | None, handled: Handling | None = None) -> After:
    """The wait after a batch of `step`: its hold and its shelf life."""
    keeps = None if step.shelf_life_hours is None else step.shelf_life_hours * 60
    return After(work, hold_of(step, then, handled), keeps, kind_of(step))
