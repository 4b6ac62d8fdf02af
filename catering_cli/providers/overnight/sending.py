"""One level: all that the runs of a command wait for is sent in batches, waited for and journalled.

What a batch refuses, loses, lets expire or brings too late is left: its run asks it as always. A call about a batch
that fails on the line is made again for as long as the batch is waited for: what is in it may be paid for already. A
question that is out in a batch of another command is waited for there, and that batch taken up if the command is gone.
"""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from catering_cli.domain.execution import Tokens
from catering_cli.providers.base import HALF, Faulted, Reply
from catering_cli.providers.faults import AFTER
from catering_cli.providers.journal.run_lock import alive
from catering_cli.providers.overnight.files import FileBatches
from catering_cli.providers.overnight.items import Batch, Item, Items
from catering_cli.providers.overnight.messages import MessageBatches
from catering_cli.providers.overnight.postponing import goes_by_night
from catering_cli.providers.prices import model_price
from catering_cli.providers.vendors.openai import DIALECTS
from catering_cli.providers.vendors.registry import Vendors

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence

    from catering_cli.providers.journal.database import Store
    from catering_cli.providers.overnight.batch_api import BatchApi, Brought
    from catering_cli.providers.prices import ModelPrice
    from catering_cli.providers.vendors.credentials import TierSettings

