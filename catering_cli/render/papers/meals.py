"""Special meals: what each guest with a need is served and what not, the words of every paper."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from catering_cli.domain.names import GRAVE
from catering_cli.render.page import Column
from catering_cli.render.wording import dish_names, service_name

if TYPE_CHECKING:
    from catering_cli.domain.plan import CateringPlan
    from catering_cli.domain.plan_parts.diets import PlanProfile
    from catering_cli.domain.plan_parts.people import ServiceLine

AT_A_PLACE = ("plated", "boxed")
"""Styles in which a guest gets one dish of a course; at the others he takes of all that are for him."""

NOT_FOR_COLUMNS = (
    Column("Guests", right=True),
    Column("Who", wide=True),
    Column("Not for", wide=True),
)
"""Who a dish is not for, if there is no room to say what is served instead."""

PLACED: Final = re.compile(r"\b(?:table|seat|chair|row|room|place|mesa|asiento)s?\b", re.IGNORECASE)
"""Words of a name that say where the guest sits: the card goes there."""

PERSON: Final = re.compile(r"\b[A-Z][\w'’-]+")
"""A word of a name that can be a person's own."""

Served = tuple[tuple[str, tuple[str, ...]], ...]
"""Services with the dishes that are served in them."""


@dataclass(frozen=True, slots=True)
class GuestMeal:
    """What one kind of guest with needs gets, by service, and what is not for them."""

    profile: str
    name: str
    count: int
    needs: tuple[str, ...]
    severity: str
    gets: Served
    differs: Served
    """of these only the courses in which a dish is not for them"""
    never: tuple[str, ...]
    first: tuple[str, ...]
    """what is to be done before this guest is served"""
    guests: tuple[Served, ...]
    """what each of them gets; one entry for all if they share a card"""

    @property
    def who(self) -> str:
        """Name, needs and severity, each once."""
        needs = ", ".join(self.needs)
        if self.name == needs:
            return f"{needs} ({self.severity})"
        return f"{self.name} ({needs}; {self.severity})"

    @property
    def serve(self) -> str:
        """What they are served."""
        return served_text(self.gets)

    @property
    def instead(self) -> str:
        """What they are served of the courses in which a dish is not for them; the rest is as for all."""
        return served_text(self.differs) if self.differs else "as all guests"

    @property
    def not_for(self) -> str:
        """The dishes that are not for them, by name; what is merely not allotted to them is not among them."""
        return ", ".join(self.never)


def served_text(served: Served) -> str:
    """Services and dishes in a line."""
    return "; ".join(f"{service}: {', '.join(dishes) or 'nothing on this menu'}" for service, dishes in served)


def meals_of(plan: CateringPlan) -> tuple[GuestMeal, ...]:
    """A meal for each kind of guest with needs; those with a name of their own first."""
    needy = [profile for profile in plan.diets.profiles if profile.needs]
    return tuple(_meal(profile, plan) for profile in sorted(needy, key=_has_no_name))


def _has_no_name(profile: PlanProfile) -> bool:
    return profile.name in ("", ", ".join(profile.needs))


def cards_due(profile: PlanProfile, plan: CateringPlan) -> int:
    """How many cards there are: one a guest if a name, a place or the severity asks for it, else one for all."""
    seated = {table.name.casefold() for table in plan.order.tables}
    by_place = PLACED.search(profile.name) or profile.name.casefold() in seated
    by_name = len(PERSON.findall(profile.name)) >= profile.count and not _has_no_name(profile)
    if profile.severity in GRAVE or by_place or by_name:
        return profile.count
    return 1


def first_for(plan: CateringPlan, profile: PlanProfile) -> tuple[str, ...]:
    """What is still blocking or open for this kind of guest: labels to see, a dish to find."""
    where = f"plan.diets.profiles[{plan.diets.profiles.index(profile)}]"
    theirs = [item for item in plan.findings if item.where == where]
    grave = [item for item in theirs if item.severity in ("blocking", "open")]
    return tuple(dict.fromkeys(item.fix or item.message for item in grave))


def _meal(profile: PlanProfile, plan: CateringPlan) -> GuestMeal:
    cards = cards_due(profile, plan)
    services = _with_meals(plan)
    return GuestMeal(
        profile=profile.id,
        name=profile.name or ", ".join(profile.needs),
        count=profile.count,
        needs=profile.needs,
        severity=profile.severity,
        gets=tuple((service_name(line), tuple(_for_all(line, profile, plan))) for line in services),
        differs=_differs(services, profile, plan),
        never=tuple(dish.name for dish in plan.menu if dish.id not in profile.may_eat),
        first=first_for(plan, profile),
        guests=tuple(
            tuple((service_name(line), tuple(_for_one(line, profile, plan, card))) for line in services)
            for card in range(cards)
        ),
    )


def _differs(services: list[ServiceLine], profile: PlanProfile, plan: CateringPlan) -> Served:
    """The services and courses in which these guests are not served as all others."""
    found: list[tuple[str, tuple[str, ...]]] = []
    for line in services:
        names = _of_courses_that_differ(line, profile, plan)
        if names:
            served = _for_all(line, profile, plan)
            found.append((service_name(line), tuple(name for name in served if name in names)))
    return tuple(found)


def _of_courses_that_differ(service: ServiceLine, profile: PlanProfile, plan: CateringPlan) -> set[str]:
    """Names of the dishes of the courses in which one is not for these guests."""
    there = [dish for dish in plan.menu if dish.id in service.dishes]
    courses = {dish.course for dish in there if dish.id not in profile.may_eat}
    return {dish.name for dish in there if dish.course in courses}


def _with_meals(plan: CateringPlan) -> list[ServiceLine]:
    return [service for service in plan.service if service.dishes]


def _portions(profile: PlanProfile, plan: CateringPlan) -> dict[str, int]:
    return {item.dish: item.portions for item in plan.diets.eats if item.profile == profile.id}


def _for_all(service: ServiceLine, profile: PlanProfile, plan: CateringPlan) -> Iterator[str]:
    """The dishes of a service that this kind of guest is served."""
    names = dish_names(plan)
    portions = _portions(profile, plan)
    for dish in service.dishes:
        if dish in portions and dish in profile.may_eat:
            yield names.get(dish, dish)


def _for_one(service: ServiceLine, profile: PlanProfile, plan: CateringPlan, card: int) -> Iterator[str]:
    """The dishes for one of these guests: of a course that is shared out among them only that guest's."""
    alone = profile.count == 1 or service.style not in AT_A_PLACE
    if alone or cards_due(profile, plan) == 1:
        yield from _for_all(service, profile, plan)
        return
    names = dish_names(plan)
    for shared in _by_course(service, profile, plan).values():
        plates = list(Counter(dict(shared)).elements())
        one_each = len(plates) == profile.count
        for dish in [plates[card]] if one_each else dict.fromkeys(plates):
            yield names.get(dish, dish)


def _by_course(service: ServiceLine, profile: PlanProfile, plan: CateringPlan) -> dict[str, list[tuple[str, int]]]:
    courses = {dish.id: dish.course for dish in plan.menu}
    portions = _portions(profile, plan)
    found: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for dish in service.dishes:
        if dish in portions and dish in profile.may_eat:
            found[courses[dish]].append((dish, portions[dish]))
    return found
