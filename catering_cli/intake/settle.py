"""From a valid order to one the kitchen can work with: recipes found and inlined, short forms unfolded.

What does not fit together is refused with its place; nothing is guessed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from catering_cli.domain.order import MenuItem, Order
from catering_cli.domain.order_parts.recipe import Recipe
from catering_cli.domain.order_parts.site import Supply
from catering_cli.domain.problem import Problem, Refused
from catering_cli.intake import supply
from catering_cli.intake.contradictions import contradictions
from catering_cli.intake.dishes import menu_names, occasions, recipe_folder
from catering_cli.intake.dishes.own_recipes import OwnRecipes
from catering_cli.intake.house import use


def settle(order: Order, folder: Path, file: str = "") -> Order:
    """The order with recipe files inlined, base recipes put into what uses them, and `prices` as `supply`.

    `folder` is where paths start; they may not leave it. Raises Refused with every problem found.
    """
    folders = recipe_folder.folders_of(order, folder, os.environ)
    order = occasions.with_services(menu_names.with_dishes(order, folders))
    problems = list(contradictions(order))
    own = OwnRecipes(order, folder, folders)
    menu: list[MenuItem] = []
    recipes: list[Recipe] = []
    offers: tuple[Supply, ...] = ()
    for index, item in enumerate(order.menu):
        with _noted(problems):
            menu.append(own.with_recipe(item, f"order.menu[{index}]"))
    for index, recipe in enumerate(order.recipes):
        with _noted(problems):
            recipes.append(own.assembled(recipe, f"order.recipes[{index}]"))
    with _noted(problems):
        offers = supply.supply(order, folder)
    if problems:
        unique = dict.fromkeys(problems)
        raise Refused(*(Problem(p.message, p.file or file, p.place, p.value) for p in unique))
    settled = {"menu": tuple(menu), "recipes": tuple(recipes), "supply": offers, "on_hand": supply.stock(order)}
    order = order.model_copy(update={**settled, "prices": (), "supply_file": "", "recipe_folder": ""})
    known = use.learnt(order, [one.path for one in folders])
    return order.model_copy(update={"learnt": known}) if known else order


@contextmanager
def _noted(problems: list[Problem]) -> Iterator[None]:
    """Note a refusal and go on, so that all are told at once."""
    try:
        yield
    except Refused as refused:
        problems += refused.problems
