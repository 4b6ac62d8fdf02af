"""The journal's file: one SQLite database in a private folder, safe for several processes at once.

Write-ahead logging: readers and a writer do not block each other, and what was committed survives a kill. The folder
is 0700 and the file 0600, because replies quote orders; no key is ever written.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from catering_cli.domain.problem import Problem, Refused

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

VERSION = 2
PICO = 10**12
"""Money is kept in whole picodollars: one token of the cheapest model is a hundred thousand of them."""
_SCHEMA = f"""
PRAGMA user_version = {VERSION};
CREATE TABLE IF NOT EXISTS runs (
    id TEXT PRIMARY KEY, key TEXT NOT NULL, title BLOB NOT NULL, config TEXT NOT NULL, pattern TEXT NOT NULL,
    version TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'open', started REAL NOT NULL, finished REAL,
    record BLOB NOT NULL DEFAULT x''
);
CREATE INDEX IF NOT EXISTS runs_by_key ON runs (key, state);
CREATE TABLE IF NOT EXISTS replies (
    run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, hash TEXT NOT NULL, ordinal INTEGER NOT NULL,
    task TEXT NOT NULL, model TEXT NOT NULL, body TEXT NOT NULL, seconds REAL NOT NULL, at REAL NOT NULL,
    PRIMARY KEY (run, hash, ordinal)
);
CREATE TABLE IF NOT EXISTS accepted (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL, run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    payload BLOB NOT NULL, at REAL NOT NULL, UNIQUE (key, run)
);
CREATE TABLE IF NOT EXISTS spending (
    id INTEGER PRIMARY KEY, run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    reserved INTEGER NOT NULL, settled INTEGER, at REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS spending_by_run ON spending (run);
"""
_PURSES = """
CREATE TABLE IF NOT EXISTS purses (
    purse TEXT NOT NULL, run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, PRIMARY KEY (purse, run)
)
"""
"""Which runs were of one command. It came later, and an older file gets it beside what it holds."""

_ASKED = """
CREATE TABLE IF NOT EXISTS asked (
    run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, hash TEXT NOT NULL, system BLOB NOT NULL,
    user BLOB NOT NULL, PRIMARY KEY (run, hash)
)
"""
"""What was asked, for reading. It came later, and an older file gets it beside what it holds."""

_OVERNIGHT = (
    """
CREATE TABLE IF NOT EXISTS overnight (
    id INTEGER PRIMARY KEY, run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, hash TEXT NOT NULL,
    ordinal INTEGER NOT NULL, tier TEXT NOT NULL, task TEXT NOT NULL, model TEXT NOT NULL, body BLOB NOT NULL,
    ticket INTEGER, batch TEXT NOT NULL DEFAULT '', state TEXT NOT NULL DEFAULT 'wanted', at REAL NOT NULL,
    UNIQUE (run, hash, ordinal)
)
""",
    """
CREATE TABLE IF NOT EXISTS batches (label TEXT PRIMARY KEY, vendor TEXT NOT NULL DEFAULT '', at REAL NOT NULL)
""",
    """
CREATE TABLE IF NOT EXISTS claims (key TEXT PRIMARY KEY, purse TEXT NOT NULL) WITHOUT ROWID
""",
)
"""What goes to the vendors' batches. It came later, and an older file gets it beside what it holds."""

_TABLES = ("purses", "asked", "overnight", "replies", "accepted", "spending", "runs")
_CLEAR = "".join(f"DROP TABLE IF EXISTS {table};" for table in _TABLES)
"""A journal of an earlier form is begun again: what it holds can be asked again."""


def state_folder(env: Mapping[str, str]) -> Path:
    """Where the journal lives: $CATERING_STATE, else `catering` in the XDG state folder."""
    if own := env.get("CATERING_STATE"):
        return Path(own)
    base = env.get("XDG_STATE_HOME")
    return (Path(base) if base else Path.home() / ".local" / "state") / "catering"


def written(text: str) -> bytes:
    """Text as it is stored: half a character in an order is no reason to lose an answer."""
    return text.encode("utf-8", "surrogatepass")


def read(stored: bytes) -> str:
    """Stored text."""
    return stored.decode("utf-8", "surrogatepass")


class Damaged(Refused):
    """The journal's file can no longer be read or written."""


def _create(file: Path) -> None:
    """An empty file that only its owner reads, if there is none.

    One that is there is not even opened: to close it again would drop the locks of this process's other connections,
    and another process could then write over what they have open (https://www.sqlite.org/howtocorrupt.html, 2.2).
    """
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


class Store:
    """An open journal file. Raises Refused if it cannot be opened, Damaged if it fails later."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "journal.sqlite3"
        self.broken = ""
        """what went wrong with the file since it was opened; empty if nothing did"""
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _create(self.file)
            self._db = sqlite3.connect(self.file, isolation_level=None, timeout=30, check_same_thread=False)
            self._prepare()
        except (OSError, sqlite3.Error) as error:
            message = f"the journal cannot be opened ({error}); point CATERING_STATE at a folder of your own"
            raise Refused(Problem(message, str(self.file))) from None

    def _prepare(self) -> None:
        for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
            self._db.execute(f"PRAGMA {pragma}")
        found = self._db.execute("PRAGMA user_version").fetchone()[0]
        if found > VERSION:
            message = "the journal was written by a newer version; point CATERING_STATE at another folder"
            raise Refused(Problem(message, str(self.file)))
        if found < VERSION:
            self._db.executescript(f"BEGIN IMMEDIATE; {_CLEAR if found else ''} {_SCHEMA} COMMIT;")
        for table in (_PURSES, _ASKED, *_OVERNIGHT):
            self._db.execute(table)

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """The rows of one statement; a write is committed when this returns."""
        try:
            return self._db.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            self.broken = str(error)
            ways = "free its disk, delete it, or point CATERING_STATE at another folder"
            raise Damaged(Problem(f"the journal cannot be used ({error}); {ways}", str(self.file))) from None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Several statements as one, with the write lock held from the start."""
        self.rows("BEGIN IMMEDIATE")
        try:
            yield
            self.rows("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):  # a full disk has ended the transaction already
                self._db.execute("ROLLBACK")
            raise

    def close(self) -> None:
        """Close the file."""
        self._db.close()
