"""Load: how many requests a provider takes at once, and which tiers rest, shared by everything a run asks."""

from __future__ import annotations

import asyncio
import re
import time
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Literal, NamedTuple

from catering_cli.providers.base import Fault, Faulted, Reply, Request, Vendor
from catering_cli.providers.faults import AFTER
from catering_cli.providers.stack.asking import Asking, Silent
from catering_cli.providers.stack.load import Load
from catering_cli.providers.stack.wrapper import Wrapper
from catering_cli.providers.vendors.http_headers import moment

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from catering_cli.domain.execution import FaultKind

USUAL = {"anthropic": 8, "openai": 16}
"""Requests at once unless the config says; a provider without a row takes as many as come."""
_MANY = 10_000
FIRST_PAUSE_S = 10.0
"""How long a tier rests after two faults of the line in a row; each further one doubles it; [K], as are these:"""
LONGEST_PAUSE_S = 300.0
_IN_A_ROW = 2
_OF_A_SERVER = 4
"""Faults of the line in a row, whatever the tier, after which a whole server rests."""
_REMAINING = re.compile(r"^(anthropic-ratelimit-.*-remaining|x-ratelimit-remaining-.*)$")
_SPAN = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h|d)")
_UNIT_S = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}


class Limits:
    """The state of all tiers of a run."""

    def __init__(
        self,
        concurrency: Mapping[str, int],
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
        share: int = 1,
        asking: Asking | None = None,
    ) -> None:
        """`share`: how many processes divide what a provider takes at once."""
        self.asking = asking or Asking(clock=clock)
        self._clock = clock
        self._wall = wall
        self._places = {name: max(1, places // share) for name, places in {**USUAL, **concurrency}.items()}
        self._gates: dict[str, asyncio.Semaphore] = {}
        self._loads: dict[str, Load] = {}
        self._out: dict[str, FaultKind] = {}
        self._line = Line(clock)

    def begin(self, deadline_s: float | None = None) -> None:
        """Another run begins, on an event loop of its own: who rests goes on resting, and every place is free."""
        self._gates.clear()
        for load in self._loads.values():
            load.begin()
        self.asking.begin(deadline_s)

    def gate(self, provider: str) -> asyncio.Semaphore:
        """The places of a provider."""
        return self._gates.setdefault(provider, asyncio.Semaphore(self._places.get(provider, _MANY)))

    def state(self, tier: str, provider: str, server: str = "") -> FaultKind | Literal[""]:
        """How a tier stands now: '' is free."""
        if out := self._out.get(tier) or self.asking.over():
            return out
        if down := self._line.down(tier, server or provider):
            return down
        if self.cooling_s(tier) > 0:
            return "cooling"
        return "saturated" if self.gate(provider).locked() else ""

    def load(self, tier: str) -> Load:
        """The load of a tier."""
        return self._loads.setdefault(tier, Load(self._clock))

    def cooling_s(self, tier: str) -> float:
        """Seconds until a tier may be asked again."""
        return self.load(tier).rest_s()

    def cool(self, tier: str, seconds: float) -> None:
        """Let a tier rest; never shortens a rest."""
        self.load(tier).rest(seconds)

    def tier_out(self, tier: str, scope: str, fault: Fault) -> None:
        """What the table of faults says about a tier beyond the step that met the fault."""
        if scope == "run":
            self._out[tier] = fault.kind
        elif scope == "cooldown":
            seconds = fault.retry_after_s
            if seconds is None:
                seconds = AFTER[fault.kind].cooldown_s
            self.cool(tier, seconds)

    def answered(self, tier: str, server: str, begun_in: int = 0) -> None:
        """A tier has answered: its line is good."""
        self._line.good(tier, server)
        self.load(tier).answered(begun_in)

    def refuse_if_down(self, tier: str, server: str) -> None:
        """Raise the fault again that a tier rests after."""
        self.asking.refuse_if_over()
        if down := self._line.down(tier, server):
            raise Faulted(Fault(down, "not asked: its server failed before, and rests"))

    def hangs(self, server: str) -> None:
        """Let a server rest that says nothing, with all its tiers."""
        self._line.rest(server, "timeout")

    def meet(self, tier: str, fault: Fault, server: str = "", begun_in: int = 0) -> Fault:
        """Let a tier rest at once after a fault of load, one that names a time, or the second in a row of the line.

        Returns the fault with the rest that follows it.
        """
        after = AFTER[fault.kind]
        if after.line:
            self._line.bad(tier, server, fault.kind)
        if after.waited_for:
            load = self.load(tier)
            load.refused(fault.retry_after_s, after.cooldown_s, begun_in)
            return replace(fault, retry_after_s=load.rest_s())
        if after.tier_out == "cooldown" or fault.retry_after_s is not None:
            self.tier_out(tier, "cooldown", fault)
        return fault

    def heed(self, tier: str, headers: Mapping[str, str]) -> None:
        """Let a tier rest when its vendor says that nothing remains until some time."""
        now = moment(headers.get("date", ""))
        if now is None:
            now = self._wall()
        for name, value in headers.items():
            if _REMAINING.match(name) and value.strip() == "0":
                self.cool(tier, reset_s(headers.get(name.replace("remaining", "reset"), ""), now))


class Line:
    """Faults of the line in a row, of each tier and of each server as a whole."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._bad: dict[tuple[str, str], int] = {}
        self._until: dict[tuple[str, str], tuple[float, FaultKind]] = {}

    def good(self, tier: str, server: str) -> None:
        """What a tier answers ends the row, its server's too."""
        for who in (("tier", tier), ("server", server)):
            self._bad.pop(who, None)

    def bad(self, tier: str, server: str, kind: FaultKind) -> None:
        """One more in the row."""
        for who, bearable in ((("tier", tier), _IN_A_ROW), (("server", server), _OF_A_SERVER)):
            self._bad[who] = self._bad.get(who, 0) + 1
            beyond = self._bad[who] - bearable
            if beyond >= 0:
                pause = min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2**beyond)
                self._until[who] = (self._clock() + pause, kind)

    def down(self, tier: str, server: str) -> FaultKind | Literal[""]:
        """The fault that a tier, or its server, rests after; '' if it does not rest."""
        for who in (("tier", tier), ("server", server)):
            resting = self._until.get(who)
            if resting is not None and resting[0] > self._clock():
                return resting[1]
        return ""

    def rest(self, server: str, kind: FaultKind) -> None:
        """A server that hangs is not tried again for as long as a run may last."""
        self._until["server", server] = (self._clock() + LONGEST_PAUSE_S, kind)


def reset_s(text: str, now: float) -> float:
    """Seconds until a rate limit is whole again: 1m30s, 20ms, plain seconds, or a point in time (RFC 3339); else 0."""
    spans = _SPAN.findall(text)
    if spans and "".join(amount + unit for amount, unit in spans) == text:
        return float(sum(float(amount) * _UNIT_S[unit] for amount, unit in spans))
    try:
        return max(0.0, float(text))
    except ValueError:
        pass
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return 0.0
    if at.tzinfo is None:
        return 0.0
    return max(0.0, at.timestamp() - now)


class Place(NamedTuple):
    """Where a tier is asked: its name, whose places it takes, and the server that may hang."""

    tier: str
    provider: str
    server: str


class Limited(Wrapper):
    """A provider that is asked when it has a place and its tier does not rest.

    An impatient one refuses at once with `cooling` while its tier rests, so that the next tier is asked; a patient one
    (no other model is left in the chain) waits for it and for its turn, until the tier has refused for as long as its
    patience lasts. After faults of the line none waits.
    """

    def __init__(
        self,
        inner: Vendor,
        limits: Limits,
        place: Place,
        *,
        patience_s: float = 0.0,
    ) -> None:
        super().__init__(inner)
        self._vendor = inner
        self._limits = limits
        self._place = place
        self._patience_s = patience_s

    async def complete(self, request: Request) -> Reply:
        """Wait for a turn and a place, ask, and remember what the answer says about load."""
        load = self._limits.load(self._place.tier)
        self._rest_s()
        while True:
            turn = load.turn(request.asked_at + request.timeout_s, self._rest_s)
            waiting = turn if self._patience_s else load.at_once()
            async with waiting as begun_in, self._limits.gate(self._place.provider):
                if not self._rest_s():  # another step may have sent the tier to rest meanwhile
                    return await self._ask(request, begun_in)

    async def _ask(self, request: Request, begun_in: int) -> Reply:
        tier, _, server = self._place
        try:
            reply = await self._limits.asking.answer(server, self._inner.complete(request), self._vendor.alive)
        except Silent:
            self._limits.hangs(server)
            raise
        except Faulted as faulted:
            raise Faulted(self._limits.meet(tier, faulted.fault, server, begun_in)) from None
        self._limits.answered(tier, server, begun_in)
        self._limits.heed(tier, reply.headers)
        return reply

    def _rest_s(self) -> float:
        """How long the tier rests. Raises Faulted if it is not waited for."""
        tier, _, server = self._place
        self._limits.refuse_if_down(tier, server)
        load = self._limits.load(tier)
        rest = load.rest_s()
        patience_s = self._patience_s - load.busy_s()
        if rest > 0 and rest > min(patience_s, self._limits.asking.left_s()):
            raise Faulted(Fault("cooling", f"paused for another {rest:.1f} s", retry_after_s=rest))
        return rest
