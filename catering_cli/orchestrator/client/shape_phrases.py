"""Phrases that shape menu and day: a food left out, a dish for one service, a dish made the day before."""

from __future__ import annotations

import re

from catering_cli.domain import decision as d
from catering_cli.domain.plan import CateringPlan
from catering_cli.kitchen.foods.names import tokens
from catering_cli.orchestrator.client.called import Heard, at_service, dish_called, has_words


def left_out(plan: CateringPlan, what: str, _part: str) -> Heard | None:
    """A food is left out of the dish that is named, or of the only one that has it."""
    found = re.fullmatch(r"(?P<food>.+?) (?:out of|in|from|on) (?:the )?(?P<dish>.+)", what, re.IGNORECASE)
    dish = dish_called(plan, found["dish"]) if found else None
    if found is None or dish is None or dish.recipe is None:
        return None
    food = found["food"]
    items = [line.item for line in dish.recipe.ingredients if has_words(tokens(line.item), food)]
    is_the_dish = has_words(tokens(dish.name), food)
    return None if len(items) != 1 or is_the_dish else Heard((d.LeaveOut(dish=dish.id, item=items[0]),))


def served_at(plan: CateringPlan, what: str, _part: str) -> Heard | None:
    """A dish is for one service alone."""
    name, service = at_service(plan, what)
    dish = dish_called(plan, name)
    return Heard((d.ServeAt(dish=dish.id, service=service.id),)) if dish and service else None


def day_before(plan: CateringPlan, what: str, _part: str) -> Heard | None:
    """Every step of a dish that keeps for a day is done on the day before."""
    dish = dish_called(plan, what)
    steps = dish.recipe.steps if dish and dish.recipe else ()
    keeping = [n for n, step in enumerate(steps, start=1) if (step.make_ahead_hours or 0) >= _DAY_HOURS]
    if dish is None or not keeping:
        return None
    return Heard(tuple(d.MakeOn(dish=dish.id, step=number, days_before=1) for number in keeping))


_DAY_HOURS = 24
