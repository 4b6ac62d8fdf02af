"""A server that nobody would want: each path names a way to misbehave, and the rest of the path is the vendor's.

with Hostile() as hostile:
    base_url = hostile.url("drip")        # for a tier of a routing config
"""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import json
import threading
import time
from collections.abc import Callable, Mapping
from email.utils import formatdate
from typing import Any, Self

KEY = "sk-hostile-0123456789abcdef"
"""The key that is sent to it; it is found in no output, log or journal."""
BIG = 10_000_000
DEEP = 100_000
_TEXT = {"client_letter": "", "kitchen_notes": "", "floor_briefing": ""}
_WORDS = "We look forward to cooking for you, and we ask you to tell us of every change as soon as you know it."


def _chat(text: str, **usage: Any) -> dict[str, Any]:
    counted = {"prompt_tokens": 10, "completion_tokens": 10, **usage}
    message = {"role": "assistant", "content": text}
    return {"choices": [{"index": 0, "message": message, "finish_reason": "stop"}], "usage": counted}


def _letter(words: str) -> str:
    return json.dumps({**_TEXT, "client_letter": words})


def _plain(body: bytes, status: int = 200, **headers: str) -> bytes:
    named = {"content-type": "application/json", "content-length": str(len(body)), **headers}
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in named.items())
    return f"HTTP/1.1 {status} X\r\n{lines}\r\n".encode() + body


def _good(words: str = _WORDS, **usage: Any) -> bytes:
    return json.dumps(_chat(_letter(words), **usage)).encode()


def _limited(after: str) -> bytes:
    return _plain(b'{"error": {"code": "rate_limit_exceeded"}}', 429, retry_after=after)


def _error(status: int, **fields: str) -> bytes:
    return _plain(json.dumps({"error": {"message": f"{KEY} is wrong", **fields}}).encode(), status)


WHOLE: Mapping[str, Callable[[], bytes]] = {
    "ten_megabytes_of_text": lambda: _plain(_good("word " * (BIG // 5))),
    "ten_megabytes_of_noise": lambda: _plain(b"\x00\xff" * (BIG // 2)),
    "a_gzip_bomb": lambda: _plain(gzip.compress(b" " * (30 * BIG)), content_encoding="gzip"),
    "wrong_content_type": lambda: _plain(b"<html>Login</html>", content_type="text/html"),
    "right_answer_as_text": lambda: _plain(_good(), content_type="text/plain"),
    "no_content": lambda: _plain(b"", 204),
    "retry_after_years": lambda: _limited("999999999"),
    "retry_after_nan": lambda: _limited("nan"),
    "retry_after_overflow": lambda: _limited("1e400"),
    "retry_after_negative": lambda: _limited("-5"),
    "retry_after_date": lambda: _limited(formatdate(time.time() + 3, usegmt=True)),
    "retry_after_odd_date": lambda: _limited("Mon, 99 Foo 99999 99:99:99 GMT"),
    "retry_after_far_date": lambda: _limited("Fri, 31 Dec 9999 23:59:59 GMT"),
    "reset_in_ages": lambda: _plain(_good(), x_ratelimit_remaining_requests="0", x_ratelimit_reset_requests="9" * 400),
    "not_utf8": lambda: _plain(_good().replace(b"We look", b"We \xff\xfe\x80 look")),
    "half_a_character": lambda: _plain(_good(_WORDS + " \ud83d")),
    "a_null_byte": lambda: _plain(_good(_WORDS + " \x00\x1b[31m")),
    "not_a_number": lambda: _plain(_good().replace(b'"prompt_tokens": 10', b'"prompt_tokens": NaN')),
    "a_key_twice": lambda: _plain(_good().replace(b'"usage"', b'"choices": [], "usage"')),
    "deep": lambda: _plain(b"[" * DEEP + b"]" * DEEP),
    "deep_text": lambda: _plain(json.dumps(_chat("[" * DEEP + "]" * DEEP)).encode()),
    "a_long_number": lambda: _plain(_good().replace(b": 10,", b": " + b"9" * 5_000 + b",")),
    "ages_of_tokens": lambda: _plain(_good(prompt_tokens=10**30, completion_tokens=10**30)),
    "negative_tokens": lambda: _plain(_good(prompt_tokens=-5, completion_tokens=-5)),
    "half_a_token": lambda: _plain(_good(prompt_tokens=1.5, completion_tokens="12")),
    "null": lambda: _plain(b"null"),
    "nulls": lambda: _plain(b'{"choices": [null], "usage": null}'),
    "choices_are_words": lambda: _plain(b'{"choices": "none", "usage": []}'),
    "the_key_in_a_code": lambda: _error(400, code=KEY, type=KEY),
    "the_key_in_a_message": lambda: _error(401),
    "the_key_in_the_answer": lambda: _plain(_good(f"{_WORDS} {KEY}")),
    "a_big_header": lambda: _plain(_good(), x_big="x" * 200_000),
    "an_endless_redirect": lambda: _plain(b"", 307, location="/an_endless_redirect/v1/chat/completions"),
    "a_redirect_to_a_page": lambda: _plain(b"", 302, location="/wrong_content_type/"),
}
"""Answers that come as a whole."""


async def _drip(writer: asyncio.StreamWriter) -> None:
    for byte in _plain(_good()):
        writer.write(bytes([byte]))
        await writer.drain()
        await asyncio.sleep(1)


async def _endless(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 X\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n")
    chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    while True:
        writer.write(chunk)
        await writer.drain()


async def _nothing(_writer: asyncio.StreamWriter) -> None:
    pass


async def _half_a_head(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-ty")


async def _no_http(writer: asyncio.StreamWriter) -> None:
    writer.write(b"SSH-2.0-OpenSSH_9.2\r\n")


BIT_BY_BIT: Mapping[str, Callable[[asyncio.StreamWriter], Any]] = {
    "drip": _drip,
    "endless": _endless,
    "closes_without_reply": _nothing,
    "half_a_head": _half_a_head,
    "no_http": _no_http,
}
"""Answers that do not."""


class Hostile:
    """The server in a thread of this process."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        """paths, in the order in which they were asked"""
        self._ready = threading.Event()
        self._port = 0
        self.elsewhere: list[dict[str, str]] = []
        """headers that reached another host"""

    def url(self, way: str) -> str:
        """The base URL of a tier that meets this way to misbehave."""
        return f"http://127.0.0.1:{self._port}/{way}/v1"

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self._thread.start()
        if not self._ready.wait(10):
            raise TimeoutError("the hostile server did not start")
        return self

    def __exit__(self, *_exc: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        tasks: set[asyncio.Task[None]] = set()

        def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.create_task(self._connection(reader, writer))
            tasks.add(task)
            task.add_done_callback(tasks.discard)

        server = await asyncio.start_server(connected, "127.0.0.1", 0, limit=1 << 24)
        self._port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        server.close()
        for task in tasks:
            task.cancel()

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            headers = {k.strip().lower(): v.strip() for k, _, v in (line.partition(":") for line in head[1:])}
            await reader.readexactly(int(headers.get("content-length") or 0))
            path = head[0].split(" ")[1]
            self.asked.append(path)
            way = path.split("/")[1]
            if way == "redirect_elsewhere":
                target = f"http://localhost:{self._port}/thief/v1/chat/completions"
                writer.write(_plain(b"", 307, location=target))
            elif way == "thief":
                self.elsewhere.append(headers)
                writer.write(_plain(_good()))
            elif way in WHOLE:
                writer.write(WHOLE[way]())
            else:
                await BIT_BY_BIT[way](writer)
            await writer.drain()
        writer.close()
