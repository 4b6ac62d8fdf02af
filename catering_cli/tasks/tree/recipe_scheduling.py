"""recipe_scheduling: a leaf of the hierarchical tree; the unstated durations of all dishes in one question."""

from __future__ import annotations

from collections.abc import Sequence

from catering_cli.domain.decision import Decided
from catering_cli.domain.order import Order
from catering_cli.tasks.shared import order_view, timed_task
from catering_cli.tasks.shared.briefs import brief_for
from catering_cli.tasks.shared.timed_task import Given


def _given(order: Order, _subject: str, decisions: Sequence[Decided]) -> Given:
    dishes = order_view.menu_dishes(order, decisions)
    return timed_task.given_of_dishes(order, dishes, brief_for("recipes", decisions))


RECIPE_SCHEDULING = timed_task.task(
    "recipe_scheduling",
    Given,
    _given,
    ("timeline_planning", "recipe_scaling"),
)
