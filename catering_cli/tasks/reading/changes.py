"""A change that the client's words make in an order: the field it may touch, the order with it, the order without."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from catering_cli.domain import path as paths
from catering_cli.domain.decision import ChangeOrder
from catering_cli.domain.order import Order
from catering_cli.domain.problem import Problem, Refused
from catering_cli.intake.contradictions import contradictions
from catering_cli.intake.field_errors import typed
from catering_cli.intake.local_times import with_offsets
from catering_cli.kitchen.menu.changes import keys_of, said_at
from catering_cli.kitchen.recipes.text_readers import TextReaders

MAY_CHANGE = frozenset(
    {"event", "guests", "services", "menu", "places", "kitchen", "staff", "budget"}
    | {"client", "contacts", "venue", "beo", "tables"}
)
"""Parts of an order that the client's words may change. Recipes, labels, prices, decisions and the written procedure
for time as a control are not among them: words of a client prove no allergen absent and settle no limit."""

NEVER = frozenset({"recipe", "jurisdiction"})
"""Fields within those parts that stay as they are."""

_CLOCK = re.compile(r"\d{1,2}:\d{2}")


def changed(order: Order, *changes: ChangeOrder) -> Order:
    """The order with the changes, judged as any order is. Raises Refused with what is wrong with path or value."""
    document = _document(order)
    moves_services = any(keys_of(change.path)[:1] == ("services",) for change in changes)
    for change in changes:
        keys = keys_of(change.path)
        _may_change(change, keys)
        if order.services and not moves_services:
            _not_the_event_alone(order, change, keys)
        is_list = isinstance(said_at(order, change.path), list)
        put(document, keys, _moment(order, change), is_list=is_list)
    return _read(document)


def _may_change(change: ChangeOrder, keys: paths.Keys) -> None:
    """Raises Refused for a field that the client's words do not change."""
    if not keys or keys[0] not in MAY_CHANGE or NEVER.intersection(_names(keys, change.value)):
        allowed = ", ".join(sorted(MAY_CHANGE))
        raise Refused(Problem(f"words of the client change only these parts of an order: {allowed}", "", change.path))


def _not_the_event_alone(order: Order, change: ChangeOrder, keys: paths.Keys) -> None:
    """Raises Refused if the event is moved and its services stay."""
    if keys[:2] == ("event", "service_at"):
        times = ", ".join(f"order.services[{n}].at" for n in range(len(order.services)))
        raise Refused(Problem(f"each service has its own time: {times}", "", change.path))


def put(document: Any, keys: paths.Keys, value: Any, *, is_list: bool) -> None:
    """Put a value at its path; in a list what is no list becomes its next entry."""
    if is_list and not isinstance(value, list):
        try:
            there = paths.get(document, keys)
        except (KeyError, TypeError):
            there = []
        value = [*there, value]
    try:
        paths.put(document, keys, value)
    except (IndexError, KeyError, TypeError):
        raise Refused(Problem("there is no such place in the order", "", ".".join(map(str, keys)))) from None


def recorded(order: Order, change: ChangeOrder, after: Order) -> ChangeOrder:
    """The change with what stood there before, and its value as the order has it afterwards."""
    before, now = said_at(order, change.path), said_at(after, change.path)
    if isinstance(now, list) and not isinstance(change.value, list):
        return change.model_copy(update={"value": now[-1]})
    return change.model_copy(update={"value": now, "was": before})


def taken_back(order: Order, change: ChangeOrder) -> Order:
    """The order as it was before an accepted change. Raises Refused if something else stands there by now."""
    keys = keys_of(change.path)
    there = said_at(order, change.path)
    document = _document(order)
    if isinstance(there, list) and not isinstance(change.value, list):
        if change.value not in there:
            raise Refused(Problem("what was accepted no longer stands there", "", change.path))
        entries = paths.get(document, keys)
        del entries[there.index(change.value)]
    elif there != change.value:
        raise Refused(Problem("what was accepted no longer stands there", "", change.path))
    elif change.was is None:
        holder = paths.get(document, keys[:-1])
        del holder[keys[-1]]
    else:
        paths.put(document, keys, change.was)
    return _read(document)


def _document(order: Order) -> Any:
    """The order as the client said it: what is absent stays absent."""
    return order.model_dump(mode="json", by_alias=True, exclude_unset=True)


def _read(document: Any) -> Order:
    """The order that a document writes, judged as a file of it would be."""
    readers = TextReaders(document.get("system", "us"))
    loaded = typed(Order, with_offsets(document), file="", root="order", context={"readers": readers})
    if problems := tuple(contradictions(loaded)):
        raise Refused(*problems)
    return loaded


def _moment(order: Order, change: ChangeOrder) -> Any:
    """The value; a time of day at a field that holds a moment is of the day that stands there, else of the event's."""
    value = change.value
    if not isinstance(value, str) or not _CLOCK.fullmatch(value):
        return value
    there = said_at(order, change.path)
    day = there if isinstance(there, str) and "T" in there else order.event.service_at.isoformat()
    return re.sub(r"T\d\d:\d\d", f"T{value:0>5}", day, count=1)


def _names(keys: paths.Keys, value: Any) -> Iterator[Any]:
    """The names of fields that a change touches."""
    yield from keys
    if isinstance(value, dict):
        for name, one in value.items():
            yield from _names((name,), one)
    elif isinstance(value, list):
        for one in value:
            yield from _names((), one)
