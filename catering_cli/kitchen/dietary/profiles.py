"""Kinds of guests, and the rule of who may eat what."""

from __future__ import annotations

from itertools import combinations
from typing import get_args

from catering_cli.domain.diets import DishDiets, PlanProfile
from catering_cli.domain.guests import Severity
from catering_cli.domain.order import Order
from catering_cli.kitchen.dietary import allergens
from catering_cli.kitchen.dietary import diets as dietary
from catering_cli.kitchen.dietary.cell import SAFE

EVERYBODY = "p0"
"""Id of the profile of all guests without a stated need."""


def profiles(order: Order) -> tuple[PlanProfile, ...]:
    """p1, p2 ... as the order states them: profiles, then counts of diets and of allergies; p0 are all others.

    `source` is the path in the order; where it points into `diets` or `allergies`, overlaps are not known
    and everybody counted there is taken as a person of their own. Children without a stated need are in p0.
    """
    guests = order.guests
    stated: list[tuple[str, tuple[str, ...], int, Severity, str]] = [
        (one.name, one.needs, one.count, one.severity, f"order.guests.profiles[{i}]")
        for i, one in enumerate(guests.profiles)
    ]
    stated += [
        ("", (one.diet,), one.count, _severity(one.diet), f"order.guests.diets[{i}]")
        for i, one in enumerate(guests.diets)
    ]
    stated += [
        ("", (one.allergen,), one.count, one.severity, f"order.guests.allergies[{i}]")
        for i, one in enumerate(guests.allergies)
    ]
    found = [
        PlanProfile(
            id=f"p{number}",
            name=name or ", ".join(needs),
            needs=needs,
            count=count,
            severity=severity,
            source=source,
        )
        for number, (name, needs, count, severity, source) in enumerate(stated, start=1)
    ]
    everybody = max(guests.guaranteed, guests.expected or 0)
    others = max(everybody - sum(profile.count for profile in found), 0)
    return (PlanProfile(id=EVERYBODY, name="standard meals", count=others, source="order.guests"), *found)


COUNTED = ("order.guests.diets[", "order.guests.allergies[")
"""Where the order counts a need without saying which other needs the same people have."""


def overlaps(order: Order) -> tuple[PlanProfile, ...]:
    """People who may be among the counted: each pair of counts of diets and allergies, as one person with both needs.

    Nobody stated them, so they are fed nothing; a pair that no dish of a course feeds is an open question.
    `count` is the most there can be, `source` the paths of both counts.
    """
    counted = [profile for profile in profiles(order) if profile.source.startswith(COUNTED)]
    return tuple(
        PlanProfile(
            id=f"{one.id}+{other.id}",
            name=f"{one.name} and {other.name}",
            needs=(*one.needs, *other.needs),
            count=min(one.count, other.count),
            severity=max(one.severity, other.severity, key=get_args(Severity).index),
            source=f"{one.source}, {other.source}",
        )
        for one, other in combinations(counted, 2)
    )


def _severity(diet: str) -> Severity:
    """A diet that is a conviction is a preference; one that avoids an allergen is taken as severe until said."""
    found = dietary.diet(diet)
    return "preference" if found and not found.cells else "severe"


def choices(order: Order, profile: str) -> tuple[str, ...]:
    """The dishes that the guests of a stated profile chose, by name; none for counts of diets and allergies."""
    number = int(profile[1:]) if profile.startswith("p") and profile[1:].isdecimal() else 0
    stated = order.guests.profiles
    return stated[number - 1].choices if 0 < number <= len(stated) else ()


def columns(need: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The columns of the matrix that a need stands for: those of diets, and those of allergens and foods."""
    if found := dietary.diet(need):
        return (found.name,), ()
    return (), tuple(target.name for target in allergens.targets(need))


def feeds(row: DishDiets, profile: PlanProfile) -> bool:
    """Whether a dish may be given to a profile: for each need every cell is none_found or free, each diet compatible.

    Unknown, may_contain and cannot_tell never feed, whatever the severity; nor does a need without a column.
    """
    cells = {cell.allergen: cell.state for cell in row.cells}
    diets = {cell.diet: cell.state for cell in row.diets}
    for need in profile.needs:
        kept, avoided = columns(need)
        if any(diets.get(name) != "compatible" for name in kept):
            return False
        if any(cells.get(name) not in SAFE for name in avoided):
            return False
    return True
