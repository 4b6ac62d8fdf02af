"""What models decided of a plan that a person may keep or take out, each by an id: m1, m2 ... in the plan's order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from catering_cli.domain import decision as d
from catering_cli.domain.names import NO_MODEL

if TYPE_CHECKING:
    from catering_cli.domain.decision import Decided
    from catering_cli.domain.plan import CateringPlan

ON_THE_PLAN = (
    d.Substitute, d.Assign, d.AddDish, d.DropDish, d.ReplaceDish, d.Share, d.ServeAt, d.LeaveOut, d.MakeOn, d.FireOrder,
    d.SharedBatch, d.SplitTask, d.Staffing, d.Overage, d.SameFood, d.InformalMeasure,
)  # fmt: skip
"""What shapes menu, amounts and day. Words shape nothing, and a drafted recipe is confirmed as a recipe is."""


def by_models(plan: CateringPlan) -> dict[str, Decided]:
    """The decisions of models by their ids. An accepted one keeps its id."""
    made = [one for one in plan.decisions if one.by not in NO_MODEL and isinstance(one.decision, ON_THE_PLAN)]
    return {f"m{number}": one for number, one in enumerate(made, start=1)}
