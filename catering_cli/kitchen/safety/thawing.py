"""Frozen animal food: how long it thaws, and that a step does it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from catering_cli.domain.finding import Finding
from catering_cli.domain.plan_parts.menu import Dish, ScaledLine
from catering_cli.domain.quantity import POUND
from catering_cli.kitchen.recipes import cooking_words
from catering_cli.kitchen.safety.food import RAW_ANIMAL, parts_of

_POUNDS_A_DAY: Final = 4
"""Pounds of a piece that thaw in the walk-in in 24 h: 4 to 5 (USDA FSIS, The Big Thaw)."""
_WATER_MINUTES_A_POUND: Final = 30
"""Under running water of at most 70 F (3-501.13(B); USDA FSIS, The Big Thaw)."""
_LARGE: Final = re.compile(
    r"\b(?:whole|bird|turkey|goose|duck|roast|shoulder|butt|leg|brisket|loin|rack|ham|side|block|shank|saddle|ribs?)s?\b"
)
_SMALL: Final = re.compile(
    r"\b(?:fillet|shrimp|prawn|scallop|patt|burger|portion|diced|cube|strip|tender|nugget|meatball|thin|sliced|wing|"
    r"drumstick|thigh|breast|steak|chop|ground|minced|peeled)"
)
_WEIGHED: Final = ("g", "kg", "oz", "lb", "mL", "L", "cup", "qt", "gal")
"""Units that count no pieces."""
_UNPIECED: Final = 2_000
"""Grams taken for one piece of large frozen meat if nothing says; [K]."""


def thawing_reports(dish: Dish, where: str, place: str) -> Iterator[Finding]:
    """Each frozen animal food that no step thaws; large pieces do not cook from frozen. `place` of the code says so."""
    assert dish.recipe is not None
    steps = dish.recipe.steps
    if any(one.deed == "thaw" for step in steps for one in cooking_words.deeds(step)):
        return
    for number, (part, line) in enumerate(zip(parts_of(dish), dish.lines, strict=True)):
        if not part.is_frozen or part.bought_as not in RAW_ANIMAL - {"eggs"}:
            continue
        grams = _piece(line)
        said = cooking_words.plain(f"{line.item} {line.preparation}")
        large = grams > _UNPIECED or (_LARGE.search(said) is not None and _SMALL.search(said) is None)
        piece = grams if large else min(grams, Fraction(500))
        found = _unthawed(dish, f"{where}.lines[{number}]", line, piece, large=large)
        yield found.model_copy(update={"limit": found.limit + place})


def _piece(line: ScaledLine) -> Fraction:
    """Grams of one piece: by number, else a usual one."""
    quantity = line.quantity.quantity if line.quantity else None
    if quantity is not None and line.mass is not None and quantity.unit not in _WEIGHED and quantity.high:
        return line.mass.quantity.high / quantity.high
    return Fraction(_UNPIECED)


def _unthawed(dish: Dish, where: str, line: ScaledLine, grams: Fraction, *, large: bool) -> Finding:
    pounds = grams / POUND
    days = math.ceil(pounds / _POUNDS_A_DAY)
    water = math.ceil(pounds * _WATER_MINUTES_A_POUND)
    return Finding(
        severity="blocking" if large else "open",
        rule="kitchen.thawing",
        where=where,
        message=f"{dish.name}: {line.item} comes frozen, and no step thaws it",
        value=line.quantity.kitchen if line.quantity else "",
        limit="thawed at 41F (5C) or below, under running water of 70F (21C) or below, or as part of cooking",
        fix=f'give it a first step: {{"text": "Thaw in the walk-in", "kind": "thaw", "minutes": {days * 1440}, '
        f'"active_minutes": 10, "equipment": "fridge_shelf", "storage": "fridge"}} ({days} x 24 h for a piece of '
        f"{float(pounds):.0f} lb), or {water} minutes under cold running water, or buy it fresh"
        + ("" if large else "; or say that it is cooked from frozen"),
    )
