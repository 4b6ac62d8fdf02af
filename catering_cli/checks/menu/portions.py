"""Portions flow from guests to dishes: what is eaten, what is made, and in which batches."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from catering_cli.checks.compare import BLOCKING, compare_entry
from catering_cli.checks.evidence import Evidence, Findings, found, placed
from catering_cli.checks.reference.cells import refuses
from catering_cli.checks.reference.decisions import for_dish
from catering_cli.checks.reference.dues import usual_overage
from catering_cli.checks.reference.steps import MANY
from catering_cli.domain.decision import Overage
from catering_cli.domain.finding import Finding
from catering_cli.domain.menu import Dish, StepBatches
from catering_cli.domain.recipe import RecipeStep


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
                yield from _holds(dish, dish.recipe.steps[batch.step - 1], batch, where)


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
    "portions.eaten": eaten,
    "portions.made": portions_made,
    "portions.overage": overage,
    "portions.none_left_out": none_left_out,
    "portions.factor": factor,
    "portions.batches": batches,
}
