"""How many portions of a course each profile is due, from the guests and the table of portions, and what it gets."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from catering_cli.checks.evidence import Evidence, asked_once
from catering_cli.data import tables
from catering_cli.domain.diets import PlanProfile
from catering_cli.domain.menu import Dish
from catering_cli.domain.quantity import exact

LASTS = {"plated": 120, "buffet": 90, "family": 90, "cocktail": 120, "boxed": 30}
"""Minutes of a service that the order does not end, by style; [K]."""


class Sitting(NamedTuple):
    """Services that serve the same dishes in the same way for as long."""

    dishes: tuple[str, ...]
    style: str
    minutes: int
    share: Fraction
    """guests served over all guests"""


def sittings(evidence: Evidence) -> tuple[Sitting, ...]:
    """The event's services, those alike taken together, in the order in which they first occur."""
    event, head = evidence.order.event, evidence.plan.headcount.set_for
    rows = [(s.id, s.at, s.until, s.style or event.style, s.guests or head) for s in evidence.order.services]
    rows = rows or [("", event.service_at, event.ends_at, event.style, head)]
    shares: dict[tuple[tuple[str, ...], str, int], Fraction] = {}
    for ident, at, until, style, guests in rows:
        minutes = int((until - at).total_seconds()) // 60 if until else LASTS[style]
        dishes = tuple(
            dish.id for dish in evidence.plan.menu if dish.service in ("", ident) or not evidence.order.services
        )
        shares[dishes, style, minutes] = shares.get((dishes, style, minutes), Fraction(0)) + Fraction(guests, head or 1)
    return tuple(Sitting(*key, share) for key, share in shares.items())


def adults(evidence: Evidence, profile: PlanProfile) -> Fraction:
    """Adult portions of a profile: of guests without needs the children count by their share."""
    children = evidence.order.guests.children
    if children is None or profile.needs or profile.source.startswith("order.guests.extra_meals"):
        return Fraction(profile.count)
    few = min(children.count, profile.count)
    return Fraction(profile.count - few) + exact(children.share) * few


def per_guest(course: str, style: str, dishes: int, minutes: int) -> tuple[Fraction, bool]:
    """Portions a guest takes of a course, and whether of each dish (else of all together)."""
    taken, each = Fraction(1), False
    for row in tables.rows("portions"):
        if row["kind"] != "per_guest" or row["course"] != course or row["style"] != style:
            continue
        if int(row["min_dishes"]) <= dishes and int(row["from_minutes"]) <= minutes:
            taken, each = exact(row["value"]), row["share"] == "each"
    return taken, each


class Due(NamedTuple):
    """What a profile is due of a course over all sittings alike, and what it gets there."""

    profile: PlanProfile
    course: str
    dishes: tuple[str, ...]
    """dishes of the course that feed the profile"""
    due: int
    """portions; of each dish or of all together, summed"""
    each: bool


@asked_once
def dues(evidence: Evidence) -> tuple[Due, ...]:
    """What every profile is due of every course at every sitting."""
    return tuple(_dues(evidence))


def _dues(evidence: Evidence) -> Iterator[Due]:
    plates = _plates(evidence)
    for sitting in sittings(evidence):
        menu = [evidence.dishes[one] for one in dict.fromkeys(sitting.dishes)]
        for course in dict.fromkeys(dish.course for dish in menu):
            here = [dish for dish in menu if dish.course == course]
            shared = sum(dish.id not in plates for dish in here)
            taken, each = per_guest(course, sitting.style, shared, sitting.minutes)
            for profile in evidence.plan.diets.profiles:
                portions = adults(evidence, profile) * taken * sitting.share
                due = -(-portions.numerator // portions.denominator)
                if due:
                    yield Due(profile, course, _open_to(profile, here), due, each)


def _open_to(profile: PlanProfile, dishes: list[Dish]) -> tuple[str, ...]:
    return tuple(dish.id for dish in dishes if dish.id in profile.may_eat)


def _plates(evidence: Evidence) -> set[str]:
    """Dishes that are neither the order's nor added for all guests: plates made for a profile alone."""
    added = sum(one.decision.kind == "add_dish" for one in evidence.plan.decisions)
    added += sum(one.kind == "add_dish" for one in evidence.order.decisions)
    limit = len(evidence.order.menu) + added
    return {dish.id for dish in evidence.plan.menu if dish.id[1:].isdigit() and int(dish.id[1:]) > limit}


class Owed(NamedTuple):
    """What a profile is due of a course over all its services, and what of that it gets."""

    profile: PlanProfile
    course: str
    total: int
    served: int
    each: bool


def owed(evidence: Evidence) -> Iterator[Owed]:
    """What every profile is due of every course and gets, its services taken together."""
    got: dict[tuple[str, str], int] = {}
    for eats in evidence.plan.diets.eats:
        got[eats.profile, eats.dish] = got.get((eats.profile, eats.dish), 0) + eats.portions
    due: dict[tuple[str, str], tuple[PlanProfile, int, bool, set[str]]] = {}
    for one in dues(evidence):
        profile, total, each, dishes = due.get((one.profile.id, one.course), (one.profile, 0, one.each, set()))
        due[one.profile.id, one.course] = (profile, total + one.due, each, dishes | set(one.dishes))
    for (ident, course), (profile, total, each, dishes) in due.items():
        eaten = {dish: got.get((ident, dish), 0) for dish in sorted(dishes)}
        served = max(eaten.values(), default=0) if each else sum(eaten.values())
        yield Owed(profile, course, total, served, each)
