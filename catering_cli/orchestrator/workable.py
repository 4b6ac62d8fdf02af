"""What models decide of days, places, fire order and shared loads stays only as far as it makes no day worse."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from catering_cli.domain.decision import Decided, FireOrder, MakeOn, SharedBatch, SplitTask
from catering_cli.domain.names import KITCHEN
from catering_cli.domain.plan import CateringPlan
from catering_cli.orchestrator.context import RunContext
from catering_cli.orchestrator.evaluate import evaluate, rank
from catering_cli.orchestrator.rounds.aims import AIMS, hands_at_end

MOST_COOKED = 8
"""Plans that are cooked to find what of the decisions can stay; what is not tried by then is left out."""


async def workable(plan: CateringPlan, context: RunContext) -> tuple[CateringPlan, tuple[str, ...]]:
    """The plan, and a notice if something was left out: what blocks, leaves more open, or is no better for its cost."""
    shaping = [decided for decided in plan.decisions if _shapes_the_day(decided)]
    if not shaping:
        return plan, ()
    without = await evaluate(plan.order, _less(plan.decisions, shaping), context)
    if not _is_worse(plan, without, context):
        return plan, ()
    best, kept = await _with_what_fits(without, plan.decisions, shaping, context)
    gone = [decided for decided in shaping if decided not in kept]
    return best, (_left_out(shaping, gone),)


def _shapes_the_day(decided: Decided) -> bool:
    """Whether a model said when, where or with what something is done."""
    made = decided.decision
    if decided.by == KITCHEN or decided.is_settled:
        return False
    if isinstance(made, SplitTask):
        return made.place is not None
    return isinstance(made, MakeOn | FireOrder | SharedBatch)


def _less(decisions: Sequence[Decided], gone: Sequence[Decided]) -> list[Decided]:
    """The decisions without these; of the times of a step its place alone goes."""
    left: list[Decided] = []
    for one in decisions:
        if one not in gone:
            left.append(one)
        elif isinstance(one.decision, SplitTask) and _has_times(one.decision):
            left.append(one.model_copy(update={"decision": one.decision.model_copy(update={"place": None})}))
    return left


def _has_times(split: SplitTask) -> bool:
    said = split.model_dump(exclude={"kind", "dish", "step", "place", "why"})
    return any(value not in (None, "") for value in said.values())


async def _with_what_fits(
    base: CateringPlan, decisions: Sequence[Decided], shaping: Sequence[Decided], context: RunContext
) -> tuple[CateringPlan, list[Decided]]:
    """The plan with as many of the shaping decisions as make it no worse, and these: halves that do are divided."""
    best, cooked = base, 1
    kept: list[Decided] = []
    halves = [list(shaping[len(shaping) // 2 :]), list(shaping[: len(shaping) // 2])]
    while halves and cooked < MOST_COOKED and not context.stopped():
        tried = halves.pop()
        if not tried:
            continue
        taken = [*kept, *tried]
        left_out = [one for one in shaping if one not in taken]
        plan = await evaluate(base.order, _less(decisions, left_out), context)
        cooked += 1
        if not _is_worse(plan, best, context):
            best, kept = plan, [*kept, *tried]
        elif len(tried) > 1:
            halves += [tried[len(tried) // 2 :], tried[: len(tried) // 2]]
    return best, kept


def _is_worse(after: CateringPlan, before: CateringPlan, context: RunContext) -> bool:
    """Whether more blocks or is open, it costs more than it is worth, or no figure is better and one is worse."""
    *now, _ = rank(after, context)
    *was, _ = rank(before, context)
    if now > was or now[0] < was[0]:
        return now > was
    if _dearer(after, before) > max(1, (_runs_on_time(after) - _runs_on_time(before)) / 2):
        return True
    pairs = list(zip(_figures(after), _figures(before), strict=True))
    return any(one > other for one, other in pairs) and not any(one < other for one, other in pairs)


def _dearer(after: CateringPlan, before: CateringPlan) -> float:
    """By how many percent it costs more. Two runs of the stress test more on time are worth one percent; [K]."""
    now, was = after.costing.total, before.costing.total
    return float(100 * (now - was) / was) if now and was else 0.0


def _runs_on_time(plan: CateringPlan) -> int:
    return plan.timeline.replay.held if plan.timeline.replay else 0


def _figures(plan: CateringPlan) -> tuple[float, ...]:
    """What a day is judged by; less is better: haste, hands in the last hours, its length, cost, what waits warm."""
    aims = (AIMS[name].measure(plan) for name in ("calmer", "later-start", "cheaper", "safer"))
    return (hands_at_end(plan), *aims)


def _left_out(shaping: Sequence[Decided], gone: Sequence[Decided]) -> str:
    kinds = Counter(one.decision.kind for one in gone)
    named = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    return (
        f"Of {len(shaping)} decisions on days, places, fire order and shared ovens {len(gone)} were left out "
        f"({named}): with them the day could not be worked, or was no better for its cost."
    )
