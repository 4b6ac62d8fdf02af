"""One tier, one question: ask, read, judge. What follows a fault is looked up in the table `AFTER`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from catering_cli.domain.execution import Attempt, Tokens
from catering_cli.domain.finding import Finding
from catering_cli.orchestrator.context import RunContext, TierCall
from catering_cli.orchestrator.items import Bad, Judge, bad_items, what_stands
from catering_cli.providers.base import HALF, Answer, Fault, Faulted, Reply, Request, with_cap
from catering_cli.providers.faults import AFTER, LARGER
from catering_cli.tasks.shared import wire
from catering_cli.tasks.shared.task import AnyTask, Wire

KEPT = 16
"""Digits of a request's hash that the ledger has."""
MOST_WAITS = 20
"""How often a busy tier is asked again by one step, whatever the patience."""


class _Outcome(NamedTuple):
    """What one call brought: the reply and its text as far as there are any, and a good answer or the fault."""

    reply: Reply | None
    said: Answer | None
    is_: Wire | Fault
    stands: Wire | None = None
    """of a rejected answer, what is left without its bad items"""
    bad: Sequence[Bad] = ()


class Said(NamedTuple):
    """An answer that holds, and the attempt that brought it."""

    tier: str
    model: str
    answer: Wire
    attempt: Attempt


def first_request(task: AnyTask, given: Wire, call: TierCall) -> Request:
    """What a tier is asked at first."""
    return Request(
        model=call.model,
        system=wire.prompt(task.prompt),
        user=wire.question(given),
        schema=wire.answer_schema(task),
        schema_name=task.name,
        max_tokens=call.max_tokens,
        effort=call.effort,
        temperature=call.temperature,
        timeout_s=call.timeout_s,
    )


async def ask_tier(
    task: AnyTask,
    given: Wire,
    call: TierCall,
    context: RunContext,
    judge: Judge,
    note: Callable[[Attempt], None],
) -> Said | None:
    """A good answer of one tier, or None when the table of faults says to leave it. Failed attempts are noted here.

    A rejected answer is asked again as a whole, with the place of every fault. What then is still bad is dropped
    item by item; if the second answer is worse, what was good in the first stands.
    """
    first = replace(first_request(task, given, call), asked_at=context.clock())
    first = request = _as_learned(first, call)
    tries: Counter[str] = Counter()
    partly: Said | None = None
    while True:
        began = context.clock()
        outcome = await _once(task, request, call, judge)
        attempt = _timed(call, request, outcome, context.clock() - began, of_reply=context.times_replies)
        if isinstance(outcome.is_, Wire):
            return Said(call.tier, call.model, outcome.is_, attempt)
        fault = outcome.is_
        note(_failed(attempt, fault, call, came=outcome.reply is not None))
        if outcome.stands is not None:
            partly = Said(call.tier, call.model, outcome.stands, _partly(call, outcome.bad, attempt.asked))
        after = AFTER[fault.kind]
        patience_s = call.patience_s - call.busy_s()
        rest_s = fault.retry_after_s or after.cooldown_s
        if after.waited_for and rest_s <= patience_s and tries["waited"] < MOST_WAITS:
            tries["waited"] += 1
            continue
        counted_as = "repair" if after.change == "repair" else fault.kind
        tries[counted_as] += 1
        if tries[counted_as] > after.again:
            if after.tier_out and partly is None:
                context.tier_out(call.tier, after.tier_out, fault)
            return partly
        text = outcome.said.text if outcome.said else ""
        request = _changed(after.change, first, request, text, fault)
        call.learn(request.max_tokens - call.max_tokens)


def _timed(call: TierCall, request: Request, outcome: _Outcome, took_s: float, *, of_reply: bool) -> Attempt:
    """The attempt with what was asked and how long it took; `of_reply`: as the reply itself says, replayed or not."""
    tokens = outcome.said.tokens if outcome.said else Tokens()
    attempt = _attempt(call, outcome.reply, tokens, took_s)
    attempt = attempt.model_copy(update={"asked": call.key(request)[:KEPT]})
    if of_reply and outcome.reply is not None:
        return attempt.model_copy(update={"seconds": round(outcome.reply.seconds, 3)})
    return attempt


def _as_learned(request: Request, call: TierCall) -> Request:
    """With the cap that cut answers have taught, unless the reply to the request as it stands is journalled."""
    more = call.learned()
    if not more or call.journalled(request):
        return request
    return with_cap(request, call.max_tokens + more)


