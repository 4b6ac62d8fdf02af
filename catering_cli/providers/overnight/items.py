"""What waits for a batch, and which batch it went with: two tables of the journal.

An item is one try of one request of one run. It is `wanted` when its run has stopped at it, `sent` with a batch,
`done` when its reply is journalled, and `ordinary` when the batch brought none: it is then asked as always. What
several runs ask in the very same words is sent once, whichever commands they are of; the others get the reply for
nothing and are `shared`. A batch is written down before it is sent, under a label of ours, and its vendor's id after: a
command that is killed in between finds by the label what it sent.
"""

from __future__ import annotations

import json
import secrets
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from catering_cli.providers.journal.database import PICO, Damaged, read, written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from catering_cli.providers.base import Reply, Request
    from catering_cli.providers.journal.database import Store

_ITEM = "SELECT id, tier, model, body, ticket FROM overnight"
_WANTED = (
    "SELECT id, tier, model, body, ticket FROM overnight WHERE id IN ("
    "SELECT min(id) FROM overnight JOIN purses USING (run) WHERE state = 'wanted' AND purse = ? GROUP BY hash, ordinal"
    ") AND (hash, ordinal) NOT IN (SELECT hash, ordinal FROM overnight WHERE state = 'sent') ORDER BY id"
)  # fmt: skip
_SEND = (
    "UPDATE overnight SET state = 'sent', batch = ?1 WHERE id = ?2 AND state = 'wanted'"
    " AND (hash, ordinal) NOT IN (SELECT hash, ordinal FROM overnight WHERE state = 'sent' AND batch != ?1)"
)
_AWAITED = (
    "SELECT other.batch, mine.id, mine.tier, mine.model, mine.body, mine.ticket"
    " FROM overnight AS mine JOIN purses USING (run) JOIN overnight AS other USING (hash, ordinal)"
    " WHERE mine.state = 'wanted' AND purse = ?1 AND other.state = 'sent' AND other.batch NOT IN"
    " (SELECT batch FROM overnight JOIN purses USING (run) WHERE state = 'sent' AND purse = ?1) ORDER BY mine.id"
)
_OUT = "SELECT DISTINCT batch FROM overnight JOIN purses USING (run) WHERE state = 'sent' AND purse = ? ORDER BY batch"
_ALIKE = (
    "SELECT other.id, other.ticket FROM overnight AS other JOIN overnight AS mine USING (hash, ordinal)"
    " WHERE mine.id = ? AND other.state = 'wanted'"
)
"""What waits for the very same question, in no batch."""


@dataclass(frozen=True, slots=True)
class Item:
    """One question of a batch."""

    id: int
    tier: str
    model: str
    body: Mapping[str, Any]
    ticket: int | None
    """the money that is set aside for it"""


@dataclass(frozen=True, slots=True)
class Batch:
    """Questions that are sent together; `id` is the vendor's, empty if it is not known to have been taken."""

    label: str
    id: str
    began: float
    items: tuple[Item, ...]


