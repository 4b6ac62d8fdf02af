"""The cap of a run: the worst case of every request is reserved, durably, before it is sent.

What came back with a usage is settled at its price; an error that the vendor does not charge for, at nothing. What
brought no usage (a timeout, a cut, a kill) stays spent in full, because the vendor may have charged for it. A run that
is continued starts from what it has spent. The runs of one command share a purse, whichever process each is in.
"""

from __future__ import annotations

import asyncio
import json
import time
from contextlib import suppress
from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING

from catering_cli.domain.execution import Tokens
from catering_cli.providers.base import Fault, Faulted, Postponed, Provider, Reply, Request
from catering_cli.providers.faults import AFTER
from catering_cli.providers.journal.database import PICO, Damaged, Store
from catering_cli.providers.stack.wrapper import Wrapper

if TYPE_CHECKING:
    from collections.abc import Callable

    from catering_cli.providers.prices import ModelPrice

MOST = 2**53
"""Picodollars of one entry at most, nine thousand dollars: a thousand of them fit into the database's integers."""
_IN_FLIGHT_S = 600.0
"""How long a reservation of another process may be open before it counts as spent: its process has died; [K]."""
_LOOK_AGAIN_S = 0.2
_MINE = "FROM spending WHERE (run = ? OR run IN (SELECT run FROM purses WHERE purse = ?))"


def _picos(usd: Decimal) -> int:
    return int((usd * PICO).to_integral_value(ROUND_CEILING))


class Budget:
    """The money of one run, or of all runs of a `purse`. `cap` None: nothing is refused, everything is written down."""

    def __init__(
        self,
        store: Store,
        run: str,
        cap: Decimal | None,
        clock: Callable[[], float] = time.time,
        purse: str = "",
    ) -> None:
        self._store = store
        self._run = run
        self._purse = purse
        self._clock = clock
        self.cap = cap
        self._flying: dict[int, int] = {}
        self._landed = asyncio.Condition()

    def spent(self) -> Decimal:
        """What was spent in USD, the worst case of what is open included; all of the cap if the journal fails."""
        try:
            return Decimal(self._total()) / PICO
        except Damaged:
            return self.cap or Decimal(0)

    def _total(self) -> int:
        rows = self._store.rows(f"SELECT sum(coalesce(settled, reserved)) {_MINE}", self._run, self._purse)
        return int(rows[0][0] or 0)

    def _in_flight(self) -> int:
        """What is set aside for requests that have not landed yet, those of other processes too."""
        others = "AND run != ? AND settled IS NULL AND at > ?"
        since = self._clock() - _IN_FLIGHT_S
        rows = self._store.rows(f"SELECT sum(reserved) {_MINE} {others}", self._run, self._purse, self._run, since)
        return sum(self._flying.values()) + int(rows[0][0] or 0)

    async def reserve(self, usd: Decimal) -> int:
        """Set `usd` aside; waits while only requests in flight stand in the way.

        Raises Faulted: over_budget, or no_journal if it cannot be written down.
        """
        try:
            return await self._reserved(usd)
        except Damaged as damaged:
            raise Faulted(Fault("no_journal", f"the journal cannot be written: {self._store.broken}")) from damaged

    async def _reserved(self, usd: Decimal) -> int:
        need = _picos(usd)
        async with self._landed:
            while (ticket := self._try(need)) is None:
                settled = self._total() - self._in_flight()
                if settled + need > _picos(self.cap or Decimal(0)):
                    raise self._over(usd)
                with suppress(TimeoutError):  # what lands in another process is not told here
                    await asyncio.wait_for(self._landed.wait(), _LOOK_AGAIN_S if self._purse else None)
            self._flying[ticket] = min(need, MOST)
            return ticket

    async def set_aside(self, usd: Decimal) -> int:
        """Set `usd` aside for a request that is sent later.

        Raises Faulted: over_budget, or no_journal; and Postponed while what is open may leave room for it.
        """
        need = _picos(usd)
        try:
            ticket = self._try(need)
            if ticket is not None:
                return ticket
            open_ = self._store.rows(f"SELECT sum(reserved) {_MINE} AND settled IS NULL", self._run, self._purse)
            if self._total() - int(open_[0][0] or 0) + need > _picos(self.cap or Decimal(0)):
                raise self._over(usd)
        except Damaged as damaged:
            raise Faulted(Fault("no_journal", f"the journal cannot be written: {self._store.broken}")) from damaged
        raise Postponed

    def _over(self, usd: Decimal) -> Faulted:
        return Faulted(Fault("over_budget", f"this call may cost {usd:.4f} USD, over the cost cap of {self.cap} USD"))

    def _try(self, need: int) -> int | None:
        with self._store.transaction():
            if self.cap is not None and self._total() + need > _picos(self.cap):
                return None
            rows = self._store.rows(
                "INSERT INTO spending (run, reserved, at) VALUES (?, ?, ?) RETURNING id",
                self._run,
                min(need, MOST),
                self._clock(),
            )
            return int(rows[0][0])

    async def settle(self, ticket: int, usd: Decimal | None) -> None:
        """Close a reservation at what it cost; None: not known, so all of it is spent."""
        if usd is not None:
            with suppress(Damaged):  # it then stays set aside
                self._store.rows("UPDATE spending SET settled = ? WHERE id = ?", min(_picos(usd), MOST), ticket)
        self._flying.pop(ticket, None)
        async with self._landed:
            self._landed.notify_all()


class Budgeted(Wrapper):
    """A provider that asks only what the budget can bear."""

    def __init__(
        self,
        inner: Provider,
        budget: Budget,
        price: ModelPrice | None,
    ) -> None:
        super().__init__(inner)
        self._budget = budget
        self._price = price

    async def complete(self, request: Request) -> Reply:
        """Reserve, ask, settle. Raises Faulted(no_price) for an unpriced model under a cap."""
        if self._price is None:
            if self._budget.cap is not None:
                raise Faulted(Fault("no_price", f"no price on file for {request.model}, and the run has a cost cap"))
            return await self._inner.complete(request)
        text = json.dumps(self._inner.body(request), ensure_ascii=False)
        size = len(text.encode("utf-8", "surrogatepass"))
        ticket = await self._budget.reserve(self._price.worst(size, request.max_tokens))
        cost: Decimal | None = None
        try:
            reply = await self._inner.complete(request)
            cost = self._cost(reply)
        except Faulted as faulted:
            cost = None if AFTER[faulted.fault.kind].may_be_charged else Decimal(0)
            raise
        finally:
            await asyncio.shield(self._budget.settle(ticket, cost))
        return reply

    def _cost(self, reply: Reply) -> Decimal | None:
        """What a reply cost by its usage; None if it tells none."""
        assert self._price is not None
        try:
            tokens = self._inner.judge(reply).tokens
        except Faulted as faulted:
            tokens = faulted.fault.tokens
        if tokens == Tokens():
            return None
        return self._price.usd(tokens)
