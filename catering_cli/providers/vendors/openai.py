"""OpenAI's Responses, and chat completions for servers that are compatible with those only.

The two dialects differ in the body and in how it is read; everything else is one class.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from catering_cli.domain.execution import Tokens
from catering_cli.providers.vendors import response, server_events
from catering_cli.providers.vendors.capabilities import Capabilities, Fitted, fit
from catering_cli.providers.vendors.http import exchange, lists_models
from catering_cli.providers.vendors.lenient import Lenient
from catering_cli.providers.vendors.sdk_client import REHEARSAL, SdkClient
from catering_cli.providers.vendors.strict_schema import strict
from catering_cli.providers.vendors.transport_guard import guarded_client

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from catering_cli.domain.execution import FaultKind
    from catering_cli.providers.base import Answer, Reply, Request

BASE_URL = "https://api.openai.com/v1"


def sdk_client(base_url: str, key: str) -> SdkClient:
    """A shared client; no retries under ours."""

    def build(**more: Any) -> Any:
        from openai import AsyncOpenAI, DefaultAsyncHttpxClient

        http = guarded_client(DefaultAsyncHttpxClient, **more)
        return AsyncOpenAI(
            api_key=key,
            base_url=base_url,
            max_retries=0,
            http_client=http,
        )

    return SdkClient(build, key)


def _responses_body(request: Request, sent: Fitted, _own: bool) -> dict[str, Any]:
    form = {"type": "json_schema", "name": request.schema_name, "strict": True}
    body: dict[str, Any] = {
        "model": request.model,
        "instructions": request.system,
        "input": request.user,
        "max_output_tokens": request.max_tokens,
        "text": {"format": {**form, "schema": strict(request.schema, request.schema_name)}},
        "store": False,
    }
    if sent.effort:
        body["reasoning"] = {"effort": sent.effort}
    return body


def _chat_body(request: Request, sent: Fitted, own: bool) -> dict[str, Any]:
    """`own`: the vendor's server, else a compatible one: its grammar needs the bounds, its cap has the older name."""
    form = {"name": request.schema_name, "strict": True}
    schema = strict(request.schema, request.schema_name, bounds=not own)
    body: dict[str, Any] = {
        "model": request.model,
        "messages": [{"role": "system", "content": request.system}, {"role": "user", "content": request.user}],
        "max_completion_tokens" if own else "max_tokens": request.max_tokens,
        "response_format": {"type": "json_schema", "json_schema": {**form, "schema": schema}},
    }
    if sent.effort:
        body["reasoning_effort"] = sent.effort
    return body


def _judge_responses(body: Mapping[str, Any]) -> Answer:
    response.object_body(body, "output", "status")
    tokens = _tokens(body.get("usage"), "input_tokens", "output_tokens")
    if body["status"] == "failed":
        response.refuse("server_error", "status failed", tokens)
    if body["status"] == "incomplete":
        reason = response.json_object(body.get("incomplete_details")).get("reason")
        kind: FaultKind = "refused" if reason == "content_filter" else "truncated"
        response.refuse(kind, "status incomplete", tokens)
    parts: list[dict[str, Any]] = []
    for item in _answering(response.entries(body["output"])):
        parts += response.entries(item.get("content"))
    if any(part.get("type") == "refusal" for part in parts):
        response.refuse("refused", "a refusal", tokens)
    return response.answer(response.joined_text(parts, "output_text"), tokens)


