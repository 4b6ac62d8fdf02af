"""A day that cannot work: the least-bad order of work, why there is none better, and what would make it work."""

from __future__ import annotations

from collections.abc import Sequence

from catering_cli.domain.order import Order
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.domain.plan_parts.timeline import Timeline
from catering_cli.kitchen.day.timeline import Infeasible, timeline
from catering_cli.kitchen.menu.decisions import DecisionIndex
from catering_cli.kitchen.repairs import day, diagnosis
from catering_cli.kitchen.repairs.conflict_text import Words
from catering_cli.kitchen.repairs.trials import Trials


def explained(
    order: Order,
    dishes: Sequence[Dish],
    judged: DecisionIndex,
    found: Infeasible,
    *,
    remedies: bool = True,
) -> Timeline:
    """An infeasible timeline with the conflict named and, with `remedies`, changes that were proven to resolve it."""
    names = {dish.id: dish.name for dish in dishes}
    reason = diagnosis.explain(found.day, found.failed, names)

    say = Words(found.day, names)
    trials = Trials(order, dishes, judged)
    ways = day.repairs(order, dishes, reason, say, trials) if remedies else ()
    lines = list(reason.lines)
    if found.core:
        lines[:1] = [say.core(found.core)]
    told = timeline(found.day, reason.found, status="infeasible", lines=lines)
    return told.model_copy(update={"repairs": ways})
