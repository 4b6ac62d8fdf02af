"""Whatever a vendor sends with HTTP 200: an answer or a typed fault, never an exception."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catering_cli.providers.base import Answer, Fault, Faulted, Reply, Vendor
from catering_cli.providers.vendors import anthropic, openai
from catering_cli.providers.vendors.capabilities import capabilities
from catering_cli.providers.vendors.http import KEPT, _decoded
from catering_cli.providers.vendors.response import NOT_JSON
from catering_cli.providers.vendors.strict_schema import strict

KEYS = st.sampled_from(
    [
        *("content", "text", "type", "usage", "input_tokens", "output_tokens", "stop_reason", "output", "status"),
        *("choices", "message", "finish_reason", "refusal", "incomplete_details", "reason", "cached_tokens"),
    ]
)
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 10**6),
    st.floats(allow_nan=False),
    st.sampled_from(
        ["text", "message", "output_text", "refusal", "max_tokens", "incomplete", "completed", "length", "yes"]
    ),
)
BODIES = st.dictionaries(
    KEYS,
    st.recursive(
        LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
    ),
    max_size=5,
)


def vendors() -> list[Vendor]:
    claude = anthropic.Anthropic(
        "http://x", capabilities("anthropic", "claude-opus-5-5"), anthropic.sdk_client("http://x", "k")
    )
    can, sdk_client = capabilities("openai", "gpt-6-luna"), openai.sdk_client("http://x/v1", "k")
    return [claude, *(openai.OpenAI("http://x/v1", api, can, sdk_client) for api in openai.DIALECTS)]


def judged(vendor: Vendor, body: dict[str, Any]) -> Answer | Fault:
    try:
        return vendor.judge(Reply(body))
    except Faulted as faulted:
        return faulted.fault


@given(BODIES)
@settings(max_examples=100, deadline=None)
def test_any_body_is_judged(body: dict[str, Any]) -> None:
    for vendor in vendors():
        found = judged(vendor, body)
        if isinstance(found, Answer):
            assert found.text.strip()
        else:
            assert found.kind in {"malformed", "empty", "truncated", "refused", "server_error"}


@pytest.mark.parametrize("text", ["", "{", "[1]", '"text"', "null", "<html>", "NaN", "[" * 100_000])
def test_a_body_that_is_no_object_is_kept_and_malformed(text: str) -> None:
    body = _decoded(text)
    assert body == {NOT_JSON: text[:KEPT]}
    for vendor in vendors():
        with pytest.raises(Faulted, match="malformed"):
            vendor.judge(Reply(json.loads(json.dumps(body))))


def test_a_strict_schema_is_closed_and_says_its_bounds_in_words() -> None:
    schema = {
        "type": "object",
        "title": "Answer",
        "properties": {
            "rows": {
                "type": "array",
                "maxItems": 3,
                "items": {"type": "object", "properties": {"title": {"type": "string", "maxLength": 9, "default": ""}}},
            },
            "kind": {"oneOf": [{"const": "a"}, {"type": "null"}], "discriminator": {"propertyName": "x"}},
        },
        "required": ["rows"],
    }
    assert strict(schema, "task") == {
        "title": "task",
        "type": "object",
        "properties": {
            "rows": {
                "type": "array",
                "description": "at most 3 entries",
                "items": {
                    "type": "object",
                    "properties": {"title": {"type": "string", "description": "at most 9 characters"}},
                    "required": ["title"],
                    "additionalProperties": False,
                },
            },
            "kind": {"anyOf": [{"enum": ["a"]}, {"type": "null"}]},
        },
        "required": ["rows", "kind"],
        "additionalProperties": False,
    }
    assert strict(schema, "task", bounds=True)["properties"]["rows"]["maxItems"] == 3
