"""Ctrl-C while models are asked: once ends the asking, twice ends the program."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def interruptible(first: Callable[[], None]) -> Iterator[None]:
    """Call `first` at the first interrupt, and cancel the task that this runs in at the second.

    Where the event loop takes no signal handlers (Windows), the first interrupt ends the program.
    """
    loop = asyncio.get_running_loop()
    task = asyncio.current_task()
    assert task is not None
    seen: list[int] = []

    def interrupted() -> None:
        seen.append(signal.SIGINT)
        if len(seen) == 1:
            first()
        else:
            task.cancel()

    try:
        loop.add_signal_handler(signal.SIGINT, interrupted)
    except (NotImplementedError, RuntimeError, ValueError):
        yield
        return
    try:
        yield
    except asyncio.CancelledError:
        if len(seen) > 1:
            raise KeyboardInterrupt from None
        raise
    finally:
        loop.remove_signal_handler(signal.SIGINT)
