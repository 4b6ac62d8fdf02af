"""Where a result is written: looked at before the work begins, and held against a second writer until it is done."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from catering_cli.domain.problem import Problem, Refused
from catering_cli.intake.json_document import OPENED


@contextmanager
def reserved(path: Path | None, unlike: Iterable[str] = ()) -> Iterator[None]:
    """Hold the file `path` for this process. `unlike`: the inputs, which a result may not replace.

    Raises Refused, before any work, if the file could not be written or another process is at it.
    """
    if path is None or not _replaced(path):
        yield
        return
    apart(path, unlike)
    _refuse_unwritable(path)
    from catering_cli.providers.journal.run_lock import Lock

    try:
        lock = Lock(path.parent, f".{path.name}")
    except OSError as error:
        raise _refused(f"cannot be written: {_reason(error)}; name a file elsewhere", path) from None
    if not lock.taken:
        raise _refused("is being written by another run; name another file, or wait for it", path)
    try:
        yield
    finally:
        lock.release(remove=True)


@contextmanager
def all_reserved(paths: Iterable[Path], unlike: Iterable[str]) -> Iterator[None]:
    """Hold several files as `reserved` does one."""
    with ExitStack() as held:
        for path in paths:
            held.enter_context(reserved(path, unlike))
        yield


def folder(path: Path) -> None:
    """Make the folder `path`. Raises Refused if it cannot be one."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise _refused(f"cannot be a folder: {_reason(error)}", path) from None


def written(path: Path, data: bytes) -> None:
    """Write a whole file or none: beside it first, then in its place. Raises Refused if that cannot be."""
    try:
        if not _replaced(path):
            path.write_bytes(data)
            return
        _whole(path, data)
    except OSError as error:
        raise _unwritable(error, path) from None


def _whole(path: Path, data: bytes) -> None:
    beside = _beside(path)
    try:
        beside.write_bytes(data)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _beside(path: Path) -> Path:
    """Where a file is written before it takes its place."""
    return path.with_name(f".{path.name}.{os.getpid()}.part")


def _replaced(path: Path) -> bool:
    """Whether the file is replaced whole; into a device or a pipe it is written. Raises Refused if it is no file."""
    try:
        if path.is_dir():
            raise _refused("is a folder; name a file", path)
        if path.is_fifo() and not str(path).startswith(OPENED):
            raise _refused("is a pipe, which may have no reader; name a file, or pipe standard output into it", path)
        return path.is_file() or not path.exists()
    except (OSError, ValueError) as error:
        raise _refused(f"is no name of a file: {_reason(error)}", path) from None


def apart(path: Path, inputs: Iterable[str], option: str = "--out") -> None:
    """Raise Refused if a file that is to be written is one of the inputs."""
    for name in inputs:
        other = Path(name)
        if path.exists() and other.exists() and path.samefile(other):
            raise _refused("is what is read; name another file, or it would be lost", path, option)


def _refuse_unwritable(path: Path) -> None:
    if not path.parent.is_dir():
        raise _refused(f"stands in no folder that is there; make {path.parent} first", path)
    trial = _beside(path)
    try:
        trial.touch()
        trial.unlink()
    except OSError as error:
        raise _unwritable(error, path) from None


def _unwritable(error: OSError, path: Path) -> Refused:
    return _refused(f"cannot be written: {_reason(error)}; name a file in a folder that you may write", path)


def _reason(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or error)


def _refused(message: str, path: Path, option: str = "--out") -> Refused:
    return Refused(Problem(message, str(path), option))
