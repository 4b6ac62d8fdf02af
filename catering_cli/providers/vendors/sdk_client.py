"""One shared async client of a vendor's SDK, for one address and one key."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
from typing import TYPE_CHECKING, Any

from catering_cli.providers.base import Faulted, Request
from catering_cli.providers.vendors.failures import no_client

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

REHEARSAL = Request("rehearsal", "s", "u", {"type": "object", "properties": {}}, "rehearsal", 1)
"""What a rehearsal asks; it never leaves the process."""


_LOGGERS = ("anthropic", "openai", "httpx2", "httpcore2")


class SdkClient:
    """Built once, on first use; `build` imports the SDK, so it may take a second. Tiers at one address share it.

    `build` takes what its HTTP client is made with. `key` is what is sent, and what nothing that comes back may hold.
    """

    def __init__(self, build: Callable[..., Any], key: str = "") -> None:
        self._build = build
        self.key = key
        self._lock = threading.Lock()
        self._client: Any = None
        self._rehearsed = False

    def client(self) -> Any:
        """The SDK's async client. Raises Faulted(no_client) if this machine's settings allow none."""
        with self._lock:
            if self._client is None:
                self._client = self._made()
            return self._client

    def _made(self) -> Any:
        try:
            client = self._build()
        except Exception as error:  # noqa: BLE001  # a proxy or a certificate of the environment that does not hold
            raise Faulted(no_client(error)) from None
        for name in _LOGGERS:  # asked for by an environment variable, the SDKs would log whole requests
            logger = logging.getLogger(name)
            logger.setLevel(max(logger.level, logging.INFO))
        return client

    def warm(self, ask: Callable[[Any], Awaitable[Any]]) -> None:
        """Build the client, and rehearse `ask` once on a client that answers itself.

        An SDK imports and prepares more with its first call (a fifth of a second); after a rehearsal the first real
        call is as fast as any. Runs an event loop of its own: only from a thread without one.
        """
        if self._rehearsed:
            return
        self._rehearsed = True
        with contextlib.suppress(Exception):  # a rehearsal that fails only costs the first call some time
            self.client()
            asyncio.run(self._rehearse(ask))

    async def _rehearse(self, ask: Callable[[Any], Awaitable[Any]]) -> None:
        import httpx2

        answering = httpx2.MockTransport(lambda _request: httpx2.Response(200, json={}))
        client = self._build(transport=answering)
        await ask(client)
        await client.close()

    async def close(self) -> None:
        """Give the connections back; a closed line builds a new client when asked again."""
        client, self._client = self._client, None
        if client is not None:
            await client.close()
