"""The purchase list: one line a food, EP -> AP -> less stock -> packs; mass is conserved at every step."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from catering_cli.domain.decision import Department, SameFood
from catering_cli.domain.menu import Dish, ScaledLine
from catering_cli.domain.money import cents
from catering_cli.domain.order import Order
from catering_cli.domain.quantity import Amount, Quantity
from catering_cli.domain.shopping import Share, Shopping, ShoppingLine
from catering_cli.domain.site import Stock, Supply
from catering_cli.kitchen.foods.mass import to_mass
from catering_cli.kitchen.foods.resolve import Product, ResolvedIngredient, resolve_name
from catering_cli.kitchen.menu import services
from catering_cli.kitchen.menu.decisions import Judged
from catering_cli.kitchen.menu.dishes import MenuDish
from catering_cli.kitchen.quantities import display, units

RECEIVE_DAYS = 1
"""Food is in the house the day before the first service; [K], an assumption of the plan."""

OTHER = "Other"
"""Department of a food that the table does not know and nobody assigned."""


TAP = "tap"
"""Department of what comes out of the wall: it is needed and listed, but no purchase, and lacks no price."""


class Need(NamedTuple):
    """What one line of one dish asks for, EP, in the base unit of its dimension: g, mL, or a piece's unit."""

    dish: str
    item: str
    product: Product
    amount: Fraction
    unit: str
    grams: Fraction | None
    approximate: bool
    by: str


def shopping(order: Order, items: Sequence[MenuDish], dishes: Sequence[Dish], judged: Judged) -> Shopping:
    """Everything to buy. Lines of one food are merged; where no mass is known they stay apart, by unit."""
    groups: dict[tuple[str, str], list[Need]] = {}
    to_taste: dict[str, None] = {}
    resolved = {item.id: item.ingredients for item in items}
    for dish in dishes:
        for line, one in zip(dish.lines, resolved[dish.id], strict=True):
            product = one.taken_for.product
            if line.quantity is None:
                to_taste[product.name] = None
            elif line.quantity.quantity.high:
                need = _need(order, dish, line, one)
                groups.setdefault((product.name, need.unit), []).append(need)
    offers = Offers.of(order)
    lines = tuple(
        _line(order, offers, unit, needs, judged)
        for (name, unit), needs in sorted(_merged(groups).items(), key=lambda pair: pair[0])
    )
    lines = tuple(sorted(lines, key=lambda line: (line.department, line.item, line.needed.quantity.unit)))
    costs = [line.cost for line in lines if line.cost is not None]
    left = [line.left_value for line in lines if line.left_value is not None]
    return Shopping(
        lines=lines,
        to_taste=tuple(sorted(to_taste)),
        unpriced=tuple(line.item for line in lines if line.cost is None and line.department != TAP),
        cost=sum(costs, Decimal(0)) if costs else None,
        left_value=sum(left, Decimal(0)) if left else None,
    )


def _need(order: Order, dish: Dish, line: ScaledLine, one: ResolvedIngredient) -> Need:
    """The line as EP: upper end of a range, trimmed where it is as purchased, raw where it is as served."""
    assert line.quantity is not None
    quantity = line.quantity.quantity
    factor = one.edible
    if line.state == "served" and dish.recipe:
        factor = Fraction(100, dish.recipe.cook_yield_percent)
    unit = units.find(quantity.unit, order.system)
    base, size = _base(unit)
    amount = quantity.high * size
    by_piece = base not in ("g", "mL")
    return Need(
        dish=dish.id,
        item=line.item,
        product=one.taken_for.product,
        amount=amount if by_piece else amount * factor,
        unit=base,
        grams=line.mass.quantity.high * factor if line.mass else None,
        approximate=line.approximate,
        by=line.by,
    )


BASES = {"mass": "g", "volume": "mL", "count": ""}
"""Unit in which amounts of a dimension are added up; a dozen is twelve pieces, a bunch stays a bunch."""


def _base(unit: units.Unit) -> tuple[str, Fraction]:
    """The unit in which amounts of `unit` are added up, and how many of it one is."""
    base = BASES.get(unit.dimension)
    return (unit.name, Fraction(1)) if base is None else (base, unit.factor)


def _merged(groups: Mapping[tuple[str, str], list[Need]]) -> dict[tuple[str, str], list[Need]]:
    """One group a food: by pieces or as a liquid where all lines agree and nothing is trimmed, else by mass.

    A line whose mass nobody knows stays a group of its own unit.
    """
    merged: dict[tuple[str, str], list[Need]] = {}
    for name in {name for name, _ in groups}:
        of_food = {unit: needs for (food, unit), needs in groups.items() if food == name}
        product = next(iter(of_food.values()))[0].product
        untrimmed = product.share.percent == 100  # noqa: PLR2004  # percent
        unit = next(iter(of_food))
        pieces_or_liquid = len(of_food) == 1 and (_pieces(unit) or (untrimmed and (unit == "g" or product.liquid)))
        for own, needs in of_food.items():
            for need in needs:
                keep = pieces_or_liquid or need.grams is None
                key = (name, own if keep else "g")
                merged.setdefault(key, []).append(need if keep else _as_mass(need))
    return merged


def _as_mass(need: Need) -> Need:
    assert need.grams is not None
    return Need(need.dish, need.item, need.product, need.grams, "g", need.grams, need.approximate, need.by)


