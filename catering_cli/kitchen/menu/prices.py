"""Prices that the order's supply gives for what is no food: rentals, vehicles, equipment."""

from __future__ import annotations

from decimal import Decimal

from catering_cli.domain.order import Order


def price_by_item(order: Order) -> dict[str, Decimal]:
    """Price by the item's own name, case aside; of two rows with a price the last."""
    return {row.item.strip().casefold(): row.price for row in order.supply if row.price is not None}


def hourly(order: Order, role: str) -> Decimal | None:
    """Pay for an hour: the role's own, else the budget's."""
    for row in order.staff or ():
        if row.role == role and row.rate is not None:
            return row.rate
    return order.budget.labor_per_hour if order.budget else None
