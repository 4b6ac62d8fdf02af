"""A day that cannot work: the least-bad order of work, why there is none better, and what would make it work."""

from __future__ import annotations

from collections.abc import Sequence

from catering_cli.domain.menu import Dish
from catering_cli.domain.order import Order
from catering_cli.domain.timeline import Timeline
from catering_cli.kitchen.day.day_problem import problem, with_enough
from catering_cli.kitchen.day.timeline import Infeasible, timeline
from catering_cli.kitchen.menu.decisions import DecisionIndex
from catering_cli.kitchen.repairs import day, diagnosis, swap_dish
from catering_cli.kitchen.repairs.conflict_text import Words
from catering_cli.kitchen.repairs.swap_dish import Unfed


def explained(
    order: Order,
    dishes: Sequence[Dish],
    judged: DecisionIndex,
    found: Infeasible,
) -> Timeline:
    """An infeasible timeline with the conflict named and the changes that were proven to resolve it."""
    names = {dish.id: dish.name for dish in dishes}
    reason = diagnosis.explain(found.day, found.failed, names)

    def works(changed: Order, menu: Sequence[Dish]) -> bool:
        _, placed = with_enough(changed, problem(changed, menu, judged))
        return placed.valid

    def fed(changed: Order) -> tuple[tuple[Dish, ...], Unfed]:
        return swap_dish.fed(changed, judged)

    say = Words(found.day, names)
    ways = day.repairs(order, dishes, reason, say, works, fed)
    lines = list(reason.lines)
    if found.core:
        lines[:1] = [say.core(found.core)]
    if not ways:
        lines.append(diagnosis.NOTHING)
    told = timeline(found.day, reason.found, status="infeasible", lines=lines)
    return told.model_copy(update={"repairs": ways})
