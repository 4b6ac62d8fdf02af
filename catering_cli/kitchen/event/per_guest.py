"""What the counts come to for a guest: food by weight at each service, portions that the client fixed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from catering_cli.data.tables import rows
from catering_cli.domain.finding import Finding
from catering_cli.domain.order import Order
from catering_cli.domain.plan import Headcount
from catering_cli.domain.plan_parts.diets import Diets
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.domain.plan_parts.people import FoodPerGuest, ServiceLine
from catering_cli.kitchen.menu.decisions import folded
from catering_cli.kitchen.menu.services import Meal

EVENING = 16
"""Hour of the day from which a meal is a dinner; [K]."""


def food_per_guest(meal: Meal, meals: Sequence[Meal], dishes: Sequence[Dish], headcount: Headcount) -> FoodPerGuest:
    """Served weight of what a guest eats at a service, drinks aside, with what is usual for such a meal.

    A dish of several services is shared out over them by their guests; the crew's meals are shared alike.
    """
    grams = Fraction(0)
    unknown = []
    food = [dish for dish in dishes if dish.course != "drink"]
    here = [dish for dish in food if dish.service in ("", meal.name)]
    for dish in here:
        if dish.served is None:
            unknown.append(dish.name)
            continue
        served_to = sum(other.guests for other in meals if dish.service in ("", other.name))
        grams += dish.served.quantity.high * dish.needed * Fraction(meal.guests, served_to)
    eaters = meal.guests * Fraction(headcount.set_for + headcount.extra_meals, headcount.set_for)
    low, high, source = _usual(meal, here)
    return FoodPerGuest(
        grams=round(grams / eaters), usual_low=low, usual_high=high, source=source, without=tuple(unknown)
    )


def _usual(meal: Meal, dishes: Sequence[Dish]) -> tuple[int | None, int | None, str]:
    """The usual weight of a meal of a style, and its source; nothing for a service without mains."""
    if not any(dish.course == "main" for dish in dishes):
        return None, None, ""
    part = "dinner" if meal.begins.hour >= EVENING else "lunch"
    for row in rows("portions"):
        if (row["kind"], row["of"]) == ("head", part) and row["style"] in (meal.style, "*"):
            return int(row["low"]), int(row["high"]), row["source"]
    return None, None, ""


def of_counts(order: Order, dishes: Sequence[Dish], diets: Diets, services: Sequence[ServiceLine]) -> Iterator[Finding]:
    """What is unusual of the counts, or what the client should hear of them."""
    for index, service in enumerate(services):
        yield from _unusual(index, service)
    yield from _fixed(order, dishes)
    yield from _not_chosen(order, diets, dishes)


def _unusual(index: int, service: ServiceLine) -> Iterator[Finding]:
    """A service with more food a guest than is usual, or less."""
    food = service.food
    if food is None or food.usual_low is None or food.usual_high is None:
        return
    too_little = food.grams < food.usual_low and not food.without
    if not too_little and food.grams <= food.usual_high:
        return
    usual = f"usual are {food.usual_low} to {food.usual_high} g"
    said = "less food than is usual" if too_little else "more food than is usual"
    fix = "add a dish or larger portions" if too_little else "take fewer dishes, smaller portions, or give `portions`"
    yield Finding(
        severity="warning",
        rule="kitchen.food_per_guest",
        where=f"plan.service[{index}]",
        message=f"{said}: {food.grams:,} g a guest without drinks; {usual}",
        value=str(food.grams),
        limit=f"{food.usual_low}-{food.usual_high}",
        fix=fix,
    )


def _fixed(order: Order, dishes: Sequence[Dish]) -> Iterator[Finding]:
    """What a count that the client fixed means for a guest."""
    by_id = {dish.id: dish for dish in dishes}
    guests = max(order.guests.guaranteed, order.guests.expected or 0)
    for index, item in enumerate(order.menu):
        dish = by_id.get(f"d{index + 1}")
        if item.portions is None or dish is None:
            continue
        unit = "pieces" if dish.course == "canape" else "portions"
        each = f"{item.portions / guests:.2f}".rstrip("0").rstrip(".")
        yield Finding(
            severity="advice",
            rule="kitchen.portions_fixed",
            where=f"order.menu[{index}].portions",
            message=f"{dish.name}: {item.portions:,} {unit} as ordered are {each} a guest; {dish.needed:,} dealt out",
            value=str(item.portions),
        )


def _not_chosen(order: Order, diets: Diets, dishes: Sequence[Dish]) -> Iterator[Finding]:
    """Guests of whom no choice is known in a course that others chose from: they are shared out by popularity."""
    chosen: dict[str, set[str]] = {}
    for number, profile in enumerate(order.guests.profiles, start=1):
        names = set(map(folded, profile.choices))
        for dish in dishes:
            if not names.isdisjoint((dish.id, folded(dish.name))):
                chosen.setdefault(dish.course, set()).add(f"p{number}")
    for course, profiles in chosen.items():
        others = [one for one in diets.profiles if one.id not in profiles]
        left = sum(one.count for one in others if one.id.startswith("p"))
        if left:
            yield Finding(
                severity="warning",
                rule="kitchen.choice_missing",
                where="order.guests.profiles",
                message=f"{left:,} guests have chosen no {course}: they are shared out over what they may eat",
                value=str(left),
                fix="give their choices, or take them as shared out",
                guests=left,
            )
