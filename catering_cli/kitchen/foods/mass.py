"""What a quantity of a food weighs, in exact grams, and by which knowledge.

In this order: a unit of mass is its own factor; a measure that was decided ("a bunch of parsley is 60 g"); a
volume by the food's density; a piece, clove or slice by its weight. Where none is known the answer is None: there
is no default density.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from catering_cli.domain.names import CAN
from catering_cli.domain.quantity import Quantity
from catering_cli.kitchen.foods import weights
from catering_cli.kitchen.foods.foodwords import STATES
from catering_cli.kitchen.foods.foodwords import words_of as words_in
from catering_cli.kitchen.foods.identify import recognise
from catering_cli.kitchen.foods.names import tokens
from catering_cli.kitchen.quantities import display, units
from catering_cli.kitchen.quantities.units import Unit

NO_MEASURES: Final[Mapping[tuple[str, str], Quantity]] = {}


@dataclass(frozen=True, slots=True)
class Mass:
    """Grams of a food (a range stays one), with the source of what was not written."""

    grams: Quantity
    """in "g", exact"""
    source: str = ""
    """where the density or the weight of a piece is from; empty if the mass was written"""
    approximate: bool = False
    by: str = "unit"
    """unit, density, piece, or decision"""
    food: str = ""
    """the food of the table that was used"""
    note: str = ""


def to_mass(
    quantity: Quantity,
    item: str,
    preparation: str = "",
    system: str = "us",
    measures: Mapping[tuple[str, str], Quantity] = NO_MEASURES,
    *,
    state: str = "EP",
) -> Mass | None:
    """What `quantity` of `item` weighs in its own `state` (AP, EP or served), or None if nothing known says so.

    `measures` are decided measures by (item in lower case, measure): the mass or volume of one. `preparation` says
    how a volume was cut or filled; with state "AP" cutting came after measuring and only filling words count.
    """
    unit = units.find(quantity.unit, system)
    if unit.name.endswith(CAN) and _DRAINED in words_in(preparation):
        undrained = " ".join(word for word in words_in(preparation) if word != _DRAINED)
        whole = to_mass(quantity, item, undrained, system, measures, state=state)
        return whole and _drained(whole, item)
    if unit.dimension == "mass":
        return Mass(_grams(quantity, unit.factor), approximate=unit.approximate)
    if unit.dimension == "temperature":
        return None
    decided = measures.get((item.lower(), unit.name)) or measures.get((item.lower(), quantity.unit))
    if decided is not None:
        one = to_mass(decided, item, preparation, system, state=state)
        return one and Mass(_grams(quantity, one.grams.high), f"decided: one {unit.name or 'piece'}", True, "decision")
    return _weighed(quantity, unit, item, preparation, system, state) or _weighed(
        quantity, unit, _table_name(item), preparation, system, state
    )


_DRAINED: Final = "drained"


def _table_name(item: str) -> str:
    """The name of the table for an item that is another name of the very same food: olive oil, of EVOO."""
    found = recognise(tokens(item))
    return item if found is None or found.varieties or found.name != found.food.name else found.food.name


def _weighed(quantity: Quantity, unit: Unit, item: str, preparation: str, system: str, state: str) -> Mass | None:
    """By density or by piece; of what was bought whole only filling words count."""
    if unit.dimension == "volume":
        how = preparation if state != "AP" else _filling(preparation)
        return _by_density(quantity, unit, item, how, system)
    return _by_piece(quantity, unit, item, preparation, system, state)


def _drained(whole: Mass, item: str) -> Mass:
    """What is left of the contents of cans."""
    share = weights.drained_share(item)
    source = f"{share.percent} % of the contents, drained: {share.source}"
    grams = whole.grams.times(share.percent / 100)
    source = "; ".join(part for part in (whole.source, source) if part)
    return replace(whole, grams=grams, source=source, approximate=whole.approximate or "[K]" in source)


def spoken(quantity: Quantity, item: str, preparation: str = "", system: str = "us") -> str:
    """`quantity` as a cook says it; a broken piece, which can only be weighed, with its weight."""
    if not display.broken(quantity, system):
        return display.amount_text(quantity, system)
    mass = to_mass(quantity, item, preparation, system)
    return display.amount_text(quantity, system, mass.grams.low if mass else None)


def doubts(quantity: Quantity, item: str, system: str = "us") -> list[str]:
    """What may have been meant otherwise: an ounce of something liquid, a pint of berries."""
    unit = units.lookup(quantity.unit, system)
    if unit is None or unit.name not in ("oz", "pt", "qt"):
        return []
    density = weights.density(item) if item else None
    if density is None:
        return []
    number = number_words(quantity.high)
    amount = f"{number} {unit.name} {item}"
    if unit.name == "oz" and density.kind == "liquid":
        fluid = quantity.high * units.find("fl oz", system).factor * density.g_per_ml
        grams = quantity.high * unit.factor
        return [f"{amount} is read as weight, {float(grams):.1f} g; {number} fl oz would be {float(fluid):.0f} g"]
    if unit.name != "oz" and density.kind == "dry pint" and system == "us":
        measure, liquid = (f"{float(u.factor):.2f} mL to 1 {unit.name}" for u in (dry(unit, item), unit))
        return [f"{amount} is read as US dry measure, {measure}; liquid measure is {liquid}"]
    return []


def dry(unit: Unit, item: str, system: str = "us") -> Unit:
    """The US dry pint or quart for what is sold by it, else the unit itself."""
    if system != "us" or unit.name not in ("pt", "qt") or not item:
        return unit
    density = weights.density(item)
    return units.find(f"dry {unit.name}") if density is not None and density.kind == "dry pint" else unit


def number_words(value: Fraction) -> str:
    """A number for a message."""
    return str(value) if value.denominator == 1 else f"{float(value):.6g}"


def _grams(quantity: Quantity, factor: Fraction) -> Quantity:
    return Quantity(quantity.low * factor, quantity.high * factor, "g")


def _filling(preparation: str) -> str:
    """Only the words that say how a measure is filled, not what is done afterwards."""
    return " ".join(w for w in preparation.lower().split() if STATES.get(w.strip(",")) in ("packed", "loose"))


def _by_density(quantity: Quantity, unit: Unit, item: str, preparation: str, system: str) -> Mass | None:
    density = _canned(item, preparation) if unit.name.endswith(" can") else None
    density = density or weights.density(item, preparation)
    if density is None:
        return None
    return Mass(
        _grams(quantity, dry(unit, item, system).factor * density.g_per_ml),
        density.source,
        density.approximate or unit.approximate,
        "density",
        food=density.food,
        note=density.note,
    )


def _canned(item: str, preparation: str) -> weights.Density | None:
    """The density of the canned food if the measure is a can ("1 #10 can tomatoes")."""
    return None if "canned" in item.lower() else weights.density(f"canned {item}", preparation)


def _by_piece(quantity: Quantity, unit: Unit, item: str, preparation: str, system: str, state: str) -> Mass | None:
    """Weight by piece, in the state that the line is of: pieces of the table are edible portions or as bought."""
    counted = unit.name in ("", "dozen", "half dozen", "pair", "gross")
    measure = "" if counted else unit.name
    piece = (weights.piece(f"{preparation} {item}", "", system) if counted and preparation else None) or weights.piece(
        item, measure, system
    )
    if piece is None:
        return None
    share = weights.edible_share(item)
    trim = {("EP", "AP"): 100 / share.percent, ("AP", "EP"): share.percent / 100}.get((piece.state, state), Fraction(1))
    return Mass(
        _grams(quantity, unit.factor * piece.grams * trim), piece.source, piece.approximate, "piece", food=piece.food
    )
