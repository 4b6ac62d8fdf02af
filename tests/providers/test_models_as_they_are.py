"""Models as they are: what a family takes is data, what a model refuses is left out once and remembered."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from server import Server

from catering_cli.data.tables import rows
from catering_cli.domain.execution import Tokens
from catering_cli.providers.base import Faulted, Request, Vendor
from catering_cli.providers.prices import model_price
from catering_cli.providers.vendors import anthropic, openai
from catering_cli.providers.vendors.capabilities import ALLOWANCE, LADDER, capabilities
from catering_cli.providers.vendors.registry import Vendors
from catering_cli.routing.config import Tier

SCHEMA = {"type": "object", "properties": {"n": {"type": "array", "maxItems": 3, "items": {"type": "string"}}}}
PAGE = "<!DOCTYPE html><html><body>Not here</body></html>"


def request(model: str, **changes: Any) -> Request:
    return Request(
        model, "stable", "new", SCHEMA, "t", **{"max_tokens": 64, "effort": "high", "temperature": 0.2, **changes}
    )


def vendor(server: Server, model: str, which: str, *, own: bool = True) -> Vendor:
    if which == "messages":
        shared = anthropic.sdk_client(server.url, "key-of-mine")
        return anthropic.Anthropic(server.url, capabilities("anthropic", model), shared)
    url = f"{server.url}/v1"
    can = capabilities("openai", model)
    return openai.OpenAI(url, which, can, openai.sdk_client(url, "key-of-mine"), own=own)


@pytest.mark.parametrize(
    ("provider", "model", "efforts", "temperature"),
    [
        ("openai", "gpt-4o-mini-2024-07-18", False, True),
        ("openai", "gpt-4.1-mini", False, True),
        ("openai", "gpt-6-luna", True, None),
        ("openai", "gpt-5-mini", True, False),
        ("anthropic", "claude-haiku-4-5", False, False),
        ("anthropic", "claude-opus-5-5", True, False),
        ("openai", "brand-new", False, False),
        ("anthropic", "brand-new", False, False),
    ],
)
def test_a_model_is_known_by_its_family(provider: str, model: str, efforts: bool, temperature: bool | None) -> None:
    can = capabilities(provider, model)
    assert (bool(can.efforts), can.temperature) == (efforts, temperature)


SHIPPED = {
    ("anthropic", "claude-opus-5-5"): (4, 20),
    ("anthropic", "claude-fable-5-2"): (8, 40),
    ("anthropic", "claude-sonnet-5-5"): (2, 10),
    ("anthropic", "claude-haiku-5-5"): (Decimal("0.1"), Decimal("0.5")),
    ("openai", "gpt-6-luna"): (Decimal("0.1"), Decimal("0.5")),
}
"""USD per million tokens, read and written, of the models that the configurations and the README name."""


@pytest.mark.parametrize(("provider", "model"), SHIPPED)
def test_a_shipped_model_has_its_list_price_and_no_temperature_beside_thinking(provider: str, model: str) -> None:
    price = model_price(provider, model, None)
    assert price is not None
    million = 1_000_000
    read = price.usd(Tokens(input=1_000)) * 1_000
    assert (read, price.usd(Tokens(output=million))) == SHIPPED[provider, model]
    can = capabilities(provider, model)
    assert can.temperature is not True
    assert {"low", "medium", "high", "xhigh"} <= set(can.efforts)


def test_every_family_is_on_the_ladder_and_the_allowance_grows_with_it() -> None:
    for row in rows("model_families"):
        can = capabilities(row["provider"], row["family"])
        assert list(can.efforts) == [name for name in LADDER if name in can.efforts], row
        assert can.unasked in {"", *ALLOWANCE}
    caps = [capabilities("anthropic", "claude-opus-5-5").cap(2000, name) for name in ("low", "medium", "high", "max")]
    assert caps == sorted(caps)
    assert caps[2] - 2000 >= 2500, "a model that thinks 2,500 tokens at depth high is not cut"
    assert capabilities("openai", "gpt-4o-mini").cap(64_000, "high") == 16_384, "never more than it can write"


REFUSALS: dict[str, tuple[str, dict[str, Any], str]] = {
    "a depth, by its parameter": ("responses", {"message": "Unsupported", "param": "reasoning.effort"}, "reasoning"),
    "a depth, in words": (
        "messages", {"type": "invalid_request_error", "message": "This model does not support the effort parameter."},
        "effort",
    ),
    "a temperature": ("chat", {"message": "Unsupported value: 'temperature' does not support 0.2"}, "temperature"),
    "a mark for the cache": ("messages", {"message": "system.0.cache_control: Extra inputs"}, "cache"),
    "a field of one vendor's own": ("responses", {"message": "Unknown parameter: 'store'", "param": "store"}, "store"),
    "a name of the cap": (
        "chat", {"message": "Unsupported parameter: 'max_completion_tokens'. Use 'max_tokens' instead."},
        "max_completion_tokens",
    ),
    "bounds in a schema": ("compatible", {"message": "The JSON schema contains unsupported features"}, "maxItems"),
    "the schema itself": ("messages", {"message": "output_config: Extra inputs are not permitted"}, "json_schema"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSALS)
async def test_what_is_refused_by_name_is_left_out_once_and_remembered(server: Server, name: str) -> None:
    which, error, word = REFUSALS[name]
    own = which != "compatible"
    model = {"messages": "claude-opus-5-5", "responses": "gpt-6-luna"}.get(which, "gpt-4.1")
    said = json.dumps({"error": error})
    server.instead = lambda asked: (400, said) if word in json.dumps(asked.body) else None
    server.otherwise = lambda _asked: {"n": []}
    asked = vendor(server, model, which if own else "chat", own=own)
    for number in (2, 3):
        reply = await asked.complete(request(model))
        assert json.loads(asked.judge(reply).text) == {"n": []}
        assert len(server.log) == number, "the second question is asked without it at once"
    if name == "the schema itself":
        assert "JSON Schema" in json.dumps(server.log[-1].body), "then the schema is said in words"
    await asked.close()


TOO_LONG = {
    "messages": "max_tokens: 64000 > 8192, which is the maximum allowed number of output tokens for this model",
    "responses": "max_output_tokens is too large: 64000. This model supports at most 8192 completion tokens.",
    "chat": "Invalid max_tokens value, the valid range of max_tokens is [1, 8192]",
    "compatible": "This model's maximum context length is 10000 tokens. However, you requested 65808 tokens "
    "(1808 in the messages, 64000 in the completion). Please reduce the length of the messages or completion.",
    "another": "'max_completion_tokens' is too large: 64000. This model's maximum context length is 10,000 tokens and "
    "your request has 1808 input tokens (64000 > 10000 - 1808).",
}


@pytest.mark.parametrize("which", TOO_LONG)
async def test_the_longest_answer_of_a_model_is_learnt_from_its_refusal(server: Server, which: str) -> None:
    said = json.dumps({"error": {"message": TOO_LONG[which], "code": "context_length_exceeded"}})
    server.instead = lambda asked: (400, said) if asked.max_tokens > 8_192 else None
    asked = vendor(server, "brand-new", which if which in ("messages", "responses") else "chat", own=False)
    for cap in (64_000, 32_000, 500):
        asked.judge(await asked.complete(request("brand-new", max_tokens=cap)))
    with pytest.raises(Faulted, match="truncated"):
        await asked.complete(request("brand-new", max_tokens=128_000))
    assert [one.max_tokens for one in server.log] == [64_000, 8_192, 8_192, 500], "cut there, it is cut there again"
    await asked.close()


async def test_a_question_too_long_for_any_answer_is_not_asked_again(server: Server) -> None:
    text = "This model's maximum context length is 4096 tokens and your request has 5000 input tokens."
    server.instead = lambda _asked: (400, json.dumps({"error": {"message": text, "code": "context_length_exceeded"}}))
    asked = vendor(server, "brand-new", "chat")
    with pytest.raises(Faulted) as caught:
        await asked.complete(request("brand-new"))
    assert (caught.value.fault.kind, len(server.log)) == ("too_large", 1)
    await asked.close()


async def test_a_refusal_that_names_nothing_is_not_asked_again(server: Server) -> None:
    server.instead = lambda _asked: (400, json.dumps({"error": {"message": "the order of the guests is odd"}}))
    asked = vendor(server, "gpt-6-luna", "responses")
    with pytest.raises(Faulted) as caught:
        await asked.complete(request("gpt-6-luna"))
    assert (caught.value.fault.kind, len(server.log)) == ("bad_request", 1)
    assert "guests" not in caught.value.fault.detail
    await asked.close()


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (404, PAGE, "wrong_address"),
        (200, PAGE, "wrong_address"),
        (302, PAGE, "wrong_address"),
        (404, "404 page not found", "wrong_address"),
        (404, '{"detail": "Not Found"}', "wrong_address"),
        (404, '{"error": {"message": "no such model", "type": "not_found_error"}}', "unknown_model"),
        (502, PAGE, "server_error"),
        (400, '{"error": {"message": "Your credit balance is too low to access the API."}}', "out_of_quota"),
        (429, '{"error": {"message": "You have reached your specified API usage limits."}}', "out_of_quota"),
        (429, '{"error": {"message": "x", "code": "insufficient_quota"}}', "out_of_quota"),
        (429, '{"error": {"message": "You hit your monthly spend limit."}}', "out_of_quota"),
    ],
)
@pytest.mark.parametrize("which", ["messages", "responses"])
async def test_a_failure_is_called_what_it_is(server: Server, which: str, status: int, body: str, kind: str) -> None:
    server.instead = lambda _asked: (status, body, {"content-type": "text/html"} if body == PAGE else {})
    asked = vendor(server, "claude-opus-5-5" if which == "messages" else "gpt-6-luna", which)
    with pytest.raises(Faulted) as caught:
        asked.judge(await asked.complete(request("m")))
    assert caught.value.fault.kind == kind
    await asked.close()


@pytest.mark.parametrize(
    ("provider", "given", "address"),
    [
        ("openai", "http://host:1", "http://host:1/v1/chat/completions"),
        ("openai", "http://host:1/", "http://host:1/v1/chat/completions"),
        ("openai", "http://host:1/v1", "http://host:1/v1/chat/completions"),
        ("openai", "http://host:1/api/v1/", "http://host:1/api/v1/chat/completions"),
        ("openai", "http://host:1/openai", "http://host:1/openai/chat/completions"),
        ("anthropic", "http://host:1", "http://host:1/v1/messages"),
        ("anthropic", "http://host:1/v1/", "http://host:1/v1/messages"),
    ],
)
def test_an_address_is_taken_with_or_without_its_version(provider: Any, given: str, address: str) -> None:
    env = {"OPENAI_BASE_URL": given, "ANTHROPIC_BASE_URL": given, "OPENAI_API_KEY": "k", "ANTHROPIC_API_KEY": "k"}
    tier = Tier(provider=provider, model="m", name="t", api="chat")
    assert Vendors(env, Path()).of(tier).address == address
    assert Vendors(env, Path()).of(tier.model_copy(update={"base_url": given})).address == address
