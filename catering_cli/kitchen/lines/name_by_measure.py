"""Names whose food depends on the measure: a pepper, 2 lb peppers, 1 tsp pepper; a bunch of coriander, 1 tsp of it."""

from __future__ import annotations

from fractions import Fraction

from catering_cli.data.tables import parts, rows
from catering_cli.domain.quantity import Quantity
from catering_cli.kitchen.foods.foodwords import words_of
from catering_cli.kitchen.foods.names import tokens
from catering_cli.kitchen.foods.table import english_names, foreign_names
from catering_cli.kitchen.quantities import units


def meant_by_measure(item: str, quantity: Quantity | None, said: str, system: str) -> str:
    """The food that a bare name means when it is measured so; `item` itself if the measure tells nothing."""
    name = item.lower()
    fitting = (row for row in rows("names_by_measure") if row["name"] == name)
    return next((row["means"] for row in fitting if _fits(row, quantity, said, system)), item)


def measure_of_language(quantity: Quantity, item: str, text: str, system: str) -> Quantity:
    """`1 cs huile d'olive` is a spoon and no case: French recipes write their spoons so, English lists their cases."""
    name = tokens(item)
    is_french = name in foreign_names() and name not in english_names()
    spoon = _SPOONS.get(text.split(maxsplit=2)[1].lower().strip(".")) if is_french and " " in text else None
    return Quantity(quantity.low, quantity.high, units.find(spoon, system).name) if spoon else quantity


_SPOONS = {"cs": "metric tbsp", "c.s": "metric tbsp", "cc": "metric tsp", "c.c": "metric tsp"}


def _fits(row: dict[str, str], quantity: Quantity | None, said: str, system: str) -> bool:
    if row["said"] and not set(parts(row["said"])) & set(words_of(said)):
        return False
    if quantity is None:
        return row["units"] == "none"
    unit = units.find(quantity.unit, system)
    enough = not row["least"] or quantity.high * unit.factor >= Fraction(row["least"])
    return enough and unit.dimension in parts(row["units"])
