"""What a quantity of a food weighs, in exact grams, and by which knowledge.

In this order: a unit of mass is its own factor; a measure that somebody decided ("a bunch of parsley is 60 g"); a
volume by the food's density; a piece, clove or slice by its weight. Where none is known the answer is None: there
is no default density.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from catering_cli.domain.quantity import Quantity
from catering_cli.kitchen import larder, units
from catering_cli.kitchen.units import Unit

NO_MEASURES: Final[Mapping[tuple[str, str], Quantity]] = {}


@dataclass(frozen=True, slots=True)
class Mass:
    """Grams of a food (a range stays one), with the source of what was not written."""

    grams: Quantity
    """in "g", exact"""
    source: str = ""
    """where the density or the weight of a piece is from; empty where the mass was written"""
    approximate: bool = False
    by: str = "unit"
    """unit, density, piece, or decision"""
    state: str = ""
    """EP or AP where the weight of a piece is of that; else what the line itself says"""
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
    """What `quantity` of `item` weighs under `system`, or None where nothing known says so.

    `measures` are decided measures by (item in lower case, measure): the mass or volume of one. `preparation` says
    how a volume was cut or filled; with state "AP" cutting came after measuring and only filling words count.
    """
    unit = units.find(quantity.unit, system)
    if unit.dimension == "mass":
        return Mass(_grams(quantity, unit.factor), approximate=unit.approximate)
    if unit.dimension == "temperature":
        return None
    decided = measures.get((item.lower(), unit.name)) or measures.get((item.lower(), quantity.unit))
    if decided is not None:
        one = to_mass(decided, item, preparation, system, state=state)
        return one and Mass(_grams(quantity, one.grams.high), f"decided: one {unit.name or 'piece'}", True, "decision")
    if unit.dimension == "volume":
        return _by_density(quantity, unit, item, preparation if state == "EP" else _filling(preparation))
    return _by_piece(quantity, unit, item, preparation, system)


def _grams(quantity: Quantity, factor: Fraction) -> Quantity:
    return Quantity(quantity.low * factor, quantity.high * factor, "g")


def _filling(preparation: str) -> str:
    """Only the words that say how a measure is filled, not what is done afterwards."""
    return " ".join(w for w in preparation.lower().split() if larder.STATES.get(w.strip(",")) in ("packed", "loose"))


def _by_density(quantity: Quantity, unit: Unit, item: str, preparation: str) -> Mass | None:
    density = larder.density(item, preparation)
    if density is None:
        return None
    return Mass(
        _grams(quantity, unit.factor * density.g_per_ml),
        density.source,
        density.approximate or unit.approximate,
        "density",
        "",
        density.food,
        density.note,
    )


def _by_piece(quantity: Quantity, unit: Unit, item: str, preparation: str, system: str) -> Mass | None:
    sizes = f"{preparation} {item}" if unit.name in ("", "dozen", "half dozen", "pair", "gross") else item
    measure = "" if unit.factor != 1 else unit.name
    piece = larder.piece(sizes, measure, system) or (larder.piece(item, measure, system) if sizes != item else None)
    if piece is None:
        return None
    return Mass(
        _grams(quantity, unit.factor * piece.grams), piece.source, piece.approximate, "piece", piece.state, piece.food
    )
