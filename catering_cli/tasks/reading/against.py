"""Whether the words of a change speak against it: they name another field, another service, or the other choice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from catering_cli.domain.decision import ChangeOrder
from catering_cli.domain.order import Order
from catering_cli.domain.order_parts.guests import Severity
from catering_cli.kitchen.foods.names import tokens
from catering_cli.kitchen.menu.changes import keys_of, said_at
from catering_cli.kitchen.quantities.numerals import parse_number

_RIVALS: Mapping[tuple[str, ...], Mapping[str, re.Pattern[str]]] = {
    ("guests",): {
        "guaranteed": re.compile(r"\b(?:guarante\w+|confirm\w+|final|for (?:sure|certain)|at least)\b", re.IGNORECASE),
        "expected": re.compile(r"\b(?:expect\w*|hop(?:e|ing)|probabl[ey]|likely|may(?:be)?|up to)\b", re.IGNORECASE),
    },
    ("budget",): {
        "per_guest": re.compile(r"\b(?:a|per|each) (?:head|guest|person|plate|cover)\b|\bpp\b|\beach\b", re.IGNORECASE),
        "total": re.compile(r"\b(?:in all|in total|total|altogether|all in|overall)\b", re.IGNORECASE),
    },
}
"""Fields between which a number may go astray, each with the words that tell of it in the number's own clause."""

_STYLES = ("plated", "buffet", "family", "cocktail", "boxed")
_NOT = r"(?:instead of|rather than|not|no longer|no more)\s+(?:an? |the )?"
_HARM = re.compile(
    r"allerg|anaphyl|epi-?pen|c(?:o?e)liac|intoleran|\breact|\bhives\b|\bswell|\bhospital|"
    r"can(?:no|')?t (?:have|eat|touch)",
    re.IGNORECASE,
)
"""Words of harm: what follows them is no preference."""
_AGE = re.compile(r"\b(?:under|over|aged?|below|above|(?:older|younger) than)\s+(?:\d+|[a-z]+)\b", re.IGNORECASE)


def without_ages(path: str, words: str) -> str:
    """The words; of children without the ages that they are under or over, which are no counts."""
    return _AGE.sub(" ", words) if "children" in path else words


def spoken_against(order: Order, change: ChangeOrder) -> Iterator[str]:
    """Why the words speak against a change."""
    keys = keys_of(change.path)
    if said_at(order, change.path) == change.value:
        yield "this stands there already"
    if keys[:1] == ("services",) and len(keys) > 1:
        yield from _another_service(order, keys[1], change.quote)
    if len(keys) > 1:
        yield from _another_field(keys, change)
    yield from _another_choice(change)


def _another_service(order: Order, index: Any, words: str) -> Iterator[str]:
    """The words name one service, and the path another."""
    said = set(tokens(words))
    named = [n for n, service in enumerate(order.services) if said & set(tokens(service.id))]
    if named and index not in named:
        yield f"the words name {order.services[named[0]].id}, which is order.services[{named[0]}]"


def _another_field(keys: tuple[Any, ...], change: ChangeOrder) -> Iterator[str]:
    """The words beside the number are those of the other field."""
    fields = _RIVALS.get(keys[:-1], {})
    if keys[-1] not in fields or not isinstance(change.value, int | float):
        return
    for clause in _CLAUSE.split(change.quote):
        if not any(_is_number(word, change.value) for word in re.findall(r"[\w.]+", clause)):
            continue
        told = [name for name, words in fields.items() if words.search(clause)]
        if told and keys[-1] not in told:
            yield f"the words are those of {'.'.join(('order', *keys[:-1], told[0]))}"


_CLAUSE = re.compile(r"[,;:]\s|\b(?:but|and|though|while)\b", re.IGNORECASE)


def _is_number(word: str, value: float) -> bool:
    number = parse_number(word.strip(".").casefold())
    return number is not None and number[0] is not None and float(number[0]) == float(value)


def _another_style(value: Any, quote: str) -> Iterator[str]:
    told = {style for style in _STYLES if re.search(rf"\b{style}\b", quote, re.IGNORECASE)}
    turned_down = {style for style in told if re.search(rf"\b{_NOT}{style}\b", quote, re.IGNORECASE)}
    wanted = told - turned_down
    if told and value not in wanted:
        yield f"the words name {', '.join(sorted(wanted)) or 'no other style'}"


def _another_choice(change: ChangeOrder) -> Iterator[str]:
    """The words name the other style, or tell of harm when the value is a preference."""
    for name, value in _choices(change.value, str(keys_of(change.path)[-1])):
        if name == "style":
            yield from _another_style(value, change.quote)
        if name == "severity" and value == get_args(Severity)[0] and _HARM.search(change.quote):
            yield "the words tell of harm, which is no preference"


def _choices(value: Any, name: str) -> Iterator[tuple[str, Any]]:
    """Style and severity in a value, wherever they stand."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _choices(one, key)
    elif isinstance(value, list):
        for one in value:
            yield from _choices(one, name)
    elif name in ("style", "severity"):
        yield name, value
