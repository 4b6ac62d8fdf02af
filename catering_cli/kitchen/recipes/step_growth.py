"""How a step grows with the amount if its recipe does not say."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from catering_cli.data.equipment_names import equipment_name
from catering_cli.data.tables import rows
from catering_cli.domain.order_parts.recipe import Grows, RecipeStep
from catering_cli.kitchen.recipes.cooking_words import deeds, kind_of, plain

BOWL: Final = "bowl"
_HEATED: Final = ("cook", "reheat")
_BY_HAND: Final = ("prep", "finish")


def grows_of(step: RecipeStep) -> Grows:
    """As the recipe says; else by what the step is.

    Hand work grows with the portions. What is done in a load keeps its minutes: the recipe's batch says how much that
    is, or what holds it; people's part of a load grows with what is in it.
    """
    if step.grows is not None:
        return step.grows
    if step.batch_portions or not step.minutes:
        return "per_batch"
    if step.active_minutes is not None and 0 < step.active_minutes < step.minutes:
        return "hands"
    return "per_batch" if holder_of(step) or kind_of(step) not in _BY_HAND else "linear"


def is_by_hand(step: RecipeStep) -> bool:
    """Whether a step is work by hand alone: nothing cooks, cools, thaws or rests meanwhile."""
    return kind_of(step) in _BY_HAND


def holder_of(step: RecipeStep) -> str:
    """What limits one load of a step, by its name in the table of loads; empty: nothing does."""
    held = {row["equipment"] for row in rows("loads")}
    named = [equipment_name(name) for name in step.equipment]
    for name in named:
        if name in held:
            return name
    kind = kind_of(step)
    if kind in _HEATED and not named:
        is_baked = any(one.deed == "bake" for one in deeds(step))
        return "oven" if is_baked else "burner"
    return BOWL if kind in _BY_HAND and fits(BOWL, step.text) else ""


def fits(holder: str, text: str) -> dict[str, str] | None:
    """The row of the table for a holder and the words of a step; None if no row is for them."""
    for row in rows("loads"):
        if row["equipment"] == holder and (not row["words"] or _said(row["words"]).search(plain(text))):
            return row
    return None


@cache
def _said(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words})(?:e?s|e?d|ing)?\b")
