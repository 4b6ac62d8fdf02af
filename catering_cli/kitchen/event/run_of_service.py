"""The services of the event as the floor sees them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from catering_cli.domain.names import GRAVE
from catering_cli.domain.order import Order
from catering_cli.domain.order_parts.recipe import COURSES
from catering_cli.domain.plan_parts.diets import Diets
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.domain.plan_parts.people import ServiceLine
from catering_cli.kitchen.dietary.profiles import EVERYBODY
from catering_cli.kitchen.event import equipment, per_guest
from catering_cli.kitchen.menu import services as occasion
from catering_cli.kitchen.menu.services import Meal

OWN_PLATE = "; each a separate, covered plate with the guest's name; owner: the captain, from the kitchen to the guest"


def services(
    order: Order,
    dishes: Sequence[Dish],
    diets: Diets,
) -> tuple[ServiceLine, ...]:
    """Each service with its dishes in order of course, the special meals, and the food a guest eats."""
    meals = occasion.services(order)
    headcount = occasion.headcount(order)
    lines = []
    for stated, meal in zip(occasion.stated(order), meals, strict=True):
        line = _service(meal, stated.place or _venue(order), dishes, diets)
        food = per_guest.food_per_guest(meal, meals, dishes, headcount)
        lines.append(line.model_copy(update={"food": food}))
    return tuple(lines)


def _service(
    meal: Meal,
    place: str,
    dishes: Sequence[Dish],
    diets: Diets,
) -> ServiceLine:
    here = [dish for dish in dishes if dish.service in ("", meal.name)]
    by_course = sorted(here, key=lambda dish: (COURSES.index(dish.course), int(dish.id[1:])))
    return ServiceLine(
        id=meal.name,
        at=meal.begins,
        until=meal.ends,
        place=place,
        style=meal.style,
        guests=meal.guests,
        lines=equipment.lines(meal.style, meal.guests),
        dishes=tuple(dish.id for dish in by_course),
        notes=tuple(_special_meals(here, diets)),
    )


def _venue(order: Order) -> str:
    """Where guests are served if the service does not say: the order's first venue."""
    named = [place.id for place in order.places if place.kind == "venue"]
    usual = "venue" if order.event.travel_minutes else "base"
    return next(iter(named), usual)


def _special_meals(dishes: Sequence[Dish], diets: Diets) -> Iterator[str]:
    """For each profile with a need: who, how many, and which dishes are theirs."""
    names = {dish.id: dish.name for dish in dishes}
    needy = [profile for profile in diets.profiles if profile.needs and profile.id != EVERYBODY]
    for profile in needy:
        theirs = [eats.dish for eats in diets.eats if eats.profile == profile.id]
        eaten = [names[dish] for dish in theirs if dish in names]
        if not eaten:
            continue
        who = f"{profile.count} x {profile.name} ({', '.join(profile.needs)}; {profile.severity})"
        own = OWN_PLATE if profile.severity in GRAVE else ""
        yield f"{who}: {', '.join(eaten)}{own}"
