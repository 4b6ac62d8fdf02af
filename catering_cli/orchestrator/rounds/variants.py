"""Variants of a plan: the best change of each kind, each cooked for itself, so that a person can choose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from catering_cli.domain.decision import Decided
from catering_cli.domain.execution import Step
from catering_cli.domain.plan import CateringPlan
from catering_cli.kitchen.menu.decisions import about
from catering_cli.orchestrator import merge
from catering_cli.orchestrator.context import RunContext
from catering_cli.orchestrator.evaluate import evaluate, rank, whole
from catering_cli.orchestrator.rounds import improve
from catering_cli.orchestrator.rounds.aims import AIMS
from catering_cli.orchestrator.rounds.kitchen_moves import kitchen_proposals

MOST_OF_A_KIND = 3
"""Changes of one kind that are cooked to find its best."""


class Variant(NamedTuple):
    """A plan with one kind of change."""

    kind: str
    """of its decisions; empty: the plan as it is"""
    decided: tuple[Decided, ...]
    plan: CateringPlan


async def variants(plan: CateringPlan, most: int, context: RunContext) -> tuple[Variant, ...]:
    """The plan as it is, then the best change of each of `most` kinds, the best kind first.

    Models' proposals are tried before the kitchen's; the kitchen's are made toward every aim, or the one that is given.
    """
    base = await evaluate(plan.order, merge.merged_decisions(plan.decisions), context)
    step = Step(id="variants", task="plan_refinement", why="which kinds of change there are")
    standing = {decided.decision for decided in base.decisions}
    answer = await improve.proposed(base, step, standing, context)
    aims = [context.aim] if context.aim else list(AIMS)
    made = list(answer.decisions)
    for aim in aims:
        made += kitchen_proposals(base, step.id, aim)
    kinds = _by_kind(improve.new_ones(made, standing, base))
    found = [await _best(base, kind, proposals, context) for kind, proposals in kinds.items()]
    changed = [one for one in found if one.plan.model_copy(update={"decisions": ()}) != _bare(base)]
    changed.sort(key=lambda one: _worth(one.plan, base, context))
    return (Variant("", (), base), *changed[:most])


def _bare(plan: CateringPlan) -> CateringPlan:
    return plan.model_copy(update={"decisions": ()})


def _by_kind(proposals: Sequence[Decided]) -> Mapping[str, list[Decided]]:
    """The proposals by the kind of their decision; words alone and questions are no change."""
    kinds: dict[str, list[Decided]] = {}
    for one in proposals:
        if one.decision.kind not in ("open_question", "technique", "critique"):
            kinds.setdefault(one.decision.kind, []).append(one)
    return kinds


async def _best(base: CateringPlan, kind: str, proposals: Sequence[Decided], context: RunContext) -> Variant:
    """The best of a kind: all of them together, or one alone."""
    first_of_each = tuple({about(one.decision): one for one in reversed(proposals)}.values())[::-1]
    tries = [first_of_each] if len(first_of_each) > 1 else []
    tries += [(one,) for one in proposals[:MOST_OF_A_KIND]]
    cooked = [Variant(kind, made, await improve.with_more(base, made, context)) for made in tries]
    best = min(cooked, key=lambda one: _worth(one.plan, base, context))
    return best._replace(plan=await whole(best.plan, context))


def _worth(plan: CateringPlan, base: CateringPlan, context: RunContext) -> tuple[bool, float, tuple[int, int, float]]:
    """Smaller is better: nothing more blocks and no less is known, then the aim if there is one, then the rank."""
    blocking, *_ = rank(plan, context)
    before, *_ = rank(base, context)
    aim = AIMS.get(context.aim)
    if aim is None:
        return blocking > before, 0.0, rank(plan, context)
    is_worse = blocking > before or aim.guard(plan) > aim.guard(base)
    return is_worse, aim.measure(plan), rank(plan, context)
