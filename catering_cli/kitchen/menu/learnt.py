"""What the plan takes from earlier events of the house, each with how often it was measured and how far it spread."""

from __future__ import annotations

from collections.abc import Iterator

from catering_cli.domain.basis import Basis
from catering_cli.domain.decision import Decision, SplitTask
from catering_cli.domain.learnt import Learnt
from catering_cli.domain.names import HOUSE
from catering_cli.domain.order import Order
from catering_cli.domain.plan import Assumption
from catering_cli.kitchen.menu.decisions import DecisionIndex, about, dish_ids, folded


def assumptions(order: Order, view: DecisionIndex) -> Iterator[Assumption]:
    """Each number that holds; what a person or a model decided otherwise is not told."""
    ids = dish_ids(order)
    for row in order.learnt:
        if row.decision is None or _holds(row.decision, ids, view):
            yield _assumption(row)


def _holds(decision: Decision, ids: dict[str, str], view: DecisionIndex) -> bool:
    name = folded(getattr(decision, "dish", ""))
    key = tuple(ids.get(part, part) if part == name else part for part in about(decision))
    found = view.by_key.get(key)
    return found is not None and found.by == HOUSE


def _assumption(row: Learnt) -> Assumption:
    basis = Basis(
        rule=f"learnt.{row.what}",
        inputs={
            "value": str(row.value),
            "n": f"{row.n} event{'s' if row.n > 1 else ''}",
            "low": str(row.low),
            "high": str(row.high),
            "last": row.last,
        },
        source="measured by the house",
    )
    step = f", step {row.decision.step}" if isinstance(row.decision, SplitTask) else ""
    return Assumption(
        id=f"learnt.{row.what}.{row.about}{step}",
        text=f"{row.about}{step}: {_TEXT[row.what]}",
        number=basis.sentence(),
        source="measured by the house: learnt.tsv, where `no` in the column `use` refuses it",
        override="order.decisions",
        derivation=basis,
    )


_TEXT = {
    "minutes": "minutes of a batch as the house has measured them",
    "overage": "made beyond the need as the house has measured it",
    "hours": "paid hours as the house has measured them; the plan's own hours are not changed",
}
