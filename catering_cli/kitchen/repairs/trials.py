"""What a changed order comes to: its day is scheduled again, and rated as a chef would."""

from __future__ import annotations

from collections.abc import Sequence

from catering_cli.domain.order import Order
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.domain.plan_parts.timeline import Timeline
from catering_cli.kitchen.day.day_problem import Day, overnight, problem, with_enough
from catering_cli.kitchen.day.rating.buffers import calm
from catering_cli.kitchen.day.rating.crew import cheapest, rated
from catering_cli.kitchen.day.timeline import timeline
from catering_cli.kitchen.menu.decisions import DecisionIndex, fold
from catering_cli.kitchen.repairs import swap_dish
from catering_cli.kitchen.repairs.idea import Works
from catering_cli.kitchen.repairs.swap_dish import Unfed
from catering_cli.kitchen.safety import hazards
from catering_cli.scheduling.backward_greedy import Found

_SCHEDULED = 20_000
"""Jobs that are scheduled for trials, over all of them: a day of 900 jobs gets eight, a usual one all. [K]"""
_STAFFED = 40
"""Days that are scheduled, about, to find the staff with whom nothing blocks."""


class Trials:
    """Changes of one order, each tried by making its plan as far as the day goes."""

    def __init__(self, order: Order, dishes: Sequence[Dish], judged: DecisionIndex) -> None:
        self.order, self.dishes, self.judged = order, dishes, judged
        self._left = _SCHEDULED

    @property
    def is_spent(self) -> bool:
        """Whether as many jobs were scheduled as a plan has time for."""
        return self._left <= 0

    def fed(self, changed: Order) -> tuple[tuple[Dish, ...], Unfed]:
        """The dishes of a changed order, and who goes without a course."""
        return swap_dish.fed(changed, self.judged)

    def comes_to(self, changed: Order, menu: Sequence[Dish] | None) -> Works:
        """What an order comes to with these dishes; None: they are made another way, and asked for."""
        view = fold(changed, list(self.judged.by_key.values()))
        made = menu or swap_dish.fed(changed, view)[0]
        that_day, placed = self.scheduled(changed, made, view)
        if not placed.valid or (menu is None and _is_unsafe(changed, made, timeline(that_day, placed))):
            return Works.NOT
        if not rated(changed, *calm(changed, that_day, placed)).worth.blocking:
            return Works.WELL
        return Works.WELL if self._works_with_other_staff(changed, that_day, placed) else Works.BARELY

    def _works_with_other_staff(self, order: Order, day: Day, found: Found) -> bool:
        """Whether nothing blocks with more or fewer hands; what is tried is bounded, so that a large day ends."""
        self._left -= _STAFFED * len(day.problem.jobs)
        return not self.is_spent and not cheapest(order, day, found).worth.blocking

    def scheduled(self, order: Order, dishes: Sequence[Dish], view: DecisionIndex) -> tuple[Day, Found]:
        """The first of an order's days that works: food in waves or all at once, work overnight if it must.

        Last of all with no time in hand after its drives; if none works, the last.
        """
        tried: list[tuple[Day, Found]] = []
        for arrival, waves in ((None, True), (None, False), (0, False)):
            day = problem(order, dishes, view, arrival, waves=waves)
            night = overnight(order, day, day.problem.openings)
            for candidate in filter(None, (day, night)):
                self._left -= len(candidate.problem.jobs)
                tried.append(with_enough(order, candidate))
                if tried[-1][1].valid:
                    return tried[-1]
        return tried[-1]


def _is_unsafe(order: Order, dishes: Sequence[Dish], planned: Timeline) -> bool:
    """Whether food is not safe as it is then made."""
    return any(found.severity == "blocking" for found in hazards.hazard_reports(order, dishes, planned))
