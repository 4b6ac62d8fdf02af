"""The routing's chain for a step: each tier with its provider, its limits and its price."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from catering_cli.domain.execution import Attempt
from catering_cli.domain.names import KITCHEN
from catering_cli.orchestrator.context import TierCall, TierChain
from catering_cli.routing.chain import chain

if TYPE_CHECKING:
    from catering_cli.domain.execution import Step
    from catering_cli.providers.gateway import Gateway
    from catering_cli.routing.chain import Link
    from catering_cli.routing.values import Config


def chains(config: Config, gateway: Gateway) -> Callable[[Step], TierChain]:
    """The chain of a step at the moment of asking."""

    def of(step: Step) -> TierChain:
        found = chain(config, step.task, step.complexity, gateway.state)
        return TierChain(
            calls=tuple(_tier_call(link, config, gateway) for link in found.links),
            when=found.when,
            passed=tuple(Attempt(tier=tier.name, model=tier.model or KITCHEN, left=why) for tier, why in found.passed),
            fallback_task=found.fallback_task or "",
            identity=found.identity,
        )

    return of


def _tier_call(link: Link, config: Config, gateway: Gateway) -> TierCall:
    tier = link.tier
    if tier.provider == "builtin":
        return TierCall(KITCHEN)
    patience = config.limits.patience_s if link.patient else 0.0
    provider = gateway.provider(tier, patience)
    return TierCall(
        tier=tier.name,
        model=tier.model,
        provider=provider,
        effort=link.effort,
        temperature=link.temperature,
        max_tokens=link.max_tokens,
        timeout_s=config.limits.timeout_s,
        patience_s=patience,
        price=partial(gateway.usd, tier),
        journalled=provider.journalled,
        together=provider.together,
    )
