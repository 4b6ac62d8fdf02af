"""Kinds of guests, and the rule of who may eat what."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple, get_args

from catering_cli.domain.diets import DishDiets, PlanProfile
from catering_cli.domain.guests import Guests, Severity
from catering_cli.domain.order import Order
from catering_cli.kitchen.dietary import allergens
from catering_cli.kitchen.dietary import diets as dietary
from catering_cli.kitchen.dietary.cell import SAFE
from catering_cli.kitchen.menu.services import headcount

EVERYBODY = "p0"
"""Id of the profile of all guests without a stated need."""


class _Stated(NamedTuple):
    """Guests with needs, as one entry of the order states them."""

    name: str
    needs: tuple[str, ...]
    guests: int
    severity: Severity
    source: str


def profiles(order: Order) -> tuple[PlanProfile, ...]:
    """p1, p2 ... as the order states them: profiles, then counts of diets and of allergies; p0 are all others.

    `source` is the path in the order; if it points into `diets` or `allergies`, overlaps are not known
    and each guest counted there is taken as a person of their own. Children without a stated need are in p0.
    """
    found = []
    for number, stated in enumerate(_stated(order.guests), start=1):
        found.append(
            PlanProfile(
                id=f"p{number}",
                name=stated.name or ", ".join(stated.needs),
                needs=stated.needs,
                count=stated.guests,
                severity=stated.severity,
                source=stated.source,
            )
        )
    others = headcount(order).set_for - sum(profile.count for profile in found)
    standard = PlanProfile(
        id=EVERYBODY,
        name="standard meals",
        count=max(others, 0),
        source="order.guests",
    )
    return (standard, *found)


def _stated(guests: Guests) -> Iterator[_Stated]:
    for i, profile in enumerate(guests.profiles):
        source = f"order.guests.profiles[{i}]"
        yield _Stated(profile.name, profile.needs, profile.count, profile.severity, source)
    for i, keeping in enumerate(guests.diets):
        source = f"order.guests.diets[{i}]"
        yield _Stated("", (keeping.diet,), keeping.count, _severity(keeping.diet), source)
    for i, avoiding in enumerate(guests.allergies):
        source = f"order.guests.allergies[{i}]"
        yield _Stated("", (avoiding.allergen,), avoiding.count, avoiding.severity, source)


COUNTED = ("order.guests.diets[", "order.guests.allergies[")
"""Paths at which the order counts a need without saying which other needs the same people have."""


def overlaps(order: Order) -> tuple[PlanProfile, ...]:
    """People who may be among the counted: each pair of counts of diets and allergies, as one person with both needs.

    The order does not state them, so they are fed nothing; a pair that no dish of a course feeds is an open
    question. `count` is the most there can be, `source` the paths of both counts.
    """
    counted = [profile for profile in profiles(order) if profile.source.startswith(COUNTED)]
    return tuple(_with_both(one, other) for one, other in combinations(counted, 2))


def _with_both(one: PlanProfile, other: PlanProfile) -> PlanProfile:
    return PlanProfile(
        id=f"{one.id}+{other.id}",
        name=f"{one.name} and {other.name}",
        needs=(*one.needs, *other.needs),
        count=min(one.count, other.count),
        severity=max(one.severity, other.severity, key=get_args(Severity).index),
        source=f"{one.source}, {other.source}",
    )


def _severity(diet: str) -> Severity:
    """A diet that is a conviction is a preference; one that avoids an allergen is taken as severe until said."""
    found = dietary.diet(diet)
    return "preference" if found and not found.cells else "severe"


def choices(order: Order, profile: str) -> tuple[str, ...]:
    """The dishes that the guests of a stated profile chose, by name; none for counts of diets and allergies."""
    for number, stated in enumerate(order.guests.profiles, start=1):
        if profile == f"p{number}":
            return stated.choices
    return ()


def columns(need: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The columns of the matrix that a need stands for: those of diets, and those of allergens and foods."""
    if found := dietary.diet(need):
        return (found.name,), ()
    return (), tuple(target.name for target in allergens.targets(need))


def feeds(row: DishDiets, profile: PlanProfile) -> bool:
    """Whether a dish may be given to a profile: for each need every cell is none_found or free, each diet compatible.

    Unknown, may_contain and cannot_tell never feed, whatever the severity; nor does a need without a column.
    """
    safe = {cell.allergen for cell in row.cells if cell.state in SAFE}
    compatible = {cell.diet for cell in row.diets if cell.state == "compatible"}
    for need in profile.needs:
        kept, avoided = columns(need)
        if not compatible.issuperset(kept) or not safe.issuperset(avoided):
            return False
    return True
