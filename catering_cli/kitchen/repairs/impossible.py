"""A day that cannot work: the least-bad order of work, why there is none better, and what would make it work."""

from __future__ import annotations

from collections.abc import Sequence

from catering_cli.domain.order import Order
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.domain.plan_parts.timeline import Timeline
from catering_cli.kitchen.day.day_problem import Day, overnight, problem, with_enough
from catering_cli.kitchen.day.rating.buffers import calm
from catering_cli.kitchen.day.rating.crew import cheapest, rated
from catering_cli.kitchen.day.timeline import Infeasible, timeline
from catering_cli.kitchen.menu.decisions import DecisionIndex, fold
from catering_cli.kitchen.repairs import day, diagnosis, swap_dish
from catering_cli.kitchen.repairs.conflict_text import Words
from catering_cli.kitchen.repairs.idea import Works
from catering_cli.kitchen.repairs.swap_dish import Unfed
from catering_cli.kitchen.safety import hazards
from catering_cli.scheduling.backward_greedy import Found


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

    def trial(changed: Order, menu: Sequence[Dish] | None) -> Works:
        view = fold(changed, list(judged.by_key.values()))
        made = menu or swap_dish.fed(changed, view)[0]
        that_day, placed = _scheduled(changed, made, view)
        if not placed.valid or (menu is None and _is_unsafe(changed, made, timeline(that_day, placed))):
            return Works.NOT
        if not rated(changed, *calm(changed, that_day, placed)).worth.blocking:
            return Works.WELL
        return Works.BARELY if cheapest(changed, that_day, placed).worth.blocking else Works.WELL

    def fed(changed: Order) -> tuple[tuple[Dish, ...], Unfed]:
        return swap_dish.fed(changed, judged)

    say = Words(found.day, names)
    ways = day.repairs(order, dishes, reason, say, trial, fed) if remedies else ()
    lines = list(reason.lines)
    if found.core:
        lines[:1] = [say.core(found.core)]
    told = timeline(found.day, reason.found, status="infeasible", lines=lines)
    return told.model_copy(update={"repairs": ways})


def _scheduled(order: Order, dishes: Sequence[Dish], view: DecisionIndex) -> tuple[Day, Found]:
    """The first of the order's days that works: food in waves or all at once, work overnight if it must; else the last.

    Last of all with no time in hand after its drives.
    """
    tried: list[tuple[Day, Found]] = []
    for arrival, waves in ((None, True), (None, False), (0, False)):
        day = problem(order, dishes, view, arrival, waves=waves)
        night = overnight(order, day, day.problem.openings)
        for candidate in filter(None, (day, night)):
            tried.append(with_enough(order, candidate))
            if tried[-1][1].valid:
                return tried[-1]
    return tried[-1]


def _is_unsafe(order: Order, dishes: Sequence[Dish], planned: Timeline) -> bool:
    """Whether food is not safe as it is then made."""
    return any(found.severity == "blocking" for found in hazards.hazard_reports(order, dishes, planned))
