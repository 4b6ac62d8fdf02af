"""What each step does to the food: as its fields say, and raw animal food is cooked only where something heats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import chain

from catering_cli.checks.compare import compare_entry
from catering_cli.checks.evidence import Evidence, Findings, found, placed
from catering_cli.checks.reference.foods import row_of
from catering_cli.checks.reference.names import words
from catering_cli.checks.reference.raw_food import may_heat, raw_lines, tells
from catering_cli.checks.reference.steps import steps_until, works
from catering_cli.data import tables
from catering_cli.domain.finding import Finding, Severity
from catering_cli.domain.order_parts.recipe import Recipe
from catering_cli.domain.plan_parts.handling import Handling
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
            yield from _gone_in(dish, recipe, path)
            yield from _raw(dish, recipe, path)
            yield from _chilled(dish, recipe, path)
            yield from _at_odds(dish, recipe, path)
            yield from _keeps_anywhere(dish, recipe, path)


def _gone_in(dish: Dish, recipe: Recipe, path: str) -> Iterator[Finding]:
    """Every line of a dish goes in at one step, so that what the steps weigh adds up: at the one that names it."""
    takes = Counter(chain.from_iterable(one.takes for one in dish.handling))
    lines = Counter(line.item for line in dish.lines)
    said = [set(words(step.text)) for step in recipe.steps]
    for item in sorted({*takes, *lines}):
        if takes[item] != lines[item]:
            message = f"{dish.name}: {item} goes in at {takes[item]} steps, its recipe has it on {lines[item]} lines"
            yield found("blocking", f"{path}.handling", message, item)
        name = words(item)
        naming = [number for number, told in enumerate(said) if told.issuperset(name)]
        for number in naming if len(naming) == 1 and len(name) > 1 else ():
            if item not in dish.handling[number].takes:
                message = f"{dish.name}, step {number + 1}: {item} is named here alone, and goes in elsewhere"
                yield found("warning", f"{path}.handling[{number}].takes", message, item)


def _at_odds(dish: Dish, recipe: Recipe, path: str) -> Iterator[Finding]:
    """What a step is read to leave agrees with itself: state with raw food, class and place with state."""
    animal = raw_lines(dish)
    for step, one in zip(recipe.steps, dish.handling, strict=True):
        odds = [*_state_at_odds(one)]
        odds += _too_mild(one, animal) if step.food_class is None else []
        odds += _place_at_odds(one) if step.storage is None else []
        odds += _class_at_odds(one) if step.food_class is None else []
        odds += _kept_at_odds(one) if step.storage is None and step.food_class is None else []
        for field, message in odds:
            place = f"{path}.handling[{one.step - 1}].{field}"
            yield found("blocking", place, f"{dish.name}, step {one.step}: {message}", getattr(one, field))


def _state_at_odds(one: Handling) -> Iterator[tuple[str, str]]:
    if one.raw and one.state in ("cooked", "ready"):
        yield "state", f"{', '.join(one.raw)} is still raw in it"
    if not one.raw and one.state == "raw":
        yield "state", "nothing in it is raw"


def _place_at_odds(one: Handling) -> Iterator[tuple[str, str]]:
    if one.state == "stable" and one.waits is not None:
        yield "waits", "food that keeps anywhere needs no place"
    if one.state == "raw" and one.waits == "hot":
        yield "waits", "raw animal food is not kept hot"


def _kept_at_odds(one: Handling) -> Iterator[tuple[str, str]]:
    if one.food_class == "plant_hot" and not one.raw and one.waits == "fridge" and "cool" not in one.reads:
        yield "waits", "hot food is not put into the walk-in before it is cooled"
    if one.food_class == "ready_to_eat" and one.waits == "hot":
        yield "waits", "cold food is not kept hot"


def _class_at_odds(one: Handling) -> Iterator[tuple[str, str]]:
    if (one.state == "stable") != (one.food_class == "not_tcs"):
        yield "food_class", f"the class does not agree with a state of {one.state}"
    if one.food_class == "plant_hot" and one.state == "ready":
        yield "food_class", "what was never cooked is no hot food"


def _too_mild(one: Handling, animal: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Food is of a class that asks for no less heat than any raw animal food in it (Food Code 3-401.11)."""
    if one.state == "stable":
        return
    for item in one.raw:
        due = animal.get(item, "unknown")
        if HEAT.get(one.food_class, 0) < HEAT[due]:
            yield "food_class", f"raw {item} in it asks for the heat of {due.replace('_', ' ')}"


SPOILING = Fraction(1, 4)
"""Share of meat, fish, eggs and dairy from which food does not keep anywhere; [K]."""


def _keeps_anywhere(dish: Dish, recipe: Recipe, path: str) -> Iterator[Finding]:
    """A step is not read to leave food that keeps anywhere if much of it spoils."""
    spoils = set(_spoiling(dish))
    grams = {line.item: line.mass.quantity.high for line in dish.lines if line.mass}
    for step, one in zip(recipe.steps, dish.handling, strict=True):
        if one.state != "stable" or step.food_class == "not_tcs":
            continue
        until = steps_until(recipe, [one.step])
        inside = grams.keys() & set(chain.from_iterable(dish.handling[number - 1].takes for number in until))
        spoiling = sum((grams[item] for item in inside & spoils), Fraction(0))
        if spoiling and spoiling >= SPOILING * sum(grams[item] for item in inside):
            message = f"{dish.name}, step {one.step}: {', '.join(sorted(inside & spoils))} in it does not keep anywhere"
            yield found("blocking", f"{path}.handling[{one.step - 1}].state", message, one.state)


def _spoiling(dish: Dish) -> Iterator[str]:
    """Meat and fish; of a dish without flour or sugar, which may be a dough, also eggs and dairy but butter."""
    rows = {line.item: row_of(line.item) for line in dish.lines}
    known = {item: row for item, row in rows.items() if row is not None}
    yield from (item for item, name in raw_lines(dish).items() if name != "eggs")
    if all(row["department"] != "baking" for row in known.values()):
        dairy = {item: row for item, row in known.items() if row["department"] == "dairy"}
        yield from (item for item, row in dairy.items() if "butter" not in tables.parts(row["groups"]))


HEAT = {
    "fish": 145, "whole_meat": 145, "roast": 145, "eggs": 145, "ground_meat": 155,
    "poultry": 165, "unknown": 165, "reheated": 165,
}  # fmt: skip
"""Degrees F that raw animal food is cooked to, for 15 seconds, by its class, and what was cooked before."""

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
    animal = set(raw_lines(dish))
    for step, one in zip(recipe.steps, dish.handling, strict=True):
        before = step.after if step.after is not None else (one.step - 1,)
        came = chain.from_iterable(dish.handling[number - 1].raw for number in before if 0 < number < one.step)
        cooked = animal.intersection(came).difference(one.raw)
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
