"""One count of guests everywhere, and from guests to dishes: what is eaten, what is made, and in which batches."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from catering_cli.checks.compare import BLOCKING, compare, compare_entry
from catering_cli.checks.evidence import Evidence, Findings, found, placed
from catering_cli.checks.reference.cells import refuses
from catering_cli.checks.reference.decisions import for_dish
from catering_cli.checks.reference.dues import usual_overage
from catering_cli.checks.reference.needs import usual_severity
from catering_cli.checks.reference.steps import MANY, with_load
from catering_cli.domain.decision import Overage
from catering_cli.domain.finding import Finding
from catering_cli.domain.order_parts.guests import Guests
from catering_cli.domain.order_parts.recipe import RecipeStep
from catering_cli.domain.plan_parts.diets import PlanProfile
from catering_cli.domain.plan_parts.menu import Dish, StepBatches


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


def eaten(evidence: Evidence) -> Findings:
    """Each dish needs exactly the portions that the profiles eat of it, and only dishes of the menu are eaten."""
    for path, eats in placed("plan.diets.eats", evidence.plan.diets.eats):
        if eats.dish not in evidence.dishes:
            yield found("blocking", f"{path}.dish", "a dish is eaten that is not on the menu", eats.dish)
        elif eats.profile not in evidence.profiles:
            yield found("blocking", f"{path}.profile", "eaten by a profile that the plan does not have", eats.profile)
    for path, dish in evidence.menu:
        total = sum(eats.portions for eats in evidence.plan.diets.eats if eats.dish == dish.id)
        yield from compare_entry(path, dish, {"needed": total}, BLOCKING)


def portions_made(evidence: Evidence) -> Findings:
    """Portions made are those needed, or those that the order fixes, plus the overage: once, rounded up."""
    for path, dish in evidence.menu:
        item = evidence.menu_item(dish.id)
        base = item.portions if item and item.portions is not None else dish.needed
        due = math.ceil(Fraction(base * (100 + dish.over_percent), 100))
        yield from compare_entry(path, dish, {"portions": due}, BLOCKING)
        if dish.portions < dish.needed:
            message = f"{dish.name}: fewer portions are made than guests are to eat"
            short = dish.needed - dish.portions
            yield found("blocking", f"{path}.portions", message, dish.portions, dish.needed, guests=short)


def _why_none(evidence: Evidence, dish: Dish, guests: Sequence[PlanProfile]) -> str:
    """What keeps guests from a dish, each reason once."""
    row = evidence.rows.get(dish.id)
    reasons = (refuses(evidence, row, profile) for profile in guests) if row else ()
    return ", ".join(dict.fromkeys(filter(None, reasons)))


def none_left_out(evidence: Evidence) -> Findings:
    """A dish that is on the menu is made."""
    guests = [profile for profile in evidence.plan.diets.profiles if profile.count]
    for path, dish in evidence.menu:
        if dish.portions or not guests:
            continue
        said = "the guests who may eat it get another dish of its course"
        if not any(dish.id in profile.may_eat for profile in guests):
            said = f"no guest may eat it ({_why_none(evidence, dish, guests)})"
        fix = "take it off the menu, exchange what keeps guests from it, or give its portions in the order"
        yield found("blocking", f"{path}.portions", f"{dish.name} is not made: {said}", 0, "1 or more", fix=fix)


def overage(evidence: Evidence) -> Findings:
    """The overage is the decided one, else the order's, else none on fixed portions, else the style's of the table."""
    for path, dish in evidence.menu:
        yield from compare_entry(path, dish, {"over_percent": _overage(evidence, dish)}, BLOCKING)


def _overage(evidence: Evidence, dish: Dish) -> int:
    decided = [overage.percent for overage, _ in for_dish(evidence, Overage, dish.id)]
    item = evidence.menu_item(dish.id)
    if decided:
        return decided[-1]
    if item and item.over_percent is not None:
        return item.over_percent
    if item and item.portions is not None:
        return 0
    return int(usual_overage(evidence.order.event.style) or dish.over_percent)


def factor(evidence: Evidence) -> Findings:
    """The factor of a dish is its portions over the portions that the recipe makes, exactly."""
    for path, dish in evidence.menu:
        if dish.recipe is not None:
            due = Fraction(dish.portions, dish.recipe.yields.portions)
            yield from compare_entry(path, dish, {"factor": str(due)}, BLOCKING)


def batches(evidence: Evidence) -> Findings:
    """Each step of a recipe is done in batches that hold all portions and no more than one batch can."""
    for path, dish in evidence.menu:
        if dish.recipe is None or not dish.portions:
            continue
        there = Counter(batch.step for batch in dish.batches)
        wanted = range(1, len(dish.recipe.steps) + 1)
        for step in sorted({*there, *wanted}):
            if there[step] != (step in wanted):
                message = f"{dish.name}: step {step} has no batches, has them twice, or is none"
                yield found("blocking", f"{path}.batches", message, there[step], int(step in wanted))
        for where, batch in placed(f"{path}.batches", dish.batches):
            if batch.step in wanted:
                step = with_load(dish, batch.step, dish.recipe.steps[batch.step - 1])
                yield from _holds(dish, step, batch, where)


def _holds(dish: Dish, step: RecipeStep, batch: StepBatches, path: str) -> Iterator[Finding]:
    yield from compare_entry(path, batch, {"batches": len(batch.portions)}, BLOCKING)
    if sum(batch.portions) != dish.portions:
        message = "the batches lose or gain portions"
        yield found("blocking", f"{path}.portions", message, sum(batch.portions), dish.portions)
    tray = max(step.batch_portions or dish.portions, -(-dish.portions // MANY))
    if len(batch.portions) * tray < dish.portions:
        yield found("blocking", f"{path}.portions", "too few batches for the portions", len(batch.portions), tray)
    for where, portions in placed(f"{path}.portions", batch.portions):
        if not 0 < portions <= (tray if dish.portions <= MANY else portions):
            yield found("blocking", where, "an empty batch, or more than one batch holds", portions, tray)


CHECKS = {
    "headcount.one": one_count,
    "headcount.profiles": all_have_a_profile,
    "headcount.stated": stated_profiles,
    "portions.eaten": eaten,
    "portions.made": portions_made,
    "portions.overage": overage,
    "portions.none_left_out": none_left_out,
    "portions.factor": factor,
    "portions.batches": batches,
}
