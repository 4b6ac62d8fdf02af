"""The wrapper that sends a question by night: it is written down, and the run stops there until its reply has come.

The run is then taken up again and finds the reply in its journal. What the batch did not bring is asked as always.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from catering_cli.providers.base import HALF, Postponed, Provider, Reply, Request
from catering_cli.providers.journal.journal import digest
from catering_cli.providers.overnight.items import Items
from catering_cli.providers.stack.wrapper import Wrapper

if TYPE_CHECKING:
    from catering_cli.providers.journal.journal import RunJournal
    from catering_cli.providers.prices import ModelPrice
    from catering_cli.providers.stack.budget import Budget
    from catering_cli.providers.vendors.credentials import TierSettings


def goes_by_night(tier: TierSettings) -> bool:
    """Whether a tier has batches: the vendors' own addresses do, compatible servers do not."""
    return tier.provider in ("anthropic", "openai") and not tier.base_url


class Postponing(Wrapper):
    """A provider whose questions wait for a batch."""

    def __init__(
        self,
        inner: Provider,
        run: RunJournal,
        budget: Budget,
        price: ModelPrice | None,
        tier: str,
    ) -> None:
        super().__init__(inner)
        self._run = run
        self._items = Items(run.store, run.clock)
        self._budget = budget
        self._price = price
        self._tier = tier

    async def complete(self, request: Request) -> Reply:
        """The reply of a question whose batch brought none, asked as always. Raises Postponed for any other."""
        key = digest(self._inner.body(request), self._inner.address)
        ordinal = run_ordinal(self._run, key, request)
        state = self._items.state(self._run.id, key, ordinal)
        if state == "ordinary" or self._is_unpriced():
            return await self._inner.complete(request)
        if not state:
            body = json.dumps(self._inner.body(request), ensure_ascii=False)
            ticket = await self._set_aside(body, request.max_tokens)
            self._items.want((self._run.id, key, ordinal), self._tier, (request, body), ticket)
        raise Postponed

    def _is_unpriced(self) -> bool:
        """Whether the budget has to refuse it."""
        return self._price is None and self._budget.cap is not None

    async def _set_aside(self, body: str, max_tokens: int) -> int | None:
        """Half of the worst case. Raises Faulted(over_budget), or Postponed while others may leave room."""
        if self._price is None:
            return None
        size = len(body.encode("utf-8", "surrogatepass"))
        return await self._budget.set_aside(self._price.worst(size, max_tokens) / HALF)


def run_ordinal(run: RunJournal, key: str, request: Request) -> int:
    """Under which number the journal has a try."""
    return request.ordinal + run.shifted(key)
