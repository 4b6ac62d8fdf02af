"""A chat completion that came as server-sent events although none were asked for: put together again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from catering_cli.providers.vendors import response

_DATA = "data:"


def whole_chat(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """The body as if it had come in one piece; any other body as it is."""
    text = body.get(response.NOT_JSON)
    if not isinstance(text, str) or not text.lstrip().startswith(_DATA):
        return body
    said, reason, usage = "", None, None
    for chunk in _chunks(text):
        usage = chunk.get("usage") or usage
        for choice in response.entries(chunk.get("choices"))[:1]:
            said += str(response.json_object(choice.get("delta")).get("content") or "")
            reason = choice.get("finish_reason") or reason
    message = {"role": "assistant", "content": said}
    return {"choices": [{"message": message, "finish_reason": reason}], "usage": usage}


def _chunks(text: str) -> Iterator[dict[str, Any]]:
    """The events that are JSON; the last of them says [DONE]."""
    for line in text.splitlines():
        if not line.startswith(_DATA):
            continue
        try:
            yield response.json_object(json.loads(line.removeprefix(_DATA)))
        except ValueError:
            continue
