"""Which runs are alive: each holds a file lock that the system drops when its process ends, however it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

if TYPE_CHECKING:
    from pathlib import Path


class Lock:
    """A lock of one run, or of one file that is written, held until released. `taken`: whether this process got it."""

    def __init__(self, folder: Path, run: str) -> None:
        self.run = run
        self._file = lock_file(folder, run)
        self._lock = FileLock(self._file, mode=0o600)
        self.taken = self._take()

    def _take(self) -> bool:
        try:
            self._lock.acquire(blocking=False)
        except Timeout:
            return False
        return True

    def release(self, *, remove: bool = False) -> None:
        """Let the run go; `remove` the file if no process will ask for this run any more."""
        if self.taken:
            self.taken = False
            if remove:
                self._file.unlink(missing_ok=True)
            self._lock.release()


def lock_file(folder: Path, run: str) -> Path:
    """The file that is locked."""
    return folder / f"{run}.lock"


def alive(folder: Path, run: str) -> bool:
    """Whether another process, or another lock of this one, is at `run`."""
    if not lock_file(folder, run).exists():
        return False
    lock = Lock(folder, run)
    taken = lock.taken
    lock.release()
    return not taken
