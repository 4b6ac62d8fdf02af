"""`catering convert`: a quantity in another unit, system or state, with its source and what is unsure about it.

Within a dimension it is arithmetic; between volume, mass and pieces it takes the density or weight of the food, and
without one it is an error that offers the closest foods: no density is ever assumed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from catering_cli.domain.quantity import Quantity
from catering_cli.kitchen.conversion.result import Converted, NeedsIngredient, UnknownDensity
from catering_cli.kitchen.conversion.systems import to_system
from catering_cli.kitchen.foods import weights
from catering_cli.kitchen.foods.mass import NO_MEASURES, Mass, doubts, dry, to_mass
from catering_cli.kitchen.foods.weights import EdibleShare, edible_share
from catering_cli.kitchen.quantities import temperature, units
from catering_cli.kitchen.quantities.amount import parse_amount
from catering_cli.kitchen.quantities.numerals import BadQuantity
from catering_cli.kitchen.quantities.units import Unit, UnknownUnit
from catering_cli.kitchen.recipes import ingredient_line

__all__ = [
    "Converted",
    "EdibleShare",
    "Mass",
    "NeedsIngredient",
    "UnknownDensity",
    "convert_line",
    "convert_text",
    "edible_share",
    "to_mass",
    "to_system",
]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is to be converted, read."""

    quantity: Quantity
    unit: Unit
    item: str
    preparation: str
    state: str
    said: bool
    """whether the state was written, not derived"""
    approximate: bool
    warnings: tuple[str, ...]


_PLAIN: Final = ("SI", "counting")
"""Sources that need no naming beside another."""

_STATED: Final = re.compile(r"^(.*?) ?\(?\b(AP|EP)\)?$")


def convert_text(
    text: str,
    to: str,
    ingredient: str | None = None,
    system: str = "us",
    decided: Mapping[tuple[str, str], Quantity] = NO_MEASURES,
) -> Converted:
    """`text` ("2 cups flour", "350 F", "10 kg onions EP") in the unit `to` ("g", "C", "kg AP").

    `to` may also name a system of measures (metric, us ...): the unit is then the one a cook would use; or a state
    alone ("AP"): the unit is then its own where it is one of mass, else the gram. `ingredient`
    names the food where the text does not; `decided` are measures that somebody decided. Raises BadQuantity,
    UnknownUnit, NeedsIngredient or UnknownDensity, all ValueErrors that say what would be right.
    """
    if to.strip().lower() in units.SYSTEMS:
        return _in_system(text, to.strip().lower(), ingredient, system, decided)
    stated = _STATED.match(to.strip())
    unit = stated[1] if stated else to
    wanted = _unit_of_mass(text, system) if stated and not unit else units.find(unit, system)
    wanted_state = stated[2] if stated else ""
    if wanted.dimension == "temperature":
        return _temperature(text, wanted)
    asked = _read(text, ingredient, wanted, system)
    amount, source, rough, more = _between(asked, wanted, system, decided)
    amount, of_yield, state, warned = _stated(asked, amount, wanted_state, mass=wanted.dimension == "mass")
    label = f"{wanted.name} {state}".strip() if wanted_state or asked.said else wanted.name
    return Converted(
        input=text.strip(),
        to=Quantity(amount.low, amount.high, label),
        ingredient=asked.item,
        source="; ".join(part for part in (source, of_yield) if part),
        approximate=asked.approximate or rough or wanted.approximate,
        warnings=(*asked.warnings, *more, *warned),
    )


