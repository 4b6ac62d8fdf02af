"""What is bought whole: so many cans of a size, of the canned food, not the fresh or dry; so many birds of a weight."""

from __future__ import annotations

from typing import Final

from catering_cli.domain.names import BIRD, CAN
from catering_cli.domain.quantity import Quantity
from catering_cli.kitchen.foods.identify import identify, purchase_name
from catering_cli.kitchen.quantities import units
from catering_cli.kitchen.quantities.scanner import Packs

_NO_FOOD: Final = frozenset(("drinks", "alcohol", "canned"))
"""Departments whose foods are called by the same name in a can and out of it."""


def in_cans(
    item: str, packs: Packs | None, quantity: Quantity, alternative: Quantity | None
) -> tuple[str, Quantity, Quantity | None]:
    """The food, amount and alternative of a line: `2 x 400 g tins chickpeas` are 2 cans of canned chickpeas."""
    if alternative is not None and alternative.unit == CAN.strip() and alternative.low:
        packs = Packs(alternative, quantity.times(1 / alternative.low), CAN.strip())  # 1 tin anchovies (50 g)
    if packs is None or packs.container != CAN.strip():
        is_can = quantity.unit.endswith(CAN) or quantity.unit == CAN.strip()
        return canned_name(item) if is_can else item, quantity, alternative
    size = packs.size
    unit = units.one_of(size, CAN)
    if size.is_range or not units.lookup(unit):  # 15- to 16-ounce cans stay a range of ounces
        return canned_name(item), quantity, alternative
    return canned_name(item), Quantity(packs.count.low, packs.count.high, unit), quantity


def canned_name(item: str) -> str:
    """The name of the canned food; the item's own if it is one already, or nothing that is else bought fresh."""
    known, canned = identify(item), identify(f"canned {item}")
    if "canned" in item.lower() or (known and known.department in _NO_FOOD):
        return item
    is_fresh = known is not None and known.department == "produce"
    return f"canned {item}" if canned or is_fresh else item


_ANIMALS: Final = frozenset(("chicken", "turkey", "duck", "goose", "quail", "pheasant", "leg of lamb"))
"""Foods whose bare name with a count is the whole bird or joint."""


def in_wholes(item: str, quantity: Quantity, alternative: Quantity | None) -> tuple[Quantity, Quantity | None]:
    """The amount of whole birds and joints: `2 chickens, 2 lb each` are two of 2 lb, and not 4 lb of chicken."""
    count = alternative
    if count is None or count.unit or count.is_range or quantity.is_range or not _is_whole(item) or not count.low:
        return quantity, alternative
    unit = units.one_of(quantity.times(1 / count.low), BIRD)
    one, written = units.lookup(unit), units.find(quantity.unit)
    is_exact = one is not None and one.factor * count.low == written.factor * quantity.low
    is_sized = is_exact and written.dimension == "mass"
    return (Quantity(count.low, count.high, unit), quantity) if is_sized else (quantity, alternative)


def _is_whole(item: str) -> bool:
    """Whether a counted item is the whole bird, fish or joint."""
    food = identify(item)
    if food is None or food.department not in ("poultry", "meat", "seafood"):
        return False
    return "whole" in item.lower().split() or (food.name in _ANIMALS and purchase_name(item) == food.name)
