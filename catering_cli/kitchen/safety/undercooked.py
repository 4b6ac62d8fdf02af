"""Animal food that reaches the guests raw or undercooked: which, and whether the words leave it open."""

from __future__ import annotations

import re
from itertools import chain
from typing import NamedTuple

from catering_cli.domain.order_parts.recipe import Recipe
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.kitchen.recipes import cooking_words
from catering_cli.kitchen.recipes.batches import waits_for
from catering_cli.kitchen.recipes.cooking_words import COOKS
from catering_cli.kitchen.safety.food import RAW_ANIMAL, Part, parts_of
from catering_cli.kitchen.safety.limits import limit

_LEAST = 100
"""F below which a temperature is none of cooking."""
_REACHED = re.compile(r"\b(?:to|until|reach(?:es)?|reads?) (?:an? )?(?:\w+ ){0,3}?(\d{2,3}) ?°? ?([fc])\b")
_FREEZING_NOT_NEEDED = re.compile(
    r"\btuna\b|\baquacult|\bfarm(?:ed| raised)\b|\broe\b|\bcaviar\b|oyster|clam|mussel|scallop"
)
"""Fish that needs no freezing against parasites: tunas, farmed fish, roe, molluscan shellfish (3-402.11(B))."""


class Undercooked(NamedTuple):
    """What of a dish is served raw or undercooked."""

    items: tuple[str, ...]
    is_said: bool
    """whether the words say so; else a step that cooks it, or that it is bought cooked, may only be unsaid"""
    is_fish: bool
    """whether fish is in it that is to be frozen against parasites"""
    is_egg: bool


def undercooked(dish: Dish) -> Undercooked | None:
    """The raw or undercooked animal food of a dish as it is served; None if all is cooked through."""
    parts = [part for part in parts_of(dish) if part.food_class in RAW_ANIMAL and not part.is_pasteurized]
    if not parts or dish.recipe is None or not dish.handling:
        return None
    said = _is_said(dish, dish.recipe)
    if never := _never_cooked(dish, parts):
        return _found(never, is_said=said or _is_bought_raw(dish.recipe))
    return _found(parts, is_said=True) if said or _below_limit(dish) else None


def _is_said(dish: Dish, recipe: Recipe) -> bool:
    """Whether names or steps say that it is served raw or rare."""
    texts = [dish.name, recipe.name, *(step.text for step in recipe.steps)]
    said = {one.deed for text in texts for one in cooking_words.told(text)} | cooking_words.of_dish(dish.name)
    return not said.isdisjoint({"raw", "rare"})


def _is_bought_raw(recipe: Recipe) -> bool:
    lines = (cooking_words.plain(line.text or line.item) for line in recipe.ingredients)
    return any(re.search(r"\braw\b", line) for line in lines)


def _found(parts: list[Part], *, is_said: bool) -> Undercooked:
    fish = [part for part in parts if part.food_class == "fish"]
    return Undercooked(
        items=tuple(dict.fromkeys(part.item for part in parts)),
        is_said=is_said,
        is_fish=any(not _FREEZING_NOT_NEEDED.search(f"{part.item} {part.food}".casefold()) for part in fish),
        is_egg=any(part.food_class == "eggs" for part in parts),
    )


def _never_cooked(dish: Dish, parts: list[Part]) -> list[Part]:
    """The raw animal food that is still raw where the last steps leave it."""
    assert dish.recipe is not None
    followed = set(chain.from_iterable(waits_for(dish.recipe)))
    left = {item for one in dish.handling if one.step - 1 not in followed for item in one.raw}
    return [part for part in parts if part.item in left]


def _below_limit(dish: Dish) -> bool:
    """Whether a step cooks to a temperature in the food that is below the limit of its class."""
    assert dish.recipe is not None
    for step, handled in zip(dish.recipe.steps, dish.handling, strict=False):
        if "cook" not in handled.reads or not {one.deed for one in cooking_words.deeds(step)} & COOKS:
            continue
        row, _ = limit("us-fda-2022", "cook", handled.food_class)
        for figure, unit in _REACHED.findall(cooking_words.plain(step.text)):
            degrees = int(figure) if unit == "f" else int(figure) * 9 / 5 + 32
            if handled.food_class in RAW_ANIMAL and _LEAST <= degrees < float(row["f"]) - 1:
                return True
    return False
