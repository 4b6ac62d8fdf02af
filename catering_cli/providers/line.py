"""One shared async client of a vendor's SDK, for one address and one key."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


class Line:
    """Built once, on first use; `build` imports the SDK, so it may take a second. Tiers at one address share it."""

    def __init__(self, build: Callable[[], Any]) -> None:
        self._build = build
        self._lock = threading.Lock()
        self._client: Any = None

    def client(self) -> Any:
        """The SDK's async client."""
        with self._lock:
            if self._client is None:
                self._client = self._build()
            return self._client

    async def close(self) -> None:
        """Give the connections back; a closed line builds a new client when asked again."""
        client, self._client = self._client, None
        if client is not None:
            await client.close()
