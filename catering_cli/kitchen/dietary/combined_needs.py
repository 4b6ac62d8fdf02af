"""Counts of diets and allergies that may be the same people: a combination that no dish serves is a question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from catering_cli.domain.finding import Finding
from catering_cli.domain.order import Order
from catering_cli.domain.plan_parts.diets import DishDiets, PlanProfile
from catering_cli.kitchen.dietary import profiles
from catering_cli.kitchen.menu.dishes import MenuDish


def asked_of_both(order: Order, items: Sequence[MenuDish], rows: Sequence[DishDiets]) -> Iterator[Finding]:
    """An open question for two or three counts if a guest who is in all of them goes hungry in a course.

    It stays, however each of them is fed, until the order has a profile with these needs, or one of the counts is gone.
    Of three it is asked only if every two of them are fed.
    """
    by_dish = {row.dish: row for row in rows}
    counted = {profile.id: profile for profile in profiles.profiles(order)}
    for group in profiles.overlaps(order):
        apart = _parts([counted[ident] for ident in group.id.split("+")])
        if _is_answered(order, group):
            continue
        short = [course for course in _lacking(group, items, by_dish) if _all_fed(apart, course, items, by_dish)]
        if not short:
            continue
        named = ", ".join(short)
        yield Finding(
            severity="open",
            rule="kitchen.overlap_unknown",
            where=group.source.partition(",")[0],
            message=f"a guest with these needs at once, {group.name}, has no {named}; is there one?",
            value=group.name,
            fix="list such guests in order.guests.profiles; if there are none, list each need there as its own profile",
            guests=group.count,
        )


def _parts(counts: Sequence[PlanProfile]) -> list[PlanProfile]:
    """The counts without one of them: of two each alone, of three every two."""
    if len(counts) == 2:  # noqa: PLR2004  # a pair
        return list(counts)
    return [profiles.together(two) for two in combinations(counts, 2)]


def _is_answered(order: Order, group: PlanProfile) -> bool:
    """Whether the order lists guests with all these needs by themselves."""
    wanted = _columns(group.needs)
    return any(wanted <= _columns(profile.needs) for profile in order.guests.profiles)


def _columns(needs: Sequence[str]) -> set[str]:
    """What needs stand for, however they are called."""
    return {name for need in needs for names in profiles.columns(need) for name in names}


def _lacking(profile: PlanProfile, items: Sequence[MenuDish], rows: Mapping[str, DishDiets]) -> list[str]:
    """The courses that have no dish for a profile."""
    courses = dict.fromkeys(item.course for item in items)
    return [course for course in courses if not _is_fed(profile, course, items, rows)]


def _all_fed(
    apart: Sequence[PlanProfile],
    course: str,
    items: Sequence[MenuDish],
    rows: Mapping[str, DishDiets],
) -> bool:
    return all(_is_fed(profile, course, items, rows) for profile in apart)


def _is_fed(
    profile: PlanProfile,
    course: str,
    items: Sequence[MenuDish],
    rows: Mapping[str, DishDiets],
) -> bool:
    """Whether a course has a dish that feeds the profile: one for all, or a plate of those it is counted among."""
    among = profile.id.split("+")
    theirs = [item for item in items if not item.only_for or not set(among).isdisjoint(item.only_for)]
    return any(profiles.feeds(rows[item.id], profile) for item in theirs if item.course == course)
