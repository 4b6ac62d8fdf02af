"""What goes over the wire and what comes back, against a real HTTP server."""

from __future__ import annotations

import json

import pytest
from server import Server

from catering_cli.domain.execution import FaultKind, Tokens
from catering_cli.providers.base import Faulted, Request, Vendor
from catering_cli.providers.vendors import anthropic, openai
from catering_cli.providers.vendors.capabilities import capabilities

SCHEMA = {
    "type": "object",
    "properties": {"names": {"type": "array", "items": {"type": "string", "maxLength": 5}}},
}


def vendor(server: Server, which: str) -> Vendor:
    if which == "messages":
        return anthropic.Anthropic(
            server.url, capabilities("anthropic", "claude-opus-5-5"), anthropic.sdk_client(server.url, "k-1")
        )
    url = f"{server.url}/v1"
    return openai.OpenAI(url, which, capabilities("openai", "gpt-6-luna"), openai.sdk_client(url, "k-1"))


def request(**changes) -> Request:
    asked = {"model": "m-1", "system": "stable", "user": "new", "schema": SCHEMA, "schema_name": "colours"}
    return Request(**{**asked, "max_tokens": 64, "timeout_s": 30.0, **changes})


DIALECTS = pytest.mark.parametrize("which", ["messages", "responses", "chat"])


@DIALECTS
async def test_sends_what_body_says_and_reads_the_answer(server: Server, which: str) -> None:
    server.say("colours", {"names": ["red"]})
    asked = vendor(server, which)
    ask = request(effort="high")
    reply = await asked.complete(ask)
    answer = asked.judge(reply)
    [seen] = server.log
    assert json.loads(answer.text) == {"names": ["red"]}
    assert answer.tokens == Tokens(input=seen.input_tokens, output=len(answer.text) // 4 + 1)
    assert seen.body == asked.body(ask)
    assert (seen.model, seen.effort, seen.max_tokens, seen.task) == ("m-1", "high", 64, "colours")
    assert (seen.system, seen.user) == ("stable", "new")
    assert seen.schema["additionalProperties"] is False
    assert seen.schema["required"] == ["names"]
    assert seen.headers["authorization"] == "Bearer k-1"
    await asked.close()


@DIALECTS
@pytest.mark.parametrize(
    ("played", "kind"),
    [
        ("429", "rate_limited"),
        ("quota", "out_of_quota"),
        ("500", "server_error"),
        ("529", "overloaded"),
        ("401", "bad_key"),
        ("400", "bad_request"),
        ("404", "unknown_model"),
        ("413", "too_large"),
        ("hang", "timeout"),
        ("cut", "cut"),
        ("broken", "malformed"),
        ("empty", "empty"),
        ("truncated", "truncated"),
        ("refused", "refused"),
    ],
)
async def test_every_fault_is_typed(server: Server, which: str, played: str, kind: FaultKind) -> None:
    server.fail(played, **({"retry_after": 3} if played == "429" else {}))
    asked = vendor(server, which)
    with pytest.raises(Faulted) as caught:
        asked.judge(await asked.complete(request(timeout_s=0.5 if played == "hang" else 30)))
    fault = caught.value.fault
    assert fault.kind == kind
    assert fault.retry_after_s == (3.0 if played == "429" else None)
    assert "scripted" not in fault.detail  # a vendor's message may quote the prompt
    assert len(server.log) == 1  # nobody retries under us
    await asked.close()


@DIALECTS
@pytest.mark.parametrize("played", ["wrong_schema", "fenced"])
async def test_bad_content_is_left_to_the_task(server: Server, which: str, played: str) -> None:
    server.say("colours", {"names": ["red"]})
    server.fail(played)
    asked = vendor(server, which)
    answer = asked.judge(await asked.complete(request()))
    assert ("nobody" if played == "wrong_schema" else "```json") in answer.text
    assert answer.tokens.output > 0
    await asked.close()


@DIALECTS
async def test_nobody_listening_is_a_fault_of_the_connection(which: str) -> None:
    gone = Server()
    with gone:
        pass
    asked = vendor(gone, which)
    with pytest.raises(Faulted) as caught:
        await asked.complete(request())
    assert caught.value.fault.kind == "connection"
    await asked.close()


def test_what_a_model_does_not_take_is_left_out_and_said() -> None:
    claude = anthropic.Anthropic(
        "http://x", capabilities("anthropic", "claude-opus-5-5"), anthropic.sdk_client("http://x", "k")
    )
    luna = openai.OpenAI(
        "http://x/v1", "responses", capabilities("openai", "gpt-6-luna"), openai.sdk_client("http://x/v1", "k")
    )
    hot = request(effort="high", temperature=0.2)
    assert claude.left_out(hot) == ("temperature 0.2: the model takes none",)
    assert luna.left_out(hot) == ("temperature 0.2: only without reasoning",)
    plain = request(effort="none", temperature=0.4)
    assert luna.left_out(plain) == ()
    assert luna.body(plain)["temperature"] == 0.4
    assert luna.body(plain)["reasoning"] == {"effort": "none"}
    assert claude.left_out(plain)[0] == "reasoning none: low is sent instead"
    assert "temperature" not in claude.body(plain)


def test_a_compatible_server_gets_bounds_and_the_older_name_of_the_cap() -> None:
    url = "http://127.0.0.1:9/v1"
    local = openai.OpenAI(
        url, "chat", capabilities("openai", "local", (), temperature=True), openai.sdk_client(url, "none"), own=False
    )
    body = local.body(request(effort="high", temperature=0.3))
    assert body["max_tokens"] == 64
    assert "reasoning_effort" not in body
    assert body["temperature"] == 0.3
    items = body["response_format"]["json_schema"]["schema"]["properties"]["names"]["items"]
    assert items == {"type": "string", "maxLength": 5}


@pytest.mark.parametrize(
    ("url", "key", "user", "kind"),
    [
        ("http://[", "k", "u", "connection"),
        ("nowhere", "k", "u", "wrong_address"),
        (None, "k\nx: y", "u", "bad_key"),
        (None, "k", "half \ud83d", "bad_request"),
    ],
)
@pytest.mark.parametrize("which", ["messages", "responses"])
async def test_what_cannot_even_be_sent_is_a_fault(
    server: Server, which: str, url: str | None, key: str, user: str, kind: FaultKind
) -> None:
    asked: Vendor
    if which == "messages":
        base = url or server.url
        asked = anthropic.Anthropic(base, capabilities("anthropic", "claude-opus-5-5"), anthropic.sdk_client(base, key))
    else:
        base = url or f"{server.url}/v1"
        asked = openai.OpenAI(base, which, capabilities("openai", "gpt-6-luna"), openai.sdk_client(base, key))
    with pytest.raises(Faulted) as caught:
        await asked.complete(request(user=user))
    assert caught.value.fault.kind == kind
    assert server.log == []
    await asked.close()
