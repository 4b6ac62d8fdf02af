"""Anthropic's Messages, with structured output. The SDK is imported when a run is about to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from catering_cli.domain.execution import Tokens
from catering_cli.providers.vendors import response
from catering_cli.providers.vendors.capabilities import Capabilities, fit
from catering_cli.providers.vendors.http import exchange, lists_models
from catering_cli.providers.vendors.lenient import Lenient
from catering_cli.providers.vendors.sdk_client import REHEARSAL, SdkClient
from catering_cli.providers.vendors.strict_schema import strict
from catering_cli.providers.vendors.transport_guard import guarded_client

if TYPE_CHECKING:
    from collections.abc import Awaitable, Mapping

    from catering_cli.domain.execution import FaultKind
    from catering_cli.providers.base import Answer, Reply, Request

BASE_URL = "https://api.anthropic.com"
_STOPPED: dict[str, FaultKind] = {
    "max_tokens": "truncated",
    "model_context_window_exceeded": "truncated",
    "refusal": "refused",
}


def sdk_client(base_url: str, key: str) -> SdkClient:
    """A shared client; no retries under ours, and no waiting beyond our own deadline."""

    def build(**more: Any) -> Any:
        from anthropic import AsyncAnthropic, DefaultAsyncHttpxClient

        http = guarded_client(DefaultAsyncHttpxClient, **more)
        return AsyncAnthropic(
            api_key=key,
            base_url=base_url,
            max_retries=0,
            http_client=http,
        )

    return SdkClient(build, key)


class Anthropic:
    """One model behind /v1/messages."""

    def __init__(self, base_url: str, can: Capabilities, shared: SdkClient) -> None:
        self._base_url = base_url.rstrip("/")
        self._can = can
        self._sdk_client = shared
        self._lenient = Lenient()

    @property
    def address(self) -> str:
        """Where requests go."""
        return f"{self._base_url}/v1/messages"

    def body(self, request: Request) -> Mapping[str, Any]:
        """The wire body; the stable part is marked for the prompt cache. Thinking is the model's own business."""
        sent = fit(self._can, request.effort, None)
        effort = {"effort": sent.effort} if sent.effort else {}
        form = {"type": "json_schema", "schema": strict(request.schema, request.schema_name)}
        stable = {"type": "text", "text": request.system, "cache_control": {"type": "ephemeral"}}
        return {
            "model": request.model,
            "max_tokens": self._can.within(request.max_tokens),
            "system": [stable] if request.system else [],
            "messages": [{"role": "user", "content": request.user}],
            "output_config": {**effort, "format": form},
        }

    def left_out(self, request: Request) -> tuple[str, ...]:
        """What this model does not take."""
        return fit(self._can, request.effort, request.temperature).left_out

    async def complete(self, request: Request) -> Reply:
        """Ask once; once more without what the model turns out not to take."""

        def send(body: Mapping[str, Any]) -> Awaitable[Reply]:
            return exchange(self._sdk_client, lambda client: _create(client, body, request), request.timeout_s)

        return await self._lenient.ask(self.body(request), send)

    def judge(self, reply: Reply) -> Answer:
        """Text of the text blocks: the first block may be an empty thinking block."""
        body = response.object_body(reply.body, "content")
        tokens = _tokens(body.get("usage"))
        reason = str(body.get("stop_reason"))
        if reason in _STOPPED:
            response.refuse(_STOPPED[reason], f"stop_reason {reason}", tokens)
        return response.answer(response.joined_text(response.entries(body["content"]), "text"), tokens)

    async def alive(self) -> bool:
        """Whether its list of models comes."""
        return await lists_models(self._sdk_client)

    def warm(self) -> None:
        """Import the SDK, build the client, rehearse."""
        self._sdk_client.warm(lambda client: _create(client, self.body(REHEARSAL), REHEARSAL))

    async def close(self) -> None:
        """Give the connections back."""
        await self._sdk_client.close()


def _create(client: Any, body: Mapping[str, Any], request: Request) -> Any:
    return client.messages.with_raw_response.create(**body, timeout=request.timeout_s)


def _tokens(usage: object) -> Tokens:
    """Anthropic's input_tokens exclude the cache; ours include it."""
    cached = response.token_count(usage, "cache_read_input_tokens")
    written = response.token_count(usage, "cache_creation_input_tokens")
    fresh = response.token_count(usage, "input_tokens")
    output = response.token_count(usage, "output_tokens")
    return Tokens(
        input=fresh + cached + written,
        cached=cached,
        written=written,
        output=output,
    )
