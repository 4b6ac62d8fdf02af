"""Whether an amount is weighed as purchased (AP) or as the edible portion (EP)."""

from __future__ import annotations

from typing import Final

from catering_cli.domain.quantity import Quantity
from catering_cli.kitchen.foods import weights
from catering_cli.kitchen.lines.preparation import DONE_LATER
from catering_cli.kitchen.quantities import units
from catering_cli.kitchen.quantities.scanner import ParsedAmount
from catering_cli.kitchen.quantities.units import Unit
from catering_cli.kitchen.quantities.vocabulary import word_set

_SEALED: Final = frozenset(("can", "jar", "bottle", "tube", "carton"))
"""Containers of food that is trimmed already."""

_UNTRIMMED: Final = word_set("whole frozen thawed fresh raw large small medium unpeeled washed scrubbed rinsed and or")
"""Words before a food that leave it as it is bought."""

_ALL: Final = 100
"""Percent."""


def _is_sealed(parsed: ParsedAmount, unit: Unit) -> bool:
    """Whether the food comes out of a can, jar or carton, or the unit is a can such as #10."""
    container = parsed.packs.container if parsed.packs else ""
    return container in _SEALED or unit.name.split()[-1:] == ["can"]


def weighed_state(
    parsed: ParsedAmount, quantity: Quantity, item: str, before: str, after: str, system: str
) -> tuple[str, list[str]]:
    """AP or EP by the rule of the line, and a warning if the line does not say it."""
    if parsed.state or not _UNTRIMMED.issuperset(before.lower().split()):
        return parsed.state or "EP", []
    unit = units.find(quantity.unit, system)
    if _is_sealed(parsed, unit):
        return "EP", []
    is_prepared = any(word.strip(",;").lower() in DONE_LATER for word in after.split())
    if weights.edible_share(item).percent == _ALL:
        return "AP" if is_prepared else "EP", []
    return _trimmed(unit, item, is_prepared=is_prepared)


def _trimmed(unit: Unit, item: str, *, is_prepared: bool) -> tuple[str, list[str]]:
    """The state of a food of which something is trimmed: what fills a cup is trimmed, what is weighed as bought."""
    if unit.dimension == "volume":
        return "EP", [f"a volume of {item} is read as trimmed and cut"] if is_prepared else []
    if unit.dimension == "mass" and not is_prepared:
        return "AP", [f"{item}: no preparation is said; the amount is read as purchased (AP)"]
    return "AP", []