MOST_ITEMS = 50_000
MOST_BYTES = 150_000_000
"""Of one batch: below what either vendor takes (100,000 or 50,000 questions, 256 or 200 MB)."""
FIRST_LOOK_S = 0.2
LONGEST_LOOK_S = 60.0
"""How often a batch is looked at: after a tenth of its age, within these; [K]."""
LONGEST_WATCH_S = 5.0
"""How often the journal is looked at for what another command's batch brings, at least; [K]."""
BEGINS = 3
"""How often a batch is sent whose sending fails on the line."""
ENDING_S = 900.0
"""How long a batch that was cancelled may take to end; [K], the vendors say ten minutes."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Level:
    """What one level came to."""

    sent: int
    answered: int


class Night:
    """The batches of one command. `wait_s`: how long a batch is waited for before what is open in it is late."""

    def __init__(
        self,
        store: Store,
        purse: str,
        tiers: Mapping[str, TierSettings],
        vendors: Vendors,
        wait_s: float,
        tell: Callable[[str], None],
    ) -> None:
        self._items = Items(store, time.time)
        self._folder = store.folder
        self._purse = purse
        self._tiers = tiers
        self._vendors = vendors
        self._wait_s = wait_s
        self._tell = tell

    async def level(self) -> Level:
        """Send what is wanted, wait for it and for what an earlier command sent, and journal what comes."""
        earlier = self._items.sent(self._purse)
        new = [self._items.begin(items) for items in _apart(self._items.wanted(self._purse))]
        batches = [batch for batch in (*earlier, *new) if batch.items]
        others = self._items.awaited(self._purse)
        sent = sum(len(batch.items) for batch in batches) + sum(map(len, others.values()))
        if not sent:
            return Level(0, 0)
        self._tell(f"{sent} questions wait for {len(batches) + len(others)} batches")
        answered = await asyncio.gather(
            *(self._through(batch, batch.items[0], is_new=batch in new) for batch in batches),
            *(self._beside(label, mine) for label, mine in others.items()),
        )
        await self._vendors.close()
        self._tell(f"{sum(answered)} of {sent} answered, the rest is asked as always")
        return Level(sent, sum(answered))

    async def _through(self, batch: Batch, asked: Item, *, is_new: bool) -> int:
        """Take one batch to its end, where `asked` would go; how many of its questions are answered."""
        tier = self._tiers.get(asked.tier)
        if tier is None or not goes_by_night(tier):
            return self._leave(batch.items)
        errand = _Errand(batch, self._api(tier), self._items, batch.began + self._wait_s, is_new)
        try:
            brought = await errand.brought()
        except Faulted as faulted:
            self._tell(f"a batch for {tier.model} failed ({faulted.fault.kind})")
            charged = AFTER[faulted.fault.kind].may_be_charged or bool(self._items.batch(batch.label).id)
            return self._leave(batch.items, None if charged else Decimal(0))
        return self._journal(batch, tier, brought)

    async def _beside(self, label: str, mine: Sequence[Item]) -> int:
        """Wait for a batch of another command that has what `mine` ask; how many of these are answered."""
        pause = FIRST_LOOK_S
        while (batch := self._items.batch(label)).items:
            if not any(alive(self._folder, purse) for purse in self._items.senders(label)):
                await self._through(batch, mine[0], is_new=False)
                break
            if time.time() > batch.began + self._wait_s + ENDING_S:
                return self._leave(self._items.still_wanted(mine))
            await asyncio.sleep(pause)
            pause = min(LONGEST_WATCH_S, pause * 2)
        return len(mine) - len(self._items.still_wanted(mine))

    def _journal(self, batch: Batch, tier: TierSettings, brought: Mapping[str, Brought]) -> int:
        price = model_price(tier.provider, tier.model, tier.price)
        answered = 0
        for item in batch.items:
            one = brought.get(_name(batch, item))
            if one is None or one.body is None:
                self._items.left(item, Decimal(0))
                continue
            reply = Reply(one.body, max(0.0, time.time() - batch.began))
            self._items.answered(item, reply, self._cost(tier, price, reply))
            answered += 1
        return answered

    def _cost(self, tier: TierSettings, price: ModelPrice | None, reply: Reply) -> Decimal | None:
        """Half of the list price; None if the reply tells no usage."""
        try:
            tokens = self._vendors.of(tier).judge(reply).tokens
        except Faulted as faulted:
            tokens = faulted.fault.tokens
        if price is None or tokens == Tokens():
            return None
        return price.usd(tokens) / HALF

    def _leave(self, items: Iterable[Item], usd: Decimal | None = Decimal(0)) -> int:
        for item in items:
            self._items.left(item, usd)
        return 0

    def _api(self, tier: TierSettings) -> BatchApi:
        client = self._vendors.client_of(tier)
        if tier.provider == "anthropic":
            return MessageBatches(client)
        return FileBatches(client, f"/v1/{DIALECTS[tier.api].path}")


@dataclass(frozen=True, slots=True)
class _Errand:
    """One batch on its way."""

    batch: Batch
    api: BatchApi
    items: Items
    until: float
    is_new: bool
    """whether it is this command that sends it; else an earlier one has, or was about to"""

    async def brought(self) -> dict[str, Brought]:
        """What came, by the names of the questions."""
        if self.batch.id:
            return await self._read(self.batch.id)
        may_be_there = not self.is_new
        for begin in range(BEGINS):
            found = await self._found() if may_be_there else None
            if found is not None:
                return found
            try:
                vendor = await self.api.begin(self.batch.label, self._questions())
                break
            except Faulted as faulted:
                if not AFTER[faulted.fault.kind].line or begin == BEGINS - 1:
                    raise
            may_be_there = True
        return await self._read(vendor)

    def _questions(self) -> dict[str, Mapping[str, Any]]:
        return {_name(self.batch, item): item.body for item in self.batch.items}

    async def _found(self) -> dict[str, Brought] | None:
        """What a batch brought whose id was never told; None if the vendor has none. Nothing of others is cancelled."""
        known = self.items.vendors_ids()
        began, count = self.batch.began, len(self.batch.items)
        for found in await self._patient(lambda: self.api.find(self.batch.label, began, count)):
            if found in known or not await self._ends(found, self.until):
                continue
            brought = await self._results(found)
            if any(_name(self.batch, item) in brought for item in self.batch.items):
                self.items.taken(self.batch, found)
                return brought
        return None

    async def _read(self, vendor: str) -> dict[str, Brought]:
        self.items.taken(self.batch, vendor)
        if not await self._ends(vendor, self.until):
            await self._patient(lambda: self.api.cancel(vendor))
            await self._ends(vendor, time.time() + ENDING_S)
        return await self._results(vendor)

    async def _results(self, vendor: str) -> dict[str, Brought]:
        return {one.name: one for one in await self._patient(lambda: self.api.results(vendor))}

    async def _ends(self, vendor: str, until: float) -> bool:
        """Whether it ends by then."""
        while not await self._patient(lambda: self.api.ended(vendor)):
            left = until - time.time()
            if left <= 0:
                return False
            age = time.time() - self.batch.began
            await asyncio.sleep(min(left, LONGEST_LOOK_S, max(FIRST_LOOK_S, age / 10)))
        return True

    async def _patient(self, call: Callable[[], Awaitable[T]]) -> T:
        """A call that is made again after a fault that passes, while the batch is waited for."""
        pause = FIRST_LOOK_S
        while True:
            try:
                return await call()
            except Faulted as faulted:
                after = AFTER[faulted.fault.kind]
                passes = after.line or after.waited_for
                if not passes or time.time() + pause > self.until + ENDING_S:
                    raise
                await asyncio.sleep(max(pause, faulted.fault.retry_after_s or 0))
                pause = min(LONGEST_LOOK_S, pause * 2)


def _name(batch: Batch, item: Item) -> str:
    """What a question is called in its batch: unique over all batches, and in the letters that both vendors take."""
    return f"{batch.label}-{item.id}"


def _apart(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Items by what one batch may hold: one tier and model, so many, so large."""
    open_: dict[tuple[str, str], list[Item]] = {}
    size: dict[tuple[str, str], int] = {}
    for item in items:
        place = (item.tier, item.model)
        bytes_ = len(json.dumps(item.body))
        full = len(open_.get(place, ())) == MOST_ITEMS or size.get(place, 0) + bytes_ > MOST_BYTES
        if full and place in open_:
            yield open_.pop(place)
            size[place] = 0
        open_.setdefault(place, []).append(item)
        size[place] = size.get(place, 0) + bytes_
    yield from open_.values()
