"""How many portions of a course each profile is due, from the guests and the table of portions, and what it gets."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from catering_cli.checks.evidence import Evidence, asked_once, placed, same_name
from catering_cli.checks.reference.decisions import fold, of_kind
from catering_cli.checks.reference.names import words
from catering_cli.checks.reference.services import meals, minutes_between
from catering_cli.data import tables
from catering_cli.domain.decision import Assign
from catering_cli.domain.plan_parts.diets import PlanProfile
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.domain.quantity import exact


class Sitting(NamedTuple):
    """Services that serve the same dishes in the same way for as long."""

    dishes: tuple[str, ...]
    style: str
    minutes: int
    before_dinner: bool
    """whether it has no main, and a service with mains begins within four hours"""


DINNER_WITHIN = timedelta(hours=4)


def sittings(evidence: Evidence) -> dict[Sitting, Fraction]:
    """The event's services, those alike taken together, each with the guests it serves over all guests."""
    head = evidence.plan.headcount.set_for
    mains = [dish for dish in evidence.plan.menu if dish.course == "main"]
    dinners = [meal.at for meal in meals(evidence) if any(map(meal.serves, mains))]
    shares: dict[Sitting, Fraction] = {}
    for meal in meals(evidence):
        dishes = tuple(dish.id for dish in evidence.plan.menu if meal.serves(dish))
        soon = meal.at not in dinners and any(meal.at < at <= meal.at + DINNER_WITHIN for at in dinners)
        sitting = Sitting(dishes, meal.style, minutes_between(meal.at, meal.until), soon)
        shares[sitting] = shares.get(sitting, Fraction(0)) + Fraction(meal.guests, head or 1)
    return shares


def adults(evidence: Evidence, profile: PlanProfile) -> Fraction:
    """Adult portions of a profile: of guests without needs the children count by their share."""
    children = evidence.order.guests.children
    if children is None or profile.source != "order.guests":
        return Fraction(profile.count)
    few = min(children.count, profile.count)
    return profile.count - few + exact(children.share) * few


@cache
def taken_by_a_guest(course: str, kind: str, sitting: Sitting, dishes: int) -> tuple[Fraction, bool]:
    """Portions a guest takes by the table of dishes of one kind of a course, and whether of each dish (else of all)."""
    taken, each = Fraction(1), False
    for row in tables.rows("portions"):
        same = (row["kind"], row["course"], row["of"]) == ("per_guest", course, kind)
        here = row["style"] in ("*", sitting.style) and (sitting.before_dinner or not row["before_dinner"])
        if same and here and int(row["min_dishes"]) <= dishes and int(row["from_minutes"]) <= sitting.minutes:
            taken, each = exact(row["value"]), row["share"] == "each"
    return taken, each


def usual_overage(style: str) -> str:
    """Percent made beyond the need at a style of service by the table; empty if it has none."""
    rows = [row for row in tables.rows("portions") if row["kind"] == "over"]
    return next((row["value"] for row in rows if row["style"] == style), "")


class Due(NamedTuple):
    """What a profile is due of dishes of a course that are taken under one rule, at sittings alike."""

    profile: PlanProfile
    course: str
    rule: str
    """kind of drink, or id of the main that the dishes go with; empty for the course's own"""
    dishes: tuple[str, ...]
    """those of them that feed the profile"""
    due: int
    """portions; of each dish or of all together, summed"""
    least: int
    """with how many of them no guest goes without"""
    each: bool


@asked_once
def dues(evidence: Evidence) -> tuple[Due, ...]:
    """What every profile is due of every course at every sitting."""
    out: list[Due] = []
    with_mains: set[_Taken] = set()
    for sitting, share in sittings(evidence).items():
        taken = {one: _Taken(evidence.dishes[one].course, _rule(evidence, one)) for one in sitting.dishes}
        for together in dict.fromkeys(taken.values()):
            if together in with_mains:
                continue
            if together.rule in evidence.dishes:
                with_mains.add(together)
            others = _taken_otherwise(evidence, taken, together)
            found = _dues(evidence, sitting, share, taken, together)
            out += [one for one in found if not _has_others(one, others)]
    return tuple(out)


def _has_others(one: Due, others: set[str]) -> bool:
    """Whether a profile that none of the dishes feeds gets others of the course."""
    return not one.dishes and not others.isdisjoint(one.profile.may_eat)


class _Taken(NamedTuple):
    """Dishes that are taken together: those of a course under one rule."""

    course: str
    rule: str


def _taken_otherwise(evidence: Evidence, taken: Mapping[str, _Taken], together: _Taken) -> set[str]:
    """Dishes of the same course that are taken under another rule, those that go with a main aside."""
    out: set[str] = set()
    for dish, one in taken.items():
        if one.course == together.course and one != together and one.rule not in evidence.dishes:
            out.add(dish)
    return out


def _rule(evidence: Evidence, one: str) -> str:
    """The rule under which guests take a dish: the id of the main it goes with, or its kind of drink."""
    dish, item = evidence.dishes[one], evidence.menu_item(one)
    main = item.goes_with if item and item.goes_with else ""
    mains = [one.id for one in evidence.plan.menu if same_name(one.name, main)]
    return drink_kind(dish) or next(iter(mains), "")


def drink_kind(dish: Dish) -> str:
    """The kind of drink that guests take by a rule of its own, by the words of its name; empty if it is none."""
    said = frozenset(words(dish.name)) if dish.course == "drink" else frozenset()
    for row in tables.rows("drinks"):
        if not said.isdisjoint(tables.parts(row["words"])) and said.isdisjoint(tables.parts(row["unless"])):
            return row["kind"]
    return ""


