"""A quantity in the measures of another system, as a document turned metric or US needs it."""

from __future__ import annotations

from catering_cli.domain.quantity import Quantity
from catering_cli.kitchen import larder, units
from catering_cli.kitchen.converted import Converted, readable
from catering_cli.kitchen.units import Unit
from catering_cli.kitchen.weigh import to_mass

_THOUSAND = 1000
"""g to a kg, mL to a L."""


def to_system(quantity: Quantity, item: str, system: str, *, source: str = "us", preparation: str = "") -> Converted:
    """`quantity` (under the system `source`) in the measures of `system`: us, imperial, metric or au.

    Weights go to g and kg or oz and lb; spoons stay spoons; other volumes become mL and L for liquids, and weight for
    what is not liquid where its density is known. Pieces stay as they are. All exact.
    """
    unit = units.find(quantity.unit, source)
    target, via = _target(quantity, unit, item, system)
    if target is None:
        return Converted(_said(quantity, item), quantity, item, approximate=unit.approximate)
    if via is not None:
        mass = to_mass(quantity, item, preparation, source)
        assert mass is not None  # _target saw its density
        grams = units.find("g")
        low, high = (units.convert(value, grams, target) for value in (mass.grams.low, mass.grams.high))
        return Converted(_said(quantity, item), Quantity(low, high, target.name), item, mass.source, mass.approximate)
    low, high = (units.convert(value, unit, target) for value in (quantity.low, quantity.high))
    return Converted(_said(quantity, item), Quantity(low, high, target.name), item, approximate=unit.approximate)


def _said(quantity: Quantity, item: str) -> str:
    numbers = readable(quantity.low) if not quantity.is_range else f"{readable(quantity.low)}-{readable(quantity.high)}"
    return " ".join(f"{numbers} {quantity.unit} {item}".split())


def _target(quantity: Quantity, unit: Unit, item: str, system: str) -> tuple[Unit | None, str | None]:
    """The unit to convert to, and "density" where that is by weight."""
    us = system == "us"
    if unit.dimension == "mass":
        grams = quantity.high * unit.factor
        name = ("lb" if grams >= units.find("lb").factor else "oz") if us else ("kg" if grams >= _THOUSAND else "g")
        return units.find(name), None
    if unit.dimension != "volume" or unit.approximate:
        return None, None
    if unit.name in ("tsp", "tbsp"):
        return units.find(unit.name, system), None
    millilitres = quantity.high * unit.factor
    density = larder.density(item)
    if not us and density is not None and density.kind != "liquid":
        grams = millilitres * density.g_per_ml
        return units.find("kg" if grams >= _THOUSAND else "g"), "density"
    if us:
        cup = units.find("cup")
        return (cup if millilitres >= cup.factor / 4 else units.find("tbsp")), None
    return units.find("L" if millilitres >= _THOUSAND else "mL"), None
