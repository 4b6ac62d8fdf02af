"""What goes into which box, and what is opened first."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction

from catering_cli.data.tables import rows
from catering_cli.domain.order import Order
from catering_cli.domain.plan_parts.diets import Diets
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.domain.plan_parts.people import Equipment, PackLine
from catering_cli.kitchen.serving.vessels import vessel_of

LITRES_A_DISPENSER = 10
"""Drinks in one insulated dispenser; [K]."""

PORTIONS_A_LITRE = 4
"""Drinks of 250 mL, if the served mass is not known; [K]."""

FIRST_BOX = "1 open first"
BOXES = "2 boxes"
COLD_BOX = "2 cold food"
HOT_BOX = "3 hot food"
DRINKS_BOX = "4 drinks"
WARE_BOX = "5 china, glass, flatware"
"""Box names sort in the order in which they are unpacked."""

OWN_LABELS = "special-meal labels"
"""One for each guest with a need."""


def packing(
    order: Order,
    dishes: Sequence[Dish],
    equipment: Equipment,
    diets: Diets,
) -> tuple[PackLine, ...]:
    """The open-first box, food by dish in vessels, then ware."""
    food = [_food(order, dish) for dish in dishes if dish.portions]
    food.sort(key=lambda line: (line.box, int(line.dish[1:])))
    ware = [
        PackLine(
            box=WARE_BOX,
            item=ware.item,
            count=ware.count,
        )
        for ware in equipment.ware
    ]
    return (*_opened_first(diets), *food, *ware)


def _opened_first(diets: Diets) -> Iterator[PackLine]:
    """What is at hand before anything else is unpacked."""
    own = sum(profile.count for profile in diets.profiles if profile.needs)
    first = [(row["item"], int(row["count"])) for row in rows("first_box")]
    for item, count in (*first, (OWN_LABELS, own)):
        if count:
            yield PackLine(
                box=FIRST_BOX,
                item=item,
                count=count,
                open_first=True,
            )


def _food(order: Order, dish: Dish) -> PackLine:
    box, vessel, count = _vessel(order, dish)
    return PackLine(
        box=box,
        item=f"{dish.name}: {vessel}",
        count=count,
        dish=dish.id,
    )


def _vessel(order: Order, dish: Dish) -> tuple[str, str, int]:
    """Box, vessel and how many of it for one dish."""
    if order.event.style == "boxed":
        return BOXES, "portions in boxes", dish.portions
    if dish.course == "drink":
        return DRINKS_BOX, f"insulated dispenser, {LITRES_A_DISPENSER} L", _dispensers(dish)
    box = HOT_BOX if dish.is_hot else COLD_BOX
    vessel = vessel_of(dish)
    return box, vessel.name, vessel.filled(dish.portions, dish.served.quantity.high if dish.served else None)


def _dispensers(dish: Dish) -> int:
    litres = Fraction(dish.portions, PORTIONS_A_LITRE)
    if dish.served:
        litres = dish.served.quantity.high * dish.portions / 1000
    return max(math.ceil(litres / LITRES_A_DISPENSER), 1)
