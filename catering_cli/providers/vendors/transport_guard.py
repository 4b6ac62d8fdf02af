"""How little a server is trusted: it sends us nowhere else, and no more than we can hold; no key comes back from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

MOST_BYTES = 32 << 20
"""Bytes of one answer as they come over the wire; the longest that a model can write is a small part of it."""
COMPRESSED = 256
"""A compressed answer may have this many times fewer: it grows when it is read."""
LEAST_SECRET = 8
"""Characters of the shortest key that is looked for; what is sent if no key is needed is shorter."""


class TooLongError(Exception):
    """The server sends more than any answer is."""


def guarded_client(kind: Any, **more: Any) -> Any:
    """An HTTP client of `kind` (the SDK's own) that follows no redirect, with the key and the order in its pocket."""
    return kind(follow_redirects=False, event_hooks={"response": [_bound]}, **more)


def without_key(text: str, key: str) -> str:
    """A server's text less our key, should it say it back: it would stand in the journal."""
    return text.replace(key, "[key]") if len(key) >= LEAST_SECRET else text


async def _bound(response: Any) -> None:
    """Bound what is read of a response; its stream is replaced before it is read."""
    import httpx2

    class Bounded(httpx2.AsyncByteStream):
        """A stream that ends with an error if it goes on for too long."""

        def __init__(self, inner: Any, left: int) -> None:
            self.inner = inner
            self.left = left

        async def __aiter__(self) -> AsyncIterator[bytes]:
            async for chunk in self.inner:
                self.left -= len(chunk)
                if self.left < 0:
                    raise TooLongError
                yield chunk

        async def aclose(self) -> None:
            await self.inner.aclose()

    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    most = MOST_BYTES if encoding == "identity" else MOST_BYTES // COMPRESSED
    response.stream = Bounded(response.stream, most)
