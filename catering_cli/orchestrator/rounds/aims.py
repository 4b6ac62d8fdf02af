"""How near a plan is to an aim, and which of two plans is better: never one that is less safe."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from catering_cli.domain.finding import blocking
from catering_cli.domain.plan import CateringPlan
from catering_cli.orchestrator.context import RunContext
from catering_cli.orchestrator.evaluate import rank
from catering_cli.tasks.shaping.day_view import LAST, day_view, most_in_use

_NEVER = float("inf")
_HOUR = 60


class Aim(NamedTuple):
    """What is wanted of a plan."""

    says: str
    measure: Callable[[CateringPlan], float]
    """smaller is nearer"""
    guard: Callable[[CateringPlan], int] = lambda _: 0
    """what must not grow on the way"""
    unknown: str = "there is no schedule to measure it by"
    """why it cannot be told how near a plan is"""

    def is_measured(self, plan: CateringPlan) -> bool:
        """Whether it can be told how near a plan is."""
        return self.measure(plan) < _NEVER


def is_better(after: CateringPlan, before: CateringPlan, context: RunContext) -> bool:
    """Whether a plan is better: by its rank; with an aim, nearer to it, and no less safe."""
    aim = AIMS.get(context.aim)
    if aim is None:
        return rank(after, context) < rank(before, context)
    is_kept = all(now <= was for now, was in zip(_dangers(after), _dangers(before), strict=True))
    return is_kept and aim.guard(after) <= aim.guard(before) and aim.measure(after) < aim.measure(before)


def _dangers(plan: CateringPlan) -> tuple[int, int]:
    """How many findings block, and how many open ones are about safety or diets."""
    still_open = [one for one in plan.findings if one.severity == "open"]
    return len(blocking(plan.findings)), sum(is_of_safety(one.rule) for one in still_open)


def is_of_safety(rule: str) -> bool:
    """Whether a rule is about what guests may eat, or whether it is safe."""
    from catering_cli.checks.registry import SAFETY

    return rule in SAFETY or rule.startswith(("diets.", "safety."))


def _cost(plan: CateringPlan) -> float:
    return _NEVER if plan.costing.total is None else float(plan.costing.total)


def _unpriced(plan: CateringPlan) -> int:
    """So a plan is not cheaper because less of it has a price."""
    return len(plan.costing.unpriced)


def _haste(plan: CateringPlan) -> float:
    """Runs of the stress test that are late, hands at once in the last hours, and quarters of an hour that lack."""
    replay = plan.timeline.replay
    if replay is None:
        return _NEVER
    lacking = sum(max(0, one.wanted - one.minutes) for one in plan.timeline.buffers)
    return (replay.days - replay.held) + hands_at_end(plan) + lacking / 15


def hands_at_end(plan: CateringPlan) -> int:
    """Cooks at work at once in the last hours before service."""
    service = plan.timeline.service_at
    if service is None:
        return 0
    uses = []
    for block in plan.timeline.blocks:
        is_late = -LAST * 60 <= (block.start - service).total_seconds() < 0
        if block.step is not None and is_late:
            uses += [(block.start, block.end, crew.count) for crew in block.crew]
    return most_in_use(uses)


def _lead(plan: CateringPlan) -> float:
    """Minutes from the first work to service."""
    return plan.timeline.span_minutes if plan.timeline.first_start else _NEVER


def _sameness(plan: CateringPlan) -> float:
    """How little there is to choose from: for those who have least, then on average."""
    choices = [len(profile.may_eat) for profile in plan.diets.profiles if profile.count]
    return -(10 * min(choices) + sum(choices) / len(choices)) if choices else 0.0


def _risk(plan: CateringPlan) -> float:
    """Open points and warnings of safety, and hours that food waits warm."""
    told = sum(one.severity in ("open", "warning") and is_of_safety(one.rule) for one in plan.findings)
    warm = sum(wait.minutes for wait in day_view(plan).waits if wait.storage in ("hot", "ambient"))
    return told + warm / _HOUR


AIMS: Mapping[str, Aim] = {
    "cheaper": Aim("costs less", _cost, _unpriced, "what it costs is not known: give prices in `order.supply`"),
    "calmer": Aim("more time in hand, fewer hands at once", _haste),
    "later-start": Aim("work begins later", _lead),
    "more-variety": Aim("more to choose from for those who have least", _sameness),
    "safer": Aim("less that is open, and less that waits warm", _risk),
}
"""What can be aimed at, by the name that the command line takes."""
