"""One command at a time sends the questions of an order: it claims its orders before it asks, and holds a lock.

The lock falls with the process, however that ends; what it claimed is then free for the next command.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from catering_cli.providers.journal.run_lock import Lock, alive

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from catering_cli.providers.journal.database import Store


@contextmanager
def claimed(store: Store, keys: Iterable[str], purse: str) -> Iterator[frozenset[str]]:
    """Hold what is asked under `keys` for the command of a purse; gives those that another command holds."""
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
        for key in keys - taken:
            store.rows("INSERT INTO claims (key, purse) VALUES (?, ?)", key, purse)
    return taken
