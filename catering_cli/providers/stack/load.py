"""The load of one tier: how long it rests, and who goes next of the calls that wait for it.

A tier that refused for load is tried by one call, the one whose deadline comes first; each answer lets twice as many go
at a time. A vendor that does not say how long to wait is given twice as long after each refusal in a row.
"""

from __future__ import annotations

import asyncio
from bisect import insort
from contextlib import asynccontextmanager, suppress
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

ALL = 1 << 20
"""As many calls at a time as come."""
WAKES_S = 0.5
"""How often a call that waits looks whether the asking is over."""
LONGEST_REST_S = 300.0
"""[K] Longest rest of a tier whose vendor names none."""


class Load:
    """What is known of a tier's load. A round is the time between two refusals."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._until = 0.0
        self._in_a_row = 0
        self._busy_since: float | None = None
        self.round = 0
        self._width = ALL
        self.begin()

    def begin(self) -> None:
        """Another run begins, on an event loop of its own: nothing waits, and nothing is in flight."""
        self._flying = 0
        self._waiting: list[tuple[float, int]] = []
        self._numbers = count()
        self._changed = asyncio.Event()

    def rest_s(self) -> float:
        """Seconds until it may be asked again."""
        return max(0.0, self._until - self._clock())

    def rest(self, seconds: float) -> None:
        """Let it rest; never shortens a rest."""
        self._until = max(self._until, self._clock() + seconds)

    def busy_s(self) -> float:
        """For how long it has refused and not answered."""
        return 0.0 if self._busy_since is None else self._clock() - self._busy_since

    def refused(self, named_s: float | None, usual_s: float, begun_in: int) -> None:
        """It refused a call; of several that were in flight together one counts."""
        if begun_in == self.round:
            self._in_a_row += 1
            self.round += 1
        if self._busy_since is None:
            self._busy_since = self._clock()
        self._width = 1
        longer_s = usual_s * 2 ** min(self._in_a_row - 1, 10)
        self.rest(named_s if named_s is not None else min(LONGEST_REST_S, longer_s))

    def answered(self, begun_in: int) -> None:
        """It answered a call; one that was begun after the last refusal lets more go at a time."""
        self._in_a_row = 0
        self._busy_since = None
        if begun_in == self.round:
            self._width = min(ALL, self._width * 2)
        self._wake()

    @asynccontextmanager
    async def turn(self, deadline: float, rest_s: Callable[[], float]) -> AsyncIterator[int]:
        """Wait for the end of the rest and for one's turn; yields the round. `rest_s` raises if waiting is in vain."""
        place = (deadline, next(self._numbers))
        insort(self._waiting, place)
        try:
            while (rest := rest_s()) > 0 or not self._is_next(place):
                await self._change(min(rest or WAKES_S, WAKES_S))
            self._flying += 1
        finally:
            self._waiting.remove(place)
            self._wake()
        try:
            yield self.round
        finally:
            self._flying -= 1
            self._wake()

    @asynccontextmanager
    async def at_once(self) -> AsyncIterator[int]:
        """No waiting: another model may answer."""
        yield self.round

    def _is_next(self, place: tuple[float, int]) -> bool:
        return place == self._waiting[0] and self._flying < self._width

    async def _change(self, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._changed.wait()

    def _wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()
