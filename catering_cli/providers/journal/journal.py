"""The journal: every complete reply of a run, and the answers that stand, across runs.

`replies`, by hash of the exact body, the address and the ordinal of the try: replayed within their run and judged
again by today's checks, good or bad. What brought no complete 200 is not in it and is never replayed. `accepted`, by a
hash of whatever the answer depends on: looked up first, across runs. Resume is running again: the same order, config,
pattern and version continue their newest unfinished run.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from catering_cli.providers.base import Reply, Request
from catering_cli.providers.journal.database import PICO, Damaged, read, written
from catering_cli.providers.journal.run_lock import Lock, alive

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable

    from catering_cli.providers.journal.database import Store


def digest(*parts: Any) -> str:
    """A hash of JSON values: the same values, the same hash, whatever the order of their keys."""
    text = json.dumps(
        parts,
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
        default=str,
    )
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class RunSummary:
    """A run as `catering runs` shows it."""

    id: str
    title: str
    config: str
    pattern: str
    version: str
    state: str
    """open (may be continued), live (another process is at it), or finished"""
    started: float
    finished: float | None
    replies: int
    usd: Decimal
    """what it has spent in USD, the worst case of what was never settled included"""
    record: str
    """what the run said of itself: JSON text, '' if it said nothing"""


@dataclass(frozen=True, slots=True)
class ReplySummary:
    """A journalled reply, without what it says."""

    task: str
    model: str
    seconds: float
    at: float


class Journal:
    """All runs of one state folder."""

    def __init__(
        self,
        store: Store,
        clock: Callable[[], float] = time.time,
        token: Callable[[], str] = lambda: secrets.token_hex(3),
    ) -> None:
        self.store = store
        self._clock = clock
        self._token = token

    def open_run(
        self,
        key: str,
        *,
        title: str = "",
        config: str = "",
        pattern: str = "",
        version: str = "",
        fresh: bool = False,
    ) -> RunJournal:
        """Continue the newest unfinished run of `key` that no process is at, or begin one; `fresh` always begins one.

        A fresh run also ignores the answers of all others (`--no-cache`).
        """
        if not fresh and (lock := self._unfinished(key)):
            return RunJournal(self.store, lock, self._clock, continued=True)
        now = self._clock()
        run = f"{time.strftime('%Y%m%d-%H%M%S', time.gmtime(now))}-{self._token()}"
        lock = Lock(self.store.folder, run)
        self.store.rows(
            "INSERT INTO runs (id, key, title, config, pattern, version, started) VALUES (?, ?, ?, ?, ?, ?, ?)",
            run, key, written(title), config, pattern, version, now,
        )  # fmt: skip
        return RunJournal(self.store, lock, self._clock, alone=fresh)

    def _unfinished(self, key: str) -> Lock | None:
        """The lock of the newest unfinished run of `key` that no process is at."""
        is_open = "SELECT id FROM runs WHERE key = ? AND state = 'open'"
        for (run,) in self.store.rows(f"{is_open} ORDER BY rowid DESC", key):
            lock = Lock(self.store.folder, run)
            if lock.taken and self.store.rows(f"{is_open} AND id = ?", key, run):  # it may have finished just now
                return lock
            lock.release()
        return None

    def runs(self) -> tuple[RunSummary, ...]:
        """All runs, newest first."""
        rows = self.store.rows(
            "SELECT id, title, config, pattern, version, state, started, finished,"
            " (SELECT count(*) FROM replies WHERE run = runs.id),"
            " (SELECT coalesce(sum(coalesce(settled, reserved)), 0) FROM spending WHERE run = runs.id), record"
            " FROM runs ORDER BY rowid DESC"
        )
        return tuple(self._run_summary(*row) for row in rows)

    def replies(self, run: str) -> tuple[ReplySummary, ...]:
        """The replies of a run in the order in which they came."""
        rows = self.store.rows("SELECT task, model, seconds, at FROM replies WHERE run = ? ORDER BY rowid", run)
        return tuple(ReplySummary(*row) for row in rows)

    def _run_summary(self, run: str, title: bytes, *rest: Any) -> RunSummary:
        config, pattern, version, state, started, finished, replies, picos, record = rest
        holders = self.store.rows("SELECT ?1 UNION SELECT purse FROM purses WHERE run = ?1", run)
        if state == "open" and any(alive(self.store.folder, holder) for (holder,) in holders):
            state = "live"
        usd = Decimal(picos) / PICO
        return RunSummary(
            run, read(title), config, pattern, version, state, started, finished, replies, usd, read(record)
        )  # fmt: skip

    def prune(self, before: float | None = None) -> int:
        """Forget every run that no process is at and that began before a time (None: all), with all it holds.

        Returns how many.
        """
        left = [listed for listed in self.runs() if listed.state != "live"]
        until = float("inf") if before is None else before
        gone = [listed.id for listed in left if listed.started < until]
        with self.store.transaction():
            for run in gone:
                self.store.rows("DELETE FROM runs WHERE id = ?", run)
        for run in gone:
            (self.store.folder / f"{run}.lock").unlink(missing_ok=True)
        self.store.rows("VACUUM")
        return len(gone)


class RunJournal:
    """One run, open. It is the `memory` of a RunContext: `recall` and `keep`.

    If its file fails on the way, what is in hand is used, nothing further is asked for, and `store.broken` says why.
    """

    def __init__(
        self,
        store: Store,
        lock: Lock,
        clock: Callable[[], float] = time.time,
        *,
        continued: bool = False,
        alone: bool = False,
    ) -> None:
        self.store = store
        self.id = lock.run
        self.continued = continued
        self.purse = ""
        self.judges_again = False
        """whether its own replies are read again in place of the answers that stood"""
        self._lock = lock
        self.clock = clock
        self.alone = alone
        self._shift: Counter[str] = Counter()
        self._others = (self.id, self.id)
        self.asking: dict[tuple[str, int], asyncio.Task[Any]] = {}
        """requests in flight, by hash and ordinal: a second asker of the same waits for the first one's reply"""

    def join(self, purse: str) -> None:
        """Share one purse with the other runs of a command."""
        self.purse = purse
        self.store.rows("INSERT OR IGNORE INTO purses (purse, run) VALUES (?, ?)", purse, self.id)

    def also_from(self, run: str) -> None:
        """Take the replies of another run too, for the very same requests."""
        self._others = (self.id, run)

    def recall(self, key: str) -> str | None:
        """The newest answer that stood under `key`."""
        rows = self._read(
            "SELECT payload FROM accepted WHERE key = ?1 AND (run = ?2 OR NOT ?3) AND NOT (run = ?2 AND ?4)"
            " ORDER BY id DESC LIMIT 1",
            key, self.id, self.alone, self.judges_again,
        )  # fmt: skip
        return read(rows[0][0]) if rows else None

    def keep(self, key: str, payload: str) -> None:
        """Let `payload` stand under `key`, durably."""
        if self.recall(key) != payload:
            with suppress(Damaged):
                self.store.rows(
                    "INSERT INTO accepted (key, run, payload, at) VALUES (?, ?, ?, ?)"
                    " ON CONFLICT (key, run) DO UPDATE SET payload = excluded.payload, at = excluded.at",
                    key, self.id, written(payload), self.clock(),
                )  # fmt: skip

    def reply(self, key: str, ordinal: int) -> Reply | None:
        """The reply of this run to the `ordinal`th try of the request `key`, to be judged again.

        A try that brought no reply left a gap. After a restart it is not made again: the reply of the next try is
        taken, and later tries of that request count on from there.
        """
        wanted = ordinal + self._shift[key]
        rows = self._read(
            "SELECT ordinal, body, seconds, (run, hash, ordinal) IN"
            " (SELECT run, hash, ordinal FROM overnight WHERE state = 'done')"
            " FROM replies WHERE run IN (?, ?) AND hash = ? AND ordinal >= ? ORDER BY ordinal LIMIT 1",
            *self._others, key, wanted,
        )  # fmt: skip
        if not rows:
            return None
        found, body, seconds, by_batch = rows[0]
        self._shift[key] += found - wanted
        return Reply(json.loads(body), seconds, journalled=True, overnight=bool(by_batch))

    def shifted(self, key: str) -> int:
        """How far the tries of a request are counted on from the number that the asker gives."""
        return self._shift[key]

    def has_reply(self, key: str, ordinal: int) -> bool:
        """Whether there is one."""
        wanted = ordinal + self._shift[key]
        asked = "SELECT 1 FROM replies WHERE run IN (?, ?) AND hash = ? AND ordinal >= ? LIMIT 1"
        return bool(self._read(asked, *self._others, key, wanted))

    def latest(self, task: str, model: str) -> list[Reply]:
        """The newest replies of a model to a task, of any run."""
        asked = "SELECT body, seconds FROM replies WHERE task = ? AND model = ? ORDER BY at DESC LIMIT 20"
        return [Reply(json.loads(body), seconds) for body, seconds in self._read(asked, task, model)]

    def _read(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Rows; none if the file fails."""
        try:
            return self.store.rows(sql, *values)
        except Damaged:
            return []

    def write(self, *rows: tuple[str, Request, Reply]) -> None:
        """Journal replies under the hashes of their requests before they are read: all of them or none."""
        with suppress(Damaged), self.store.transaction():
            for key, request, reply in rows:
                self.store.rows(
                    "INSERT OR IGNORE INTO replies (run, hash, ordinal, task, model, body, seconds, at)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    self.id, key, request.ordinal + self._shift[key], request.schema_name, request.model,
                    json.dumps(reply.body), reply.seconds, self.clock(),
                )  # fmt: skip
                self.store.rows(
                    "INSERT OR IGNORE INTO asked (run, hash, system, user) VALUES (?, ?, ?, ?)",
                    self.id, key, written(request.system), written(request.user),
                )  # fmt: skip

    def note(self, record: str) -> None:
        """What the run says of itself so far: JSON text, shown by `catering runs`."""
        with suppress(Damaged):
            self.store.rows("UPDATE runs SET record = ? WHERE id = ?", written(record), self.id)

    def finish(self, record: str = "") -> None:
        """The run is done and will not be continued; `record` is what it says of itself."""
        self.note(record)
        with suppress(Damaged):
            self.store.rows("UPDATE runs SET state = 'finished', finished = ? WHERE id = ?", self.clock(), self.id)
        self._lock.release(remove=True)

    def forget(self) -> None:
        """Leave no trace of an unfinished run that asked no model; one that was continued stays."""
        asked = "SELECT 1 FROM replies WHERE run = ?1 UNION SELECT 1 FROM accepted WHERE run = ?1"
        asked += " UNION SELECT 1 FROM spending WHERE run = ?1 UNION SELECT 1 FROM overnight WHERE run = ?1"
        with suppress(Damaged):
            if not self.continued and not self.store.rows(asked, self.id):
                self.store.rows("DELETE FROM runs WHERE id = ? AND state = 'open'", self.id)
                self._lock.release(remove=True)

    def leave(self) -> None:
        """Let the run go; unfinished, it is continued by the next command of its key."""
        self._lock.release()
