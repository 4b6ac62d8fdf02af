"""When a step is best done: a wish, kept if a day can be found that keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time

from catering_cli.kitchen.day.dishes.dish_plan import DishPlan
from catering_cli.kitchen.menu.clock import Clock
from catering_cli.kitchen.menu.services import Meal


def latest_start(plan: DishPlan, i: int, meals: Sequence[Meal], minutes: int, clock: Clock) -> int | None:
    """The latest minute at which a step is best begun for these services; None if any time is as good.

    So many hours ahead as its recipe calls best. What is chilled only to be heated again is done by the evening
    before: on the day itself it would be cooked, cooled and cooked again for nothing.
    """
    best = plan.steps[i].best_made_hours
    if best is not None:
        return min(meal.at for meal in meals) - best * 60 - minutes
    if _is_cooled(plan, i) and _is_heated_next(plan, i):
        return _midnight(min(meal.at for meal in meals), clock) - minutes
    return None


def _is_cooled(plan: DishPlan, i: int) -> bool:
    """Whether a step cools cooked food, by its kind or by its words."""
    handled = plan.handled(i)
    return _kind(plan, i) == "chill" or (handled is not None and "cool" in handled.reads)


def _kind(plan: DishPlan, i: int) -> str:
    handled = plan.handled(i)
    return handled.kind if handled else plan.steps[i].kind or "prep"


def _is_heated_next(plan: DishPlan, i: int) -> bool:
    """Whether all that waits for a step heats it again."""
    then = [j for j, befores in enumerate(plan.befores) if i in befores]
    return bool(then) and all(_kind(plan, j) == "reheat" for j in then)


def _midnight(at: int, clock: Clock) -> int:
    """The minute at which the local day of a minute begins."""
    day = clock.moment(at).astimezone(clock.zone).date()
    return clock.minute(datetime.combine(day, time(), tzinfo=clock.zone).astimezone(UTC))
