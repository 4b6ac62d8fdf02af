"""A quantity in the measures of another system, as a document turned metric or US needs it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from catering_cli.domain.quantity import Quantity
from catering_cli.kitchen.conversion.result import Converted, UnknownDensity, readable
from catering_cli.kitchen.foods import weights
from catering_cli.kitchen.foods.mass import NO_MEASURES, dry, to_mass
from catering_cli.kitchen.quantities import units
from catering_cli.kitchen.quantities.units import Unit
from catering_cli.kitchen.quantities.vocabulary import word_set

_THOUSAND = 1000
"""g to a kg, mL to a L."""


def to_system(
    quantity: Quantity,
    item: str,
    system: str,
    *,
    source: str = "us",
    preparation: str = "",
    decided: Mapping[tuple[str, str], Quantity] = NO_MEASURES,
) -> Converted:
    """`quantity` (under the system `source`) in the measures of `system`: us, imperial, metric or au.

    Weights go to g and kg or oz and lb; spoons stay spoons; other volumes become mL and L for liquids, and weight for
    what is not liquid where its density is known. Pieces, cloves and pinches mean the same everywhere and stay; a
    bunch, a can or a stick becomes its weight. All exact. Raises UnknownDensity for a bunch whose weight nobody knows.
    """
    unit = units.find(quantity.unit, source)
    if unit.name in _SOLD and not (system == source == "us" and unit.name == "stick"):
        return _weighed(quantity, unit, item, preparation, system, source, decided)
    target, by_weight = _target(quantity, dry(unit, item, source), item, preparation, system)
    if target is None:
        return Converted(_said(quantity, item), quantity, item, approximate=unit.approximate)
    if by_weight:
        return _weighed(quantity, unit, item, preparation, system, source, decided)
    low, high = (units.convert(value, dry(unit, item, source), target) for value in (quantity.low, quantity.high))
    return Converted(_said(quantity, item), Quantity(low, high, target.name), item, approximate=unit.approximate)


_SOLD: Final = word_set(
    "bunch handful glug splash drizzle dollop sprinkle squeeze scoop spoonful ladle bowl glass mug can jar bottle "
    "package bag box carton container tube case tray basket crate bucket keg drum roll knob bar stick loaf pat"
)
"""Measures that a cook of another country weighs; a clove, a slice or a sprig is the same everywhere."""


def _weighed(
    quantity: Quantity,
    unit: Unit,
    item: str,
    preparation: str,
    system: str,
    source: str,
    decided: Mapping[tuple[str, str], Quantity],
) -> Converted:
    """By what it weighs, in g or kg, oz or lb."""
    mass = to_mass(quantity, item, preparation, source, decided)
    if mass is None:
        raise UnknownDensity(
            f"the weight of one {unit.name} of {item[:60]!r} is not known; weigh it and write grams",
            weights.near(item, 3),
            item=item,
            measure=unit.name,
        )
    grams = units.find("g")
    target = _weight_unit(mass.grams.high, us=system == "us")
    low, high = (units.convert(value, grams, target) for value in (mass.grams.low, mass.grams.high))
    noted = (f"{mass.food}: {mass.note}",) if mass.note else ()
    to = Quantity(low, high, target.name)
    return Converted(_said(quantity, item), to, item, mass.source, mass.approximate or unit.approximate, noted)


def _weight_unit(grams: Fraction, *, us: bool) -> Unit:
    if us:
        return units.find("lb" if grams >= units.find("lb").factor else "oz")
    return units.find("kg" if grams >= _THOUSAND else "g")


def _said(quantity: Quantity, item: str) -> str:
    numbers = readable(quantity.low) if not quantity.is_range else f"{readable(quantity.low)}-{readable(quantity.high)}"
    return " ".join(f"{numbers} {quantity.unit} {item}".split())


def _target(quantity: Quantity, unit: Unit, item: str, preparation: str, system: str) -> tuple[Unit | None, bool]:
    """The unit to convert to (None: it stays as it is), and whether that is by weight."""
    us = system == "us"
    if unit.dimension == "mass":
        return _weight_unit(quantity.high * unit.factor, us=us), False
    if unit.dimension != "volume" or unit.approximate:
        return None, False
    if unit.name in ("tsp", "tbsp"):
        return units.find(unit.name, system), False
    millilitres = quantity.high * unit.factor
    density = weights.density(item, preparation) if item else None
    if not us and density is not None and density.kind != "liquid":
        return units.find("g"), True
    if us:
        cup = units.find("cup")
        return (cup if millilitres >= cup.factor / 4 else units.find("tbsp")), False
    return units.find("L" if millilitres >= _THOUSAND else "mL"), False
