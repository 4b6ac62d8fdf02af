"""From a thread of messages to an order: fields with the words that say them, questions, and what stays as notes.

A model and the rules for forms propose; a field stands if its words occur and say its value.
Of two messages the later wins; two values within one message are a question. A sentence whose numbers, times, days
or needs stand in no field is kept word for word in the order's notes, and asked about or named as unread: none is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from catering_cli.domain import path as paths
from catering_cli.domain.decision import ChangeOrder, Decision
from catering_cli.kitchen.menu.changes import keys_of
from catering_cli.tasks.reading.forms import Field
from catering_cli.tasks.reading.standing import is_list, later_wins, moments
from catering_cli.tasks.reading.thread import Words, wrong
from catering_cli.tasks.reading.unread import asked_about, left_over, missing


class Read(NamedTuple):
    """What was made of a thread."""

    order: dict[str, Any]
    spans: dict[str, Field]
    """by path of the document, the field with its words"""
    replaced: tuple[Field, ...]
    """what an earlier message said"""
    questions: tuple[str, ...]
    """for the client"""
    unread: tuple[str, ...] = ()
    """sentences that no field holds and no question is about: the caterer reads them in the notes"""


def put_together(words: Words, decisions: Iterable[Decision], read_by_rules: Sequence[tuple[int, Field]]) -> Read:
    """The order that a thread writes: what decisions say of it, and behind them what rules read of forms."""
    made = list(decisions)
    found = [(at, field) for at, field in _said(words, made, read_by_rules) if not any(wrong(_change(field), words))]
    standing, replaced, doubts = later_wins(found, words)
    document: dict[str, Any] = {}
    spans: dict[str, Field] = {}
    for field in standing:
        _put(document, spans, field)
    left = left_over(words, document, [field for _, field in found], replaced, made)
    asked, unread = asked_about(left, made)
    if left:
        document["notes"] = "\n".join(left)
    questions = (*missing(document, left), *doubts, *asked)
    return Read(document, spans, tuple(replaced), tuple(dict.fromkeys(questions)), tuple(unread))


def _said(
    words: Words, made: Iterable[Decision], read_by_rules: Sequence[tuple[int, Field]]
) -> Iterator[tuple[int, Field]]:
    """The fields that decisions fill, and what rules read of the others, each with the number of its sentence."""
    told: set[str] = set()
    for one in made:
        if isinstance(one, ChangeOrder):
            field = _field(one)
            told.add(field.path)
            yield words.where(one.quote) or 0, field
    yield from ((at, field) for at, field in moments(read_by_rules) if field.path not in told)


def _field(change: ChangeOrder) -> Field:
    return Field(change.path, change.value, change.quote)


def _change(field: Field) -> ChangeOrder:
    return ChangeOrder(path=field.path, value=field.value, quote=field.quote)


def _put(document: dict[str, Any], spans: dict[str, Field], field: Field) -> None:
    """Write a field into the document, and where it stands there."""
    keys = keys_of(field.path)
    if is_list(field.path) and not isinstance(field.value, list):
        at = document
        for key in keys[:-1]:
            at = at.setdefault(str(key), {})
        entries = at.setdefault(str(keys[-1]), [])
        entries.append(field.value)
        spans[f"{field.path}[{len(entries) - 1}]"] = field
        return
    try:
        paths.put(document, keys, field.value)
    except (TypeError, IndexError, KeyError):
        return
    spans[field.path] = field
