"""When a step is best done: a wish, kept if a day can be found that keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from math import inf

from catering_cli.data.tables import figure
from catering_cli.kitchen.day.dishes.dish_plan import DishPlan
from catering_cli.kitchen.menu.clock import Clock
from catering_cli.kitchen.menu.services import Meal
from catering_cli.kitchen.recipes.cooking_words import waits_overnight

_DAY = 24 * 60
_A_NIGHT = 240
"""Minutes from which on a step holds its own wait: it is as long as its recipe says. [K]"""


def latest_start(plan: DishPlan, i: int, meals: Sequence[Meal], minutes: int, clock: Clock) -> int | None:
    """The latest minute at which a step is best begun for these services; None if any time is as good.

    So many hours ahead as its recipe calls best. What is chilled only to be heated again is done by the evening
    before: on the day itself it would be cooked, cooled and cooked again for nothing. What waits overnight, as its
    words have it, is done on the day before whatever is made of it, and in normal hours if it keeps so long.
    """
    best = plan.steps[i].best_made_hours
    if best is not None:
        return min(meal.at for meal in meals) - best * 60 - minutes
    if not _days_by_itself(plan, i):
        return None
    over = _midnight(min(meal.at for meal in meals), _days_before(plan, i) - 1, clock)
    if not waits_overnight(plan.steps[i].text):
        return over - minutes
    ahead = plan.steps[i].make_ahead_hours
    soonest = -inf if ahead is None else max(meal.at for meal in meals) - ahead * 60
    closes = over - _DAY + figure("work", "normal_closes")
    return int(min(over, max(closes, soonest))) - minutes


def _days_by_itself(plan: DishPlan, i: int) -> int:
    """Days that lie between a step and what is made of it: one, if it is done for the next day; else none."""
    waits = waits_overnight(plan.steps[i].text) and plan.steps[i].minutes < _A_NIGHT
    return int(waits or (_is_cooled(plan, i) and _is_heated_next(plan, i)))


def _days_before(plan: DishPlan, i: int) -> int:
    """Days before its service on which a step is done, with all the nights that follow it."""
    then = [j for j, befores in enumerate(plan.befores) if i in befores]
    return _days_by_itself(plan, i) + max((_days_before(plan, j) for j in then), default=0)


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


def _midnight(at: int, back: int, clock: Clock) -> int:
    """The minute at which the local day of a minute begins, or so many days before it."""
    day = clock.moment(at).astimezone(clock.zone).date() - timedelta(days=back)
    return clock.minute(datetime.combine(day, time(), tzinfo=clock.zone).astimezone(UTC))
