"""The menu as decisions shape it: dishes that take another's place, how many take each, at which service."""

from __future__ import annotations

from typing import Any

from catering_cli.domain.decision import LeaveOut, ReplaceDish, ServeAt, Share
from catering_cli.domain.order import MenuItem, Order
from catering_cli.domain.order_parts.recipe import Ingredient, Recipe
from catering_cli.kitchen.menu.decisions import DecisionIndex


def shaped(order: Order, decisions: DecisionIndex) -> Order:
    """The order with its menu as decided; the same order if nothing of it was. Dishes keep their ids."""
    menu = tuple(shaped_item(f"d{number}", item, decisions, order) for number, item in enumerate(order.menu, start=1))
    return order if menu == order.menu else order.model_copy(update={"menu": menu})


def shaped_item(dish: str, item: MenuItem, decisions: DecisionIndex, order: Order) -> MenuItem:
    """One entry of the menu as decided."""
    changes: dict[str, Any] = {}
    if replaced := decisions.one(ReplaceDish, dish):
        changes |= {"dish": replaced.by_dish, "recipe": None, "yields": None, "course": item.course}
    if share := decisions.one(Share, dish):
        changes["popularity"] = share.popularity
    served = decisions.one(ServeAt, dish)
    if served and served.service in {service.id for service in order.services}:
        changes["service"] = served.service
    return item.model_copy(update=changes) if changes else item


def without(dish: str, recipe: Recipe, decisions: DecisionIndex) -> Recipe:
    """The recipe less the foods that are left out of the dish; one food always stays, and a base stays whole."""
    left = tuple(line for line in recipe.ingredients if _stays(line, dish, decisions))
    if not left or left == recipe.ingredients:
        return recipe
    return recipe.model_copy(update={"ingredients": left})


def _stays(line: Ingredient, dish: str, decisions: DecisionIndex) -> bool:
    return bool(line.part) or decisions.one(LeaveOut, dish, line.item) is None
