"""The lists of a plan stand in the order in which they are read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any, get_args

from catering_cli.checks.evidence import Evidence, Findings, found
from catering_cli.domain.costing import CostKind
from catering_cli.domain.plan import CateringPlan, FilledText

Key = Callable[[Any], tuple[Any, ...]]


def _number(dish: str) -> int:
    """The number of a dish's id; 0 for what is no dish's."""
    return int(dish[1:]) if dish[1:].isdigit() else 0


def _moment(at: datetime | None) -> tuple[bool, float]:
    return at is None, at.timestamp() if at else 0.0


TEXTS = get_args(FilledText.model_fields["name"].annotation)

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
    "diets.rows": (lambda plan: plan.diets.rows, lambda one: (_number(one.dish),)),
    "costing.lines": (lambda plan: plan.costing.lines, lambda one: (get_args(CostKind).index(one.kind),)),
    "texts": (lambda plan: plan.texts, lambda one: (TEXTS.index(one.name),)),
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


def columns_in_order(evidence: Evidence) -> Findings:
    """Cells stand in the order of the columns, batches in that of the steps, dishes in that of the menu."""
    plan = evidence.plan
    lists = [(f"diets.rows[{i}].cells", [cell.allergen for cell in row.cells], plan.diets.allergens)
             for i, row in enumerate(plan.diets.rows)]  # fmt: skip
    lists += [(f"diets.rows[{i}].diets", [cell.diet for cell in row.diets], plan.diets.diets)
              for i, row in enumerate(plan.diets.rows)]  # fmt: skip
    menu = tuple(dish.id for dish in plan.menu)
    lists += [(f"diets.profiles[{i}].may_eat", list(one.may_eat), menu) for i, one in enumerate(plan.diets.profiles)]
    steps = tuple(str(number) for number in range(1, 1 + max((len(dish.batches) for dish in plan.menu), default=0)))
    lists += [
        (f"menu[{i}].batches", [str(one.step) for one in dish.batches], steps) for i, dish in enumerate(plan.menu)
    ]
    for path, said, order in lists:
        due = [one for one in order if one in set(said)]
        if len(said) == len(due) and said != due:
            yield found("advice", f"plan.{path}", "not in the order of its columns", ", ".join(said), ", ".join(due))


def joined(evidence: Evidence) -> Findings:
    """Openings of a place lie apart: hours that touch are one opening."""
    for index, (one, after) in enumerate(pairwise(evidence.plan.timeline.openings), start=1):
        if one.place == after.place and after.start <= one.end:
            where = f"plan.timeline.openings[{index}].start"
            yield found("warning", where, "begins before the opening before it has ended", after.start, one.end)


CHECKS = {"plan.order": in_order, "timeline.joined": joined, "plan.columns": columns_in_order}