def _dues(
    evidence: Evidence, sitting: Sitting, share: Fraction, taken: Mapping[str, _Taken], together: _Taken
) -> Iterator[Due]:
    """What each profile is due at a sitting of dishes that are taken together."""
    dishes = [evidence.dishes[one] for one, under in taken.items() if under == together]
    course, rule = together
    items = filter(None, (evidence.menu_item(dish.id) for dish in dishes))
    fixed = any(item.portions for item in items)
    for profile in evidence.plan.diets.profiles:
        safe = tuple(dish.id for dish in dishes if dish.id in profile.may_eat)
        if rule in evidence.dishes:
            portions = got(evidence)[profile.id, rule]
            if portions:
                yield Due(profile, course, rule, safe, portions, portions, each=True)
            continue
        chosen = tuple(dish for dish in safe if dish in picked(evidence, profile))
        a_guest, each = _a_guest_takes(evidence, sitting, together, dishes, chosen)
        part = share / min(_offered(evidence, chosen), Fraction(1)) if chosen else share
        portions_due = adults(evidence, profile) * a_guest * part
        least = portions_due / max(a_guest, Fraction(1)) if fixed and not each else portions_due
        if portions_due:
            yield Due(profile, course, rule, chosen or safe, math.ceil(portions_due), math.ceil(least), each)


def _a_guest_takes(
    evidence: Evidence, sitting: Sitting, together: _Taken, dishes: Sequence[Dish], chosen: Sequence[str]
) -> tuple[Fraction, bool]:
    """Portions that a guest takes, and whether of each dish; of dishes that were chosen as of one."""
    shared = sum(not _is_plate(evidence, dish) for dish in dishes)
    a_guest, each = taken_by_a_guest(together.course, together.rule, sitting, 1 if chosen else shared)
    if together == ("drink", ""):
        a_guest = max(a_guest - _poured(evidence, sitting), Fraction(1))
    return a_guest, each and not chosen


def _poured(evidence: Evidence, sitting: Sitting) -> Fraction:
    """What a guest of a sitting drinks by other rules than the hourly one."""
    drinks = [one for one in sitting.dishes if evidence.dishes[one].course == "drink"]
    rules = {_rule(evidence, one) for one in drinks} - {""}
    return sum((taken_by_a_guest("drink", rule, sitting, 1)[0] for rule in rules), Fraction(0))


def _offered(evidence: Evidence, dishes: tuple[str, ...]) -> Fraction:
    """The guests of the sittings that serve any of some dishes, over all guests."""
    shares = (share for sitting, share in sittings(evidence).items() if not set(dishes).isdisjoint(sitting.dishes))
    return sum(shares, Fraction(0))


@asked_once
def picked(evidence: Evidence, profile: PlanProfile) -> frozenset[str]:
    """The dishes that guests of a profile chose, or that were assigned to them."""
    stated = placed("order.guests.profiles", evidence.order.guests.profiles)
    names = {fold(one.dish) for one, _ in of_kind(evidence, Assign) if one.profile == profile.id}
    for path, one in stated:
        names.update(map(fold, one.choices if path == profile.source else ()))
    return frozenset(dish.id for dish in evidence.plan.menu if not names.isdisjoint((dish.id, fold(dish.name))))


def _is_plate(evidence: Evidence, dish: Dish) -> bool:
    """Whether a dish is neither the order's nor added for all guests: a plate made for a profile alone."""
    decided = [one.decision for one in evidence.plan.decisions]
    added = sum(one.kind == "add_dish" for one in (*decided, *evidence.order.decisions))
    number = dish.id[1:]
    return number.isdigit() and int(number) > len(evidence.order.menu) + added


class Owed(NamedTuple):
    """What a profile is due under one rule over all its services, and what of that it gets."""

    profile: PlanProfile
    course: str
    total: int
    served: int
    lacks: int
    """portions without which guests go without the course"""
    over: int
    """portions beyond what they are due"""


@asked_once
def owed(evidence: Evidence) -> tuple[Owed, ...]:
    """What every profile is due of every course and gets, its services taken together."""
    courses: dict[tuple[str, str, str], list[Due]] = {}
    for one in dues(evidence):
        courses.setdefault((one.profile.id, one.course, one.rule), []).append(one)
    return tuple(_owed(got(evidence), alike) for alike in courses.values())


@asked_once
def got(evidence: Evidence) -> Counter[tuple[str, str]]:
    """Portions by profile and dish."""
    portions: Counter[tuple[str, str]] = Counter()
    for eats in evidence.plan.diets.eats:
        portions[eats.profile, eats.dish] += eats.portions
    return portions


def _owed(portions: Counter[tuple[str, str]], alike: list[Due]) -> Owed:
    """Of dishes that are each taken a guest lacks the course if the one that there is most of does not suffice."""
    first, total = alike[0], sum(one.due for one in alike)
    if first.each:
        short: Counter[str] = Counter()
        for one in alike:
            short.update(dict.fromkeys(one.dishes, one.due))
        short.subtract({dish: portions[first.profile.id, dish] for dish in short})
        lacks = max(min((short[dish] for dish in one.dishes), default=one.due) for one in alike)
        return Owed(first.profile, first.course, total, total - max(lacks, 0), max(lacks, 0), 0)
    dishes = set().union(*(one.dishes for one in alike))
    served = sum(portions[first.profile.id, dish] for dish in dishes)
    lacks = sum(one.least for one in alike) - served
    return Owed(first.profile, first.course, total, served, max(lacks, 0), max(served - total, 0))
