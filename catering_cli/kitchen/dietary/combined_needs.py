"""Counts of diets and allergies that may be the same people: a combination that no dish serves is a question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, combinations

from catering_cli.domain.finding import Finding
from catering_cli.domain.order import Order
from catering_cli.domain.plan_parts.diets import DishDiets, PlanProfile
from catering_cli.kitchen.dietary import profiles
from catering_cli.kitchen.menu.dishes import MenuDish


def asked_of_both(order: Order, items: Sequence[MenuDish], rows: Sequence[DishDiets]) -> Iterator[Finding]:
    """An open question for two or three counts if a guest who is in all of them goes hungry in a course.

    It stays, however each of them is fed, until the order has a profile with these needs, or one of the counts is gone.
    Of three it is asked only if every two of them are fed. Pairs come before threes.
    """
    counted = profiles.counted(order)
    fed = _Fed(counted, items, rows)
    for group in chain(combinations(counted, 2), combinations(counted, 3)):
        short = [course for course in fed.courses if fed.only_apart(group, course)]
        if not short or _is_answered(order, group):
            continue
        one = profiles.together(group)
        named = ", ".join(short)
        yield Finding(
            severity="open",
            rule="kitchen.overlap_unknown",
            where=one.source.partition(",")[0],
            message=f"a guest with these needs at once, {one.name}, has no {named}; is there one?",
            value=one.name,
            fix="list such guests in order.guests.profiles; if there are none, list each need there as its own profile",
            guests=one.count,
        )


class _Fed:
    """Which dishes feed whom, as sets of dishes of each count: a group's are cut from them, however many there are."""

    def __init__(self, counted: Sequence[PlanProfile], items: Sequence[MenuDish], rows: Sequence[DishDiets]) -> None:
        by_dish = {row.dish: row for row in rows}
        self.courses: dict[str, frozenset[str]] = {
            item.course: frozenset(one.id for one in items if one.course == item.course) for item in items
        }
        self._offered = {one.id: _offered(one, items) for one in counted}
        self._eaten = {
            (one.id, wished): _eaten(one, by_dish, wished=wished) for one in counted for wished in (False, True)
        }

    def only_apart(self, group: Sequence[PlanProfile], course: str) -> bool:
        """Whether no dish of a course feeds one guest with all these needs, and the group without one of them is fed.

        Of two each is fed alone, of three every two.
        """
        if self._is_fed(group, course):
            return False
        return all(self._is_fed(fewer, course) for fewer in combinations(group, len(group) - 1))

    def _is_fed(self, group: Sequence[PlanProfile], course: str) -> bool:
        """Whether a course has a dish that keeps all needs: one for all, or one of those the group is counted among."""
        wished = all(one.severity in profiles.WISHED for one in group)
        eaten = frozenset.intersection(*(self._eaten[one.id, wished] for one in group))
        offered = frozenset[str]().union(*(self._offered[one.id] for one in group))
        return not eaten.isdisjoint(offered & self.courses[course])


def _offered(profile: PlanProfile, items: Sequence[MenuDish]) -> frozenset[str]:
    """The dishes that are for all guests, or for these."""
    return frozenset(item.id for item in items if not item.only_for or profile.id in item.only_for)


def _eaten(profile: PlanProfile, rows: Mapping[str, DishDiets], *, wished: bool) -> frozenset[str]:
    """The dishes that keep the needs of a count, as strictly as the gravest of its group asks."""
    severity = "preference" if wished else "severe"
    asked = profile.model_copy(update={"severity": severity})
    return frozenset(dish for dish, row in rows.items() if profiles.feeds(row, asked))


def _is_answered(order: Order, group: Sequence[PlanProfile]) -> bool:
    """Whether the order lists guests with all these needs by themselves."""
    wanted = _columns(profiles.together(group).needs)
    return any(wanted <= _columns(profile.needs) for profile in order.guests.profiles)


def _columns(needs: Sequence[str]) -> set[str]:
    """What needs stand for, however they are called."""
    return {name for need in needs for names in profiles.columns(need) for name in names}
