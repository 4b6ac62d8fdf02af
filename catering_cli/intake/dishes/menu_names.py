"""The names of a menu as it is printed: bars become their dishes, and a name gets the catalogue's recipe that it means.

The order's own recipes and the caterer's folder stand before the catalogue.
A name that none is sure of stays as it is: the plan asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from catering_cli.data.tables import parts, rows
from catering_cli.domain.order import MenuItem, Order
from catering_cli.domain.order_parts.recipe import STAND_IN, Recipe
from catering_cli.intake.dishes import additions, families
from catering_cli.intake.dishes.recipe_folder import RecipeFolder
from catering_cli.kitchen.recipes import catalogue, dish_names
from catering_cli.kitchen.recipes.name_words import readings, words_of
from catering_cli.kitchen.serving import bar_hours

_AND: Final = re.compile(r"\s*&\s*|\s+and\s+", re.IGNORECASE)


def with_dishes(order: Order, folders: tuple[RecipeFolder, ...] = ()) -> Order:
    """The order with its bars unfolded and its names read; items keep their places, parts of a bar come last."""
    own = _Own(order, folders)
    menu: list[MenuItem] = []
    further: list[MenuItem] = []
    for item in order.menu:
        first, *others = _unfolded(item, own)
        menu.append(_named(first, own))
        further += others
    return order.model_copy(update={"menu": (*menu, *further)})


class _Own:
    """What stands before the catalogue: the recipes of the order and of the caterer's folders."""

    def __init__(self, order: Order, folders: tuple[RecipeFolder, ...]) -> None:
        self.keys = {catalogue.key(recipe.name): recipe.name for recipe in reversed(order.recipes)}
        self.words = {words_of(recipe.name).all: recipe.name for recipe in reversed(order.recipes)}
        self.folders = folders

    def called(self, name: str) -> str:
        """The name of the own recipe that a name of a menu means; empty if none is called so."""
        said = words_of(name).all
        known = self.keys.get(catalogue.key(name), "") or (self.words.get(said, "") if said else "")
        if known:
            return known
        return next((found.name for folder in self.folders if (found := folder.called(name))), "")


def _unfolded(item: MenuItem, own: _Own) -> Iterator[MenuItem]:
    """The dishes of a bar or a set meal, each called by both names, or of a pair; any other item is itself."""
    is_settled = item.recipe is not None or bool(own.called(item.dish))
    whole = () if is_settled else _set_of(item.dish)
    for row in whole:
        part = {"dish": f"{item.dish}: {row['dish']}", "recipe": row["dish"], "course": None}
        yield item.model_copy(update={**part, "popularity": item.popularity * int(row["popularity"])})
    if not whole:
        names = () if is_settled else _pair(item.dish)
        yield from (item.model_copy(update={"dish": name}) for name in names or (item.dish,))


def _set_of(name: str) -> tuple[dict[str, str], ...]:
    """The rows of the dishes of a bar, however its name praises it and for how many hours; empty if it is none."""
    for reading in (*readings(name), *readings(bar_hours.SAID.sub(" ", name).strip())):
        if whole := _sets().get(catalogue.key(reading)) or _sets().get(_joined(reading)):
            return whole
    return ()


def _joined(name: str) -> str:
    """The words of a name in alphabetical order; empty if it has but one: a taco is no taco station."""
    words = words_of(name).all
    return " ".join(sorted(words)) if len(words) > 1 else ""


@cache
def _sets() -> dict[str, tuple[dict[str, str], ...]]:
    """Key and words of each name of a bar -> the rows of its dishes."""
    found: dict[str, tuple[dict[str, str], ...]] = {}
    for first in (row for row in rows("dish_sets") if row["also"]):
        dishes = tuple(row for row in rows("dish_sets") if row["name"] == first["name"])
        for name in (first["name"], *parts(first["also"])):
            found |= {catalogue.key(name): dishes, _joined(name): dishes}
    found.pop("", None)
    return found


def _pair(name: str) -> tuple[str, ...]:
    """Two dishes in one name, "muffins & danish", where no dish is called so; each is one as it is printed."""
    names = tuple(_AND.split(name))
    if len(names) != 2 or catalogue.knows(name) or dish_names.called(name) or families.stand_in(name):  # noqa: PLR2004
        return ()
    found = [dish_names.called(one) for one in names]
    return names if all(one is not None and one.how == "same" for one in found) else ()


def _named(item: MenuItem, own: _Own) -> MenuItem:
    """The item with the recipe that its name means, if the name is not the recipe's own."""
    if item.recipe is not None:
        return item
    if name := own.called(item.dish):
        same = catalogue.key(name) == catalogue.key(item.dish)
        return item if same else item.model_copy(update={"recipe": name})
    if catalogue.knows(item.dish):
        return item
    found = dish_names.called(item.dish)
    if found is None:
        made = families.stand_in(item.dish)
        return item if made is None else item.model_copy(update={"recipe": made})
    if not found.beyond:
        return item.model_copy(update={"recipe": found.name})
    recipe = catalogue.recipe_named(found.name)
    return item if recipe is None else item.model_copy(update={"recipe": _stand_in(recipe, found)})


def _stand_in(recipe: Recipe, found: dish_names.Called) -> Recipe:
    """The recipe with what the name says beyond it."""
    added = additions.lines(recipe, found.beyond)
    said = f"made as {recipe.name} of the catalogue; the menu adds {additions.told(found.beyond)}"
    more = {"ingredients": (*recipe.ingredients, *added), "tags": (*recipe.tags, STAND_IN), "source": said}
    return recipe.model_copy(update=more)
