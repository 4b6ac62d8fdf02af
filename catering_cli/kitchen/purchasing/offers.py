"""What suppliers offer and the store holds, by product; packs, prices and the day to order."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from catering_cli.domain.finding import Finding
from catering_cli.domain.money import cents
from catering_cli.domain.order import Order
from catering_cli.domain.order_parts.site import Stock, Supply
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.domain.plan_parts.shopping import Shopping, ShoppingLine
from catering_cli.domain.plan_parts.timeline import Timeline
from catering_cli.domain.quantity import Quantity
from catering_cli.kitchen.foods.mass import to_mass
from catering_cli.kitchen.foods.resolve import resolve_name
from catering_cli.kitchen.menu import services
from catering_cli.kitchen.purchasing.needs import base_unit, counted
from catering_cli.kitchen.quantities import units

RECEIVE_DAYS = 1
"""Food is received the day before the first service; [K], an assumption of the plan."""


class Basket(NamedTuple):
    """What is bought of one product, in the unit of its need, AP."""

    offer: Supply | None
    on_hand: Fraction
    pack: Fraction | None
    """what one pack holds; None if it is bought loose, or the pack cannot be compared with the need"""
    packs: int | None
    buy: Fraction
    left: Fraction
    """bought beyond the need"""
    cost: Decimal | None
    """None without a price"""


class OrderNames(NamedTuple):
    """The supply and the stock of an order, each by the names that it goes by."""

    supply: Mapping[str, Supply]
    """the first row of each name"""
    stock: Mapping[str, tuple[Stock, ...]]
    system: str
    receive: date

    @classmethod
    def of(cls, order: Order) -> OrderNames:
        """The rows of an order; the name of each item is resolved once."""
        supply: dict[str, Supply] = {}
        for row in order.supply:
            for name in product_names(row):
                supply.setdefault(name, row)
        stock: dict[str, tuple[Stock, ...]] = {}
        for held in order.on_hand:
            for name in product_names(held):
                stock[name] = (*stock.get(name, ()), held)
        first = min(meal.begins for meal in services.services(order))
        return cls(supply, stock, order.system, (first - timedelta(days=RECEIVE_DAYS)).date())

    def basket(
        self,
        name: str,
        unit: str,
        as_purchased: Fraction,
        can: Fraction | None = None,
    ) -> Basket:
        """What to buy of a product of which so much is needed, AP: the need less stock, in whole packs or pieces.

        Without an offer it comes in the cans that the recipes name, which hold `can` each.
        """
        offer = self.supply.get(name)
        on_hand = self._on_hand(name, unit)
        wanted = max(as_purchased - on_hand, Fraction(0))
        pack = self._in_unit(offer.pack, name, unit) if offer and offer.pack else None
        pack = can if offer is None else pack
        packs = math.ceil(wanted / pack) if pack else None
        if pack and packs is not None:
            buy = packs * pack
        elif counted(unit):
            buy = Fraction(math.ceil(wanted))
        else:
            buy = wanted
        cost = self._cost(offer, packs, buy, name, unit)
        return Basket(offer, on_hand, pack, packs, buy, buy - wanted, cost)

    def order_by(self, offer: Supply) -> date:
        """The day to order: the lead days of an offer before the day on which food is received."""
        return self.receive - timedelta(days=offer.lead_days)

    def _on_hand(self, name: str, unit: str) -> Fraction:
        """The stock of a product, as far as it can be compared with the need."""
        total = Fraction(0)
        for held in self.stock.get(name, ()):
            total += self._in_unit(held.quantity, name, unit) or 0
        return total

    def _in_unit(self, quantity: Quantity, name: str, unit: str) -> Fraction | None:
        """The low end of `quantity`, AP, in the unit of a need; None if no density or weight of a piece says it."""
        base, size = base_unit(units.find(quantity.unit, self.system))
        if base == unit:
            return quantity.low * size
        for known in _own_and_food(name):
            mass = to_mass(quantity, known, "", self.system, state="AP")
            one = to_mass(Quantity.of(1, unit), known, "", self.system, state="AP")
            if mass and one and one.grams.high:
                return mass.grams.low / one.grams.high
        return None

    def _cost(
        self,
        offer: Supply | None,
        packs: int | None,
        buy: Fraction,
        name: str,
        unit: str,
    ) -> Decimal | None:
        """Packs times price, or the amount in the unit of the price times price; None if either is not known."""
        if offer is None or offer.price is None:
            return None
        price = Fraction(offer.price)
        if packs is not None:
            return cents(packs * price)
        if offer.pack is not None:
            return None
        priced = Quantity.of(1, units.find(offer.unit, self.system).name)
        one = self._in_unit(priced, name, unit)
        return cents(buy / one * price) if one else None


def before_use(
    shopping: Shopping,
    dishes: Sequence[Dish],
    bases: Sequence[Dish],
    timeline: Timeline,
    elsewhere: Mapping[str, date],
) -> Shopping:
    """The list with each food ordered in time for the day on which work on a dish with it begins, if that is earlier.

    What is ordered for the day before the service is too late for what is made two days ahead.
    """
    if timeline.service_at is None:
        return shopping
    first = first_days(dishes, bases, timeline, elsewhere)
    receive = timeline.service_at.date() - timedelta(days=RECEIVE_DAYS)
    return shopping.model_copy(update={"lines": tuple(_in_time(line, first, receive) for line in shopping.lines)})


def _in_time(line: ShoppingLine, first: Mapping[str, date], receive: date) -> ShoppingLine:
    """The line ordered as much earlier as its food is used before the day on which it would be received."""
    earlier = receive - received_on(line, first, receive)
    if line.order_by is None or not earlier:
        return line
    return line.model_copy(update={"order_by": line.order_by - earlier})


def received_on(line: ShoppingLine, first: Mapping[str, date], receive: date) -> date:
    """The day on which a food is received: the usual one, or that of the first work with it if that is earlier."""
    return min([receive, *(first[one.dish] for one in line.dishes if one.dish in first)])


def first_days(
    dishes: Sequence[Dish], bases: Sequence[Dish], timeline: Timeline, elsewhere: Mapping[str, date]
) -> dict[str, date]:
    """The day on which work on each dish begins, that on its base recipes with it, made here or `elsewhere`."""
    first: dict[str, date] = {}
    for block in timeline.blocks:
        if block.dish:
            first.setdefault(block.dish, block.start.date())
    of_bases = {base.name: first[base.id] for base in bases if base.id in first}
    for dish in dishes:
        parts = dish.recipe.parts if dish.recipe else ()
        days = [first[dish.id]] if dish.id in first else []
        for part in parts:
            days += [made[part.name] for made in (of_bases, elsewhere) if part.name in made]
        if days:
            first[dish.id] = min(days)
    return first


def _own_and_food(name: str) -> tuple[str, ...]:
    """The names by which a product may have a weight on file: its own, then that of its food."""
    food = resolve_name(name).product.food
    return (name, food.name) if food else (name,)


def not_understood(order: Order, bought: Shopping) -> Iterator[Finding]:
    """The offers whose text names no food of the table, if something is bought without a price."""
    priced: set[str] = set()
    for line in bought.lines:
        priced.update((line.item, line.offer.casefold(), *line.names))
    unknown = [row.item for row in order.supply if not row.food]
    lost = [item for item in unknown if item.strip().casefold() not in priced]
    if not lost or not bought.unpriced:
        return
    more = f" and {len(lost) - MOST_NAMED} more" if len(lost) > MOST_NAMED else ""
    yield Finding(
        severity="advice",
        rule="kitchen.offer_unknown",
        where="order.supply",
        message=f"the price list has items that are no known food: {', '.join(map(repr, lost[:MOST_NAMED]))}{more}",
        value=str(len(lost)),
        fix="if one of them is a food of this menu, write its name beside it: food",
    )


def not_compared(bought: Shopping) -> Iterator[Finding]:
    """The prices that are of no use, since no weight on file leads from their unit or pack to the need."""
    without_cost = [line for line in bought.lines if line.cost is None]
    lost = [line for line in without_cost if line.unit_price is not None]
    if lost:
        named = [f"{line.offer or line.item} by the {line.price_unit or 'pack'}" for line in lost[:MOST_NAMED]]
        more = f" and {len(lost) - MOST_NAMED} more" if len(lost) > MOST_NAMED else ""
        yield Finding(
            severity="advice",
            rule="kitchen.offer_unit",
            where="order.supply",
            message=f"prices that cannot be compared with the need: {', '.join(named)}{more}: no weight on file",
            value=str(len(lost)),
            fix="give the pack of these offers by weight, e.g. 3 oz",
        )


MOST_NAMED = 8
"""Offers named in one message."""


def product_names(row: Supply | Stock) -> set[str]:
    """The names by which an item is found: the food that it is, else its own words."""
    own = row.item.strip().casefold()
    return {row.food.strip().casefold() or resolve_name(row.item).product.name, own}
