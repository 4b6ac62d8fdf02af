"""A model server for tests: one asyncio HTTP server that speaks both vendors' dialects.

Standard library only. It answers /v1/messages (Anthropic), /v1/responses and /v1/chat/completions (OpenAI)
by task (the name of the answer's schema), keeps a log of what it was asked, and fails on demand.

    with Server() as server:
        server.say("unit_conversion", {"measures": []})          # an answer, or a function of Asked
        server.fail("429", task="unit_conversion", retry_after=3)  # once; times=None: always
        server.latency = 0.05                                    # seconds, or a function of Asked
        run(..., env=server.env())
        assert [asked.model for asked in server.asked("unit_conversion")] == ["gpt-6-luna"]

A task nobody told it about gets the emptiest answer its schema allows. As a process:

    python tests/server.py --script FILE.json --log LOG.jsonl      # prints its base URL, serves until killed

with FILE.json = {"answers": {task: answer}, "faults": [{"kind", "task", "model", "api", "times", ...}], "latency": s}.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import itertools
import json
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

FAULTS = (
    "429",  # rate limited; retry_after=seconds
    "quota",  # 429 that no waiting cures
    "500",
    "529",
    "401",
    "400",
    "404",  # unknown model
    "413",
    "hang",  # the answer never comes; seconds=30
    "broken",  # HTTP 200, a body that is not JSON
    "wrong_schema",  # HTTP 200, JSON text of another shape
    "empty",  # HTTP 200, no text
    "truncated",  # HTTP 200, stopped at the token cap
    "refused",  # HTTP 200, the vendor's refusal
    "fenced",  # HTTP 200, the right JSON inside prose and a Markdown fence
    "cut",  # the connection breaks in the middle of the body
)
_APIS = {"/v1/messages": "messages", "/v1/responses": "responses", "/v1/chat/completions": "chat"}
_STATUS = {"429": 429, "quota": 429, "500": 500, "529": 529, "401": 401, "400": 400, "404": 404, "413": 413}
_REASON = {200: "OK", 400: "Bad Request", 401: "Unauthorized", 404: "Not Found", 429: "Too Many Requests"}
_ANTHROPIC_TYPE = {
    "429": "rate_limit_error",
    "quota": "rate_limit_error",
    "500": "api_error",
    "529": "overloaded_error",
    "401": "authentication_error",
    "400": "invalid_request_error",
    "404": "not_found_error",
    "413": "request_too_large",
}
_OPENAI_CODE = {
    "429": "rate_limit_exceeded",
    "quota": "insufficient_quota",
    "401": "invalid_api_key",
    "404": "model_not_found",
}


@dataclass(frozen=True)
class Asked:
    """One request as the server saw it; the differences of the dialects are gone."""

    number: int
    api: str
    """messages, responses or chat"""
    task: str
    """name of the answer's schema"""
    model: str
    system: str
    user: str
    schema: Mapping[str, Any]
    effort: str | None
    temperature: float | None
    max_tokens: int
    body: Mapping[str, Any]
    headers: Mapping[str, str]
    at: float
    """seconds on the server's monotonic clock"""

    @property
    def input_tokens(self) -> int:
        """About four characters a token."""
        return len(json.dumps(self.body)) // 4 + 1


Answer = Mapping[str, Any] | str | Callable[[Asked], Any]


@dataclass
class Failure:
    """A fault waiting for a request that fits; `times` None means for ever."""

    kind: str
    task: str | None = None
    model: str | None = None
    api: str | None = None
    times: int | None = 1
    options: dict[str, Any] = field(default_factory=dict)

    def fits(self, asked: Asked) -> bool:
        wanted = ((self.task, asked.task), (self.model, asked.model), (self.api, asked.api))
        return self.times != 0 and all(want in {None, have} for want, have in wanted)


