"""What makes a drafted recipe unfit: portions, loads, times, heat, holds, the order of its steps and its words."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import chain
from typing import NamedTuple

from catering_cli.domain.order_parts.recipe import Recipe, RecipeStep
from catering_cli.kitchen.quantities.temperature import parse_temperature
from catering_cli.kitchen.serving.reckoned_yield import portion_band
from catering_cli.tasks.drafts.loads import most_grams, rough_grams
from catering_cli.tasks.shared import durations, prose

LEAST_SHARE = Fraction(1, 2)
MOST_SHARE = Fraction(5, 2)
"""Raw mass of a drafted portion over the served band of its course: bones and water go, dry goods swell; [K]."""

LONGEST_UNHEATED = 30
"""Minutes that hot food waits for service without a hot place, in a draft; [K]: a plate cools in that time."""


class Fault(NamedTuple):
    """What is wrong with a draft, where, and what it said."""

    rule: str
    where: str
    message: str
    value: str = ""


def draft_faults(recipe: Recipe) -> Iterable[Fault]:
    """Everything that makes a draft unfit, in the order of the recipe."""
    if not recipe.steps:
        yield Fault("draft_steps", "steps", "a draft says how the dish is made")
    grams = sum(map(rough_grams, recipe.ingredients), Fraction(0)) / recipe.yields.portions
    least, most = portion_band(recipe.course or "main")
    low, high = least * LEAST_SHARE, most * MOST_SHARE
    if not low <= grams <= high:
        message = f"a portion of a {recipe.course} takes {float(low):g} to {float(high):g} g of raw foods"
        yield Fault("draft_portion", "ingredients", message, f"{float(grams):.4g} g")
    names = [line.item.casefold() for line in recipe.ingredients]
    if len(set(names)) < len(names):
        yield Fault("draft_twice", "ingredients", "each food stands once")
    yield from _of_order(recipe.steps)
    for number, step in enumerate(recipe.steps):
        yield from _of_step(f"steps[{number}]", step, grams)
    yield from _of_service(recipe)


def _of_order(steps: tuple[RecipeStep, ...]) -> Iterable[Fault]:
    """A step waits for earlier ones; all but those that begin wait for one."""
    for number, step in enumerate(steps, start=1):
        late = [before for before in step.after or () if not 1 <= before < number]
        if late:
            message = (
                f"a step waits for steps before it: 1 to {number - 1}" if number > 1 else "the first waits for none"
            )
            yield Fault("draft_after", f"steps[{number - 1}].after", message, str(late))


def _of_step(where: str, step: RecipeStep, grams: Fraction) -> Iterable[Fault]:
    for fault in prose.faults(step.text, prose.RECIPE):
        yield Fault("draft_text", f"{where}.text", fault)
    if step.text == "-":
        yield Fault("draft_text", f"{where}.text", "a step says in words what is done")
    low, high = durations.BANDS[step.kind or ""]
    if not low <= step.minutes <= high:
        yield Fault("minutes_band", f"{where}.minutes", f"one batch takes {low} to {high} minutes", str(step.minutes))
    if step.active_minutes is not None and step.active_minutes > step.minutes:
        yield Fault("active_minutes", f"{where}.active_minutes", "at most the step's minutes", str(step.active_minutes))
    yield from _of_plant(where, step, grams)
    yield from _of_keeping(where, step)


def _of_plant(where: str, step: RecipeStep, grams: Fraction) -> Iterable[Fault]:
    if step.temperature and parse_temperature(step.temperature) is None:
        message = 'a temperature such as "375 F" or "190 C", or empty'
        yield Fault("draft_temperature", f"{where}.temperature", message, step.temperature)
    most = most_grams(step)
    if most is None:
        return
    takes = max(1, int(most / grams)) if grams else 1
    name = ", ".join(step.equipment)
    if step.batch_portions is None:
        message = f"say how many portions go at a time; one {name} takes about {takes} of this dish"
        yield Fault("draft_batch", f"{where}.batch_portions", message, "0")
    elif step.batch_portions > takes:
        message = f"one {name} takes about {takes} portions of this dish at a time"
        yield Fault("draft_batch", f"{where}.batch_portions", message, str(step.batch_portions))


def _of_keeping(where: str, step: RecipeStep) -> Iterable[Fault]:
    """No longer waits than any judgement may give."""
    hold, ahead, keeps = step.max_hold_minutes, step.make_ahead_hours, step.shelf_life_hours
    is_warm = step.storage in ("hot", "ambient")
    if is_warm and hold is not None and hold > durations.MOST_HOLD:
        message = f"what waits {step.storage} waits {durations.MOST_HOLD} minutes at most"
        yield Fault("hold_longer", f"{where}.max_hold_minutes", message, str(hold))
    if not ahead:
        return
    if ahead > durations.MOST_AHEAD:
        message = f"made {durations.MOST_AHEAD} hours ahead at most"
        yield Fault("ahead_longer", f"{where}.make_ahead_hours", message, str(ahead))
    if is_warm and step.kind in ("cook", "reheat"):
        message = "what is made hours ahead is chilled and kept cold: fridge or freezer"
        yield Fault("ahead_warm", f"{where}.storage", message, step.storage or "")
    if keeps is not None and keeps < ahead:
        yield Fault("keeps_shorter", f"{where}.shelf_life_hours", "at least as long as it is made ahead", str(keeps))


def _of_service(recipe: Recipe) -> Iterable[Fault]:
    """What is served hot says how long it waits at the end, and waits hot unless that is short."""
    if recipe.served_at != "hot":
        return
    followed = set(chain.from_iterable(step.after or () for step in recipe.steps))
    for number, step in enumerate(recipe.steps, start=1):
        if number in followed:
            continue
        where = f"steps[{number - 1}]"
        if step.max_hold_minutes is None:
            message = "the last step of a hot dish says how long its result may wait for service"
            yield Fault("draft_hold", f"{where}.max_hold_minutes", message, "-1")
        elif step.storage != "hot" and step.max_hold_minutes > LONGEST_UNHEATED:
            message = f"hot food waits hot, or {LONGEST_UNHEATED} minutes at most"
            yield Fault("draft_hold", f"{where}.storage", message, step.storage or "")
