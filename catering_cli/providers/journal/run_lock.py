"""Which runs are alive: each holds a file lock that the system drops when its process ends, however it ends."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class Lock:
    """A lock of one run, held until released. `taken` says whether this process got it."""

    def __init__(self, folder: Path, run: str) -> None:
        self.run = run
        self._file = folder / f"{run}.lock"
        self._descriptor = os.open(self._file, os.O_CREAT | os.O_RDWR, 0o600)
        self.taken = _try(self._descriptor)
        if not self.taken:
            os.close(self._descriptor)

    def release(self, *, remove: bool = False) -> None:
        """Let the run go; `remove` the file if no process will ask for this run any more."""
        if self.taken:
            self.taken = False
            if remove:
                self._file.unlink(missing_ok=True)
            os.close(self._descriptor)


def alive(folder: Path, run: str) -> bool:
    """Whether another process, or another lock of this one, is at `run`."""
    lock = Lock(folder, run)
    taken = lock.taken
    lock.release()
    return not taken


def _try(descriptor: int) -> bool:
    try:
        import fcntl
    except ImportError:  # no such locks on this system: two processes may then continue one run
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
