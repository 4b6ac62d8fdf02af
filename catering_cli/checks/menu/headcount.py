"""One count everywhere: guests of the order, of the plan's head, of the profiles and of each service."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from catering_cli.checks.compare import BLOCKING, compare, compare_entry
from catering_cli.checks.evidence import Evidence, Findings, found, placed
from catering_cli.checks.reference.needs import usual_severity
from catering_cli.domain.diets import PlanProfile
from catering_cli.domain.guests import Guests


def one_count(evidence: Evidence) -> Findings:
    """The plan's head repeats the order's counts, and is set for all who are paid for or expected."""
    guests = evidence.order.guests
    expected = guests.expected if guests.expected is not None else guests.guaranteed
    counts = {
        "headcount.guaranteed": guests.guaranteed,
        "headcount.expected": expected,
        "headcount.extra_meals": sum(meal.count for meal in guests.extra_meals),
        "headcount.set_for": max(guests.guaranteed, expected),
    }
    yield from compare(counts, evidence.plan, BLOCKING)


def all_have_a_profile(evidence: Evidence) -> Findings:
    """The profiles hold each guest once: their counts add up to the places that are set and the meals beside them.

    Diets and allergies that are only counted may overlap: they may come to more than there are guests.
    """
    profiles = evidence.plan.diets.profiles
    total = sum(profile.count for profile in profiles)
    places = evidence.plan.headcount.set_for + evidence.plan.headcount.extra_meals
    due = max(places, sum(one.guests for one in _stated(evidence.order.guests)))
    if total != due:
        message = "the profiles hold more or fewer guests than places are set for"
        yield found("blocking", "plan.diets.profiles", message, total, due, guests=abs(due - total))
    for ident, times in Counter(profile.id for profile in profiles).items():
        if times > 1:
            yield found("blocking", "plan.diets.profiles", "two profiles have one id", ident)


CREW = "order.guests.extra_meals"


class Stated(NamedTuple):
    """Guests that the order states, at a path of it."""

    source: str
    guests: int
    needs: tuple[str, ...] = ()
    severity: str | None = None

    def is_(self, profile: PlanProfile) -> bool:
        """Whether a profile of the plan has just these needs."""
        return _folded(profile.needs) == _folded(self.needs)


def _folded(needs: tuple[str, ...]) -> list[str]:
    return sorted(need.strip().casefold() for need in needs)


def _stated(guests: Guests) -> Iterator[Stated]:
    for path, one in placed("order.guests.profiles", guests.profiles):
        yield Stated(path, one.count, one.needs, one.severity or usual_severity(one.needs))
    for path, diet in placed("order.guests.diets", guests.diets):
        yield Stated(path, diet.count, (diet.diet,), usual_severity((diet.diet,)))
    for path, allergy in placed("order.guests.allergies", guests.allergies):
        yield Stated(path, allergy.count, (allergy.allergen,), allergy.severity)
    for path, meal in placed("order.guests.extra_meals", guests.extra_meals):
        yield Stated(path, meal.count)


def stated_profiles(evidence: Evidence) -> Findings:
    """Every profile, diet and allergy that the order states is a profile of the plan with its count and severity."""
    left = dict(placed("plan.diets.profiles", evidence.plan.diets.profiles))
    for number, stated in enumerate(_stated(evidence.order.guests), start=1):
        path = _profile_of(stated, left)
        if not path:
            message = f"no profile of the plan stands for {', '.join(stated.needs) or 'the crew'}"
            yield found("blocking", "plan.diets.profiles", message, "", stated.source, guests=stated.guests)
            continue
        profile = left.pop(path)
        due = {
            "count": stated.guests,
            "severity": stated.severity or profile.severity,
            "id": profile.id if stated.source.startswith(CREW) else f"p{number}",
        }
        yield from compare_entry(path, profile, due, BLOCKING)
    for path, profile in left.items():
        if profile.needs or profile.source.startswith("order.guests.profiles"):
            message = f"no guest of the order has the needs {', '.join(profile.needs)}"
            yield found("warning", path, message, profile.id)


def _profile_of(stated: Stated, left: dict[str, PlanProfile]) -> str:
    """Path of the profile that stands for guests: of their needs and source, else of their needs; empty if none."""
    alike = [path for path, profile in left.items() if stated.is_(profile)]
    own = [path for path in alike if left[path].source == stated.source]
    fitting = own or (alike if stated.needs else [])
    return next(iter(fitting), "")


CHECKS = {
    "headcount.one": one_count,
    "headcount.profiles": all_have_a_profile,
    "headcount.stated": stated_profiles,
}
