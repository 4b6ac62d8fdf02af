"""A path in a document, such as order.staff[1].rate or order.kitchen.equipment["6-pan oven"]."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

Keys = tuple[str | int, ...]

_KEY = re.compile(r'\["(?P<quoted>(?:[^"\\]|\\.)*)"\]|\[(?P<index>\d+)\]|(?P<plain>[^.\[\]]+)')


def step(place: str, key: str | int) -> str:
    """The path one level below `place`; a key that is no plain word stands in quotes."""
    if isinstance(key, int):
        return f"{place}[{key}]"
    if not key.replace("_", "").isalnum():
        return f"{place}[{json.dumps(key, ensure_ascii=False)}]"
    return f"{place}.{key}" if place else key


def parse(path: str) -> Keys:
    """The keys of a path: order, staff, 1, rate."""
    return tuple(map(_key, _KEY.finditer(path)))


def _key(found: re.Match[str]) -> str | int:
    quoted, index, plain = found.group("quoted", "index", "plain")
    if index is not None:
        return int(index)
    return plain if quoted is None else str(json.loads(f'"{quoted}"'))


def get(document: Any, keys: Iterable[str | int]) -> Any:
    """What stands there. Raises KeyError, IndexError or TypeError for keys that lead nowhere."""
    for key in keys:
        document = document[key]
    return document


def put(document: Any, keys: Keys, value: object) -> None:
    """Set what stands there, making objects and lists on the way; one past the end of a list adds to it."""
    at = document
    for key, following in pairwise(keys):
        if isinstance(at, dict) and key not in at:
            at[key] = [] if isinstance(following, int) else {}
        at = at[key]
    last = keys[-1]
    if isinstance(at, list) and last == len(at):
        at.append(value)
    else:
        at[last] = value