def _answering(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The items of an output that answer; what a model says on the way stands in a phase of its own."""
    return [item for item in items if item.get("phase") != "commentary"] or items


_FINISHED: dict[str, FaultKind] = {"length": "truncated", "content_filter": "refused"}


def _judge_chat(body: Mapping[str, Any]) -> Answer:
    body = response.object_body(server_events.whole_chat(body), "choices")
    tokens = _tokens(body.get("usage"), "prompt_tokens", "completion_tokens")
    choices = response.entries(body["choices"])
    choice = choices[0] if choices else {}
    message = response.json_object(choice.get("message"))
    reason = str(choice.get("finish_reason"))
    if reason in _FINISHED:
        response.refuse(_FINISHED[reason], f"finish_reason {reason}", tokens)
    if message.get("refusal"):
        response.refuse("refused", "a refusal", tokens)
    return response.answer(_said(message), tokens)


def _said(message: Mapping[str, Any]) -> str:
    """The text of a message, whole or in parts; some servers put an answer without words around it beside its place."""
    content = message.get("content")
    text = content if isinstance(content, str) else response.joined_text(response.entries(content), "text")
    for said in (text, message.get("reasoning_content"), message.get("reasoning")):
        if isinstance(said, str) and said.strip():
            return said
    return ""


def _tokens(usage: object, inward: str, outward: str) -> Tokens:
    """OpenAI's input tokens include the cached ones, its output tokens the reasoning."""
    read = response.token_count(usage, inward)
    cached = min(read, response.token_count(usage, f"{inward}_details", "cached_tokens"))
    written = min(read - cached, response.token_count(usage, f"{inward}_details", "cache_write_tokens"))
    return Tokens(
        input=read,
        cached=cached,
        written=written,
        output=response.token_count(usage, outward),
    )


@dataclass(frozen=True, slots=True)
class Dialect:
    """One of the two APIs."""

    path: str
    resource: Callable[[Any], Any]
    body: Callable[[Request, Fitted, bool], dict[str, Any]]
    judge: Callable[[Mapping[str, Any]], Answer]


DIALECTS = {
    "responses": Dialect("responses", lambda client: client.responses, _responses_body, _judge_responses),
    "chat": Dialect("chat/completions", lambda client: client.chat.completions, _chat_body, _judge_chat),
}


class OpenAI:
    """One model behind /v1/responses or /v1/chat/completions; `own` says whether it is the vendor's server."""

    def __init__(
        self,
        base_url: str,
        api: str,
        can: Capabilities,
        shared: SdkClient,
        *,
        own: bool = True,
    ) -> None:
        self._base_url = base_url.rstrip("/")
        self._dialect = DIALECTS[api]
        self._can = can
        self._sdk_client = shared
        self._own = own
        self._lenient = Lenient()

    @property
    def address(self) -> str:
        """Where requests go."""
        return f"{self._base_url}/{self._dialect.path}"

    def body(self, request: Request) -> Mapping[str, Any]:
        """The wire body; temperature only if the model takes it."""
        sent = fit(self._can, request.effort, request.temperature)
        fitted = replace(request, max_tokens=self._can.within(request.max_tokens))
        body = self._dialect.body(fitted, sent, self._own)
        if sent.temperature is not None:
            body["temperature"] = sent.temperature
        return body

    def left_out(self, request: Request) -> tuple[str, ...]:
        """What this model does not take."""
        return fit(self._can, request.effort, request.temperature).left_out

    async def complete(self, request: Request) -> Reply:
        """Ask once; once more without what the model turns out not to take."""

        def send(body: Mapping[str, Any]) -> Awaitable[Reply]:
            return exchange(self._sdk_client, lambda client: self._create(client, body, request), request.timeout_s)

        return await self._lenient.ask(self.body(request), send)

    def _create(self, client: Any, body: Mapping[str, Any], request: Request) -> Any:
        return self._dialect.resource(client).with_raw_response.create(**body, timeout=request.timeout_s)

    def judge(self, reply: Reply) -> Answer:
        """Text and tokens of a body."""
        return self._dialect.judge(reply.body)

    async def alive(self) -> bool:
        """Whether its list of models comes."""
        return await lists_models(self._sdk_client)

    def warm(self) -> None:
        """Import the SDK, build the client, rehearse."""
        self._sdk_client.warm(lambda client: self._create(client, self.body(REHEARSAL), REHEARSAL))

    async def close(self) -> None:
        """Give the connections back."""
        await self._sdk_client.close()
