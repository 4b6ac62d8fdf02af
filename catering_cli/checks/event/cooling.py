"""Much hot food is not cooled in time in what it was cooked in, and no food waits without a place: the kitchen says so.

Food in a full hotel pan 2 inches deep cools in time in a walk-in; a deeper or fuller vessel does not (FDA, two-stage
cooling; ServSafe: shallow pans, ice baths, ice paddles, blast chillers).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction

from catering_cli.checks.evidence import Evidence, Findings, found, placed
from catering_cli.checks.reference.raw_food import tells
from catering_cli.checks.reference.steps import steps_until
from catering_cli.data import tables
from catering_cli.domain.finding import Finding
from catering_cli.domain.order_parts.recipe import Recipe
from catering_cli.domain.plan_parts.handling import Handling
from catering_cli.domain.plan_parts.menu import Dish

PAN = Fraction(12 * 20 * 2) * Fraction("16.387064")
"""Grams of a food as heavy as water in 12 by 20 inches, 2 inches deep."""
COOLERS = ("cool",)


def cooled(evidence: Evidence) -> Findings:
    """What is cooled in more than a pan at a time is said to be spread, iced or blasted, or is reported."""
    for path, dish in placed("plan.menu", evidence.plan.menu):
        for one, where, recipe in _steps(dish, path):
            if "cool" not in one.reads or _is_spread(recipe, one.step):
                continue
            if _most(evidence, dish, recipe, one.step) > PAN and not _told(evidence, "kitchen.cooling", where):
                message = f"{dish.name}, step {one.step}: much hot food is cooled, and nothing says how"
                yield found("open", where, message, recipe.steps[one.step - 1].text[:80], "2 inches deep, ice or blast")


def placed_waits(evidence: Evidence) -> Findings:
    """Raw or cooked food that the next step takes only later has a place, or it is asked for."""
    limit = timedelta(minutes=tables.figure("work", "unstated_wait"))
    for path, dish in placed("plan.menu", evidence.plan.menu):
        for one, where, recipe in _steps(dish, path):
            given = recipe.steps[one.step - 1].storage
            if (
                one.state in ("stable", "ready")
                or (one.waits or given) is not None
                or _told(evidence, "kitchen.wait", where)
            ):
                continue
            blocks = [
                block for block in evidence.plan.timeline.blocks if (block.dish, block.step) == (dish.id, one.step)
            ]
            taken = [(block, taker) for block in blocks for taker in evidence.takers.get(block.id, ())]
            cooks = [(block, taker) for block, taker in taken if taker.dish == dish.id and taker.kind != "chill"]
            if any(taker.start - block.end > limit for block, taker in cooks):
                message = f"{dish.name}, step {one.step}: {one.state} food waits for its next step, and has no place"
                yield found("blocking", where, message, "", "a hot box, the walk-in, or a question")


def _steps(dish: Dish, path: str) -> Iterator[tuple[Handling, str, Recipe]]:
    """The steps of a dish that is made, as they are read, each with the path of its step."""
    recipe = dish.recipe
    if recipe is None or not dish.portions or len(dish.handling) != len(recipe.steps):
        return
    for one in dish.handling:
        yield one, f"{path}.recipe.steps[{one.step - 1}]", recipe


def _is_spread(recipe: Recipe, number: int) -> bool:
    """Whether a step says that food lies shallow or in ice, or has a machine that cools; a sauce beside it may."""
    step = recipe.steps[number - 1]
    if any(tells(name, "equipment", COOLERS) for name in step.equipment):
        return True
    return tells(step.text, "phrase", ("shallow",)) or tells(step.text, "verb", ("sauce",)) or _inches(step.text)


def _inches(text: str) -> bool:
    """Whether a text gives a depth: the kitchen reads which."""
    return any(unit in text.casefold() for unit in (" inch", "-inch", " in deep", " in. deep", "cm", "pan"))


def _most(evidence: Evidence, dish: Dish, recipe: Recipe, number: int) -> Fraction:
    """Grams of the greatest batch of a step: of what went in until it, and no more than is served."""
    inside = {item for one in dish.handling if one.step in steps_until(recipe, [number]) for item in one.takes}
    grams = sum((line.mass.quantity.high for line in dish.lines if line.mass and line.item in inside), Fraction(0))
    batches = [
        block.portions or 0 for block in evidence.plan.timeline.blocks if (block.dish, block.step) == (dish.id, number)
    ]
    share = Fraction(max(batches, default=dish.portions), dish.portions)
    served = dish.served.quantity.high * dish.portions if dish.served else grams
    return min(grams, served) * share


def _told(evidence: Evidence, rule: str, where: str) -> list[Finding]:
    """What the kitchen reports of a step by a rule of its own."""
    return [one for one in evidence.plan.findings if one.rule == rule and one.where.startswith(where)]


CHECKS = {"safety.cooling": cooled, "safety.waits": placed_waits}
