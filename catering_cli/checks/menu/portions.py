"""Portions flow from guests to dishes: what is eaten, what is made, how the courses are shared out."""

from __future__ import annotations

from fractions import Fraction

from catering_cli.checks.compare import BLOCKING, compare_entry
from catering_cli.checks.evidence import Evidence, Findings, found, placed
from catering_cli.checks.reference.cells import refuses
from catering_cli.checks.reference.decisions import for_dish, of_kind
from catering_cli.checks.reference.dues import Due, dues, got, usual_overage
from catering_cli.checks.reference.numbers import up
from catering_cli.domain.decision import Assign, Overage
from catering_cli.domain.menu import Dish


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
        due = up(Fraction(base * (100 + dish.over_percent), 100))
        yield from compare_entry(path, dish, {"portions": due}, BLOCKING)
        if dish.portions < dish.needed:
            message = f"{dish.name}: fewer portions are made than guests are to eat"
            short = dish.needed - dish.portions
            yield found("blocking", f"{path}.portions", message, dish.portions, dish.needed, guests=short)


def none_left_out(evidence: Evidence) -> Findings:
    """A dish that is on the menu is made."""
    guests = [profile for profile in evidence.plan.diets.profiles if profile.count]
    for path, dish in evidence.menu:
        if dish.portions or not guests:
            continue
        fed = [profile for profile in guests if dish.id in profile.may_eat]
        row = evidence.rows.get(dish.id)
        reasons = (refuses(evidence, row, profile) for profile in guests) if row else ()
        why = ", ".join(dict.fromkeys(filter(None, reasons)))
        said = "the guests who may eat it get another dish of its course" if fed else f"no guest may eat it ({why})"
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


def split(evidence: Evidence) -> Findings:
    """A profile's portions of a course are shared out by popularity, to a portion a sitting, if nothing limits it.

    Not judged: courses with a dish whose portions the order fixes, and profiles that chose or were assigned dishes.
    """
    shares: dict[tuple[str, str], list[Fraction]] = {}
    limited = _limited_profiles(evidence)
    for one in dues(evidence):
        popularity = _popularity(evidence, one)
        if one.profile.id in limited or popularity is None:
            continue
        for dish, weight in popularity.items():
            share = Fraction(one.due) if one.each else Fraction(one.due * weight, sum(popularity.values()))
            shares.setdefault((one.profile.id, dish), []).append(share)
    for (profile, dish), each in shares.items():
        said, total = got(evidence)[profile, dish], sum(each, Fraction(0))
        if abs(said - total) >= len(each):
            message = f"{evidence.dishes[dish].name}: not the share of {profile} in its course"
            yield found("warning", "plan.diets.eats", message, said, f"{float(total):g}")


def _limited_profiles(evidence: Evidence) -> set[str]:
    """Profiles that chose dishes, or that dishes were assigned to."""
    stated = placed("order.guests.profiles", evidence.order.guests.profiles)
    chose = {path for path, one in stated if one.choices}
    chosen = {profile.id for profile in evidence.plan.diets.profiles if profile.source in chose}
    return chosen | {one.profile for one, _ in of_kind(evidence, Assign)}


def _popularity(evidence: Evidence, due: Due) -> dict[str, int] | None:
    """How popular each dish of a course is; None if the order fixes the portions of one."""
    items = {dish: evidence.menu_item(dish) for dish in due.dishes}
    if any(item and item.portions is not None for item in items.values()):
        return None
    return {dish: item.popularity if item else 1 for dish, item in items.items()}


CHECKS = {
    "portions.eaten": eaten,
    "portions.made": portions_made,
    "portions.overage": overage,
    "portions.none_left_out": none_left_out,
    "portions.factor": factor,
    "diets.shares": split,
}
