"""The purchase list: one line a product, EP -> AP -> less stock -> packs; mass is conserved at every step."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from catering_cli.domain.decision import Department, SameFood
from catering_cli.domain.money import cents
from catering_cli.domain.order import Order
from catering_cli.domain.order_parts.site import Supply
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.domain.plan_parts.shopping import TAP, Share, Shopping, ShoppingLine
from catering_cli.domain.quantity import Amount, Quantity
from catering_cli.kitchen.foods.resolve import Product
from catering_cli.kitchen.foods.weights import EdibleShare
from catering_cli.kitchen.menu.decisions import DecisionIndex
from catering_cli.kitchen.menu.dishes import MenuDish
from catering_cli.kitchen.purchasing.beside import beside
from catering_cli.kitchen.purchasing.needs import Need, counted, needs_of
from catering_cli.kitchen.purchasing.offers import Basket, OrderNames
from catering_cli.kitchen.quantities import display

OTHER = "Other"
"""Department of a food that the table does not know and no decision assigned."""

NOT_TRIMMED = EdibleShare(Fraction(100), "")
"""Of pieces: they are bought whole."""


def shopping(
    order: Order,
    items: Sequence[MenuDish],
    dishes: Sequence[Dish],
    decisions: DecisionIndex,
) -> Shopping:
    """Everything to buy, by department and name."""
    needs = needs_of(order, items, dishes)
    names = OrderNames.of(order)
    lines = [_line(names, group, decisions) for group in needs.groups]
    lines.sort(key=lambda line: (line.department, line.item, line.needed.quantity.unit))
    costs = [line.cost for line in lines if line.cost is not None]
    unpriced = [line for line in lines if line.cost is None]
    left = [line.left_value for line in lines if line.left_value is not None]
    return Shopping(
        lines=tuple(lines),
        to_taste=needs.to_taste,
        unpriced=tuple(line.item for line in unpriced if line.department != TAP),
        cost=_total(costs),
        left_value=_total(left),
        beside=tuple(beside(items, dishes)),
    )


def _total(values: Sequence[Decimal]) -> Decimal | None:
    return sum(values, Decimal(0)) if values else None


def _line(names: OrderNames, needs: Sequence[Need], decisions: DecisionIndex) -> ShoppingLine:
    """The line of one product in one unit."""
    product = needs[0].product
    unit = needs[0].unit
    system = names.system
    share = NOT_TRIMMED if counted(unit) else product.share
    needed = sum((need.amount for need in needs), Fraction(0))
    as_purchased = needed * 100 / share.percent
    can = _can(needs)
    basket = names.basket(product.name, unit, as_purchased, can)
    department, assigned_by = _department(product, decisions)
    line = ShoppingLine(
        item=product.name,
        food=product.food.name if product.food else "",
        names=tuple(sorted({need.item for need in needs})),
        department=department,
        needed=_amount(needed, unit, system),
        yield_percent=str(share.percent),
        yield_source=share.source,
        as_purchased=_amount(as_purchased, unit, system),
        on_hand=_some(basket.on_hand, unit, system),
        pack=_some(basket.pack or Fraction(0), unit, system),
        packs=basket.packs,
        buy=_amount(basket.buy, unit, system),
        left=_some(basket.left, unit, system),
        left_value=_left_value(basket),
        cost=basket.cost,
        dishes=_shares(needs, system),
        approximate=any(need.approximate for need in needs),
        by=_deciders(needs, assigned_by, decisions),
        note=_sold_as(needs) if can and basket.offer is None else "",
    )
    return line if basket.offer is None else _offered(line, basket.offer, basket.pack, names)


def _sold_as(needs: Sequence[Need]) -> str:
    return next(need.sold_as for need in needs if need.can)


def _can(needs: Sequence[Need]) -> Fraction | None:
    """What one can holds, if a need is of cans."""
    cans = [need.can for need in needs if need.can]
    return cans[0] if cans else None


def _offered(
    line: ShoppingLine,
    offer: Supply,
    pack: Fraction | None,
    names: OrderNames,
) -> ShoppingLine:
    """The line with what a supplier offers: `pack` is what one pack holds in the unit of the need, if that is known."""
    terms: dict[str, object] = {
        "supplier": offer.supplier,
        "offer": "" if offer.item.strip().casefold() == line.item else offer.item,
        "unit_price": offer.price,
        "price_unit": "" if pack else offer.unit,
        "order_by": names.order_by(offer),
        "pack": None,
    }
    if offer.pack and pack:
        terms["pack"] = Amount(offer.pack, display.amount_text(offer.pack, names.system))
    elif offer.pack:
        terms["note"] = "the pack cannot be compared with the need: no density"
    return line.model_copy(update=terms)


def _department(product: Product, decisions: DecisionIndex) -> tuple[str, str]:
    """The department, and who assigned it; empty if the table of foods says it."""
    if assigned := decisions.who(Department, product.name):
        return assigned.decision.department, assigned.by  # type: ignore[union-attr]
    return (product.food.department if product.food else OTHER), ""


def _deciders(needs: Sequence[Need], assigned_by: str, decisions: DecisionIndex) -> str:
    """Who decided a food, a measure or the department of a line; else the kitchen."""
    found = {need.by for need in needs} | {assigned_by}
    for decision, by in decisions.all(SameFood):
        if decision.food.strip().casefold() == needs[0].product.name:
            found.add(by)
    return ", ".join(sorted(found - {"kitchen", ""})) or "kitchen"


def _left_value(basket: Basket) -> Decimal | None:
    """The share of the cost that is left; None if nothing is left or nothing has a price."""
    if not basket.left or basket.cost is None:
        return None
    return cents(Fraction(basket.cost) * basket.left / basket.buy)


def _some(value: Fraction, unit: str, system: str) -> Amount | None:
    return _amount(value, unit, system) if value else None


def _amount(value: Fraction, unit: str, system: str) -> Amount:
    quantity = Quantity.of(value, unit)
    return Amount(quantity, display.amount_text(quantity, system))


def _shares(needs: Sequence[Need], system: str) -> tuple[Share, ...]:
    """How much each dish needs."""
    totals: dict[str, Fraction] = {}
    for need in needs:
        totals[need.dish] = totals.get(need.dish, Fraction(0)) + need.amount
    unit = needs[0].unit
    return tuple(Share(dish=dish, amount=_amount(total, unit, system)) for dish, total in totals.items())
