"""Changes of an order by path, as a repair names them: `order.staff[1].available` and its new value."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from catering_cli.domain.order import Order
from catering_cli.domain.repair import Change


def applied(order: Order, changes: Iterable[Change]) -> Order:
    """The order with every change made, read again as any order is.

    Raises KeyError for a path that leads nowhere, pydantic's ValidationError for a value that does not fit.
    """
    document = order.model_dump(mode="json", by_alias=True, exclude_unset=True)
    for change in changes:
        _put(document, _keys(change.path), change.value)
    return Order.model_validate(document)


def _keys(path: str) -> list[str | int]:
    """`order.staff[1].rate` -> staff, 1, rate; a key that is no plain word stands in quotes: `["6-pan oven"]`."""
    parts = re.findall(r'\["([^"]*)"\]|\[(\d+)\]|([^.\[\]]+)', path)
    keys: list[str | int] = [int(number) if number else quoted or plain for quoted, number, plain in parts]
    return keys[1:] if keys and keys[0] == "order" else keys


def _put(document: Any, keys: list[str | int], value: object) -> None:
    at = document
    for key, then in pairwise(keys):
        if isinstance(at, dict) and key not in at:
            at[key] = [] if isinstance(then, int) else {}
        at = at[key]
    last = keys[-1]
    if isinstance(at, list) and last == len(at):
        at.append(value)
    else:
        at[last] = value
