"""What the house has, read into the order of each event: what an order says itself goes before it."""

from __future__ import annotations

from typing import Any

from catering_cli.domain.order import Order
from catering_cli.domain.order_parts.site import Kitchen
from catering_cli.domain.week import Household


def of_the_house(order: Order, house: Household) -> Order:
    """The order with kitchen, people, prices, stock and labels of the house."""
    told: dict[str, Any] = {
        "kitchen": _kitchen(order.kitchen, house.kitchen),
        "supply": (*order.supply, *house.supply),
        "products": (*order.products, *house.products),
    }
    if order.staff is None and house.staff is not None:
        told["staff"] = house.staff
    if house.on_hand:
        told["on_hand"] = (*order.on_hand, *house.on_hand)
    if order.budget is None and house.budget is not None:
        told["budget"] = house.budget
    changed = {name: value for name, value in told.items() if value != getattr(order, name)}
    return order.model_copy(update=changed)


def _kitchen(own: Kitchen, house: Kitchen) -> Kitchen:
    """The kitchen of an order, what it leaves out as the house has it."""
    return house.model_copy(update={name: getattr(own, name) for name in own.model_fields_set})
