"""timeline_creation: how long the steps of a dish take, on what, how long the result keeps."""

from __future__ import annotations

from collections.abc import Sequence

from catering_cli.domain.decision import Decided
from catering_cli.domain.order import Order
from catering_cli.tasks.shared import order_view, timed_task
from catering_cli.tasks.shared.briefs import brief_for
from catering_cli.tasks.shared.timed_task import Given


def _given(order: Order, subject: str, decisions: Sequence[Decided]) -> Given:
    dish = order_view.menu_dish(order, subject, decisions)
    return timed_task.given_of_dishes(order, [dish], brief_for("timeline", decisions))


TIMELINE_CREATION = timed_task.task(
    "timeline_creation",
    Given,
    _given,
    ("strategic_planning", "constraint_solving", "recipe_scaling"),
    per_dish=True,
)
