"""The routing's chain for a step: each tier with its provider, its limits and its price."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from catering_cli.domain.execution import Attempt
from catering_cli.domain.names import KITCHEN
from catering_cli.orchestrator.context import TierCall, TierChain, TierFacts
from catering_cli.providers.base import LONGEST_S
from catering_cli.providers.vendors.credentials import key_names
from catering_cli.routing.chain import chain
from catering_cli.routing.values import USUAL_CAP

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


def tier_facts(config: Config) -> Callable[[str], TierFacts]:
    """What a notice says of a tier."""

    def of(name: str) -> TierFacts:
        tier = config.tiers[name]
        address = f"`tiers.{name}.base_url`" if tier.base_url else f"`{tier.provider.upper()}_BASE_URL`"
        return TierFacts(name, tier.model, " or ".join(key_names(tier)), address)

    return of


def _tier_call(link: Link, config: Config, gateway: Gateway) -> TierCall:
    tier = link.tier
    if tier.provider == "builtin":
        return TierCall(KITCHEN)
    patience = config.limits.patience_s if link.patient else 0.0
    provider = gateway.provider(tier, patience)
    cap = gateway.cap(tier, link.max_tokens, link.effort)
    return TierCall(
        tier=tier.name,
        model=tier.model,
        provider=provider,
        effort=link.effort,
        temperature=link.temperature,
        max_tokens=cap,
        share=link.max_tokens,
        timeout_s=min(LONGEST_S, config.limits.timeout_s * max(1.0, cap / USUAL_CAP)),
        patience_s=patience,
        busy_s=gateway.limits.load(tier.name).busy_s,
        price=partial(gateway.usd, tier),
        journalled=provider.journalled,
        learned=partial(gateway.learned, tier.name),
        learn=partial(gateway.learn, tier.name),
        key=provider.key,
        together=provider.together,
    )
