"""Who leads the kitchen: chefs and sous chefs are no spare hands beside cooks (data/leads.tsv)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import NamedTuple

from catering_cli.data.equipment_names import plain_name
from catering_cli.data.tables import parts, rows
from catering_cli.domain.order import Order

_COOKS = "cook"


class Lead(NamedTuple):
    """A role of the order that leads."""

    role: str
    hands: int
    """how many of them may be at work with their own hands at once"""
    each: int
    """one for each so many cooks; 0: one in all"""
    does: str
    source: str

    def called(self, cooks: int) -> int:
        """How many of them so many cooks at work at once call for."""
        return cooks // self.each if self.each else min(1, cooks)


def leads(order: Order) -> tuple[Lead, ...]:
    """The roles that lead, the first in rank first; none if the order has too few cooks to lead."""
    return tuple(_leads(order)) if order.staff else ()


def _leads(order: Order) -> Iterator[Lead]:
    there: Counter[str] = Counter()
    for staff in order.staff or ():
        there[staff.role] += staff.available
    table = rows("leads")
    ranked = set(chain.from_iterable(parts(row["names"]) for row in table))
    below = {role: count for role, count in there.items() if _name(role) not in ranked}
    cooks = sum(count for role, count in below.items() if is_cook(role))
    mine = {_name(role): role for role, count in there.items() if count}
    for row in table:
        if cooks < int(row["cooks"]):
            continue
        for name in filter(mine.__contains__, parts(row["names"])):
            role = mine[name]
            hands = there[role] * int(row["hands"]) // 100
            yield Lead(role, hands, int(row["each"]), row["does"], row["source"])


def is_cook(role: str) -> bool:
    """Whether people of a role can do a cook's work."""
    able = next(row["roles"] for row in rows("skills") if row["skill"] == _COOKS)
    return _name(role) in {plain_name(one) for one in able.split(",")} | {_COOKS}


def called(order: Order, calls: Mapping[str, int]) -> Iterator[tuple[Lead, int]]:
    """Who leads so many cooks, by who is called: of the first rank one in all. Yields each lead and the cooks."""
    ranks = leads(order)
    led = calls.keys() - {lead.role for lead in ranks}
    cooks = sum(calls[role] for role in led if is_cook(role))
    heads = [lead for lead in ranks if not lead.each]
    for lead in (*heads[:1], *(lead for lead in ranks if lead.each)):
        if lead.called(cooks):
            yield lead, cooks


def _name(role: str) -> str:
    return plain_name(role).removesuffix("s")