class Server:
    """The server in a thread of this process; `url` is its address without /v1."""

    def __init__(self, port: int = 0) -> None:
        self.log: list[Asked] = []
        self.answered: list[tuple[Asked, str, int]] = []
        """every request the server charged for: what was asked, 'ok' or the fault, output tokens"""
        self.latency: float | Callable[[Asked], float] = 0.0
        self.headers: dict[str, str] = {}
        """sent with every answer, for example rate-limit headers"""
        self.output_tokens: int | None = None
        """tokens an answer is charged; None: about four characters a token"""
        self.otherwise: Callable[[Asked], Any] = lambda asked: emptiest(asked.schema)
        self.instead: Callable[[Asked], tuple[int, str] | tuple[int, str, dict[str, str]] | None] = lambda _asked: None
        """status, body and headers that are sent in place of an answer; None: the answer"""
        self.lists_models = False
        """whether GET /v1/models answers"""
        self.most_at_once = 0
        self._answers: dict[str, deque[Answer]] = {}
        self._failures: list[Failure] = []
        self._numbers = itertools.count(1)
        self._busy = 0
        self._port = port
        self._ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop
        self._stop: asyncio.Event
        self.on_asked: Callable[[Asked], None] = lambda _asked: None

    # --- what a test says -------------------------------------------------------------------------------------

    def say(self, task: str, *answers: Answer) -> None:
        """Answer `task` so: each answer once, in order, the last one for ever."""
        self._answers[task] = deque(answers)

    def fail(
        self,
        kind: str,
        *,
        task: str | None = None,
        model: str | None = None,
        api: str | None = None,
        times: int | None = 1,
        **options: Any,
    ) -> None:
        """Fail the next `times` fitting requests with one of FAULTS."""
        if kind not in FAULTS:
            raise ValueError(f"{kind!r} is none of {', '.join(FAULTS)}")
        self._failures.append(Failure(kind, task, model, api, times, options))

    def heal(self) -> None:
        """Forget every fault."""
        self._failures.clear()

    def asked(self, task: str | None = None, *, model: str | None = None) -> list[Asked]:
        """What was asked so far, of one task or one model."""
        return [a for a in self.log if task in {None, a.task} and model in {None, a.model}]

    def env(self) -> dict[str, str]:
        """Environment that sends both SDKs here."""
        return {
            "ANTHROPIC_BASE_URL": self.url,
            "ANTHROPIC_API_KEY": "test-key-anthropic",
            "OPENAI_BASE_URL": f"{self.url}/v1",
            "OPENAI_API_KEY": "test-key-openai",
        }

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    # --- life -------------------------------------------------------------------------------------------------

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=lambda: asyncio.run(self.serve()), daemon=True)
        self._thread.start()
        if not self._ready.wait(10):
            raise TimeoutError("the test server did not start")
        return self

    def __exit__(self, *_exc: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    async def serve(self) -> None:
        """Serve until stopped."""
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        open_connections: set[asyncio.Task[None]] = set()

        def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.create_task(self._connection(reader, writer))
            open_connections.add(task)
            task.add_done_callback(open_connections.discard)

        server = await asyncio.start_server(connected, "127.0.0.1", self._port, limit=1 << 24)
        self._port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        server.close()
        for task in open_connections:
            task.cancel()

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while not reader.at_eof():
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
                method, path, _version = head[0].split(" ", 2)
                headers = {k.strip().lower(): v.strip() for k, _, v in (line.partition(":") for line in head[1:])}
                raw = await reader.readexactly(int(headers.get("content-length") or 0))
                await self._routed(writer, method, path.split("?")[0], (headers, raw))
        writer.close()

    async def _routed(
        self, writer: asyncio.StreamWriter, method: str, path: str, sent: tuple[dict[str, str], bytes]
    ) -> None:
        await self._exchange(writer, path if method == "POST" else "", *sent)

    # --- one exchange -----------------------------------------------------------------------------------------

    async def _exchange(self, writer: asyncio.StreamWriter, path: str, headers: dict[str, str], raw: bytes) -> None:
        api = _APIS.get(path)
        if api is None and self.lists_models:
            await _send(writer, 200, b'{"data": [], "object": "list", "has_more": false}', {})
            return
        if api is None:
            await _send(writer, 404, b'{"error": {"message": "no such address", "type": "not_found_error"}}', {})
            return
        asked = _DIALECTS[api].read(next(self._numbers), json.loads(raw), headers)
        self.log.append(asked)
        self.on_asked(asked)
        self._busy += 1
        self.most_at_once = max(self.most_at_once, self._busy)
        try:
            if told := self.instead(asked):
                status, body, *more = told
                await _send(writer, status, body.encode(), self.headers | (more[0] if more else {}))
                return
            await asyncio.sleep(self.latency(asked) if callable(self.latency) else self.latency)
            await self._answer(writer, asked, self._failure(asked))
        finally:
            self._busy -= 1

    def _failure(self, asked: Asked) -> Failure | None:
        for failure in self._failures:
            if failure.fits(asked):
                if failure.times is not None:
                    failure.times -= 1
                return failure
        return None

    def _text(self, asked: Asked) -> str:
        answers = self._answers.get(asked.task)
        answer: Any = self.otherwise
        if answers:
            answer = answers.popleft() if len(answers) > 1 else answers[0]
        said = answer(asked) if callable(answer) else answer
        return said if isinstance(said, str) else json.dumps(said, ensure_ascii=False)

    async def _answer(self, writer: asyncio.StreamWriter, asked: Asked, failure: Failure | None) -> None:
        kind = failure.kind if failure else "ok"
        options = failure.options if failure else {}
        dialect = _DIALECTS[asked.api]
        if kind in _STATUS:
            extra = {"retry-after": f"{options['retry_after']}"} if "retry_after" in options else {}
            await _send(writer, _STATUS[kind], json.dumps(dialect.error(kind)).encode(), self.headers | extra)
            return
        text = self._text(asked)
        tokens = self.output_tokens if self.output_tokens is not None else len(text) // 4 + 1
        self.answered.append((asked, kind, tokens))
        if kind == "hang":
            await asyncio.sleep(options.get("seconds", 30))
        body = json.dumps(dialect.write(asked, _CONTENT.get(kind, str)(text), kind, tokens)).encode()
        if kind == "broken":
            body = body[: len(body) // 2]
        await _send(writer, 200, body, self.headers, cut=kind == "cut")


_CONTENT: dict[str, Callable[[str], str]] = {
    "wrong_schema": lambda _text: '{"nobody": "asked for this"}',
    "empty": lambda _text: "",
    "refused": lambda _text: "",
    "truncated": lambda text: text[: max(1, len(text) // 2)],
    "fenced": lambda text: f"Here is what you asked for:\n```json\n{text}\n```\nAnything else?",
}


async def _send(
    writer: asyncio.StreamWriter, status: int, body: bytes, headers: Mapping[str, str], *, cut: bool = False
) -> None:
    lines = {"content-type": "application/json", "content-length": str(len(body)), **headers}
    head = f"HTTP/1.1 {status} {_REASON.get(status, 'Error')}\r\n"
    writer.write((head + "".join(f"{k}: {v}\r\n" for k, v in lines.items()) + "\r\n").encode("latin-1"))
    writer.write(body[: len(body) // 2] if cut else body)
    await writer.drain()
    if cut:
        await asyncio.sleep(0.01)  # let the half arrive before the line breaks
        writer.transport.abort()
        raise ConnectionAbortedError


# --- dialects -------------------------------------------------------------------------------------------------


def _joined(content: Any) -> str:
    """Text of a content field: a string, or blocks with text."""
    if isinstance(content, str):
        return content
    return "".join(block.get("text", "") for block in content or ())


class Messages:
    """Anthropic's Messages."""

    @staticmethod
    def read(number: int, body: dict[str, Any], headers: dict[str, str]) -> Asked:
        output = body.get("output_config") or {}
        schema = (output.get("format") or {}).get("schema") or {}
        user = "".join(_joined(m["content"]) for m in body["messages"])
        return Asked(
            number, "messages", schema.get("title", ""), body["model"], _joined(body.get("system")), user, schema,
            output.get("effort"), body.get("temperature"), body["max_tokens"], body, headers, time.monotonic(),
        )  # fmt: skip

    @staticmethod
    def error(kind: str) -> dict[str, Any]:
        details = {"details": {"error_code": "credit_balance_too_low"}} if kind == "quota" else {}
        return {"type": "error", "error": {"type": _ANTHROPIC_TYPE[kind], "message": f"scripted {kind}", **details}}

    @staticmethod
    def write(asked: Asked, text: str, kind: str, tokens: int) -> dict[str, Any]:
        reason = {"truncated": "max_tokens", "refused": "refusal"}.get(kind, "end_turn")
        return {
            "id": f"msg_{asked.number}",
            "type": "message",
            "role": "assistant",
            "model": asked.model,
            "content": [{"type": "thinking", "thinking": "", "signature": "s"}]
            + ([{"type": "text", "text": text}] if text else []),
            "stop_reason": reason,
            "stop_sequence": None,
            "usage": {
                "input_tokens": asked.input_tokens,
                "output_tokens": tokens,
                "cache_read_input_tokens": 0,
                "cache_creation_input_tokens": 0,
            },
        }


class Responses:
    """OpenAI's Responses."""

    @staticmethod
    def read(number: int, body: dict[str, Any], headers: dict[str, str]) -> Asked:
        form = (body.get("text") or {}).get("format") or {}
        said = body["input"]
        user = said if isinstance(said, str) else "".join(_joined(m["content"]) for m in said)
        return Asked(
            number, "responses", form.get("name", ""), body["model"], body.get("instructions") or "", user,
            form.get("schema") or {}, (body.get("reasoning") or {}).get("effort"), body.get("temperature"),
            body.get("max_output_tokens", 0), body, headers, time.monotonic(),
        )  # fmt: skip

    @staticmethod
    def error(kind: str) -> dict[str, Any]:
        code = _OPENAI_CODE.get(kind)
        return {"error": {"message": f"scripted {kind}", "type": code or "error", "param": None, "code": code}}

    @staticmethod
    def write(asked: Asked, text: str, kind: str, tokens: int) -> dict[str, Any]:
        part = (
            {"type": "refusal", "refusal": "I would rather not."}
            if kind == "refused"
            else {"type": "output_text", "text": text, "annotations": []}
        )
        cut_short = kind == "truncated"
        return {
            "id": f"resp_{asked.number}",
            "object": "response",
            "created_at": 1,
            "status": "incomplete" if cut_short else "completed",
            "error": None,
            "incomplete_details": {"reason": "max_output_tokens"} if cut_short else None,
            "model": asked.model,
            "output": [
                {"type": "reasoning", "id": f"rs_{asked.number}", "summary": []},
                {
                    "type": "message",
                    "id": f"m_{asked.number}",
                    "role": "assistant",
                    "status": "completed",
                    "content": [part] if kind != "empty" else [],
                },
            ],
            "parallel_tool_calls": True,
            "tool_choice": "auto",
            "tools": [],
            "usage": {
                "input_tokens": asked.input_tokens,
                "input_tokens_details": {"cached_tokens": 0},
                "output_tokens": tokens,
                "output_tokens_details": {"reasoning_tokens": 0},
                "total_tokens": asked.input_tokens + tokens,
            },
        }


class Chat:
    """OpenAI's chat completions, which compatible servers speak."""

    @staticmethod
    def read(number: int, body: dict[str, Any], headers: dict[str, str]) -> Asked:
        form = (body.get("response_format") or {}).get("json_schema") or {}
        said = {m["role"]: _joined(m["content"]) for m in body["messages"]}
        cap = body.get("max_completion_tokens") or body.get("max_tokens") or 0
        return Asked(
            number, "chat", form.get("name", ""), body["model"], said.get("system", ""), said.get("user", ""),
            form.get("schema") or {}, body.get("reasoning_effort"), body.get("temperature"), cap, body, headers,
            time.monotonic(),
        )  # fmt: skip

    error = Responses.error

    @staticmethod
    def write(asked: Asked, text: str, kind: str, tokens: int) -> dict[str, Any]:
        refused = "I would rather not." if kind == "refused" else None
        return {
            "id": f"chatcmpl-{asked.number}",
            "object": "chat.completion",
            "created": 1,
            "model": asked.model,
            "choices": [
                {
                    "index": 0,
                    "message": {"role": "assistant", "content": text or None, "refusal": refused},
                    "finish_reason": "length" if kind == "truncated" else "stop",
                }
            ],
            "usage": {
                "prompt_tokens": asked.input_tokens,
                "completion_tokens": tokens,
                "total_tokens": asked.input_tokens + tokens,
            },
        }


_DIALECTS: dict[str, Any] = {"messages": Messages, "responses": Responses, "chat": Chat}


def emptiest(schema: Mapping[str, Any], root: Mapping[str, Any] | None = None) -> Any:
    """The emptiest value that `schema` allows: empty lists and texts, first choices, zeros."""
    root = schema if root is None else root
    if "$ref" in schema:
        return emptiest(root["$defs"][schema["$ref"].rpartition("/")[2]], root)
    if "anyOf" in schema:
        return emptiest(next((s for s in schema["anyOf"] if s.get("type") == "null"), schema["anyOf"][0]), root)
    if "const" in schema or "enum" in schema:
        return schema["const"] if "const" in schema else schema["enum"][0]
    kind = schema.get("type", "object")
    if kind == "array":
        return [emptiest(schema["items"], root) for _ in range(schema.get("minItems", 0))]
    if kind == "object":
        return {name: emptiest(part, root) for name, part in (schema.get("properties") or {}).items()}
    plain = {"string": "", "integer": 0, "number": 0, "boolean": False, "null": None}
    return schema.get("minimum", plain[kind])


def main() -> None:
    """Serve as a process until killed."""
    parser = argparse.ArgumentParser(description="A model server for tests.")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--script", type=Path, help="JSON: answers by task, faults, latency")
    parser.add_argument("--log", type=Path, help="one JSON line a request")
    args = parser.parse_args()
    script = json.loads(args.script.read_text("utf-8")) if args.script else {}
    server = Server(args.port)
    server.latency = script.get("latency", 0.0)
    for task, answer in script.get("answers", {}).items():
        server.say(task, answer)
    for fault in script.get("faults", ()):
        server.fail(**fault)
    if args.log:
        with args.log.open("a", encoding="utf-8") as log:
            server.on_asked = lambda a: print(
                json.dumps({"task": a.task, "model": a.model, "effort": a.effort, "body": a.body}), file=log, flush=True
            )
            _until_killed(server)
    else:
        _until_killed(server)


def _until_killed(server: Server) -> None:
    with server, contextlib.suppress(KeyboardInterrupt):
        print(server.url, flush=True)  # noqa: T201
        threading.Event().wait()


if __name__ == "__main__":
    main()
