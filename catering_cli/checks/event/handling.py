"""What each step does to the food: as its fields say, and raw animal food is cooked only where something heats."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from catering_cli.checks.compare import compare_entry
from catering_cli.checks.evidence import Evidence, Findings, found, placed
from catering_cli.checks.reference.raw_food import may_heat, raw_lines, tells
from catering_cli.checks.reference.steps import works
from catering_cli.domain.finding import Finding, Severity
from catering_cli.domain.order_parts.recipe import Recipe
from catering_cli.domain.plan_parts.menu import Dish

SEVERITIES: Mapping[str, Severity] = {"": "blocking"}


def handled(evidence: Evidence) -> Findings:
    """Every step is read for safety, a dish is served as its recipe says, and what was raw was heated."""
    for path, dish in placed("plan.menu", evidence.plan.menu):
        recipe = dish.recipe
        if recipe is None or not recipe.steps or not dish.portions:
            continue
        if recipe.served_at not in (None, dish.served_at):
            message = f"{dish.name}: not served as its recipe says"
            yield found("blocking", f"{path}.served_at", message, dish.served_at, recipe.served_at)
        if len(dish.handling) != len(recipe.steps):
            yield found("blocking", f"{path}.handling", f"{dish.name}: not every step is read for safety")
        else:
            yield from _raw(dish, recipe, path)
            yield from _chilled(dish, recipe, path)


COLD = ("cool", "freeze", "cold")
"""Deeds of words that tell of a cold store."""


def _chilled(dish: Dish, recipe: Recipe, path: str) -> Iterator[Finding]:
    """What a step is read to do is said: it chills only if its kind, its words, its equipment or its store are cold."""
    for step, one in zip(recipe.steps, dish.handling, strict=True):
        said = " ".join((step.text, *step.equipment))
        cold = step.storage in ("fridge", "freezer") or any(tells(said, form, COLD) for form in FORMS)
        if one.kind == "chill" and step.kind is None and not cold:
            message = f"{dish.name}, step {one.step}: nothing in it chills"
            yield found("blocking", f"{path}.handling[{one.step - 1}].kind", message, one.kind, "prep")


FORMS = ("verb", "phrase", "equipment")


def _raw(dish: Dish, recipe: Recipe, path: str) -> Iterator[Finding]:
    """Raw animal food that is raw no longer after a step was cooked by something in it."""
    animal = raw_lines(dish).keys()
    for step, one in zip(recipe.steps, dish.handling, strict=True):
        before = step.after if step.after is not None else (one.step - 1,)
        came = {item for number in before if 0 < number < one.step for item in dish.handling[number - 1].raw}
        cooked = (came & animal) - set(one.raw)
        if cooked and not may_heat(step, dish):
            message = f"{dish.name}, step {one.step}: nothing in it cooks {', '.join(sorted(cooked))}"
            yield found("blocking", f"{path}.handling[{one.step - 1}]", message)


def as_handled(evidence: Evidence) -> Findings:
    """A block has the kind, food class and storage that its step says, else those that it is read to have."""
    for work in works(evidence):
        one = next((one for one in work.dish.handling if one.step == work.number), None)
        given = {"kind": work.step.kind, "food_class": work.step.food_class, "storage": work.step.storage}
        due = {"kind": one.kind, "food_class": one.food_class, "storage": one.waits} if one else {}
        due |= {field: value for field, value in given.items() if value is not None}
        for block in work.blocks:
            yield from compare_entry(evidence.block_paths[block.id], block, due, SEVERITIES)


CHECKS = {"safety.handling": handled, "timeline.handling": as_handled}
