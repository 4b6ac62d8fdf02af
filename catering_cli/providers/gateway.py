"""All that a run asks: for each tier the stack Journaled(Budgeted(Limited(vendor))), its state and its price."""

from __future__ import annotations

import asyncio
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Literal

from catering_cli.domain.execution import Tokens
from catering_cli.providers.overnight.postponing import Postponing, goes_by_night
from catering_cli.providers.prices import ModelPrice, model_price
from catering_cli.providers.stack.budget import Budget, Budgeted
from catering_cli.providers.stack.journaled import Journaled
from catering_cli.providers.stack.limits import Limited, Limits, Place
from catering_cli.providers.vendors.capabilities import capabilities
from catering_cli.providers.vendors.credentials import TierSettings, tier_key
from catering_cli.providers.vendors.registry import Vendors

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from catering_cli.domain.execution import FaultKind
    from catering_cli.providers.base import Fault, Provider
    from catering_cli.providers.journal.journal import RunJournal

LEDGER = Decimal("0.00000001")
"""The finest amount in a ledger; the budget itself counts exactly."""


class Gateway:
    """Everything a run asks goes through here, and shares clients, places, cooldowns and money."""

    def __init__(
        self,
        run: RunJournal,
        cap: Decimal | None,
        limits: Limits,
        env: Mapping[str, str],
        folder: Path,
        *,
        overnight: bool = False,
    ) -> None:
        """`overnight`: what the vendors have batches for waits for one."""
        self._run = run
        self._env = env
        self.budget = Budget(run.store, run.id, cap, purse=run.purse)
        self.limits = limits
        self._overnight = overnight
        self._warming: asyncio.Task[None] | None = None
        self._vendors = Vendors(env, folder)
        self._learned: dict[str, int] = {}
        self._prices: dict[tuple[str, str], ModelPrice | None] = {}

    def state(self, tier: TierSettings) -> FaultKind | Literal[""]:
        """How a tier stands now; '' is free."""
        if tier_key(tier, self._env) is None:
            return "no_key"
        return self.limits.state(tier.name, tier.provider, _place(tier).server)

    def provider(self, tier: TierSettings, patience_s: float = 0.0) -> Journaled:
        """The stack of a tier; a rest of the tier that is no longer than `patience_s` is waited for."""
        limited = Limited(self._vendors.of(tier), self.limits, _place(tier), patience_s=patience_s)
        price = self.price(tier)
        asked: Provider = Budgeted(limited, self.budget, price)
        if self._overnight and goes_by_night(tier):
            asked = Postponing(asked, self._run, self.budget, price, tier.name)
        return Journaled(asked, self._run)

    def price(self, tier: TierSettings) -> ModelPrice | None:
        """The list price of a tier's model."""
        name = (tier.name, tier.model)
        if name not in self._prices:
            self._prices[name] = model_price(tier.provider, tier.model, tier.price)
        return self._prices[name]

    def usd(self, tier: TierSettings, tokens: Tokens) -> Decimal | None:
        """What a call to a tier cost in USD, to eight decimals as the ledger has it; None if no price is known."""
        known = self.price(tier)
        if known is None:
            return None
        return known.usd(tokens).quantize(LEDGER, ROUND_HALF_UP)

    def cap(self, tier: TierSettings, share: int, effort: str | None) -> int:
        """The cap of a request in tokens: the answer's share, and an allowance for thinking on top."""
        return capabilities(tier.provider, tier.model, tier.efforts, tier.temperature).cap(share, effort)

    def learned(self, tier: str) -> int:
        """Tokens beyond the cap that cut answers of this run have taught; 0 if none was cut."""
        return self._learned.get(tier, 0)

    def learn(self, tier: str, more: int) -> None:
        """An answer was cut: the tier is asked with at least so many tokens more from now on."""
        self._learned[tier] = max(more, self.learned(tier))

    def tier_out(self, tier: str, scope: str, fault: Fault) -> None:
        """What the table of faults says about a tier beyond one step."""
        self.limits.tier_out(tier, scope, fault)

    async def warm(self, tiers: tuple[TierSettings, ...]) -> None:
        """Import what these tiers need and look up their prices, off the event loop."""
        models = [tier for tier in tiers if tier.provider != "builtin"]
        ready = [tier for tier in models if tier_key(tier, self._env) is not None]
        for tier in ready:
            self._vendors.of(tier)

        def imports() -> None:
            self._vendors.warm()
            for tier in ready:
                self.usd(tier, Tokens())

        await asyncio.to_thread(imports)

    async def ready(self, tiers: tuple[TierSettings, ...]) -> None:
        """Wait until the first request would be as fast as any.

        The first step that asks begins it: the imports would only hold up the kitchen's own plan, which comes first.
        """
        if self._warming is None:
            self._warming = asyncio.create_task(self.warm(tiers))
        await asyncio.shield(self._warming)

    async def close(self) -> None:
        """Wait for what is still in flight, so that it is journalled, then give the connections back."""
        await asyncio.gather(*self._run.asking.values(), return_exceptions=True)
        if self._warming is not None:
            await asyncio.gather(self._warming, return_exceptions=True)
        await self._vendors.close()


def _place(tier: TierSettings) -> Place:
    """Tiers of one provider share its places; those at one address also share its silence."""
    return Place(tier.name, tier.provider, tier.base_url or tier.provider)
