"""Ctrl-C: once ends the asking and the rounds, and what is decided so far is printed; twice ends the program."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

ONCE = "Interrupted: the plan follows as it is decided so far. Again to leave at once."
SEVERAL = "Interrupted: what is begun is written as it is decided so far. Again to leave at once."


def _nothing() -> None:
    pass


def _never() -> bool:
    return False


def _leave() -> None:
    raise KeyboardInterrupt


class Interrupt:
    """How often a person has interrupted; work that takes long looks here. `elsewhere`: whether another process was."""

    def __init__(self, elsewhere: Callable[[], bool] = _never) -> None:
        self._elsewhere = elsewhere
        self._times = 0
        self._once: Callable[[], object] = _nothing
        self._twice: Callable[[], object] = _leave

    def stops(self) -> bool:
        """Whether nothing further is to be begun."""
        return self._times > 0 or self._elsewhere()

    def leaves(self) -> bool:
        """Whether the program is to end at once."""
        return self._times > 1

    def __call__(self, *_signal: object) -> None:
        """Ctrl-C was pressed."""
        self._times += 1
        told = self._once if self._times == 1 else self._twice
        told()

    @contextmanager
    def telling(self, once: Callable[[], object], twice: Callable[[], object] = _leave) -> Iterator[None]:
        """Call `once` at the first interrupt, `twice` at each further one. They run between any two steps of Python."""
        before = self._once, self._twice
        self._once, self._twice = once, twice
        try:
            yield
        finally:
            self._once, self._twice = before

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Hear Ctrl-C, unless this process was started to ignore it or the thread is not its main one."""
        ignored = signal.getsignal(signal.SIGINT) == signal.SIG_IGN
        if ignored or threading.current_thread() is not threading.main_thread():
            yield
            return
        before = signal.signal(signal.SIGINT, self)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)