def _line(order: Order, offers: Offers, unit: str, needs: Sequence[Need], judged: Judged) -> ShoppingLine:
    product = needs[0].product
    name = product.name
    needed = sum((need.amount for need in needs), Fraction(0))
    share = product.share
    by_mass = unit == "g"
    ap = needed * 100 / share.percent if by_mass else needed
    stock = _on_hand(order, offers, name, unit)
    offer = offers.offer(name)
    wanted = max(ap - stock, Fraction(0))
    pack = _in_unit(offer.pack, name, unit, order) if offer and offer.pack else None
    packs = math.ceil(wanted / pack) if pack else None
    buy = packs * pack if packs is not None and pack else Fraction(math.ceil(wanted)) if _pieces(unit) else wanted
    cost = _cost(offer, packs, buy, name, unit, order)
    over = buy - wanted
    department = judged.who(Department, name)
    food = product.food
    deciders = {need.by for need in needs} | ({department.by} if department else set())
    deciders |= {by for decision, by in judged.all(SameFood) if decision.food.strip().casefold() == name}
    return ShoppingLine(
        item=name,
        food=food.name if food else "",
        names=tuple(sorted({need.item for need in needs})),
        department=department.decision.department if department else food.department if food else OTHER,  # type: ignore[union-attr]
        supplier=offer.supplier if offer else "",
        needed=_amount(needed, unit, order),
        yield_percent=str(share.percent) if by_mass else "100",
        yield_source=share.source if by_mass else "",
        as_purchased=_amount(ap, unit, order),
        on_hand=_amount(stock, unit, order) if stock else None,
        pack=Amount(offer.pack, display.kitchen(offer.pack, order.system)) if offer and offer.pack and pack else None,
        packs=packs,
        buy=_amount(buy, unit, order),
        unit_price=offer.price if offer else None,
        price_unit=offer.unit if offer and not pack else "",
        left=_amount(over, unit, order) if over else None,
        left_value=cents(Fraction(cost) * over / buy) if over and cost is not None else None,
        cost=cost,
        order_by=_order_by(order, offer),
        dishes=_shares(needs, order),
        approximate=any(need.approximate for need in needs),
        by=", ".join(sorted(deciders - {"kitchen"})) or "kitchen",
        note="" if not offer or not offer.pack or pack else "the pack cannot be compared with the need: no density",
    )


def _pieces(unit: str) -> bool:
    return unit not in ("g", "mL")


def _amount(value: Fraction, unit: str, order: Order) -> Amount:
    quantity = Quantity.of(value, unit)
    return Amount(quantity, display.kitchen(quantity, order.system))


def _shares(needs: Sequence[Need], order: Order) -> tuple[Share, ...]:
    totals: dict[str, Fraction] = {}
    for need in needs:
        totals[need.dish] = totals.get(need.dish, Fraction(0)) + need.amount
    unit = needs[0].unit
    return tuple(Share(dish=dish, amount=_amount(total, unit, order)) for dish, total in totals.items())


class Offers(NamedTuple):
    """What the order's suppliers offer and its store holds, by the names that it goes by."""

    supply: Mapping[str, Supply]
    """the first row of each name"""
    stock: Mapping[str, tuple[Stock, ...]]

    @classmethod
    def of(cls, order: Order) -> Offers:
        """The rows of an order; each item's name is resolved once."""
        supply: dict[str, Supply] = {}
        for row in order.supply:
            for name in _names(row.item):
                supply.setdefault(name, row)
        stock: dict[str, tuple[Stock, ...]] = {}
        for held in order.on_hand:
            for name in _names(held.item):
                stock[name] = (*stock.get(name, ()), held)
        return cls(supply, stock)

    def offer(self, name: str) -> Supply | None:
        """The first supply row of a product."""
        return self.supply.get(name)


def _names(item: str) -> set[str]:
    """The names by which an item is found: what is bought for it, and its own words."""
    return {resolve_name(item).product.name, item.strip().casefold()}


def _on_hand(order: Order, offers: Offers, name: str, unit: str) -> Fraction:
    amounts = (_in_unit(held.quantity, name, unit, order) for held in offers.stock.get(name, ()))
    return sum((amount for amount in amounts if amount is not None), Fraction(0))


def _in_unit(quantity: Quantity, name: str, unit: str, order: Order) -> Fraction | None:
    """The low end of `quantity`, as bought, in the line's unit; None where no density or piece weight says it."""
    found = units.find(quantity.unit, order.system)
    base, size = _base(found)
    if base == unit:
        return quantity.low * size
    mass = to_mass(quantity, name, "", order.system, state="AP")
    one = to_mass(Quantity.of(1, unit), name, "", order.system, state="AP")
    if mass is None or one is None or not one.grams.high:
        return None
    return mass.grams.low / one.grams.high


def _cost(offer: Supply | None, packs: int | None, buy: Fraction, name: str, unit: str, order: Order) -> Decimal | None:
    """Packs times price, or the amount in the price's unit times price; None where either is not known."""
    if offer is None or offer.price is None:
        return None
    if packs is not None:
        return cents(packs * Fraction(offer.price))
    if offer.pack is not None:
        return None
    one = _in_unit(Quantity.of(1, units.find(offer.unit, order.system).name), name, unit, order)
    return cents(buy / one * Fraction(offer.price)) if one else None


def _order_by(order: Order, offer: Supply | None) -> date | None:
    """The day to order: lead days before the day on which food is received."""
    if offer is None:
        return None
    first = min(service.at for service in services.services(order))
    return (first - timedelta(days=RECEIVE_DAYS + offer.lead_days)).date()
