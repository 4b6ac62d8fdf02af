"""Portions flow from guests to dishes: what is eaten, what is made, how often a batch is done."""

from __future__ import annotations

from fractions import Fraction

from catering_cli.checks.evidence import Evidence, Findings, found
from catering_cli.checks.reference.decisions import for_dish, of_kind
from catering_cli.checks.reference.dues import dues
from catering_cli.checks.reference.numbers import fraction
from catering_cli.checks.reference.steps import MANY
from catering_cli.data import tables
from catering_cli.domain.decision import Assign, Overage
from catering_cli.domain.menu import Dish, StepBatches
from catering_cli.domain.recipe import RecipeStep


def eaten(evidence: Evidence) -> Findings:
    """Each dish needs exactly the portions that the profiles eat of it, and only dishes of the menu are eaten."""
    sums = dict.fromkeys(evidence.dishes, 0)
    profiles = {profile.id for profile in evidence.plan.diets.profiles}
    for index, eats in enumerate(evidence.plan.diets.eats):
        path = f"plan.diets.eats[{index}]"
        if eats.dish not in sums:
            yield found("blocking", f"{path}.dish", "a dish is eaten that is not on the menu", eats.dish)
            continue
        if eats.profile not in profiles:
            yield found("blocking", f"{path}.profile", "eaten by a profile that the plan does not have", eats.profile)
        sums[eats.dish] += eats.portions
    for dish_id, total in sums.items():
        needed = evidence.dishes[dish_id].needed
        if needed != total:
            message = f"{evidence.dishes[dish_id].name}: needed is not what the guests eat"
            yield found("blocking", f"{evidence.dish_path(dish_id)}.needed", message, needed, total)


