"""How long hand work takes where a recipe says no time: by pieces or pounds a minute (data/rates.tsv)."""

from __future__ import annotations

from fractions import Fraction
from math import ceil

from catering_cli.data.tables import rows
from catering_cli.domain.order_parts.recipe import RecipeStep
from catering_cli.domain.quantity import POUND
from catering_cli.kitchen.recipes.cooking_words import any_of, plain
from catering_cli.kitchen.recipes.step_growth import is_by_hand


def hand_minutes_of(step: RecipeStep, portions: int, grams: Fraction) -> int:
    """Minutes of one person for so many portions of so many grams; 0: the step says its time, or no row fits it."""
    if step.minutes or step.active_minutes is not None or not is_by_hand(step):
        return 0
    amounts = {"portion": Fraction(portions), "lb": portions * grams / POUND}
    said = plain(step.text)
    fitting = [row for row in rows("rates") if any_of(row["words"]).search(said)]
    return ceil(sum((amounts[row["unit"]] * Fraction(row["each"]) for row in fitting), Fraction(0)))
