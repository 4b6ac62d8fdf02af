"""Bought together: one purchase of a food for all events that use it while it keeps, in whole packs of the sum."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import chain
from typing import NamedTuple

from catering_cli.data.tables import rows
from catering_cli.domain.money import cents
from catering_cli.domain.plan import CateringPlan
from catering_cli.domain.plan_parts.shopping import TAP, ShoppingLine
from catering_cli.domain.quantity import Amount, Quantity
from catering_cli.domain.week import EventPart, GuideLine
from catering_cli.kitchen.menu import services
from catering_cli.kitchen.menu.decisions import fold
from catering_cli.kitchen.purchasing.needs import base_unit, counted
from catering_cli.kitchen.purchasing.offers import RECEIVE_DAYS, first_days, received_on
from catering_cli.kitchen.quantities import display, units
from catering_cli.kitchen.serving.made_bases import begun_elsewhere
from catering_cli.kitchen.week.shares import shared

UNKNOWN_KEEPS = 1
"""Days that a food of an unknown department keeps: as the most perishable; [K]."""


class _Wanted(NamedTuple):
    """A line of one event's purchase list."""

    event: str
    line: ShoppingLine
    receive: date
    system: str

    @property
    def amount(self) -> Fraction:
        """What is to be bought, AP: the need less stock."""
        need = self.line.as_purchased.quantity.high
        stock = self.line.on_hand.quantity.high if self.line.on_hand else Fraction(0)
        return max(need - stock, Fraction(0))

    @property
    def same(self) -> tuple[object, ...]:
        """What two lines have in common that are one purchase: food, unit, offer and its terms."""
        line = self.line
        return (line.item, line.as_purchased.quantity.unit, line.supplier, line.offer, str(line.unit_price),
                line.price_unit, str(line.pack and line.pack.quantity))  # fmt: skip


def guide(plans: Mapping[str, CateringPlan]) -> tuple[GuideLine, ...]:
    """The order guide of the week: by vendor, day of delivery, department and food."""
    alike: dict[tuple[object, ...], list[_Wanted]] = {}
    for event, plan in plans.items():
        for wanted in _wanted(event, plan):
            alike.setdefault(wanted.same, []).append(wanted)
    groups = chain.from_iterable(map(_deliveries, alike.values()))
    lines = [_line(group) for group in groups]
    return tuple(sorted(lines, key=lambda line: (line.supplier, line.receive_on, line.department, line.item)))


def _wanted(event: str, plan: CateringPlan) -> Iterator[_Wanted]:
    first = min(meal.begins for meal in services.services(plan.order))
    receive = (first - timedelta(days=RECEIVE_DAYS)).date()
    begun = first_days(plan.menu, plan.bases, plan.timeline, begun_elsewhere(fold(plan.order, plan.decisions)))
    for line in plan.shopping.lines:
        if line.department != TAP:
            yield _Wanted(event, line, received_on(line, begun, receive), plan.order.system)


def _deliveries(wanted: Iterable[_Wanted]) -> Iterator[list[_Wanted]]:
    """The purchases: each event joins the delivery before it, as long as the food keeps until its own day."""
    group: list[_Wanted] = []
    for one in sorted(wanted, key=lambda one: (one.receive, one.event)):
        if group and (one.receive - group[0].receive).days >= max(1, keeps(one.line.department)):
            yield group
            group = []
        group.append(one)
    yield group


def keeps(department: str) -> int:
    """For how many days after its delivery a food of a department may be used."""
    days = {row["department"]: int(row["days"]) for row in rows("keeps_bought")}
    return days.get(department, UNKNOWN_KEEPS)


def _line(group: Sequence[_Wanted]) -> GuideLine:
    """One purchase for all of a group."""
    first = group[0].line
    unit = first.as_purchased.quantity.unit
    system = group[0].system
    needed = sum((one.amount for one in group), Fraction(0))
    pack = _pack(first, system)
    packs = math.ceil(needed / pack) if pack else None
    buy = packs * pack if pack and packs is not None else _loose(needed, unit)
    alone = [one.line.cost for one in group if one.line.cost is not None]
    cost = _cost(group, packs, alone) if len(alone) == len(group) else None
    by_event = {one.event: one.amount for one in group}
    parts = shared(cost, _alone(group)) if cost is not None else {}
    return GuideLine(
        item=first.item,
        supplier=first.supplier,
        department=first.department,
        receive_on=group[0].receive,
        order_by=first.order_by,
        needed=_amount(needed, unit, system),
        pack=first.pack,
        packs=packs,
        buy=_amount(buy, unit, system),
        cost=cost,
        alone=sum(alone, Decimal(0)) if alone else None,
        events=tuple(
            EventPart(event=event, amount=_amount(amount, unit, system), cost=parts.get(event))
            for event, amount in by_event.items()
        ),
    )


def _alone(group: Sequence[_Wanted]) -> dict[str, Fraction]:
    """What each event would pay alone: by it they share, so that none pays more than that."""
    return {one.event: Fraction(one.line.cost or 0) for one in group}


def _pack(line: ShoppingLine, system: str) -> Fraction | None:
    """What one pack holds in the unit of the need: what was bought over the packs bought, or as the pack says."""
    if line.packs:
        return line.buy.quantity.high / line.packs
    if line.packs is None or line.pack is None:
        return None
    unit, size = base_unit(units.find(line.pack.quantity.unit, system))
    return line.pack.quantity.high * size if unit == line.as_purchased.quantity.unit else None


def _loose(needed: Fraction, unit: str) -> Fraction:
    """What is bought without packs: pieces are whole."""
    return Fraction(math.ceil(needed)) if counted(unit) else needed


def _cost(group: Sequence[_Wanted], packs: int | None, alone: Sequence[Decimal]) -> Decimal:
    """Packs at their price; what is bought loose costs together what it costs apart."""
    price = group[0].line.unit_price
    if packs is None or price is None:
        return sum(alone, Decimal(0))
    return cents(packs * Fraction(price))


def _amount(value: Fraction, unit: str, system: str) -> Amount:
    quantity = Quantity.of(value, unit)
    return Amount(quantity, display.amount_text(quantity, system))
