"""Reading a vendor's body without trusting it: a missing or odd field is a fault, never an exception."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from catering_cli.domain.attempt import Tokens
from catering_cli.providers.base import Answer, Fault, Faulted
from catering_cli.providers.vendors.http import NOT_JSON

if TYPE_CHECKING:
    from collections.abc import Mapping

    from catering_cli.domain.attempt import FaultKind


MOST_TOKENS = 10**9
"""More than any call can have: a count beyond it is none."""


def token_count(value: object, *path: str) -> int:
    """A token count somewhere inside `value`; 0 where there is none."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= MOST_TOKENS else 0


def entries(value: object) -> list[dict[str, Any]]:
    """The objects of a list; empty where it is none."""
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def joined_text(parts: list[dict[str, Any]], kind: str) -> str:
    """The joined text of the parts of one type."""
    return "".join(part["text"] for part in parts if part.get("type") == kind and isinstance(part.get("text"), str))


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
