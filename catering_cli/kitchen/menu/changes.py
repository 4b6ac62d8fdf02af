"""Changes of an order that the client's words make: what stands at their path, and whether they were made."""

from __future__ import annotations

from typing import Any

from catering_cli.domain import path as paths
from catering_cli.domain.decision import ChangeOrder
from catering_cli.domain.order import Order


def said_at(order: Order, path: str) -> Any:
    """What stands at a path such as order.guests.guaranteed, as JSON; None if nothing does."""
    document = order.model_dump(mode="json", by_alias=True)
    try:
        return paths.get(document, keys_of(path))
    except (KeyError, IndexError, TypeError):
        return None


def keys_of(path: str) -> paths.Keys:
    """The keys of a path below the order."""
    keys = paths.parse(path)
    return keys[1:] if keys[:1] == ("order",) else keys


def stands(order: Order, change: ChangeOrder) -> bool:
    """Whether the order holds a change: its value, or an entry of that kind in the list there."""
    found = said_at(order, change.path)
    if isinstance(found, list) and not isinstance(change.value, list):
        return any(_holds(entry, change.value) for entry in found)
    return _holds(found, change.value)


def _holds(found: Any, value: Any) -> bool:
    """Whether `found` says all that `value` says; what it says beside that are defaults."""
    if isinstance(found, dict) and isinstance(value, dict):
        return all(name in found and _holds(found[name], one) for name, one in value.items())
    if isinstance(found, list) and isinstance(value, list):
        return len(found) == len(value) and all(map(_holds, found, value))
    return bool(found == value)
