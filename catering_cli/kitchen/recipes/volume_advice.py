"""What a cook should think of beside a linear figure: chilli, strong spice, alcohol, thickener and salt at volume.

The figure stays linear; the advice says how much to begin with. Leavening never has one, nor has salt that
preserves (a brine, a cure, a pickle). Table: `data/volume_advice.tsv`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache
from itertools import chain
from typing import Final

from catering_cli.data.tables import parts, rows
from catering_cli.domain.order_parts.recipe import Ingredient, Recipe
from catering_cli.kitchen.foods.table import Food
from catering_cli.kitchen.quantities import display

ABOVE: Final = 4
"""Times the written recipe from which on there is advice; the issue's figure."""

BEGIN: Final = Fraction(3, 4)
"""Share of the linear figure to begin with: published advice is 75-80 %; [K]."""


def advice_for(line: Ingredient, named: Sequence[Food], recipe: Recipe, factor: Fraction, system: str = "us") -> str:
    """The advice beside the linear figure of a line, `factor` times as written; empty if its foods need none."""
    if factor <= ABOVE or line.quantity is None:
        return ""
    row = _row(named)
    if row is None or (any(map(_salty, named)) and preserves(recipe)):
        return ""
    begin = line.quantity.times(factor * BEGIN)
    first = display.amount_text(begin, system)
    return f"{row['what']} at {_times(factor)} times: {row['advice']}; begin with {first}, taste"


def preserves(recipe: Recipe) -> bool:
    """Whether the recipe speaks of a brine, a cure or a pickle: its salt is not a matter of taste."""
    said = [recipe.name, recipe.method, *(step.text for step in recipe.steps)]
    said += [f"{line.item} {line.preparation}" for line in recipe.ingredients]
    return any(_preserving().search(text.casefold()) for text in said)


def _salty(food: Food) -> bool:
    return "salt" in food.groups


def _row(named: Sequence[Food]) -> Mapping[str, str] | None:
    """The first row of the table that speaks of one of the foods; None for leavening, and what nothing is said of."""
    if any(food.name in _words("never") for food in named):
        return None
    facts, names = frozenset().union(*(food.facts for food in named)), {food.name for food in named}
    for row in rows("volume_advice"):
        said = set(parts(row["words"]))
        if row["kind"] == "group" and said & facts:
            return row
        if row["kind"] == "food" and names & said:
            return row
    return None


@cache
def _words(kind: str) -> frozenset[str]:
    of_kind = [row for row in rows("volume_advice") if row["kind"] == kind]
    return frozenset(chain.from_iterable(parts(row["words"]) for row in of_kind))


@cache
def _preserving() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(_words('unless'))))})\b")


def _times(factor: Fraction) -> str:
    return str(factor.numerator) if factor.denominator == 1 else f"{float(factor):.3g}"
