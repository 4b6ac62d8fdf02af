"""What models decide of days, places and fire order is kept only as far as the day can still be worked with it."""

from __future__ import annotations

from collections.abc import Sequence

from catering_cli.domain.decision import Decided, FireOrder, MakeOn, SplitTask
from catering_cli.domain.names import KITCHEN
from catering_cli.domain.plan import CateringPlan
from catering_cli.orchestrator.context import RunContext
from catering_cli.orchestrator.evaluate import evaluate, rank
from catering_cli.orchestrator.rounds.improve import kept_if_better


async def workable(plan: CateringPlan, context: RunContext) -> tuple[CateringPlan, tuple[str, ...]]:
    """The plan, and a notice if something was left out: of what makes more block, only what helps stays."""
    blocking, *_ = rank(plan, context)
    shaping = [decided for decided in plan.decisions if _shapes_the_day(decided)]
    if not blocking or not shaping:
        return plan, ()
    others = [decided for decided in plan.decisions if decided not in shaping]
    without = await evaluate(plan.order, others, context)
    still_blocking, *_ = rank(without, context)
    if still_blocking >= blocking:
        return plan, ()
    best = await kept_if_better(without, shaping, context)
    return best, (_left_out(shaping, best),)


def _shapes_the_day(decided: Decided) -> bool:
    """Whether a model said when or where something is done."""
    made = decided.decision
    if decided.by == KITCHEN or decided.is_settled:
        return False
    return isinstance(made, MakeOn | FireOrder) or (isinstance(made, SplitTask) and made.place is not None)


def _left_out(shaping: Sequence[Decided], best: CateringPlan) -> str:
    gone = [decided for decided in shaping if decided not in best.decisions]
    return (
        f"Of {len(shaping)} decisions on days, places and fire order {len(gone)} were left out: "
        "with them the day could not be worked."
    )
