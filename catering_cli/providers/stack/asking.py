"""How long is asked: the run's deadline, an interrupt, and a server that says nothing.

A model that thinks for a minute and a server that hangs look alike to the one who waits. What tells them apart is
whether the server says anything at all: any answer or error is a sign of life. After `silence_s` without one the server
is asked for its list of models, and if that does not come either it is given up with all that it was asked. While one
server hangs, another that has not spoken yet gets a shorter trial: with both hanging, a run should not take twice as
long.
"""

from __future__ import annotations

import asyncio
import math
import time
from typing import TYPE_CHECKING, Literal

from catering_cli.providers.base import Fault, Faulted

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine
    from typing import Any

    from catering_cli.domain.execution import FaultKind
    from catering_cli.providers.base import Reply

SILENCE_S = 20.0
"""[K] Longest silence of a server before it has to show that it lives."""
TRIAL = 0.3
"""[K] Share of that silence for a server that has not spoken yet, while another one hangs."""
GRACE_S = 1.5
"""[K] How long an interrupted run still takes what is about to arrive."""
_TICK_S = 0.25
"""How often it is looked whether the asking is over."""


def _goes_on() -> bool:
    return False


class Asking:
    """The time of one run, and each server's silence."""

    def __init__(
        self,
        silence_s: float = SILENCE_S,
        clock: Callable[[], float] = time.monotonic,
        stopped: Callable[[], bool] = _goes_on,
    ) -> None:
        """`stopped`: whether a person ended the run; it is looked at all the time."""
        self._silence_s = silence_s
        self._clock = clock
        self._stopped = stopped
        self._ends = math.inf
        self._interrupted = False
        self._heard: set[str] = set()
        self._since: dict[str, float] = {}
        self._in_flight: dict[str, int] = {}
        self._hung: set[str] = set()
        self._looking: set[str] = set()

    def begin(self, deadline_s: float | None = None) -> None:
        """A run begins, on an event loop of its own: nothing is in flight."""
        self._ends = math.inf if deadline_s is None else self._clock() + deadline_s
        self._interrupted = False
        self._in_flight.clear()
        self._hung.clear()
        self._looking.clear()
        self._since.clear()

    def over(self) -> FaultKind | Literal[""]:
        """Why nothing is asked any more; '' while there is time."""
        left_s = self.left_s()
        if self._interrupted:
            return "interrupted"
        return "out_of_time" if left_s <= 0 else ""

    def left_s(self) -> float:
        """Seconds until the deadline. After an interrupt what is in flight has a moment left."""
        if self._stopped() and not self._interrupted:
            self._interrupted = True
            self._ends = min(self._ends, self._clock() + GRACE_S)
        return self._ends - self._clock()

    def refuse_if_over(self) -> None:
        """Raise what the asking ended with."""
        if kind := self.over():
            raise Faulted(Fault(kind, "not asked"))

    async def answer(
        self, server: str, asked: Coroutine[Any, Any, Reply], alive: Callable[[], Awaitable[bool]]
    ) -> Reply:
        """The reply, while there is time and the server lives. Raises Faulted(timeout), Silent if it hangs."""
        task = asyncio.create_task(asked)
        self._begins(server)
        try:
            while not task.done():
                self._give_up_if_over()
                await self._refuse_if_silent(server, alive)
                await asyncio.wait({task}, timeout=_TICK_S)
            self._hears(server, task)
            return task.result()
        finally:
            self._in_flight[server] -= 1
            if not task.done():
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)

    def _begins(self, server: str) -> None:
        busy = self._in_flight.get(server, 0)
        self._in_flight[server] = busy + 1
        if not busy:
            self._since[server] = self._clock()

    def _hears(self, server: str, task: asyncio.Task[Reply]) -> None:
        """Any answer of the server, an error too, is a sign of life."""
        error = task.exception()
        if error is None or (isinstance(error, Faulted) and error.fault.status is not None):
            self._lives(server)

    def _lives(self, server: str) -> None:
        self._heard.add(server)
        self._hung.discard(server)
        self._since[server] = self._clock()

    def _give_up_if_over(self) -> None:
        if self.left_s() <= 0:
            why = "the run was interrupted" if self._interrupted else "the time for asking was over"
            raise Faulted(Fault("timeout", f"no answer when {why}"))

    async def _refuse_if_silent(self, server: str, alive: Callable[[], Awaitable[bool]]) -> None:
        """Several requests may be in flight: the first to find the server silent looks whether it lives."""
        silent_s = self._clock() - self._since[server]
        on_trial = self._hung - {server} and server not in self._heard
        most_s = self._silence_s * TRIAL if on_trial else self._silence_s
        if server in self._hung:
            raise Silent(Fault("timeout", "the server hangs"))
        if silent_s <= most_s or server in self._looking:
            return
        self._looking.add(server)
        try:
            if await alive():
                self._lives(server)
                return
        finally:
            self._looking.discard(server)
        self._hung.add(server)
        raise Silent(Fault("timeout", f"the server said nothing for {silent_s:.0f} s"))


class Silent(Faulted):
    """A server that hangs: it is left with all its tiers."""
