"""What a model turns out not to take: the request is sent once more without it, and the run remembers that.

The table of families says what is known of a model; compatible servers, gateways and models that came later refuse
more. A refusal that names a part of the request which the answer can do without is no reason to do without the model.
"""

from __future__ import annotations

import json
import re
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from catering_cli.providers.base import Fault, Faulted
from catering_cli.providers.vendors.strict_schema import without_bounds

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from catering_cli.providers.base import Reply

    Body = dict[str, Any]

_SCHEMA_HOLDERS = ("output_config", "text", "response_format")
"""Where the schema stands in each dialect's body."""


def _effort(body: Body) -> None:
    """No depth of reasoning."""
    body.get("output_config", {}).pop("effort", None)
    body.pop("reasoning", None)
    body.pop("reasoning_effort", None)


def _temperature(body: Body) -> None:
    body.pop("temperature", None)


def _cache(body: Body) -> None:
    """No mark for the prompt cache."""
    for part in body["system"] if isinstance(body.get("system"), list) else ():
        part.pop("cache_control", None)


def _store(body: Body) -> None:
    body.pop("store", None)


def _cap_name(body: Body) -> None:
    """The cap of a chat completion under its other name."""
    if "messages" not in body or "system" in body:
        return
    names = ("max_completion_tokens", "max_tokens")
    old, new = names if names[0] in body else names[::-1]
    body[new] = body.pop(old)


def _bounds(body: Body) -> None:
    """The schema without lengths and ranges, which older engines cannot hold an answer to."""
    for name in _SCHEMA_HOLDERS:
        if name in body:
            body[name] = without_bounds(body[name])


def _schema(body: Body) -> None:
    """The schema as words: the answer is checked against it here."""
    schema = next((found for name in _SCHEMA_HOLDERS if (found := _inner_schema(body.pop(name, None)))), None)
    if schema is None:
        return
    said = f"Answer with one JSON object of this JSON Schema:\n{json.dumps(schema, ensure_ascii=False)}"
    if "instructions" in body:
        body["instructions"] += f"\n\n{said}"
    elif "system" in body:
        body["system"] = [*body["system"], {"type": "text", "text": said}]
    else:
        body["messages"][0]["content"] += f"\n\n{said}"


def _inner_schema(node: Any) -> Any:
    """The schema somewhere inside a holder; None without one."""
    if not isinstance(node, dict):
        return None
    if "schema" in node:
        return node["schema"]
    return next((found for part in node.values() if (found := _inner_schema(part)) is not None), None)


_LESS: dict[str, tuple[re.Pattern[str], tuple[Callable[[Body], None], ...]]] = {
    "effort": (re.compile(r"\b(?:reasoning(?:[_. ]effort)?|effort|thinking)\b"), (_effort,)),
    "temperature": (re.compile(r"\btemperature\b"), (_temperature,)),
    "cache": (re.compile(r"\bcache_control\b"), (_cache,)),
    "store": (re.compile(r"\bstore\b"), (_store,)),
    "schema": (
        re.compile(
            r"schema|response_format|output_config|output_format|text\.format|structured output|grammar|\bstrict\b"
        ),
        (_bounds, _schema),
    ),
    "cap": (re.compile(r"\bmax_(?:completion_)?tokens\b"), (_cap_name,)),
}
"""By name: how a refusal speaks of it, and what is tried in turn without it. The first that fits is meant."""
_UNKNOWN = re.compile(
    r"unsupported|not (?:yet )?support|doesn't support|unknown|unrecogni[sz]ed|extra|not permitted|not allowed"
    r"|unexpected|invalid|cannot|failed|error",
    re.IGNORECASE,
)
"""How a message says that something is not taken; one that only mentions a parameter says another thing."""


def parameter_in(parameter: str, message: str) -> str:
    """Which part of a request a refusal names; empty if it names none that can be left out."""
    if not parameter and not _UNKNOWN.search(message):
        return ""
    for text in (parameter, message):
        for name, (pattern, _) in _LESS.items():
            if pattern.search(text):
                return name
    return ""


