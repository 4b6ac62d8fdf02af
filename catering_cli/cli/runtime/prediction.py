"""What a run is expected to cost before anything is spent: if every step asks the first model of its chain once."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from catering_cli.domain.execution import Predicted, Tokens
from catering_cli.routing.chain import order

if TYPE_CHECKING:
    from catering_cli.domain.execution import ExecutionPlan, Step
    from catering_cli.providers.gateway import Gateway
    from catering_cli.routing.values import Config, Tier

USUAL_INPUT = 3_000
"""Tokens of a prompt with its slice of the order; an estimate, like the two tables below."""

USUAL_OUTPUT = {None: 600, "none": 600, "minimal": 700, "low": 900, "medium": 2_000, "high": 5_000}
"""Tokens of an answer by depth of reasoning."""

USUAL_SECONDS = {None: 4.0, "none": 4.0, "minimal": 4.0, "low": 6.0, "medium": 15.0, "high": 45.0}
"""Seconds of a call by depth of reasoning."""


def predicted(work: ExecutionPlan, config: Config, gateway: Gateway | None) -> Predicted:
    """Money of all steps, and seconds of the longest chain of needs. Without models both are zero."""
    if gateway is None:
        return Predicted(usd=Decimal(0), critical_path_s=0.0)
    costs: list[Decimal | None] = []
    ends: dict[str, float] = {}
    for step in work.steps:
        tier = _first_model(step, config, gateway)
        begins = max((ends.get(need, 0.0) for need in step.needs), default=0.0)
        ends[step.id] = begins
        if tier:
            reasoning = config.route(step.task).reasoning
            ends[step.id] += USUAL_SECONDS.get(reasoning, 45.0)
            costs.append(gateway.usd(tier, Tokens(input=USUAL_INPUT, output=USUAL_OUTPUT.get(reasoning, 5_000))))
    return Predicted(usd=_sum(costs), critical_path_s=max(ends.values(), default=0.0))


def _sum(costs: Sequence[Decimal | None]) -> Decimal | None:
    """The sum, to a millionth; None if one is not known."""
    known = [cost for cost in costs if cost is not None]
    if len(known) < len(costs):
        return None
    return sum(known, Decimal(0)).quantize(Decimal("0.000001"))


def _first_model(step: Step, config: Config, gateway: Gateway) -> Tier | None:
    tiers = [tier for tier in order(config, step.task, step.complexity) if tier.provider != "builtin"]
    return next((tier for tier in tiers if not gateway.state(tier)), None)