def _partly(call: TierCall, bad: Sequence[Bad], asked: str) -> Attempt:
    """The attempt under which the good items of a rejected answer stand, at no cost: the call itself is rejected."""
    dropped = "; ".join(f"{item.place}: {_in_words(item.findings[0])}" for item in bad)
    detail = f"its other items stand; left out: {dropped}"[:_MOST_SAID]
    return Attempt(tier=call.tier, model=call.model, left="accepted", detail=detail, asked=asked)


_MOST_SAID = 2_000
"""Letters of what is said about the items that were left out."""


def _in_words(finding: Finding) -> str:
    """What was wrong, without the words that it was wrong in: they may quote the order."""
    return _QUOTED.sub("it", finding.message)


_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")


async def _once(
    task: AnyTask,
    request: Request,
    call: TierCall,
    judge: Judge,
) -> _Outcome:
    """One call and what came of it."""
    assert call.provider is not None
    reply: Reply | None = None
    said: Answer | None = None
    try:
        reply = await call.provider.complete(request)
        said = call.provider.judge(reply)
        answer = wire.read_answer(task, said.text)
    except Faulted as faulted:
        return _Outcome(reply, said, faulted.fault)
    except wire.Unreadable as unreadable:
        return _Outcome(reply, said, Fault("wrong_schema", str(unreadable)))
    wrong = judge.faults(answer)
    if not wrong:
        return _Outcome(reply, said, answer)
    bad = bad_items(answer, wrong, judge)
    fault = Fault("rejected", "\n".join(_complaints(wrong, bad)))
    return _Outcome(reply, said, fault, what_stands(answer, bad, judge), bad)


def _complaints(wrong: Sequence[Finding], bad: Sequence[Bad]) -> Iterator[str]:
    """Each fault in a line, with its place in the answer where an item is at fault."""
    placed: dict[int, str] = {}
    for item in bad:
        placed |= dict.fromkeys(map(id, item.findings), item.place)
    for finding in wrong:
        yield wire.complaint(finding.model_copy(update={"where": placed.get(id(finding), finding.where)}))


def _changed(
    change: str,
    first: Request,
    last: Request,
    text: str,
    fault: Fault,
) -> Request:
    """The next request after a fault, by what the table says is to change."""
    if change == "larger":
        return replace(with_cap(last, last.max_tokens * LARGER), ordinal=0)
    if change == "repair":
        complaints = fault.detail.splitlines() or [fault.kind]
        return replace(last, user=wire.repair(first.user, text, complaints), ordinal=0)
    return replace(last, ordinal=last.ordinal + 1)


def _attempt(
    call: TierCall,
    reply: Reply | None,
    tokens: Tokens,
    seconds: float,
) -> Attempt:
    overnight = reply is not None and reply.overnight
    replayed = reply is not None and reply.journalled and not overnight
    return Attempt(
        tier=call.tier,
        model=call.model,
        left="accepted",
        tokens=tokens,
        usd=_usd(call, tokens, replayed=replayed, overnight=overnight),
        seconds=round(seconds, 3),
        journalled=replayed,
        overnight=overnight,
    )


def _usd(call: TierCall, tokens: Tokens, *, replayed: bool, overnight: bool) -> Decimal | None:
    """Price of a call that was answered; None if its price is not known, or its server told no usage.

    What a free model costs is known without its usage. What came by a batch costs half of the list price.
    """
    if replayed:
        return Decimal(0)
    usd = _list_price(call, tokens)
    return usd / HALF if overnight and usd else usd


def _list_price(call: TierCall, tokens: Tokens) -> Decimal | None:
    told_no_usage = tokens == Tokens()
    if told_no_usage and call.price(Tokens(input=_SOME, output=_SOME)) != 0:
        return None
    return call.price(tokens)


_SOME = 1_000_000
"""Tokens that cost something unless the model is free."""

_TEXT_FAULTS = frozenset({"rejected", "wrong_schema"})
"""Faults whose detail is about what the answer said."""


def _failed(attempt: Attempt, fault: Fault, call: TierCall, *, came: bool) -> Attempt:
    """The attempt as it failed; `came`: with a whole reply.

    What a rejected answer said stays out of the ledger: it may quote the order.
    """
    tokens = attempt.tokens if attempt.tokens != Tokens() else fault.tokens
    usd: Decimal | None = Decimal(0)
    if came or AFTER[fault.kind].may_be_charged:
        usd = _usd(call, tokens, replayed=attempt.journalled, overnight=attempt.overnight)
    detail = fault.detail
    if fault.kind in _TEXT_FAULTS:
        count = len(fault.detail.splitlines()) or 1
        detail = f"the answer failed {count} check(s)"
    return attempt.model_copy(update={"left": fault.kind, "detail": detail[:300], "tokens": tokens, "usd": usd})
