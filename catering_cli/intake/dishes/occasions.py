"""At which of several services a dish is that does not say so: told by its course, its kind and its name.

A menu by names alone says "cocktail hour, dinner" and "Crab cakes, Caesar salad": the first is passed before the meal.
Where services do not differ, or a dish fits all of them, nothing is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from catering_cli.data.tables import parts, rows
from catering_cli.domain.order import MenuItem, Order, Service
from catering_cli.domain.order_parts.recipe import Recipe
from catering_cli.kitchen.foods.names import tokens
from catering_cli.kitchen.recipes import catalogue, dish_names

BREAKFAST = "breakfast"
"""The file of the catalogue whose dishes belong to the morning."""


class _Occasion(NamedTuple):
    """A row of the table."""

    name: str
    words: frozenset[str]
    style: str
    home: frozenset[str]
    also: frozenset[str]
    never: frozenset[str]

    def is_of(self, service: Service, style: str) -> bool:
        """Whether a service is of this occasion; the row without a word and a style is of every one."""
        said = set(tokens(service.id))
        return bool(said & self.words) or style == self.style or not (self.words or self.style)


def with_services(order: Order) -> Order:
    """The order with the service of each dish that fits some of its services and not the others."""
    occasions = [_occasion_of(service, service.style or order.event.style) for service in order.services]
    if len({one.name for one in occasions}) < 2:  # noqa: PLR2004  # services of one kind share the menu
        return order
    menu: list[MenuItem] = []
    further: list[MenuItem] = []
    for item in order.menu:
        at = () if item.service else _services(item, order, occasions)
        if not at:
            menu.append(item)
            continue
        first, *others = (item.model_copy(update={"service": ident, "by_name": True}) for ident in at)
        menu.append(first)
        further += others
    return order.model_copy(update={"menu": (*menu, *further)})


def _services(item: MenuItem, order: Order, occasions: Sequence[_Occasion]) -> tuple[str, ...]:
    """Ids of the services that a dish fits; none if it fits all of them, or none of them."""
    words, course = _facts(item, order)
    fitting = _fitting(words, course, [one for one in occasions if not words & one.never])
    found = tuple(service.id for service, one in zip(order.services, occasions, strict=True) if one.name in fitting)
    return found if len(found) < len(occasions) else ()


def _fitting(words: frozenset[str], course: str, occasions: Sequence[_Occasion]) -> set[str]:
    """Names of the occasions that a dish fits: by a word of its name, else by its course, else as one of several."""
    by_word = {one.name for one in occasions if words & one.home}
    by_course = {one.name for one in occasions if course in one.home}
    return by_word or by_course or {one.name for one in occasions if one.also & (words | {course})}


def _occasion_of(service: Service, style: str) -> _Occasion:
    return next(one for one in _occasions() if one.is_of(service, style))


@cache
def _occasions() -> tuple[_Occasion, ...]:
    return tuple(map(_occasion, rows("occasions")))


def _occasion(row: dict[str, str]) -> _Occasion:
    words, home, also, never = (frozenset(parts(row[name])) for name in ("words", "home", "also", "never"))
    return _Occasion(row["occasion"], words, row["style"], home, also, never)


def _facts(item: MenuItem, order: Order) -> tuple[frozenset[str], str]:
    """The words of a dish's name and of its recipe's, with whether it belongs to the morning; and its course."""
    name = item.recipe.name if isinstance(item.recipe, Recipe) else item.recipe or item.dish
    row = _rows().get(catalogue.key(name), {})
    course = item.course or _own_course(item, name, order) or row.get("course") or dish_names.course_of(name) or "main"
    morning = {BREAKFAST} if row.get("file") == BREAKFAST else set()
    words = {*tokens(name), *tokens(item.dish)}
    return frozenset(words - {BREAKFAST} | morning), course


def _own_course(item: MenuItem, name: str, order: Order) -> str:
    """The course that a recipe of the order itself says."""
    if isinstance(item.recipe, Recipe):
        return item.recipe.course or ""
    return next((one.course or "" for one in order.recipes if catalogue.key(one.name) == catalogue.key(name)), "")


@cache
def _rows() -> dict[str, dict[str, str]]:
    return {catalogue.key(row["name"]): row for row in catalogue.index()}
