"""What was read of a message as an order in YAML: behind each field the words it came from, the questions on top."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from catering_cli.domain.path import step

UNREAD: Final = "Read these yourself, they stand in the notes: what belongs in a field is not in one yet."

LONGEST = 300
"""Characters of a quotation in a comment."""

FIRST = ("event", "guests", "services", "places", "menu", "budget", "client", "contacts", "venue", "notes")
"""Fields in the order in which a person reads them; the others follow."""


class Told(NamedTuple):
    """What is written beside the order."""

    questions: Sequence[str]
    unread: Sequence[str]
    """sentences that stand in the notes alone"""
    reply: str


def order_yaml(document: Mapping[str, Any], spans: Mapping[str, str], told: Told) -> str:
    """The order as YAML. `spans`: by path such as order.guests.guaranteed, the words that say it."""
    body: list[str] = []
    for name in sorted(document, key=_first_to_read):
        body += _field(name, document[name], step("order", name), spans, "")
    tail = ["# A reply to send:", *map(_comment, told.reply.splitlines())]
    return "\n".join([*_head(told), "", *body, "", *tail]) + "\n"


def _head(told: Told) -> Iterator[str]:
    """What is to be asked, and what was not read."""
    yield "# To be asked before this is planned:" if told.questions else "# Nothing is left to ask."
    yield from (_comment(f"{number}. {question}") for number, question in enumerate(told.questions, start=1))
    if told.unread:
        yield f"# {UNREAD}"
        yield from (_comment(f"- {text}") for text in told.unread)


def _first_to_read(name: str) -> int:
    return FIRST.index(name) if name in FIRST else len(FIRST)


def _comment(text: str) -> str:
    return f"#   {' '.join(text.split())}"


def _field(name: str, value: Any, place: str, spans: Mapping[str, str], indent: str) -> Iterator[str]:
    said = _said(place, spans)
    if isinstance(value, dict) and value:
        yield f"{indent}{_key(name)}:{said}"
        for key, one in value.items():
            yield from _field(key, one, step(place, key), spans, f"{indent}  ")
    elif isinstance(value, list) and any(isinstance(one, dict | list) for one in value):
        yield f"{indent}{_key(name)}:{said}"
        for number, one in enumerate(value):
            yield f"{indent}  - {_flow(one)}{_said(step(place, number), spans)}"
    elif name == "notes" and isinstance(value, str):
        yield f"{indent}notes: |"
        yield from (f"{indent}  {line}" for line in value.splitlines())
    else:
        yield f"{indent}{_key(name)}: {_flow(value)}{said}"


def _key(name: str) -> str:
    return name if name.replace("_", "").isalnum() else json.dumps(name, ensure_ascii=False)


def _flow(value: Any) -> str:
    """A value on one line: JSON is YAML."""
    return json.dumps(value, ensure_ascii=False)


def _said(place: str, spans: Mapping[str, str]) -> str:
    """The words behind a field, as a comment."""
    quote = " ".join(spans.get(place, "").split())
    return f'  # "{quote[:LONGEST]}"' if quote else ""
