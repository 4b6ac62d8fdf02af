"""The lists of a plan stand in the order in which they are read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from catering_cli.checks.evidence import Evidence, Findings, found
from catering_cli.domain.plan import CateringPlan

Key = Callable[[Any], tuple[Any, ...]]


def _number(dish: str) -> int:
    """The number of a dish's id; 0 for what is no dish's."""
    return int(dish[1:]) if dish[1:].isdigit() else 0


def _moment(at: datetime | None) -> tuple[bool, float]:
    return at is None, at.timestamp() if at else 0.0


ORDERS: dict[str, tuple[Callable[[CateringPlan], Sequence[Any]], Key]] = {
    "shopping.lines": (
        lambda plan: plan.shopping.lines, lambda one: (one.department, one.item, one.needed.quantity.unit),
    ),
    "shopping.to_taste": (lambda plan: plan.shopping.to_taste, lambda one: (one,)),
    "staffing": (lambda plan: plan.staffing, lambda one: (one.role,)),
    "equipment.plant": (lambda plan: plan.equipment.plant, lambda one: (one.place, one.name)),
    "packing": (lambda plan: plan.packing, lambda one: (one.box, _number(one.dish))),
    "diets.eats": (lambda plan: plan.diets.eats, lambda one: (one.profile, _number(one.dish))),
    "diets.labels_to_read": (lambda plan: plan.diets.labels_to_read, lambda one: (one,)),
    "timeline.capacities": (lambda plan: plan.timeline.capacities, lambda one: (one.kind, one.name, one.place)),
    "timeline.openings": (lambda plan: plan.timeline.openings, lambda one: (one.place, one.start)),
    "safety.points": (
        lambda plan: plan.safety.points, lambda one: (_number(one.dish), *_moment(one.at), one.kind, one.block),
    ),
}  # fmt: skip
"""Lists of a plan, and what each is sorted by."""


def in_order(evidence: Evidence) -> Findings:
    """Each list is sorted by what it is read by, and holds nothing twice where that is its name."""
    for name, (rows, key) in ORDERS.items():
        keys = [key(one) for one in rows(evidence.plan)]
        wrong = next((i for i, (one, after) in enumerate(pairwise(keys), start=1) if after < one), None)
        if wrong is not None:
            message = "stands in another place than its order has for it"
            yield found("warning", f"plan.{name}[{wrong}]", message, keys[wrong][0], keys[wrong - 1][0])


def joined(evidence: Evidence) -> Findings:
    """Openings of a place lie apart: hours that touch are one opening."""
    for index, (one, after) in enumerate(pairwise(evidence.plan.timeline.openings), start=1):
        if one.place == after.place and after.start <= one.end:
            where = f"plan.timeline.openings[{index}].start"
            yield found("warning", where, "begins before the opening before it has ended", after.start, one.end)


CHECKS = {"plan.order": in_order, "timeline.joined": joined}
