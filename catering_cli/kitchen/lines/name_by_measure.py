"""Names whose food depends on the measure: a pepper, 2 lb peppers, 1 tsp pepper; a bunch of coriander, 1 tsp of it."""

from __future__ import annotations

from fractions import Fraction

from catering_cli.data.tables import parts, rows
from catering_cli.domain.quantity import Quantity
from catering_cli.kitchen.foods.foodwords import words_of
from catering_cli.kitchen.quantities import units


def meant_by_measure(item: str, quantity: Quantity | None, said: str, system: str) -> str:
    """The food that a bare name means when it is measured so; `item` itself if the measure tells nothing."""
    name = item.lower()
    fitting = (row for row in rows("names_by_measure") if row["name"] == name)
    return next((row["means"] for row in fitting if _fits(row, quantity, said, system)), item)


def _fits(row: dict[str, str], quantity: Quantity | None, said: str, system: str) -> bool:
    if row["said"] and not set(parts(row["said"])) & set(words_of(said)):
        return False
    if quantity is None:
        return row["units"] == "none"
    unit = units.find(quantity.unit, system)
    enough = not row["least"] or quantity.high * unit.factor >= Fraction(row["least"])
    return enough and unit.dimension in parts(row["units"])