def made(evidence: Evidence) -> Findings:
    """Portions made are those needed, or those that the order fixes, plus the overage: once, rounded up."""
    for dish_id, dish in evidence.dishes.items():
        path = evidence.dish_path(dish_id)
        item = evidence.menu_item(dish_id)
        base = dish.needed if item is None or item.portions is None else item.portions
        due = -(-base * (100 + dish.over_percent) // 100)
        if dish.portions != due:
            message = f"{dish.name}: {base} portions and {dish.over_percent} %, rounded up"
            yield found("blocking", f"{path}.portions", message, dish.portions, due)
        if dish.portions < dish.needed:
            message = f"{dish.name}: fewer portions are made than guests are to eat"
            short = dish.needed - dish.portions
            yield found("blocking", f"{path}.portions", message, dish.portions, dish.needed, guests=short)


def overage(evidence: Evidence) -> Findings:
    """The overage is the decided one, else the order's, else none on fixed portions, else the style's of the table."""
    style = evidence.order.event.style
    usual = [row for row in tables.rows("portions") if row["kind"] == "over" and row["style"] == style]
    for dish_id, dish in evidence.dishes.items():
        item = evidence.menu_item(dish_id)
        due = 0 if item is not None and item.portions is not None else int(usual[0]["value"]) if usual else None
        why = f"usual for {style}" if due else "the order fixes the portions"
        if item is not None and item.over_percent is not None:
            due, why = item.over_percent, "the order's overage"
        for decided, by in for_dish(evidence, Overage, dish_id):
            due, why = decided.percent, f"decided by {by}"
        if due is not None and dish.over_percent != due:
            where = f"{evidence.dish_path(dish_id)}.over_percent"
            yield found("blocking", where, f"{dish.name}: {why}", dish.over_percent, due)


def factor(evidence: Evidence) -> Findings:
    """The factor of a dish is its portions over the portions that the recipe makes, exactly."""
    for dish_id, dish in evidence.dishes.items():
        if dish.recipe is None:
            continue
        where = f"{evidence.dish_path(dish_id)}.factor"
        due = Fraction(dish.portions, dish.recipe.yields.portions)
        said = fraction(dish.factor)
        if said != due:
            message = f"{dish.name}: {dish.portions} portions of a recipe for {dish.recipe.yields.portions}"
            yield found("blocking", where, message, dish.factor, due)


def batches(evidence: Evidence) -> Findings:
    """Each step of a recipe is done in batches that hold all portions and no more than one batch can."""
    for dish_id, dish in evidence.dishes.items():
        if dish.recipe is None or not dish.portions:
            continue
        path = evidence.dish_path(dish_id)
        numbers = [batch.step for batch in dish.batches]
        for step in range(1, len(dish.recipe.steps) + 1):
            if numbers.count(step) != 1:
                message = f"{dish.name}: step {step} has no batches" if step not in numbers else f"step {step} twice"
                yield found("blocking", f"{path}.batches", message, numbers.count(step), 1)
        for index, batch in enumerate(dish.batches):
            yield from _batch(dish, batch, f"{path}.batches[{index}]")


def _batch(dish: Dish, batch: StepBatches, path: str) -> Findings:
    if dish.recipe is None or batch.step > len(dish.recipe.steps):
        yield found("blocking", f"{path}.step", "the recipe has no such step", batch.step)
        return
    step = dish.recipe.steps[batch.step - 1]
    if sum(batch.portions) != dish.portions:
        message = "the batches lose or gain portions"
        yield found("blocking", f"{path}.portions", message, sum(batch.portions), dish.portions)
    if len(batch.portions) != batch.batches:
        yield found(
            "blocking", f"{path}.batches", "the number of batches is another", batch.batches, len(batch.portions)
        )
    limit = step.batch_portions or dish.portions
    if batch.batches < -(-dish.portions // max(limit, -(-dish.portions // MANY))):
        yield found("blocking", f"{path}.batches", "too few batches for the portions", batch.batches, f"{limit} in one")
    yield from _even(dish, step, batch, path)
    for number, portions in enumerate(batch.portions):
        if step.batch_portions and portions > step.batch_portions and dish.portions <= MANY:
            where = f"{path}.portions[{number}]"
            yield found("blocking", where, "more than one batch holds", portions, step.batch_portions)
        if portions <= 0:
            yield found("blocking", f"{path}.portions[{number}]", "an empty batch", portions)


def _even(dish: Dish, step: RecipeStep, batch: StepBatches, path: str) -> Findings:
    """Hand work longer than an hour is shared out; two batches that fit into one are not done apart for nothing."""
    if dish.recipe is None or dish.portions > MANY:
        return
    figures = {row["name"]: int(row["value"]) for row in tables.rows("work") if row["value"].isdigit()}
    if step.grows == "linear" and step.active_minutes != 0:
        longest = Fraction(step.minutes * max(batch.portions, default=0), dish.recipe.yields.portions)
        allowed = figures.get("piece_minutes", 60) + Fraction(step.minutes, dish.recipe.yields.portions)
        if longest > allowed and batch.batches < figures.get("pieces_most", 40) // 2:
            message = "a piece of hand work is longer than an hour"
            yield found("warning", f"{path}.portions", message, f"{float(longest):g} minutes", f"{float(allowed):g}")


def split(evidence: Evidence) -> Findings:
    """A profile's portions of a course are shared out by popularity, to a portion a sitting, where nothing limits it.

    Not judged: courses with a dish whose portions the order fixes, and profiles that chose or were assigned dishes.
    """
    fixed = {ident for ident in evidence.dishes if (item := evidence.menu_item(ident)) and item.portions is not None}
    chose = {f"order.guests.profiles[{i}]" for i, one in enumerate(evidence.order.guests.profiles) if one.choices}
    assigned = {one.profile for one, _ in of_kind(evidence, Assign)}
    due: dict[tuple[str, str], tuple[Fraction, int]] = {}
    for one in dues(evidence):
        if one.profile.id in assigned or one.profile.source in chose or fixed & set(one.dishes):
            continue
        weights = {dish: item.popularity if (item := evidence.menu_item(dish)) else 1 for dish in one.dishes}
        for dish in one.dishes:
            share = Fraction(one.due) if one.each else Fraction(one.due * weights[dish], sum(weights.values()))
            total, sittings = due.get((one.profile.id, dish), (Fraction(0), 0))
            due[one.profile.id, dish] = (total + share, sittings + 1)
    got = {(eats.profile, eats.dish): eats.portions for eats in evidence.plan.diets.eats}
    for (profile, dish), (total, sittings) in due.items():
        said = got.get((profile, dish), 0)
        if abs(said - total) >= sittings:
            message = f"{evidence.dishes[dish].name}: not the share of {profile} in its course"
            yield found("warning", "plan.diets.eats", message, said, f"{float(total):g}")


CHECKS = {
    "portions.eaten": eaten,
    "portions.made": made,
    "portions.overage": overage,
    "portions.factor": factor,
    "portions.batches": batches,
    "diets.shares": split,
}
