"""Steps of one task with the same needs go in one request, cut in plan order; each is judged by itself.

Such steps start at the same moment. Each either asks, or leaves without asking because the kitchen knew or an earlier
answer stands. When all have done so, those that ask the same tier are asked together. Only a step's first question is
joint: a repair is asked for that step alone.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from catering_cli.domain.execution import ExecutionPlan, Step
from catering_cli.orchestrator.context import TierCall, TierChain
from catering_cli.providers.base import Faulted, Provider, Reply, Request
from catering_cli.providers.stack.wrapper import Wrapper


class Batches:
    """Which steps of a work plan go together. `most` says how many steps of a task may go in one request."""

    def __init__(self, work: ExecutionPlan, most: Callable[[str], int]) -> None:
        alike: dict[tuple[str, frozenset[str]], list[str]] = {}
        for step in work.steps:
            if most(step.task) > 1:
                alike.setdefault((step.task, frozenset(step.needs)), []).append(step.id)
        self._of: dict[str, _Batch] = {}
        for (task, _), ids in alike.items():
            size = most(task)
            for start in range(0, len(ids), size):
                together = ids[start : start + size]
                self._of.update(dict.fromkeys(together, _Batch(together)))

    def chain_for(self, step: Step, chain: TierChain) -> TierChain:
        """The chain of a step, with its tiers asked jointly if the step goes with others."""
        batch = self._of.get(step.id)
        if batch is None:
            return chain
        return chain._replace(calls=tuple(_joint(call, batch, step.id) for call in chain.calls))

    def release(self, step: Step) -> None:
        """The step is done: no other step has to wait for it."""
        if batch := self._of.get(step.id):
            batch.release(step.id)


def _joint(call: TierCall, batch: _Batch, step: str) -> TierCall:
    if call.provider is None or call.together is None:
        return call
    return replace(call, provider=_BatchedTier(call.provider, call, batch, step))


@dataclass(frozen=True)
class _WaitingStep:
    """A step that has asked and waits for its reply."""

    call: TierCall
    request: Request
    reply: asyncio.Future[Reply]


class _Batch:
    """Steps that may be asked together, once."""

    def __init__(self, steps: Sequence[str]) -> None:
        self._missing = set(steps)
        self._waiting: list[_WaitingStep] = []
        self._sending: set[asyncio.Task[None]] = set()

    def expects(self, step: str) -> bool:
        """Whether the step has neither asked nor left."""
        return step in self._missing

    async def ask(self, step: str, call: TierCall, request: Request) -> Reply:
        """The reply to a step's first question, when all others have asked or left."""
        waiting = _WaitingStep(call, request, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        self.release(step)
        return await waiting.reply

    def release(self, step: str) -> None:
        """The step has asked or left. When it was the last, those that asked are sent, one request for each tier."""
        self._missing.discard(step)
        if self._missing or not self._waiting:
            return
        by_tier: dict[tuple[str, str | None], list[_WaitingStep]] = {}
        for waiting in self._waiting:
            if not waiting.reply.cancelled():
                by_tier.setdefault((waiting.call.tier, waiting.request.effort), []).append(waiting)
        self._waiting = []
        for waiting_steps in by_tier.values():
            task = asyncio.create_task(_send(waiting_steps))
            self._sending.add(task)
            task.add_done_callback(self._sending.discard)


async def _send(steps: Sequence[_WaitingStep]) -> None:
    """Ask for all of them; whatever ends the request ends it for every one."""
    try:
        replies = await _replies(steps)
    except asyncio.CancelledError:
        for waiting in steps:
            waiting.reply.cancel()
        raise
    except Exception as error:  # noqa: BLE001  # handed on to the steps that wait, each with a traceback of its own
        for waiting in steps:
            _fail(waiting, error)
        return
    for waiting, reply in zip(steps, replies, strict=True):
        if not waiting.reply.done():
            waiting.reply.set_result(reply)


async def _replies(steps: Sequence[_WaitingStep]) -> Sequence[Reply]:
    """A reply to each, of the tier that all of them ask."""
    call = steps[0].call
    assert call.provider is not None
    assert call.together is not None
    requests = [waiting.request for waiting in steps]
    if len(requests) == 1:
        return [await call.provider.complete(requests[0])]
    return await call.together(requests)


def _fail(waiting: _WaitingStep, error: Exception) -> None:
    if waiting.reply.done():
        return
    own = Faulted(error.fault) if isinstance(error, Faulted) else error
    waiting.reply.set_exception(own)


class _BatchedTier(Wrapper):
    """A tier as one step of a batch asks it."""

    def __init__(
        self,
        inner: Provider,
        call: TierCall,
        batch: _Batch,
        step: str,
    ) -> None:
        super().__init__(inner)
        self._tier_call = call
        self._batch = batch
        self._step = step

    async def complete(self, request: Request) -> Reply:
        """With the others the first time, unless the reply is journalled; alone after that."""
        if self._batch.expects(self._step) and not self._tier_call.journalled(request):
            return await self._batch.ask(self._step, self._tier_call, request)
        self._batch.release(self._step)
        return await self._inner.complete(request)
