"""Reading a vendor's body without trusting it: a missing or odd field is a fault, never an exception."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from catering_cli.domain.execution import Tokens
from catering_cli.providers.base import Answer, Fault, Faulted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from catering_cli.domain.execution import FaultKind


NOT_JSON = "not_json"
"""The one key of a Reply.body that stands for a complete body which is not a JSON object; its value is the text."""

MOST_TOKENS = 10**9
"""More than any call can have: a count beyond it is none."""


def token_count(value: object, *path: str) -> int:
    """A token count somewhere inside `value`; 0 if there is none."""
    for key in path:
        value = json_object(value).get(key)
    if not isinstance(value, int) or isinstance(value, bool):
        return 0
    return value if 0 < value <= MOST_TOKENS else 0


def json_object(value: object) -> dict[str, Any]:
    """`value` if it is a JSON object, else an empty one."""
    return value if isinstance(value, dict) else {}


def entries(value: object) -> list[dict[str, Any]]:
    """The objects of a list; empty if it is no list."""
    if not isinstance(value, list):
        return []
    return [entry for entry in value if isinstance(entry, dict)]


def joined_text(parts: list[dict[str, Any]], kind: str) -> str:
    """The joined text of the parts of one type."""
    wanted = [part.get("text") for part in parts if part.get("type") == kind]
    return "".join(text for text in wanted if isinstance(text, str))


def object_body(body: Mapping[str, Any], *fields: str) -> Mapping[str, Any]:
    """`body`, if it is a JSON object with these fields. Raises Faulted(malformed)."""
    if NOT_JSON in body:
        raise Faulted(Fault("malformed", "the body is not a JSON object"))
    missing = [name for name in fields if name not in body]
    if missing:
        raise Faulted(Fault("malformed", f"the body has no {missing[0]}"))
    return body


def refuse(kind: FaultKind, detail: str, tokens: Tokens) -> NoReturn:
    """Raise a fault that was paid for."""
    raise Faulted(Fault(kind, detail, 200, tokens=tokens))


def answer(text: str, tokens: Tokens) -> Answer:
    """An answer with some text in it. Raises Faulted(empty)."""
    if not text.strip():
        refuse("empty", "the answer has no text", tokens)
    return Answer(text, tokens)