def convert_line(
    quantity: Quantity,
    item: str,
    to: str,
    system: str = "us",
    decided: Mapping[tuple[str, str], Quantity] = NO_MEASURES,
    *,
    preparation: str = "",
    state: str = "EP",
) -> Converted:
    """A line of a recipe in the unit `to`, or in the measures of that system; in the state that it has."""
    unit = units.find(quantity.unit, system)
    if to in units.SYSTEMS:
        if unit.name in ("tsp", "tbsp") and to != "us":  # a recipe does not say whose spoons it means
            return Converted(f"{quantity.unit} {item}".strip(), quantity, item)
        return to_system(quantity, item, to, source=system, preparation=preparation, decided=decided)
    wanted = units.find(to, system)
    if "temperature" in (unit.dimension, wanted.dimension):
        raise BadQuantity(f"{unit.name or 'pieces'} and {wanted.name or 'pieces'} do not measure the same")
    asked = _Asked(quantity, dry(unit, item, system), item, preparation, state, True, unit.approximate, ())
    amount, source, rough, warned = _between(asked, wanted, system, decided)
    return Converted(
        f"{quantity.unit} {item}".strip(),
        Quantity(amount.low, amount.high, wanted.name),
        item,
        source,
        asked.approximate or rough or wanted.approximate,
        tuple(warned),
    )


def _in_system(
    text: str, to: str, ingredient: str | None, system: str, decided: Mapping[tuple[str, str], Quantity]
) -> Converted:
    """The quantity in the units that a cook of another system would use."""
    if temperature.parse_temperature(text) is not None:
        return _temperature(text, units.find("F" if to == "us" else "C"))
    asked = _read(text, ingredient, units.find("g"), system)
    found = to_system(asked.quantity, asked.item, to, source=system, preparation=asked.preparation, decided=decided)
    rough = asked.approximate or found.approximate
    warned = tuple(dict.fromkeys((*asked.warnings, *found.warnings)))
    return replace(found, input=text.strip(), approximate=rough, warnings=warned)


def _temperature(text: str, wanted: Unit) -> Converted:
    quantity = temperature.parse_temperature(text)
    if quantity is None:
        raise BadQuantity(f"{text.strip()[:40]!r} is no temperature; write e.g. 350 F, 180 C or gas mark 4")
    rough = "gas mark" in (quantity.unit, wanted.name)
    source = wanted.source if not rough else units.find("gas mark").source
    return Converted(
        text.strip(), temperature.convert_temperature(quantity, wanted.name), source=source, approximate=rough
    )


def _unit_of_mass(text: str, system: str) -> Unit:
    unit = units.find(parse_amount(text, system).quantity.unit, system)
    return unit if unit.dimension == "mass" else units.find("g")


def _read(text: str, ingredient: str | None, wanted: Unit, system: str) -> _Asked:
    """The quantity, the food and the state that `text` and `ingredient` name together."""
    parsed = parse_amount(text, system)
    quantity, item, preparation, state = parsed.quantity, "", " ".join(parsed.notes), parsed.state
    warnings, approximate = list(parsed.warnings), parsed.approximate
    if parsed.rest:
        if found := _STATED.match(parsed.rest):
            text, state = re.sub(rf" ?\(?\b{found[2]}\)?$", "", text.strip()), found[2]
        if found and not found[1]:
            item = ""
        else:
            read = ingredient_line.parse_line(text, system)
            quantity, item, preparation = read.quantity or quantity, read.item, read.preparation
            warnings, approximate = list(read.warnings), read.approximate
            state = state or read.state
    given = (ingredient or "").strip()
    if given and item and given.lower() != item.lower():
        warnings.append(f"the ingredient given, {given}, is used instead of {item}")
    if given:
        warnings += [doubt for doubt in doubts(quantity, given, system) if doubt not in warnings]
    unit = units.find(quantity.unit, system)
    if unit.name == "C":
        unit = units.find("cup", system)
        warnings.append("'C' is read as cup; write cup, or °C for a temperature")
        quantity = Quantity(quantity.low, quantity.high, "cup")
    if unit.dimension == "temperature":
        raise BadQuantity(
            f"{text.strip()[:40]!r} is a temperature, {wanted.name or 'a piece'} is none; write --to C, F or K"
        )
    unit = dry(unit, given or item, system)
    said = bool(parsed.state or (parsed.rest and _STATED.match(parsed.rest)))
    if not said and unit.dimension in ("count", "measure"):
        state = "EP"  # the weights of pieces are edible portions
    if said:
        warnings = [warning for warning in warnings if "read as purchased" not in warning]
    return _Asked(quantity, unit, given or item, preparation, state or "EP", said, approximate, tuple(warnings))


