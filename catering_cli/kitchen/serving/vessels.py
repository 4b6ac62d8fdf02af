"""What the food of a dish is packed, kept and baked in: pans, trays, rounds and cups by count (data/vessels.tsv)."""

from __future__ import annotations

import re
from fractions import Fraction
from math import ceil
from typing import Final, NamedTuple

from catering_cli.data.tables import rows
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.kitchen.recipes.cooking_words import any_of, plain

PAN_GRAMS = Fraction(240) * Fraction("29.5735295625")
"""Usable content of a full hotel pan 2 1/2 in deep: 240 fl oz (Cleveland p. 22), food taken as 1 g/mL [K]."""

PORTIONS_A_PAN = 40
"""6 oz portions in a full 2 1/2 in pan (Cleveland p. 22), if the served mass is not known."""

_SAID: Final = {
    "sheet": re.compile(r"\b(\d{1,3}) (?:to|on|per) (?:a|the|each|every) (?:full )?(?:sheet|tray)\b"),
    "round": re.compile(r"\b(\d{1,2}) (?:to|per) (?:a|the|each|every) (?:cake|tart|pie|torte|round)\b"),
}
"""How a recipe says how many of its portions one vessel holds."""


class Vessel(NamedTuple):
    """What a dish is counted in."""

    name: str
    a_sheet: int
    """how many stand where one sheet pan stands"""
    holds: int | None
    """portions in one; None: by weight"""
    baked: int | None
    """portions in one while it is in the oven"""

    def filled(self, portions: int, grams: Fraction | None) -> int:
        """How many it takes for so many portions, of this weight each if it is known."""
        if self.holds:
            return ceil(Fraction(portions, self.holds))
        each = Fraction(portions, PORTIONS_A_PAN) if grams is None else grams * portions / PAN_GRAMS
        return max(ceil(each), 1)

    def most(self, sheets: int, *, baking: bool) -> int | None:
        """Portions that find room where so many sheet pans stand; None: their weight alone says."""
        each = self.baked if baking else self.holds
        return each and sheets * self.a_sheet * each


def vessel_of(dish: Dish) -> Vessel:
    """The vessel of a dish by its course and name; as many in it as its recipe says, if it does."""
    row = next(row for row in rows("vessels") if _fits(row, dish.course, plain(dish.name)))
    holds = int(row["holds"]) if row["holds"] else None
    baked = int(row["baked"]) if row["baked"] else holds
    said = holds and _said(dish, row["vessel"])
    return Vessel(row["vessel"], int(row["a_sheet"]), said or holds, said or baked)


def _fits(row: dict[str, str], course: str, name: str) -> bool:
    return row["course"] in ("", course) and (not row["words"] or bool(any_of(row["words"]).search(name)))


def _said(dish: Dish, vessel: str) -> int | None:
    """Portions in one vessel by the recipe's own words."""
    pattern = next((pattern for kind, pattern in _SAID.items() if kind in vessel), None)
    for step in dish.recipe.steps if pattern and dish.recipe else ():
        found = pattern.search(plain(step.text)) if pattern else None
        if found and int(found[1]):
            return int(found[1])
    return None