class Items:
    """The items of all runs of one journal."""

    def __init__(self, store: Store, clock: Callable[[], float]) -> None:
        self._store = store
        self._clock = clock

    def state(self, run: str, key: str, ordinal: int) -> str:
        """How a try of a request stands; 'ordinary' if any try of it is to be asked as always, '' if it is new."""
        rows = self._store.rows("SELECT ordinal, state FROM overnight WHERE run = ? AND hash = ?", run, key)
        states = dict(rows)
        return "ordinary" if "ordinary" in states.values() else states.get(ordinal, "")

    def want(self, place: tuple[str, str, int], tier: str, asked: tuple[Request, str], ticket: int | None) -> None:
        """Write down that a run (by id, key and ordinal) waits for a reply; `asked` with its wire body as JSON."""
        request, body = asked
        with suppress(Damaged):
            self._store.rows(
                "INSERT OR IGNORE INTO overnight (run, hash, ordinal, tier, task, model, body, ticket, at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                *place, tier, request.schema_name, request.model, written(body), ticket, self._clock(),
            )  # fmt: skip
            self._store.rows(
                "INSERT OR IGNORE INTO asked (run, hash, system, user) VALUES (?, ?, ?, ?)",
                *place[:2], written(request.system), written(request.user),
            )  # fmt: skip

    def wanted(self, purse: str) -> list[Item]:
        """What the runs of a command wait for and is in no batch yet, of any command."""
        return [_item(*row) for row in self._store.rows(_WANTED, purse)]

    def begin(self, items: Sequence[Item]) -> Batch:
        """A batch of `items`, written down before it is sent; without those that another command has taken."""
        label = secrets.token_hex(8)
        now = self._clock()
        with self._store.transaction():
            self._store.rows("INSERT INTO batches (label, at) VALUES (?, ?)", label, now)
            for item in items:
                self._store.rows(_SEND, label, item.id)
        return self.batch(label)

    def awaited(self, purse: str) -> dict[str, list[Item]]:
        """By the batch of another command that brings it: what the runs of a command wait for."""
        found: dict[str, list[Item]] = {}
        for label, *item in self._store.rows(_AWAITED, purse):
            found.setdefault(label, []).append(_item(*item))
        return found

    def senders(self, label: str) -> set[str]:
        """The purses of the commands whose questions are in a batch."""
        asked = "SELECT DISTINCT purse FROM purses JOIN overnight USING (run) WHERE batch = ? AND state = 'sent'"
        return {purse for (purse,) in self._store.rows(asked, label)}

    def still_wanted(self, items: Iterable[Item]) -> list[Item]:
        """Those of some items that still wait, in no batch of their own."""
        waiting = {number for (number,) in self._store.rows("SELECT id FROM overnight WHERE state = 'wanted'")}
        return [item for item in items if item.id in waiting]

    def sent(self, purse: str) -> list[Batch]:
        """The batches that the runs of a command still wait for."""
        return [self.batch(label) for (label,) in self._store.rows(_OUT, purse)]

    def batch(self, label: str) -> Batch:
        """A batch as it stands: with what it still has to bring."""
        ((vendor, began),) = self._store.rows("SELECT vendor, at FROM batches WHERE label = ?", label)
        items = self._store.rows(_ITEM + " WHERE batch = ? AND state = 'sent' ORDER BY id", label)
        return Batch(label, vendor, began, tuple(_item(*row) for row in items))

    def taken(self, batch: Batch, vendor: str) -> None:
        """The vendor has taken a batch, under an id of its own."""
        self._store.rows("UPDATE batches SET vendor = ? WHERE label = ?", vendor, batch.label)

    def vendors_ids(self) -> set[str]:
        """The vendors' ids of all batches that are known."""
        return {vendor for (vendor,) in self._store.rows("SELECT vendor FROM batches WHERE vendor != ''")}

    def answered(self, item: Item, reply: Reply, usd: Decimal | None) -> None:
        """A reply has come: journalled under the runs that wait for it, and settled at what it cost."""
        with self._store.transaction():
            alike = self._store.rows(_ALIKE, item.id)
            for number, ticket in ((item.id, item.ticket), *alike):
                self._store.rows(
                    "INSERT OR IGNORE INTO replies (run, hash, ordinal, task, model, body, seconds, at)"
                    " SELECT run, hash, ordinal, task, model, ?, ?, ? FROM overnight WHERE id = ?",
                    json.dumps(reply.body), reply.seconds, self._clock(), number,
                )  # fmt: skip
                mine = number == item.id
                self._end(number, ticket, "done" if mine else "shared", usd if mine else Decimal(0))

    def left(self, item: Item, usd: Decimal | None) -> None:
        """No reply came: it is asked as always. `usd` None: the vendor may have charged for it."""
        with self._store.transaction():
            self._end(item.id, item.ticket, "ordinary", usd)

    def _end(self, number: int, ticket: int | None, state: str, usd: Decimal | None) -> None:
        """The end of an item, once: a batch that two commands read is settled by the first."""
        open_ = "UPDATE overnight SET state = ? WHERE id = ? AND state IN ('wanted', 'sent') RETURNING id"
        if self._store.rows(open_, state, number) and usd is not None:
            self._store.rows("UPDATE spending SET settled = ? WHERE id = ?", int(usd * PICO), ticket)


def _item(number: int, tier: str, model: str, body: bytes, ticket: int | None) -> Item:
    return Item(number, tier, model, json.loads(read(body)), ticket)
