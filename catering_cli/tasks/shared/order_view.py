"""What tasks read from an order: small, canonical, and nothing that a judgement does not depend on."""

from __future__ import annotations

from collections.abc import Sequence

from catering_cli.domain.decision import Decided
from catering_cli.domain.order import Order
from catering_cli.kitchen.menu import dishes
from catering_cli.kitchen.menu.decisions import fold
from catering_cli.kitchen.menu.dishes import MenuDish
from catering_cli.tasks.shared.task import Wire


class DishName(Wire):
    """A dish as most tasks see it."""

    id: str
    name: str
    course: str


def two_figures(number: int) -> int:
    """`number` to two significant figures, halves up: with one guest more nothing is asked again."""
    size = int(10 ** max(0, len(str(number)) - 2))
    return (number + size // 2) // size * size


def guests(order: Order) -> int:
    """Roughly how many eat."""
    return two_figures(max(order.guests.guaranteed, order.guests.expected or 0))


def menu_dishes(order: Order, decisions: Sequence[Decided]) -> tuple[MenuDish, ...]:
    """The menu as the decisions leave it."""
    return dishes.dishes(order, fold(order, decisions))


def menu_dish(order: Order, subject: str, decisions: Sequence[Decided]) -> MenuDish:
    """One dish of the menu. A subject that was dropped meanwhile is seen as the order has it."""
    for seen in (decisions, ()):
        if found := dishes.dish_of(order, fold(order, seen), subject):
            return found
    raise LookupError(f"{subject} is no dish of this order")


def needs(order: Order) -> list[str]:
    """What guests need, each once, sorted; how many need it is the program's business."""
    people = order.guests
    found: set[str] = set()
    for profile in people.profiles:
        found.update(profile.needs)
    found.update(row.diet for row in people.diets)
    found.update(row.allergen for row in people.allergies)
    return sorted(found)


def travels(order: Order) -> bool:
    """Whether the food leaves the kitchen by road."""
    return order.event.travel_minutes > 0 or bool(order.legs)
