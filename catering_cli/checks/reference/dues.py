"""How many portions of a course each profile is due, from the guests and the table of portions, and what it gets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from catering_cli.checks.evidence import Evidence, asked_once
from catering_cli.checks.reference.services import meals, minutes_between
from catering_cli.data import tables
from catering_cli.domain.diets import PlanProfile
from catering_cli.domain.menu import Dish
from catering_cli.domain.quantity import exact


class Sitting(NamedTuple):
    """Services that serve the same dishes in the same way for as long."""

    dishes: tuple[str, ...]
    style: str
    minutes: int


def sittings(evidence: Evidence) -> dict[Sitting, Fraction]:
    """The event's services, those alike taken together, each with the guests it serves over all guests."""
    head = evidence.plan.headcount.set_for
    shares: dict[Sitting, Fraction] = {}
    for meal in meals(evidence):
        dishes = tuple(dish.id for dish in evidence.plan.menu if meal.serves(dish))
        sitting = Sitting(dishes, meal.style, minutes_between(meal.at, meal.until))
        shares[sitting] = shares.get(sitting, Fraction(0)) + Fraction(meal.guests, head or 1)
    return shares


def adults(evidence: Evidence, profile: PlanProfile) -> Fraction:
    """Adult portions of a profile: of guests without needs the children count by their share."""
    children = evidence.order.guests.children
    if children is None or profile.needs or profile.source.startswith("order.guests.extra_meals"):
        return Fraction(profile.count)
    few = min(children.count, profile.count)
    return profile.count - few + exact(children.share) * few


@cache
def per_guest(course: str, style: str, dishes: int, minutes: int) -> tuple[Fraction, bool]:
    """Portions a guest takes of a course, and whether of each dish (else of all together)."""
    taken, each = Fraction(1), False
    for row in tables.rows("portions"):
        same = (row["kind"], row["course"], row["style"]) == ("per_guest", course, style)
        if same and int(row["min_dishes"]) <= dishes and int(row["from_minutes"]) <= minutes:
            taken, each = exact(row["value"]), row["share"] == "each"
    return taken, each


def usual_overage(style: str) -> str:
    """Percent made beyond the need at a style of service by the table; empty if it has none."""
    rows = [row for row in tables.rows("portions") if row["kind"] == "over" and row["style"] == style]
    return next((row["value"] for row in rows), "")


class Due(NamedTuple):
    """What a profile is due of a course over all sittings alike."""

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
    out: list[Due] = []
    for sitting, share in sittings(evidence).items():
        menu = [evidence.dishes[one] for one in dict.fromkeys(sitting.dishes)]
        for course in dict.fromkeys(dish.course for dish in menu):
            here = [dish for dish in menu if dish.course == course]
            out += _dues(evidence, sitting, share, here)
    return tuple(out)


def _dues(evidence: Evidence, sitting: Sitting, share: Fraction, dishes: list[Dish]) -> Iterator[Due]:
    """What each profile is due of the dishes of one course at a sitting."""
    course = dishes[0].course
    shared = sum(not _is_plate(evidence, dish) for dish in dishes)
    taken, each = per_guest(course, sitting.style, shared, sitting.minutes)
    for profile in evidence.plan.diets.profiles:
        portions = adults(evidence, profile) * taken * share
        due = -(-portions.numerator // portions.denominator)
        if due:
            safe = tuple(dish.id for dish in dishes if dish.id in profile.may_eat)
            yield Due(profile, course, safe, due, each)


def _is_plate(evidence: Evidence, dish: Dish) -> bool:
    """Whether a dish is neither the order's nor added for all guests: a plate made for a profile alone."""
    decided = [one.decision for one in evidence.plan.decisions]
    added = sum(one.kind == "add_dish" for one in (*decided, *evidence.order.decisions))
    number = dish.id[1:]
    return number.isdigit() and int(number) > len(evidence.order.menu) + added


class Owed(NamedTuple):
    """What a profile is due of a course over all its services, and what of that it gets."""

    profile: PlanProfile
    course: str
    total: int
    served: int
    each: bool


@asked_once
def owed(evidence: Evidence) -> tuple[Owed, ...]:
    """What every profile is due of every course and gets, its services taken together."""
    courses: dict[tuple[str, str], list[Due]] = {}
    for one in dues(evidence):
        courses.setdefault((one.profile.id, one.course), []).append(one)
    return tuple(_owed(got(evidence), alike) for alike in courses.values())


@asked_once
def got(evidence: Evidence) -> Counter[tuple[str, str]]:
    """Portions by profile and dish."""
    portions: Counter[tuple[str, str]] = Counter()
    for eats in evidence.plan.diets.eats:
        portions[eats.profile, eats.dish] += eats.portions
    return portions


def _owed(portions: Counter[tuple[str, str]], alike: list[Due]) -> Owed:
    first = alike[0]
    dishes = set().union(*(one.dishes for one in alike))
    eaten = [portions[first.profile.id, dish] for dish in dishes]
    served = max(eaten, default=0) if first.each else sum(eaten)
    return Owed(first.profile, first.course, sum(one.due for one in alike), served, first.each)
