"""What goes with coffee and tea and no recipe lists: milk, sugar, the share without caffeine, cups."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction

from catering_cli.data.tables import parts, rows
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.domain.plan_parts.shopping import Beside
from catering_cli.domain.quantity import Amount, Quantity
from catering_cli.kitchen.foods.names import tokens
from catering_cli.kitchen.menu.dishes import MenuDish
from catering_cli.kitchen.quantities import display
from catering_cli.kitchen.serving.takings import kind_of


def beside(items: Sequence[MenuDish], dishes: Sequence[Dish]) -> Iterator[Beside]:
    """Each row of the table that nothing on the menu brings, for as many cups as are made, in whole measures."""
    poured = [dish for dish, item in zip(dishes, items, strict=True) if kind_of(item) == "coffee"]
    cups = sum(dish.portions for dish in poured)
    for row in rows("coffee"):
        if cups and not _is_brought(row, dishes):
            amount = Quantity.of(math.ceil(Fraction(row["amount"]) * cups / 100), row["unit"])
            yield Beside(item=row["item"], amount=Amount(amount, display.amount_text(amount)), source=row["source"])


def _is_brought(row: dict[str, str], dishes: Sequence[Dish]) -> bool:
    """Whether a drink's name says it, or a line of a drink is such a food."""
    drinks = [dish for dish in dishes if dish.course == "drink"]
    said = {word for dish in drinks for word in tokens(dish.name)}
    foods = {line.food for dish in drinks for line in dish.lines}
    return not said.isdisjoint(parts(row["dishes"])) or not foods.isdisjoint(parts(row["foods"]))