def _between(
    asked: _Asked, wanted: Unit, system: str, decided: Mapping[tuple[str, str], Quantity]
) -> tuple[Quantity, str, bool, list[str]]:
    """The amount in the wanted unit with source, whether it is approximate, and warnings."""
    unit, quantity = asked.unit, asked.quantity
    if unit.dimension == wanted.dimension and (unit.dimension != "measure" or unit.name == wanted.name):
        low, high = (units.convert(value, unit, wanted) for value in (quantity.low, quantity.high))
        source = "; ".join(dict.fromkeys(u.source for u in (unit, wanted) if u.source not in _PLAIN)) or unit.source
        return Quantity(low, high), source, unit.approximate, [unit.note] if unit.note and unit.approximate else []
    if not asked.item:
        hint = " (fl oz is a volume)" if unit.name == "oz" else ""
        raise NeedsIngredient(
            f"{unit.name or 'a piece'} to {wanted.name or 'pieces'} needs the ingredient; add e.g. "
            f"--ingredient flour{hint}"
        )
    mass = to_mass(quantity, asked.item, asked.preparation, system, decided, state=asked.state)
    if mass is None:
        raise _unknown(asked, unit)
    one = to_mass(Quantity.of(1, wanted.name), asked.item, asked.preparation, system, decided, state=asked.state)
    if one is None:
        raise _unknown(asked, wanted)
    amount = Quantity(mass.grams.low / one.grams.high, mass.grams.high / one.grams.high)
    used = [found for found in (mass, one) if found.by != "unit"]
    warned = [f"{found.food}: {found.note}" for found in used if found.note]
    if wanted.name == "oz" and unit.dimension == "volume":
        warned.append("oz is weight; for volume convert to fl oz")
    return amount, "; ".join(dict.fromkeys(f.source for f in used)), any(f.approximate for f in used), warned


def _unknown(asked: _Asked, unit: Unit) -> ValueError:
    """Why the food has no weight: no such food, no density, or no weight of a piece."""
    item = asked.item
    if unit.dimension == "volume":
        close = weights.near(item)
        return UnknownDensity(
            f"no density of {item[:60]!r} is known; the closest foods are {', '.join(close)}", close, item=item
        )
    first = item if " pan" in f" {item}" else (item.split() or [item])[0]
    if not unit.name and not weights.known_food(item) and not weights.known_food(item.partition(" ")[2] or item):
        return UnknownUnit(first, units.nearest(first))
    if not unit.name and units.nearest(first, 1) and not weights.known_food(item):
        return UnknownUnit(first, units.nearest(first))
    close = weights.near(item, 3)
    what = f"one {unit.name}" if unit.name else "a piece"
    return UnknownDensity(
        f"the weight of {what} of {item[:60]!r} is not known; weigh it and write grams",
        close,
        item=item,
        measure=unit.name,
    )


def _stated(asked: _Asked, amount: Quantity, wanted: str, *, mass: bool) -> tuple[Quantity, str, str, list[str]]:
    """The amount as purchased or edible where that was asked: AP = EP / yield."""
    if not wanted or wanted == asked.state:
        return amount, "", asked.state, []
    if not mass:
        raise BadQuantity(f"AP and EP are weights; write --to 'g {wanted}'")
    if not asked.item:
        raise NeedsIngredient(f"{asked.state} to {wanted} needs the ingredient; add e.g. --ingredient onion")
    share = edible_share(asked.item)
    if not share.source:
        raise UnknownDensity(f"no yield (edible share) of {asked.item[:60]!r} is known; write it as purchased")
    factor = 100 / share.percent if wanted == "AP" else share.percent / 100
    warned = [] if asked.said else [f"the amount is read as {asked.state}; write EP or AP after the unit to say which"]
    return amount.times(Fraction(factor)), f"yield {share.percent} %: {share.source}", wanted, warned
