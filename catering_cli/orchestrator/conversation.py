"""One tier, one question: ask, read, judge; what follows a fault is looked up in one table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from catering_cli.domain.attempt import Attempt, Tokens
from catering_cli.domain.finding import Finding
from catering_cli.orchestrator.context import House, Seat
from catering_cli.providers.base import Answer, Fault, Faulted, Reply, Request
from catering_cli.providers.faults import AFTER, LARGER
from catering_cli.tasks.shared import wire
from catering_cli.tasks.shared.task import AnyTask, Wire

MAY_BE_CHARGED = frozenset({"timeout", "cut"})
"""Faults after which the vendor may have charged without saying so."""


class Said(NamedTuple):
    """An answer that holds, and the attempt that brought it."""

    tier: str
    model: str
    answer: Wire
    attempt: Attempt


def first_request(task: AnyTask, given: Wire, seat: Seat) -> Request:
    """What a tier is asked at first."""
    return Request(
        model=seat.model,
        system=wire.prompt(task.prompt),
        user=wire.question(given),
        schema=wire.schema(task),
        schema_name=task.name,
        max_tokens=seat.max_tokens,
        effort=seat.effort,
        temperature=seat.temperature,
        timeout_s=seat.timeout_s,
    )


async def talk(
    task: AnyTask,
    given: Wire,
    seat: Seat,
    house: House,
    judge: Callable[[Wire], Sequence[Finding]],
    note: Callable[[Attempt], None],
) -> Said | None:
    """A good answer of `seat`, or None when the table of faults says to leave it. Failed attempts are noted here."""
    first = request = first_request(task, given, seat)
    tries: Counter[str] = Counter()
    while True:
        began = house.clock()
        reply, said, fault = await _once(task, request, seat, judge)
        attempt = _attempt(seat, reply, said.tokens if said else Tokens(), house.clock() - began)
        if isinstance(fault, Wire):
            return Said(seat.tier, seat.model, fault, attempt)
        note(_failed(attempt, fault, seat, came=reply is not None))
        after = AFTER[fault.kind]
        kind = "repair" if after.change == "repair" else fault.kind
        tries[kind] += 1
        if tries[kind] > after.again:
            if after.tier_out:
                house.tier_out(seat.tier, after.tier_out, fault)
            return None
        request = _changed(after.change, first, request, said.text if said else "", fault)


async def _once(
    task: AnyTask, request: Request, seat: Seat, judge: Callable[[Wire], Sequence[Finding]]
) -> tuple[Reply | None, Answer | None, Wire | Fault]:
    """One call: the reply and its text as far as there are any, and a good answer or the fault."""
    assert seat.provider is not None
    reply: Reply | None = None
    said: Answer | None = None
    try:
        reply = await seat.provider.complete(request)
        said = seat.provider.judge(reply)
        answer = wire.read(task, said.text)
    except Faulted as faulted:
        return reply, said, faulted.fault
    except wire.Unreadable as unreadable:
        return reply, said, Fault("wrong_schema", str(unreadable))
    if wrong := judge(answer):
        return reply, said, Fault("rejected", "\n".join(wire.complaint(finding) for finding in wrong))
    return reply, said, answer


def _changed(change: str, first: Request, last: Request, text: str, fault: Fault) -> Request:
    """The next request after a fault, by what the table says is to change."""
    if change == "larger":
        return replace(last, max_tokens=last.max_tokens * LARGER, ordinal=0)
    if change == "repair":
        return replace(last, user=wire.repair(first.user, text, fault.detail.splitlines() or [fault.kind]), ordinal=0)
    return replace(last, ordinal=last.ordinal + 1)


def _attempt(seat: Seat, reply: Reply | None, tokens: Tokens, seconds: float) -> Attempt:
    replayed = reply is not None and reply.journalled
    return Attempt(
        tier=seat.tier,
        model=seat.model,
        left="accepted",
        tokens=tokens,
        usd=_usd(seat, tokens, replayed=replayed),
        seconds=round(seconds, 3),
        journalled=replayed,
    )


def _usd(seat: Seat, tokens: Tokens, *, replayed: bool) -> Decimal | None:
    """List price of a call that was answered; where its server told no usage it is known only of a free model."""
    if replayed:
        return Decimal(0)
    free = tokens == Tokens() and seat.price(Tokens(input=_SOME, output=_SOME)) == 0
    return seat.price(tokens) if free or tokens != Tokens() else None


_SOME = 1_000_000
"""Tokens that cost something wherever tokens do."""


def _failed(attempt: Attempt, fault: Fault, seat: Seat, *, came: bool) -> Attempt:
    """The attempt as it failed; `came`: with a whole reply.

    What a rejected answer said stays out of the ledger: it may quote the order.
    """
    tokens = attempt.tokens if attempt.tokens != Tokens() else fault.tokens
    charged = came or fault.kind in MAY_BE_CHARGED
    usd = _usd(seat, tokens, replayed=attempt.journalled) if charged else Decimal(0)
    detail = "" if fault.kind in {"rejected", "wrong_schema"} else fault.detail
    if fault.kind in {"rejected", "wrong_schema"}:
        detail = f"{len(fault.detail.splitlines()) or 1} finding(s) against the answer"
    return attempt.model_copy(update={"left": fault.kind, "detail": detail[:300], "tokens": tokens, "usd": usd})
