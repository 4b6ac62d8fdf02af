"""A drafted recipe, cooked and checked alone as a caterer's own recipe is: what blocks it there makes it unfit."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache

from catering_cli.domain.finding import blocking
from catering_cli.domain.order import EventInfo, MenuItem, Order
from catering_cli.domain.order_parts.guests import Guests
from catering_cli.domain.order_parts.recipe import Recipe

_ANY_DAY = datetime(2030, 6, 15, 18, tzinfo=UTC)
"""When it is served: a summer evening, with days before it; no rule of a recipe depends on the date."""


def blocks(recipe: Recipe) -> tuple[str, ...]:
    """What blocks the recipe when it is made once, for its own yield; empty if nothing does."""
    return _blocks(recipe.model_dump_json(by_alias=True))


@lru_cache(maxsize=256)
def _blocks(text: str) -> tuple[str, ...]:
    from catering_cli.checks.registry import check
    from catering_cli.kitchen.cook import cook

    recipe = Recipe.model_validate_json(text)
    order = Order(
        event=EventInfo(name="Trial", service_at=_ANY_DAY, style="buffet"),
        guests=Guests(guaranteed=recipe.yields.portions),
        menu=(MenuItem(dish=recipe.name, course=recipe.course, recipe=recipe),),
    )
    plan = cook(order)
    found, _ = check(order, plan)
    told = [one.message for one in blocking((*plan.findings, *found))]
    return tuple(dict.fromkeys(told))
