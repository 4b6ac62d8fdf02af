"""Orders of one command that are worked in one kitchen on one day, each planned as if the other were not there."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


class Worked(NamedTuple):
    """Where and when a plan is worked; two with the same kitchen share its plant and its people."""

    kitchen: str
    first_day: str
    last_day: str


def beside(worked: Mapping[str, Worked]) -> Iterator[list[str]]:
    """Groups of orders, by path, of one kitchen and common days."""
    by_kitchen: dict[str, list[tuple[Worked, str]]] = defaultdict(list)
    for order, one in worked.items():
        by_kitchen[one.kitchen].append((one, order))
    for orders in by_kitchen.values():
        yield from (group for group in _days(sorted(orders, key=lambda one: one[0].first_day)) if len(group) > 1)


def _days(orders: Iterable[tuple[Worked, str]]) -> Iterator[list[str]]:
    """Orders in order of their first day, apart where one begins after all before it have ended."""
    group: list[str] = []
    last = ""
    for one, order in orders:
        if group and one.first_day > last:
            yield group
            group, last = [], ""
        group.append(order)
        last = max(last, one.last_day)
    yield group


def said(orders: list[str]) -> str:
    """What is told of such a group."""
    names = f"{', '.join(orders[:-1])} and {orders[-1]}"
    return (
        f"{names} are worked in one kitchen on the same days and were not planned together: each may count on the same "
        f"plant and people, and buys for itself. Together: catering week {' '.join(orders)} --out week"
    )
