"""Counts of diets and allergies that may be the same people: a combination that no dish serves is a question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from catering_cli.domain.diets import DishDiets, PlanProfile
from catering_cli.domain.finding import Finding
from catering_cli.domain.order import Order
from catering_cli.kitchen.dietary import profiles
from catering_cli.kitchen.menu.dishes import MenuDish


def questions(order: Order, items: Sequence[MenuDish], rows: Sequence[DishDiets]) -> Iterator[Finding]:
    """An open question for each two counts that nobody can be in at once without going hungry in a course."""
    by_dish = {row.dish: row for row in rows}
    courses = dict.fromkeys(item.course for item in items)
    counted = {profile.id: profile for profile in profiles.profiles(order)}
    for pair in profiles.overlaps(order):
        one, other = (counted[ident] for ident in pair.id.split("+"))
        short = [
            course
            for course in courses
            if not _fed(pair, course, items, by_dish)
            and _fed(one, course, items, by_dish)
            and _fed(other, course, items, by_dish)
        ]
        if short:
            named = ", ".join(short)
            yield Finding(
                severity="open",
                rule="kitchen.overlap_unknown",
                where=pair.source.partition(",")[0],
                message=f"a guest with both needs, {pair.name}, has no {named}; the order does not say whether one is",
                value=pair.name,
                fix="state them in order.guests.profiles with both needs, or say that there are none",
                guests=pair.count,
            )


def _fed(profile: PlanProfile, course: str, items: Sequence[MenuDish], rows: dict[str, DishDiets]) -> bool:
    return any(item.course == course and not item.only_for and profiles.feeds(rows[item.id], profile) for item in items)
