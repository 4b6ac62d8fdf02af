"""What goes into which box, and what is opened first."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from catering_cli.domain.diets import Diets
from catering_cli.domain.menu import Dish
from catering_cli.domain.order import Order
from catering_cli.domain.people import Equipment, PackLine

PAN_GRAMS = Fraction(240) * Fraction("29.5735295625")
"""Usable content of a full hotel pan 2 1/2 in deep: 240 fl oz (Cleveland p. 22), food taken as 1 g/mL [K]."""

PIECES_A_TRAY = 40
"""Canapés on one sheet tray; [K]."""

LITRES_A_DISPENSER = 10
"""Drinks in one insulated dispenser; [K]."""

PORTIONS_A_PAN = 40
"""6 oz portions in a full 2 1/2 in pan (Cleveland p. 22): where a served mass is not known."""

FIRST = (
    ("probe thermometer", 2),
    ("allergen matrix and dish cards", 1),
    ("disposable gloves, box", 1),
    ("first-aid kit", 1),
    ("hand soap and sanitizer", 1),
    ("HACCP log and pens", 1),
)


def packing(order: Order, dishes: Sequence[Dish], equipment: Equipment, diets: Diets) -> tuple[PackLine, ...]:
    """The open-first box, food by dish in vessels, own plates apart, then ware."""
    lines = [PackLine(box="1 open first", item=item, count=count, open_first=True) for item, count in FIRST]
    if own := _own_plates(diets):
        lines.append(PackLine(box="1 open first", item="labels for guests' own plates", count=own, open_first=True))
    for dish in dishes:
        if dish.portions:
            box, item, count = _vessel(order, dish)
            lines.append(PackLine(box=box, item=f"{dish.name}: {item}", count=count, dish=dish.id))
    lines += [PackLine(box="5 service ware", item=ware.item, count=ware.count) for ware in equipment.ware]
    return tuple(sorted(lines, key=lambda line: (line.box, (line.dish and int(line.dish[1:])) or 0)))


def _own_plates(diets: Diets) -> int:
    return sum(profile.count for profile in diets.profiles if profile.needs)


def _vessel(order: Order, dish: Dish) -> tuple[str, str, int]:
    """Box, vessel and how many of it for one dish."""
    if order.event.style == "boxed":
        return "2 boxes", "portions in boxes", dish.portions
    if dish.course == "drink":
        litres = _grams(dish) * dish.portions / 1000 if dish.served else Fraction(dish.portions, 4)
        return "4 drinks", "insulated dispenser, 10 L", max(math.ceil(litres / LITRES_A_DISPENSER), 1)
    if dish.course == "canape":
        return _box(dish), f"tray of {PIECES_A_TRAY}", math.ceil(Fraction(dish.portions, PIECES_A_TRAY))
    pans = _grams(dish) * dish.portions / PAN_GRAMS if dish.served else Fraction(dish.portions, PORTIONS_A_PAN)
    return _box(dish), "full hotel pan, 2 1/2 in", max(math.ceil(pans), 1)


def _grams(dish: Dish) -> Fraction:
    assert dish.served is not None
    return dish.served.quantity.high


def _box(dish: Dish) -> str:
    return "3 hot food" if dish.recipe and dish.recipe.served_at == "hot" else "2 cold food"
