"""Measures that stand behind their food: 4 garlic cloves, 2 celery sticks; curry leaves and pork ribs are foods."""

from __future__ import annotations

import re
from typing import Final

from catering_cli.domain.quantity import Quantity
from catering_cli.kitchen.foods import weights
from catering_cli.kitchen.foods.identify import identify
from catering_cli.kitchen.quantities import units
from catering_cli.kitchen.quantities.units import Unit
from catering_cli.kitchen.quantities.vocabulary import word_set

_OF_MEASURE: Final = re.compile(r"^(\w+) of (.+)$")
_LAST_WORD: Final = word_set("clove sprig slice rasher ear bulb")
_OF_PLANTS: Final = word_set("stalk leaf spear stick head stem")


def last_measure(item: str, quantity: Quantity, system: str) -> tuple[str, Quantity]:
    """`4 garlic cloves` and `4 minced cloves of garlic` are 4 cloves of garlic."""
    if found := _OF_MEASURE.match(item):
        named = units.lookup(found[1], system)
        if named and named.dimension == "measure":
            return found[2], Quantity(quantity.low, quantity.high, named.name)
    head, _, last = item.rpartition(" ")
    unit = units.lookup(last, system) if head else None
    belongs = head.lower() in ("whole", "ground", "dried") or head.lower().endswith(" the")
    if unit is None or belongs or not (unit.name in _LAST_WORD or _is_of_a_plant(unit, head, item)):
        return item, quantity
    return head, Quantity(quantity.low, quantity.high, unit.name)


def _is_of_a_plant(unit: Unit, head: str, item: str) -> bool:
    """Whether a leaf, stick or rib is of a vegetable or herb: celery ribs, no pork ribs, no curry leaves."""
    food = identify(head) if unit.name in _OF_PLANTS and not weights.known(item) else None
    return food is not None and food.department == "produce" and identify(item) in (None, food)
