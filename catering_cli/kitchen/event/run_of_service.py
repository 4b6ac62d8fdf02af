"""The services of the event as the floor sees them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from catering_cli.domain.diets import Diets
from catering_cli.domain.menu import Dish
from catering_cli.domain.order import Order, Service
from catering_cli.domain.people import ServiceLine
from catering_cli.domain.plan import Headcount
from catering_cli.domain.recipe import Course
from catering_cli.kitchen.dietary import matrix
from catering_cli.kitchen.event import equipment
from catering_cli.kitchen.menu import services as occasion

COURSES = get_args(Course)
GRAVE = ("severe", "anaphylaxis")
OWN_PLATE = "; each a separate, covered plate with the guest's name; owner: the captain, from the kitchen to the guest"


def services(order: Order, headcount: Headcount, dishes: Sequence[Dish], diets: Diets) -> tuple[ServiceLine, ...]:
    """Each service with its dishes in order of course and the plates that are somebody's own."""
    return tuple(_service(order, headcount, service, dishes, diets) for service in occasion.services(order))


def _service(order: Order, headcount: Headcount, service: Service, dishes: Sequence[Dish], diets: Diets) -> ServiceLine:
    style = occasion.style(order, service)
    guests = service.guests or headcount.set_for
    here = [dish for dish in dishes if dish.service in ("", service.id)]
    venue = next((place.id for place in order.places if place.kind == "venue"), None)
    return ServiceLine(
        id=service.id,
        at=service.at,
        until=occasion.until(order, service),
        place=service.place or venue or ("venue" if order.event.travel_minutes else "base"),
        style=style,
        guests=guests,
        lines=equipment.lines(style, guests),
        dishes=tuple(dish.id for dish in sorted(here, key=lambda dish: (COURSES.index(dish.course), int(dish.id[1:])))),
        notes=_plates(here, diets),
    )


def _plates(dishes: Sequence[Dish], diets: Diets) -> tuple[str, ...]:
    """For each profile with a need: who, how many, and which dishes are theirs."""
    names = {dish.id: dish.name for dish in dishes}
    notes = []
    for profile in diets.profiles:
        eaten = [names[e.dish] for e in diets.eats if e.profile == profile.id and e.dish in names]
        if profile.id != matrix.EVERYBODY and profile.needs and eaten:
            needs = ", ".join(profile.needs)
            own = OWN_PLATE if profile.severity in GRAVE else ""
            notes.append(f"{profile.count} x {profile.name} ({needs}; {profile.severity}): {', '.join(eaten)}{own}")
    return tuple(notes)