_CAPS = ("max_tokens", "max_completion_tokens", "max_output_tokens")
_NUMBER = r"(\d[\d,_]*)"
_MOST = tuple(
    re.compile(pattern.replace("N", _NUMBER), re.IGNORECASE | re.DOTALL)
    for pattern in (
        r"> N, which is the maximum allowed number of output tokens",
        r"\bat most N (?:completion |output )?tokens",
        r"max[\w ]*tokens.{0,80}(?:less than or equal to|not exceed|cannot be (?:greater|larger) than|<=) N",
        r"range of max\w*tokens is \[\d+, ?N\]",
        r"max\w*tokens.{0,80}maximum(?: value)?(?: allowed)?(?: of| is|:) N",
    )
)
"""How a refusal says the longest answer of a model."""
_CONTEXT = tuple(
    re.compile(pattern.replace("N", _NUMBER), re.IGNORECASE | re.DOTALL)
    for pattern in (
        r"maximum context length is N tokens.{0,80}request has N input tokens",
        r"maximum context length is N tokens.{0,80}\(N in the messages",
    )
)
"""How it says that question and answer together are too long: the whole, and the question's part of it."""


def largest_cap(message: str) -> int | None:
    """The largest cap that a refusal says is taken; None if it says none, or none that leaves room for an answer."""
    for pattern in _MOST:
        if found := pattern.search(message):
            return _whole(found[1]) or None
    for pattern in _CONTEXT:
        if found := pattern.search(message):
            left = _whole(found[1]) - _whole(found[2])
            return left if left > 0 else None
    return None


def _whole(text: str) -> int:
    return int(re.sub(r"\D", "", text)[:9])


def _cap(body: Mapping[str, Any]) -> int:
    """Tokens that an answer may take; 0 if the body does not say."""
    return next((int(body[cap]) for cap in _CAPS if body.get(cap)), 0)


def _text(body: Body) -> str:
    return json.dumps(body, sort_keys=True, default=str)


class Lenient:
    """What one model has refused so far in this run."""

    def __init__(self) -> None:
        self._left_out: list[Callable[[Body], None]] = []
        self._most: int | None = None
        self._asked: dict[str, int] = {}
        """by what was answered with the model's own cap, the cap that was wanted"""

    async def ask(self, body: Mapping[str, Any], send: Callable[[Mapping[str, Any]], Awaitable[Reply]]) -> Reply:
        """Send `body` less what the model has refused; once more for each further part that it refuses.

        An answer that was cut at the model's own cap would be cut there again: for a larger one it is not asked.
        The journal's key is of the whole body, so that a run that is continued finds its replies.
        """
        while True:
            sent = self.fitted(body)
            self._refuse_in_vain(body, sent)
            try:
                reply = await send(sent)
            except Faulted as faulted:
                if not self._learns(faulted.fault, body, sent):
                    raise
            else:
                self._asked.setdefault(_text(sent), _cap(body))
                return reply

    def _refuse_in_vain(self, body: Mapping[str, Any], sent: Body) -> None:
        """Raises Faulted if the very same was answered when a smaller answer was wanted."""
        most = _cap(sent)
        if most < _cap(body) and self._asked.get(_text(sent), _cap(body)) < _cap(body):
            raise Faulted(Fault("truncated", f"the model writes {most} tokens at most"))

    def fitted(self, body: Mapping[str, Any]) -> Body:
        """The body less what the model has refused."""
        whole = deepcopy(dict(body))
        for leave_out in self._left_out:
            leave_out(whole)
        for cap in _CAPS:
            if cap in whole and self._most is not None:
                whole[cap] = min(whole[cap], self._most)
        return whole

    def _learns(self, fault: Fault, body: Mapping[str, Any], sent: Body) -> bool:
        """Whether the next request differs from the one that was refused."""
        if fault.most_tokens is not None:
            self._most = min(fault.most_tokens, self._most or fault.most_tokens)
            return self.fitted(body) != sent
        if not fault.parameter:
            return False
        for leave_out in _LESS[fault.parameter][1]:
            if self.fitted(body) != sent:  # another step has learned it meanwhile
                return True
            if leave_out not in self._left_out:
                self._left_out.append(leave_out)
        return self.fitted(body) != sent
