"""A quantity in the measures of another system, as a document turned metric or US needs it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from catering_cli.domain.quantity import Quantity
from catering_cli.kitchen.conversion.result import Converted, UnknownDensity, readable_range
from catering_cli.kitchen.foods import weights
from catering_cli.kitchen.foods.mass import NO_MEASURES, Mass, dry, to_mass
from catering_cli.kitchen.quantities import units
from catering_cli.kitchen.quantities.units import Unit
from catering_cli.kitchen.quantities.vocabulary import word_set

_THOUSAND = 1000
"""g to a kg, mL to a L."""

_SPOONS: Final = ("tsp", "tbsp")


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
    what is not liquid if its density is known. Pieces, cloves and pinches mean the same everywhere and stay; a
    bunch, a can or a stick becomes its weight. All exact. Raises UnknownDensity for a bunch whose weight is unknown.
    """
    unit = units.find(quantity.unit, source)
    measured = dry(unit, item, source)
    is_us_stick = unit.name == "stick" and system == source == "us"
    if (unit.name in _SOLD and not is_us_stick) or _is_weighed(measured, item, preparation, system):
        mass = to_mass(quantity, item, preparation, source, decided)
        if mass is None:
            raise _no_weight(item, unit)
        return _weighed(mass, _said(quantity, item), item, unit, system)
    target = _target(quantity, measured, system)
    if target is None:
        return Converted(_said(quantity, item), quantity, item, approximate=unit.approximate)
    low, high = (units.convert(value, measured, target) for value in (quantity.low, quantity.high))
    return Converted(_said(quantity, item), Quantity(low, high, target.name), item, approximate=unit.approximate)


_SOLD: Final = word_set(
    "bunch handful glug splash drizzle dollop sprinkle squeeze scoop spoonful ladle bowl glass mug can jar bottle "
    "package bag box carton container tube case tray basket crate bucket keg drum roll knob bar stick loaf pat"
)
"""Measures that a cook of another country weighs; a clove, a slice or a sprig is the same everywhere."""


def _is_volume(unit: Unit) -> bool:
    """Whether it is an exact volume; a pinch or a dash is said the same everywhere."""
    return unit.dimension == "volume" and not unit.approximate


def _is_weighed(unit: Unit, item: str, preparation: str, system: str) -> bool:
    """Whether cooks outside the US weigh what this measures: a volume, not of a liquid, that is more than spoons."""
    if system == "us" or not item or not _is_volume(unit) or unit.name in _SPOONS:
        return False
    density = weights.density(item, preparation)
    return density is not None and density.kind != "liquid"


def _weighed(mass: Mass, said: str, item: str, unit: Unit, system: str) -> Converted:
    """By what it weighs, in g or kg, oz or lb."""
    grams = units.find("g")
    target = _weight_unit(mass.grams.high, us=system == "us")
    low, high = (units.convert(value, grams, target) for value in (mass.grams.low, mass.grams.high))
    noted = (f"{mass.food}: {mass.note}",) if mass.note else ()
    is_rough = mass.approximate or unit.approximate
    return Converted(said, Quantity(low, high, target.name), item, mass.source, is_rough, noted)


def _no_weight(item: str, unit: Unit) -> UnknownDensity:
    message = f"no weight on file for one {unit.name} of {item[:60]!r}; weigh it and give g or oz"
    return UnknownDensity(message, weights.near(item, 3), item=item, measure=unit.name)


def _weight_unit(grams: Fraction, *, us: bool) -> Unit:
    if us:
        return units.find("lb" if grams >= units.find("lb").factor else "oz")
    return units.find("kg" if grams >= _THOUSAND else "g")


def _said(quantity: Quantity, item: str) -> str:
    return " ".join(f"{readable_range(quantity)} {quantity.unit} {item}".split())


def _target(quantity: Quantity, unit: Unit, system: str) -> Unit | None:
    """The unit of the other system; None if the amount stays as it is."""
    if unit.dimension == "mass":
        return _weight_unit(quantity.high * unit.factor, us=system == "us")
    if not _is_volume(unit):
        return None
    if unit.name in _SPOONS:
        return units.find(unit.name, system)
    millilitres = quantity.high * unit.factor
    if system == "us":
        cup = units.find("cup")
        return cup if millilitres >= cup.factor / 4 else units.find("tbsp")
    return units.find("L" if millilitres >= _THOUSAND else "mL")
