"""One command at a time sends the questions of an order: it claims its orders before it asks, and holds a lock.

The lock falls with the process, however that ends; what it claimed is then free for the next command. A claim is the
key of a run. An ordinary command of that key looks here first: what is claimed, or out in a batch, is not paid again.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from catering_cli.providers.journal.run_lock import Lock, alive

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from catering_cli.providers.journal.database import Store


_CLAIMED = (
    "SELECT purse FROM claims WHERE key = ? AND purse != ? AND purse NOT IN"
    " (SELECT purse FROM purses JOIN runs ON runs.id = run WHERE key = claims.key AND state = 'finished')"
)
_SENT = (
    "SELECT count(*) FROM overnight WHERE state = 'sent'"
    " AND run IN (SELECT id FROM runs WHERE key = ? AND state = 'open')"
)
_UNSENT = "state = 'wanted' AND run IN (SELECT id FROM runs WHERE key = ? AND state = 'open')"
_FREE = f"UPDATE spending SET settled = 0 WHERE id IN (SELECT ticket FROM overnight WHERE {_UNSENT})"  # noqa: S608
_FORGET = f"DELETE FROM overnight WHERE {_UNSENT}"  # noqa: S608


@contextmanager
def claimed(store: Store, keys: Iterable[str], purse: str) -> Iterator[frozenset[str]]:
    """Hold what is asked under `keys` for the command of a purse; gives those that another command is at."""
    lock = Lock(store.folder, purse)
    try:
        yield _claim(store, frozenset(keys), purse)
    finally:
        if not store.broken:
            store.rows("DELETE FROM claims WHERE purse = ?", purse)
        lock.release(remove=True)


def _claim(store: Store, keys: frozenset[str], purse: str) -> frozenset[str]:
    """Claim all keys in one step, so that of two commands at once the first has all that both want."""
    with store.transaction():
        for (other,) in store.rows("SELECT DISTINCT purse FROM claims"):
            if not alive(store.folder, other):
                store.rows("DELETE FROM claims WHERE purse = ?", other)
        taken = keys & {key for (key,) in store.rows("SELECT key FROM claims")}
        taken |= {key for key in keys if any(alive(store.folder, run) for run in _unfinished(store, key))}
        for key in keys - taken:
            store.rows("INSERT INTO claims (key, purse) VALUES (?, ?)", key, purse)
    return taken


def _unfinished(store: Store, key: str) -> list[str]:
    return [run for (run,) in store.rows("SELECT id FROM runs WHERE key = ? AND state = 'open'", key)]


class Out(NamedTuple):
    """What stands in the way of an ordinary command: its questions go, or have gone, by night."""

    live: bool
    """whether a command sends them now"""
    questions: int
    """in batches that no command waits for any more"""


def out(store: Store, key: str, purse: str) -> Out | None:
    """Who has the questions that are asked under `key`, if an ordinary command (of `purse`) would pay for them again.

    What an ended command wrote down and never sent is asked as always, and the money for it is free again.
    """
    if any(alive(store.folder, other) for (other,) in store.rows(_CLAIMED, key, purse)):
        return Out(live=True, questions=0)
    with store.transaction():
        ((sent,),) = store.rows(_SENT, key)
        if sent:
            return Out(live=False, questions=sent)
        store.rows(_FREE, key)
        store.rows(_FORGET, key)
    return None
