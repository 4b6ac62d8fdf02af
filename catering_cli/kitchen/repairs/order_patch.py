"""Changes of an order by path, as a repair names them: `order.staff[1].available` and its new value."""

from __future__ import annotations

from collections.abc import Iterable

from catering_cli.domain import path
from catering_cli.domain.finding import Change
from catering_cli.domain.order import Order


def applied(order: Order, changes: Iterable[Change]) -> Order:
    """The order with every change made, read again as any order is.

    Raises KeyError for a path that leads nowhere, pydantic's ValidationError for a value that does not fit.
    """
    document = order.model_dump(mode="json", by_alias=True, exclude_unset=True)
    for change in changes:
        keys = path.parse(change.path)
        path.put(document, keys[1:] if keys[0] == "order" else keys, change.value)
    return Order.model_validate(document)
