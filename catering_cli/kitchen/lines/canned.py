"""What comes in cans: the amount is so many cans of a size, and the food is the canned one, not the fresh or dry."""

from __future__ import annotations

from typing import Final

from catering_cli.domain.names import CAN
from catering_cli.domain.quantity import Quantity
from catering_cli.kitchen.foods.identify import identify
from catering_cli.kitchen.quantities import units
from catering_cli.kitchen.quantities.scanner import Packs

_NO_FOOD: Final = frozenset(("drinks", "alcohol", "canned"))
"""Departments whose foods are called by the same name in a can and out of it."""


def in_cans(
    item: str, packs: Packs | None, quantity: Quantity, alternative: Quantity | None
) -> tuple[str, Quantity, Quantity | None]:
    """The food, amount and alternative of a line: `2 x 400 g tins chickpeas` are 2 cans of canned chickpeas."""
    if packs is None or packs.container != CAN.strip():
        is_can = quantity.unit.endswith(CAN) or quantity.unit == CAN.strip()
        return canned_name(item) if is_can else item, quantity, alternative
    size = packs.size
    unit = units.can_of(size)
    if size.is_range or not units.lookup(unit):  # 15- to 16-ounce cans stay a range of ounces
        return canned_name(item), quantity, alternative
    return canned_name(item), Quantity(packs.count.low, packs.count.high, unit), quantity


def canned_name(item: str) -> str:
    """The name of the canned food; the item's own if no table knows a canned one, or it is one already."""
    known, canned = identify(item), identify(f"canned {item}")
    if canned is None or "canned" in item.lower() or (known and known.department in _NO_FOOD):
        return item
    return f"canned {item}"
