"""Names whose food depends on the measure: a pepper, 2 lb peppers, 1 tsp pepper; a bunch of coriander, 1 tsp of it."""

from __future__ import annotations

from fractions import Fraction
from typing import Final, NamedTuple

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


class ShortMeasure(NamedTuple):
    """What a short word for a measure means in a recipe."""

    unit: str
    only: str
    """of which foods: french (by its French name), no butter, garlic; empty: of all"""


SHORT: Final = {
    "bu": ShortMeasure("bunch", ""),
    "stk": ShortMeasure("", "no butter"),
    "cs": ShortMeasure("metric tbsp", "french"),
    "cc": ShortMeasure("metric tsp", "french"),
    "cl": ShortMeasure("clove", "garlic"),
}
"""Written short, these are other measures in a recipe than in a table of units: 2 bu cilantro are no bushels."""


def short_measure(body: str, item: str) -> str | None:
    """The unit that the short word after the number of a line means with this food; None if it is as the tables say."""
    words = body.split(maxsplit=2)
    short = SHORT.get(words[1].lower().rstrip(".")) if len(words) > 2 else None  # noqa: PLR2004  # number, unit, food
    if short is None:
        return None
    name = tokens(item)
    is_french = name in foreign_names() and name not in english_names()
    holds = {
        "": True,
        "french": is_french,
        "no butter": not {"butter", "margarine"} & set(name),
        "garlic": "garlic" in name,
    }
    return short.unit if holds[short.only] else None


def _fits(row: dict[str, str], quantity: Quantity | None, said: str, system: str) -> bool:
    if row["said"] and not set(parts(row["said"])) & set(words_of(said)):
        return False
    if quantity is None:
        return row["units"] == "none"
    unit = units.find(quantity.unit, system)
    enough = not row["least"] or quantity.high * unit.factor >= Fraction(row["least"])
    return enough and unit.dimension in parts(row["units"])
