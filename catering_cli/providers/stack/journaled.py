"""The outermost wrapper of a call: what is journalled is not asked, what is asked is journalled."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from catering_cli.providers.base import Answer, Fault, Faulted, Provider, Reply, Request
from catering_cli.providers.journal.journal import RunJournal, digest
from catering_cli.providers.stack import batched
from catering_cli.providers.stack.wrapper import Wrapper

if TYPE_CHECKING:
    from collections.abc import Sequence


class Journaled(Wrapper):
    """A provider whose complete replies are journalled, and replayed within their run."""

    def __init__(self, inner: Provider, run: RunJournal) -> None:
        super().__init__(inner)
        self._run = run

    def judge(self, reply: Reply) -> Answer:
        """Text and tokens of a body, or of a part of one."""
        return batched.judged(reply.body) or super().judge(reply)

    def journalled(self, request: Request) -> bool:
        """Whether this run already has the reply to that very request."""
        return self._run.has_reply(self.key(request), request.ordinal)

    async def complete(self, request: Request) -> Reply:
        """The journalled reply, else one that is journalled before it is returned.

        The asking goes on when the asker is cancelled: what is paid for is journalled.
        """
        key = self.key(request)
        if replayed := self._run.reply(key, request.ordinal):
            return replayed
        flight = (key, request.ordinal)
        first = flight not in self._run.asking
        if first:
            task = asyncio.create_task(self._ask(key, request))
            task.add_done_callback(_looked_at)
            self._run.asking[flight] = task
        reply: Reply = await asyncio.shield(self._run.asking[flight])
        if first:
            return reply
        return replace(reply, journalled=True)

    async def together(self, requests: Sequence[Request]) -> list[Reply]:
        """A reply to each of several like requests, from one request for all; each part is journalled as its own.

        Raises Faulted, for all of them, if no complete reply came.
        """
        whole = batched.combined(requests)
        flight = (self.key(whole), whole.ordinal)
        task = asyncio.create_task(self._ask_together(whole, requests))
        task.add_done_callback(_looked_at)
        task.add_done_callback(lambda _: self._run.asking.pop(flight, None))
        self._run.asking[flight] = task
        return await asyncio.shield(task)

    async def _ask_together(self, whole: Request, requests: Sequence[Request]) -> list[Reply]:
        reply = await self._sent(whole)
        bodies = batched.parts(reply, self._inner.judge, len(requests))
        replies = [replace(reply, body=body) for body in bodies]
        rows = [(self.key(request), request, part) for request, part in zip(requests, replies, strict=True)]
        self._run.write((self.key(whole), whole, reply), *rows)
        return replies

    async def _ask(self, key: str, request: Request) -> Reply:
        try:
            reply = await self._sent(request)
            self._run.write((key, request, reply))
            return reply
        finally:
            self._run.asking.pop((key, request.ordinal), None)

    async def _sent(self, request: Request) -> Reply:
        """Ask, unless a reply could not be kept. Raises Faulted(no_journal)."""
        if self._run.store.broken:
            raise Faulted(Fault("no_journal", f"the journal cannot be written: {self._run.store.broken}"))
        return await self._inner.complete(request)

    def key(self, request: Request) -> str:
        """The hash under which the request and its reply are journalled."""
        return digest(self._inner.body(request), self._inner.address)


def _looked_at(task: asyncio.Task[Any]) -> None:
    """Look at a fault that no asker waits for any more, so that asyncio does not warn of it."""
    if not task.cancelled():
        task.exception()
