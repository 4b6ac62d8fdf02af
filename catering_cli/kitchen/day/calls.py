"""What each service calls for: the last work on its food, wave by wave, and hands at the venue."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from catering_cli.data.tables import figure
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.kitchen.day.dishes.dish_plan import DishPlan, after_step
from catering_cli.kitchen.day.riders import Call, End
from catering_cli.kitchen.day.work import After
from catering_cli.kitchen.menu.services import Meal
from catering_cli.kitchen.recipes.batches import batch_minutes, covering, hand_minutes
from catering_cli.kitchen.serving.waves import AT_ONCE, wave_of


def call_of(dishes: Sequence[Dish], plans: Sequence[DishPlan], meal: Meal) -> Call:
    """A service, with what its food waits for."""
    ends: list[End] = []
    for plan in plans:
        ends += _ends(plan, meal)
    finishing = sum(_minutes_at(plan, meal, plan.away - plan.during) for plan in plans)
    to_order = sum(_hands_to_order(plan, meal, i) for plan in plans for i in plan.during)
    longest = max((_longest_at(plan, meal, plan.away - plan.during) for plan in plans), default=0)
    return Call(meal, _courses(dishes, meal), ends, finishing, to_order, longest)


def _longest_at(plan: DishPlan, meal: Meal, steps: Collection[int]) -> int:
    """Minutes from the first of some steps of a dish to the last for a service, one after another."""
    portions = plan.portions_of(meal)
    minutes = 0
    for i in steps if portions[0] < portions[1] else ():
        sizes = [last - first for first, last in (plan.batches[i][k] for k in covering(portions, plan.batches[i]))]
        minutes += batch_minutes(plan.steps[i], plan.steps[i].minutes, max(sizes), plan.made)
    return minutes


def _minutes_at(plan: DishPlan, meal: Meal, steps: Collection[int]) -> int:
    """Person-minutes of some steps of a dish for a service."""
    portions = plan.portions_of(meal)
    if portions[0] == portions[1]:
        return 0
    work = 0
    for i in steps:
        for k in covering(portions, plan.batches[i]):
            first, last = plan.batches[i][k]
            work += hand_minutes(plan.steps[i], last - first, plan.made)
    return work


def _hands_to_order(plan: DishPlan, meal: Meal, step: int) -> int:
    """Cooks at work at once on what is made while a service lasts."""
    work = _minutes_at(plan, meal, [step])
    if not work:
        return 0
    return math.ceil(Fraction(work, max(1, meal.until - meal.at - (plan.steps[step].max_hold_minutes or 0))))


def _courses(dishes: Sequence[Dish], meal: Meal) -> set[str]:
    """The courses of a service."""
    here = [dish for dish in dishes if dish.service in ("", meal.service)]
    return {dish.course for dish in here if dish.portions > 0}


def _ends(plan: DishPlan, meal: Meal) -> Iterator[End]:
    """The last pieces of a dish for one service, each with the longest wait until then."""
    span = next((part for found, part in plan.meals if found == meal), None)
    if span is None or span[0] == span[1]:
        return
    for i in plan.last_steps():
        for after in plan.elsewhere.get(i, ()):
            yield End(plan.dish.course, after, False)
        if i in plan.elsewhere or i in plan.during:
            continue
        for k in covering(span, plan.batches[i]):
            after = after_step(plan.id_of(i, k), plan.steps[i], None, plan.handled(i))
            if i in plan.waved:
                yield _in_its_wave(plan, meal, i, k, after)
            else:
                yield End(plan.dish.course, _with_some_to_spare(after, meal), i in plan.away)


def _in_its_wave(plan: DishPlan, meal: Meal, i: int, k: int, after: After) -> End:
    """A batch of what goes out in waves."""
    wave = wave_of(plan.steps[i], meal, plan.portions_of(meal), plan.batches[i][k])
    waited = replace(after, hold=wave.hold, fresh=wave.fresh)
    return End(plan.dish.course, waited, i in plan.away, wave.start, plan.dish.name)


def _with_some_to_spare(after: After, meal: Meal) -> After:
    """What goes out at once is eaten while it keeps: from a plate or a box soon, from a buffet until its end."""
    if after.limit is None:
        return after
    eaten = 0 if meal.style in AT_ONCE else meal.until - meal.at
    return replace(after, fresh=after.limit - max(eaten, figure("work", "plating_buffer")))
