"""What decisions changed of a plan: its figures beside those of the plan before, the kitchen's own or the unrefined."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from catering_cli.domain.execution import Difference
from catering_cli.domain.plan import CateringPlan
from catering_cli.orchestrator.rounds.aims import hands_at_end


def with_changes(plan: CateringPlan, before: CateringPlan | None) -> CateringPlan:
    """The plan, its run with the figures that differ; as it is if there is no plan before."""
    if before is None or plan.run is None:
        return plan
    both = {what: (read(before), read(plan)) for what, read in _FIGURES.items()}
    differ = tuple(Difference(what=what, before=was, after=now) for what, (was, now) in both.items() if was != now)
    return plan.model_copy(update={"run": plan.run.model_copy(update={"changed": differ})})


def _on_time(plan: CateringPlan) -> str:
    replay = plan.timeline.replay
    return f"{replay.held} of {replay.days}" if replay else "no schedule"


def _of_severity(severity: str) -> Callable[[CateringPlan], str]:
    return lambda plan: str(sum(one.severity == severity for one in plan.findings))


def _cooked(plan: CateringPlan) -> str:
    return str(sum(dish.recipe is not None for dish in plan.menu))


def _cost(plan: CateringPlan) -> str:
    total = plan.costing.total
    return "not known" if total is None else f"{total:,.2f} {plan.costing.currency}"


def _people(plan: CateringPlan) -> str:
    return str(sum(line.count for line in plan.staffing))


_FIGURES: Mapping[str, Callable[[CateringPlan], str]] = {
    "blocking": _of_severity("blocking"),
    "open": _of_severity("open"),
    "dishes with a recipe": _cooked,
    "cost": _cost,
    "minutes from the first work to service": lambda plan: f"{plan.timeline.span_minutes:,}",
    "runs on time in the stress test": _on_time,
    "cooks at once in the last hours": lambda plan: str(hands_at_end(plan)),
    "people called in": _people,
}
"""What is compared, in the order in which it is told."""
