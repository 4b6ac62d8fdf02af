"""The routing's chain for a step, seated: each tier with its provider, its limits and its price."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from catering_cli.domain.attempt import Attempt
from catering_cli.orchestrator.context import KITCHEN, Chain, Seat
from catering_cli.routing.chain import chain

if TYPE_CHECKING:
    from catering_cli.domain.execution import Step
    from catering_cli.providers.gateway import Desk
    from catering_cli.routing.chain import Link
    from catering_cli.routing.values import Config


def chains(config: Config, desk: Desk) -> Callable[[Step], Chain]:
    """The chain of a step at the moment of asking."""

    def of(step: Step) -> Chain:
        found = chain(config, step.task, step.complexity, desk.state)
        return Chain(
            seats=tuple(_seat(link, config, desk) for link in found.links),
            when=found.when,
            passed=tuple(Attempt(tier=tier.name, model=tier.model or KITCHEN, left=why) for tier, why in found.passed),
            fallback_task=found.fallback_task or "",
            identity=found.identity,
        )

    return of


def _seat(link: Link, config: Config, desk: Desk) -> Seat:
    tier = link.tier
    if tier.provider == "builtin":
        return Seat(KITCHEN)
    provider = desk.provider(tier, patient=link.patient)
    return Seat(
        tier=tier.name,
        model=tier.model,
        provider=provider,
        effort=link.effort,
        temperature=link.temperature,
        max_tokens=link.max_tokens,
        timeout_s=config.limits.timeout_s,
        price=partial(desk.usd, tier),
        journalled=provider.journalled,
        together=provider.together,
    )
