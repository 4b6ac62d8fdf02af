"""`catering convert`: a quantity in another unit, system or state, with its source and what is unsure about it.

Within a dimension it is arithmetic; between volume, mass and pieces it takes the density or weight of the food, and
without one it is an error that offers the closest foods: no density is ever assumed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from catering_cli.domain.names import SYSTEMS
from catering_cli.domain.quantity import Quantity
from catering_cli.kitchen.conversion.asked import WITH_STATE, AskedAmount, parse_asked
from catering_cli.kitchen.conversion.result import PLAIN_SOURCES, Converted, NeedsIngredient, UnknownDensity
from catering_cli.kitchen.conversion.systems import to_system
from catering_cli.kitchen.foods import weights
from catering_cli.kitchen.foods.mass import NO_MEASURES, Mass, dry, to_mass
from catering_cli.kitchen.foods.weights import edible_share
from catering_cli.kitchen.quantities import temperature, units
from catering_cli.kitchen.quantities.amount import parse_amount
from catering_cli.kitchen.quantities.numerals import BadQuantity
from catering_cli.kitchen.quantities.units import Unit, UnknownUnit

if TYPE_CHECKING:
    from catering_cli.domain.order_parts.recipe import Ingredient  # types are not loaded to convert a quantity

Measures = Mapping[tuple[str, str], Quantity]
"""Decided measures by (item in lower case, measure): the mass or volume of one."""


class _InUnit(NamedTuple):
    """The numbers of an amount in the wanted unit, and what is to be said of them."""

    low: Fraction
    high: Fraction
    source: str
    approximate: bool
    warnings: tuple[str, ...] = ()


class _InState(NamedTuple):
    """By what to multiply for the wanted state (AP = EP / yield), and what is to be said of it."""

    state: str
    factor: Fraction = Fraction(1)
    source: str = ""
    warnings: tuple[str, ...] = ()


def convert_text(
    text: str,
    to: str,
    ingredient: str | None = None,
    system: str = "us",
    decided: Measures = NO_MEASURES,
) -> Converted:
    """`text` ("2 cups flour", "350 F", "10 kg onions EP") in the unit `to` ("g", "C", "kg AP").

    `to` may also name a system of measures (metric, us ...): the unit is then the one a cook would use; or a state
    alone ("AP"): the unit is then its own if it is one of mass, else the gram. `ingredient` names the food if the
    text does not. Raises BadQuantity, UnknownUnit, NeedsIngredient or UnknownDensity, all ValueErrors that say what
    would be right.
    """
    to = to.strip()
    if to.lower() in SYSTEMS:
        return _in_system(text, to.lower(), ingredient, system, decided)
    wanted, wanted_state = _wanted(text, to, system)
    if wanted.dimension == "temperature":
        return _temperature(text, wanted)
    asked = parse_asked(text, ingredient, system, wanted.name)
    found = _in_unit(asked, wanted, decided)
    stated = _in_state(asked, wanted, wanted_state)
    label = f"{wanted.name} {stated.state}".strip() if wanted_state or asked.is_stated else wanted.name
    return Converted(
        input=text.strip(),
        to=Quantity(found.low, found.high, label).times(stated.factor),
        ingredient=asked.item,
        source="; ".join(part for part in (found.source, stated.source) if part),
        approximate=asked.approximate or found.approximate or wanted.approximate,
        warnings=(*asked.warnings, *found.warnings, *stated.warnings),
    )


def convert_line(
    line: Ingredient,
    to: str,
    system: str = "us",
    decided: Measures = NO_MEASURES,
) -> Converted:
    """A line of a recipe, which has a quantity, in the unit `to` or in the measures of that system, in its state."""
    quantity = line.quantity
    item = line.item
    if quantity is None:
        raise BadQuantity(f"{item[:60]!r} has no amount")
    said = f"{quantity.unit} {item}".strip()
    unit = units.find(quantity.unit, system)
    if to in SYSTEMS:
        if unit.name in ("tsp", "tbsp") and to != "us":  # a recipe does not say which country's spoons it means
            return Converted(said, quantity, item)
        return to_system(quantity, item, to, source=system, preparation=line.preparation, decided=decided)
    wanted = units.find(to, system)
    if "temperature" in (unit.dimension, wanted.dimension):
        raise BadQuantity(f"{unit.name or 'pieces'} and {wanted.name or 'pieces'} do not measure the same")
    asked = AskedAmount(
        quantity,
        dry(unit, item, system),
        item,
        line.preparation,
        line.state,
        system,
        is_stated=True,
        approximate=unit.approximate,
    )
    found = _in_unit(asked, wanted, decided)
    approximate = asked.approximate or found.approximate or wanted.approximate
    to_quantity = Quantity(found.low, found.high, wanted.name)
    return Converted(said, to_quantity, item, found.source, approximate, found.warnings)


def _wanted(text: str, to: str, system: str) -> tuple[Unit, str]:
    """The unit and the state that `to` names; a state alone is in the unit of `text` if that is one of mass."""
    stated = WITH_STATE.match(to)
    if stated is None:
        return units.find(to, system), ""
    if stated[1]:
        return units.find(stated[1], system), stated[2]
    own = units.find(parse_amount(text, system).quantity.unit, system)
    return own if own.dimension == "mass" else units.find("g"), stated[2]


def _in_system(
    text: str,
    to: str,
    ingredient: str | None,
    system: str,
    decided: Measures,
) -> Converted:
    """The quantity in the units that a cook of another system would use."""
    if temperature.parse_temperature(text) is not None:
        return _temperature(text, units.find("F" if to == "us" else "C"))
    asked = parse_asked(text, ingredient, system, "g")
    found = to_system(asked.quantity, asked.item, to, source=system, preparation=asked.preparation, decided=decided)
    return replace(
        found,
        input=text.strip(),
        approximate=asked.approximate or found.approximate,
        warnings=tuple(dict.fromkeys((*asked.warnings, *found.warnings))),
    )


def _temperature(text: str, wanted: Unit) -> Converted:
    quantity = temperature.parse_temperature(text)
    if quantity is None:
        raise BadQuantity(f"{text.strip()[:40]!r} is not a temperature; write e.g. 350 F, 180 C or gas mark 4")
    is_rough = "gas mark" in (quantity.unit, wanted.name)
    source = units.find("gas mark").source if is_rough else wanted.source
    to = temperature.convert_temperature(quantity, wanted.name)
    return Converted(text.strip(), to, source=source, approximate=is_rough)


def _in_unit(asked: AskedAmount, wanted: Unit, decided: Measures) -> _InUnit:
    unit = asked.unit
    if unit.dimension == wanted.dimension and (unit.dimension != "measure" or unit.name == wanted.name):
        return _by_arithmetic(asked, wanted)
    if not asked.item:
        hint = " (fl oz is a volume)" if unit.name == "oz" else ""
        units_asked = f"{unit.name or 'a piece'} to {wanted.name or 'pieces'}"
        raise NeedsIngredient(f"{units_asked} needs the ingredient; add e.g. --ingredient flour{hint}")
    return _by_weight(asked, wanted, decided)


def _by_arithmetic(asked: AskedAmount, wanted: Unit) -> _InUnit:
    """Within one dimension."""
    unit = asked.unit
    low, high = (units.convert(value, unit, wanted) for value in (asked.quantity.low, asked.quantity.high))
    sources = dict.fromkeys(one.source for one in (unit, wanted) if one.source not in PLAIN_SOURCES)
    doubt = (unit.note,) if unit.note and unit.approximate else ()
    return _InUnit(low, high, "; ".join(sources) or unit.source, unit.approximate, doubt)


def _by_weight(asked: AskedAmount, wanted: Unit, decided: Measures) -> _InUnit:
    """Between two dimensions: what the amount weighs, divided by what one of the wanted unit weighs."""
    mass = _mass(asked, asked.quantity, asked.unit, decided)
    one = _mass(asked, Quantity.of(1, wanted.name), wanted, decided)
    used = [found for found in (mass, one) if found.by != "unit"]
    warnings = [f"{found.food}: {found.note}" for found in used if found.note]
    if wanted.name == "oz" and asked.unit.dimension == "volume":
        warnings.append("oz is weight; for volume convert to fl oz")
    return _InUnit(
        mass.grams.low / one.grams.high,
        mass.grams.high / one.grams.high,
        "; ".join(dict.fromkeys(found.source for found in used)),
        any(found.approximate for found in used),
        tuple(warnings),
    )


def _mass(
    asked: AskedAmount,
    quantity: Quantity,
    unit: Unit,
    decided: Measures,
) -> Mass:
    """What so much of the food weighs. Raises UnknownDensity or UnknownUnit."""
    mass = to_mass(quantity, asked.item, asked.preparation, asked.system, decided, state=asked.state)
    if mass is None:
        raise _no_weight(asked.item, unit)
    return mass


def _no_weight(item: str, unit: Unit) -> ValueError:
    """Why the food has no weight: no such food, no density, or no weight of a piece."""
    if unit.dimension == "volume":
        close = weights.near(item)
        message = f"no weight by volume on file for {item[:60]!r}; closest foods: {', '.join(close)}"
        return UnknownDensity(message, close, item=item)
    if not unit.name and _begins_with_a_unit(item):
        word = _first_word(item)
        return UnknownUnit(word, units.nearest(word))
    what = f"one {unit.name}" if unit.name else "one piece"
    message = f"no weight on file for {what} of {item[:60]!r}; weigh it and give g or oz"
    return UnknownDensity(message, weights.near(item, 3), item=item, measure=unit.name)


def _begins_with_a_unit(item: str) -> bool:
    """Whether the first word of what is no food was meant as a unit: "2 cusp flour", "3 florps"."""
    if weights.known_food(item):
        return False
    rest = item.partition(" ")[2] or item
    return not weights.known_food(rest) or bool(units.nearest(_first_word(item), 1))


def _first_word(item: str) -> str:
    """The first word; all of them of a pan."""
    if " pan" in f" {item}":
        return item
    return next(iter(item.split()), item)


def _in_state(asked: AskedAmount, wanted: Unit, wanted_state: str) -> _InState:
    """As purchased or edible, if that was asked."""
    if not wanted_state or wanted_state == asked.state:
        return _InState(asked.state)
    if wanted.dimension != "mass":
        raise BadQuantity(f"AP and EP are weights; write --to 'g {wanted_state}'")
    if not asked.item:
        raise NeedsIngredient(f"{asked.state} to {wanted_state} needs the ingredient; add e.g. --ingredient onion")
    share = edible_share(asked.item)
    if not share.source:
        raise UnknownDensity(f"no yield on file for {asked.item[:60]!r}; give the weight as purchased (AP)")
    factor = Fraction(100) / share.percent if wanted_state == "AP" else Fraction(share.percent) / 100
    read_as = f"taken as {asked.state}; write EP (edible) or AP (as purchased) after the unit to say which"
    warnings = () if asked.is_stated else (read_as,)
    return _InState(wanted_state, factor, f"yield {share.percent} %: {share.source}", warnings)
