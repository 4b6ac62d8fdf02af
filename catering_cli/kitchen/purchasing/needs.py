"""What the dishes need of each product, EP: the needs of one product are added up as far as units allow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import chain
from typing import NamedTuple

from catering_cli.domain.names import BIRD, CAN
from catering_cli.domain.order import Order
from catering_cli.domain.plan_parts.menu import Dish, ScaledLine
from catering_cli.domain.plan_parts.shopping import NUMBERED, SUM_UNITS
from catering_cli.kitchen.foods.resolve import Product, ResolvedIngredient
from catering_cli.kitchen.menu.dishes import MenuDish
from catering_cli.kitchen.quantities import units


class Need(NamedTuple):
    """What one line of one dish needs."""

    dish: str
    item: str
    product: Product
    amount: Fraction
    """EP, the upper end of a range"""
    unit: str
    """g, mL, or the unit of a piece"""
    grams: Fraction | None
    """the same as mass, EP; None if no weight is on file"""
    approximate: bool
    by: str
    can: Fraction | None = None
    """what one of the cans or birds holds that are bought whole, EP in `unit`; None if it comes in none of a size"""
    sold_as: str = ""
    """in cans, whole; empty: as it comes"""

    def in_grams(self) -> Need:
        """The need as mass; unchanged if no weight is on file."""
        if self.grams is None or self.unit == "g" or self.unit.startswith(NUMBERED):
            return self
        can = self.can and self.can * self.grams / self.amount
        return self._replace(amount=self.grams, unit="g", can=can)


class Needs(NamedTuple):
    """All needs of the dishes."""

    groups: tuple[tuple[Need, ...], ...]
    """needs of one product in one unit: each group is one line of the purchase list"""
    to_taste: tuple[str, ...]
    """products without an amount"""


def needs_of(order: Order, items: Sequence[MenuDish], dishes: Sequence[Dish]) -> Needs:
    """The needs of the scaled `dishes`, whose lines are those of `items`."""
    ingredients = {item.id: item.ingredients for item in items}
    by_product: dict[str, list[Need]] = {}
    to_taste: set[str] = set()
    for dish in dishes:
        for line, resolved in zip(dish.lines, ingredients[dish.id], strict=True):
            product = resolved.taken_for.product
            if line.quantity is None:
                to_taste.add(product.name)
            elif line.quantity.quantity.high:
                need = _need(order.system, dish, line, resolved)
                by_product.setdefault(product.name, []).append(need)
    groups: list[tuple[Need, ...]] = []
    for needs in by_product.values():
        groups += _added_up(needs)
    return Needs(tuple(groups), tuple(sorted(to_taste)))


def base_unit(unit: units.Unit) -> tuple[str, Fraction]:
    """The unit in which amounts of `unit` are added up, and how many of it one is."""
    base = SUM_UNITS.get(unit.dimension)
    if base is None or unit.name.startswith(NUMBERED):
        return unit.name, Fraction(1)
    return base, unit.factor


SOLD_AS = {CAN: "in cans", BIRD: "whole"}
"""What a purchase says of a unit that is one can or one bird, by the end of its name."""


def counted(unit: str) -> bool:
    """Whether a unit of a need counts pieces."""
    return unit not in ("g", "mL")


def _need(
    system: str,
    dish: Dish,
    line: ScaledLine,
    resolved: ResolvedIngredient,
) -> Need:
    """The line as EP: trimmed if it is as purchased, raw if it is as served; pieces are whole."""
    assert line.quantity is not None
    quantity = line.quantity.quantity
    factor = resolved.edible
    if line.state == "served" and dish.recipe:
        factor = Fraction(100, dish.recipe.cook_yield_percent)
    written = units.find(quantity.unit, system)
    unit, size = base_unit(written)
    sold_as = next((said for end, said in SOLD_AS.items() if written.name.endswith(end)), "")
    amount = quantity.high * size
    return Need(
        dish=dish.id,
        item=line.item,
        product=resolved.taken_for.product,
        amount=amount if counted(unit) else amount * factor,
        unit=unit,
        grams=line.mass.quantity.high * factor if line.mass else None,
        approximate=line.approximate,
        by=line.by,
        can=size if sold_as and not counted(unit) else None,
        sold_as=sold_as,
    )


def _added_up(needs: Sequence[Need]) -> list[tuple[Need, ...]]:
    """The needs of one product by unit: in their own unit if it is one and can be bought in it, else by mass.

    A need without a weight on file stays in its own unit.
    """
    own = _by_unit(needs)
    if len(own) == 1 and _bought_as_is(needs[0]):
        return own
    return _by_unit(need.in_grams() for need in chain.from_iterable(own))


def _by_unit(needs: Iterable[Need]) -> list[tuple[Need, ...]]:
    groups: dict[str, list[Need]] = {}
    for need in needs:
        groups.setdefault(need.unit, []).append(need)
    return [tuple(group) for group in groups.values()]


def _bought_as_is(need: Need) -> bool:
    """Whether pieces, or a liquid or mass of which nothing is trimmed."""
    if counted(need.unit):
        return True
    untrimmed = need.product.share.percent == 100  # noqa: PLR2004  # percent
    return untrimmed and (need.unit == "g" or need.product.liquid)
