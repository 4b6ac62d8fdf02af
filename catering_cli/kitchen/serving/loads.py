"""How much of a dish one load holds where its recipe gives no batch: by the weight of the food and what holds it."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

from catering_cli.data.equipment_names import equipment_name, plain_name
from catering_cli.data.tables import figure
from catering_cli.domain.finding import Finding
from catering_cli.domain.order_parts.recipe import Recipe, RecipeStep
from catering_cli.domain.plan_parts.handling import Handling
from catering_cli.domain.plan_parts.menu import Dish, Load
from catering_cli.kitchen.recipes.cooking_words import kind_of, plain
from catering_cli.kitchen.recipes.step_growth import fits, grows_of, holder_of
from catering_cli.kitchen.serving.rates import hand_minutes_of
from catering_cli.kitchen.serving.vessels import vessel_of

HEATERS: Final = ("oven", "burner")
"""What food is heated in, if a step does not say."""

_BELIEVED = 2
"""Times that a recipe's own yield may be of what the table holds and still be one load: ovens and pots differ; [K]."""


def with_loads(dish: Dish, batches: Sequence[int | None]) -> Dish:
    """The dish with what one load of each step holds, where its recipe leaves it open or a decision makes it smaller.

    `batches`: portions of a batch of each step as decided.
    """
    if dish.recipe is None or not dish.portions:
        return dish
    return dish.model_copy(update={"loads": tuple(_loads(dish, dish.recipe, batches))})


def reports(dishes: Sequence[Dish]) -> Iterator[Finding]:
    """Loads that were reckoned, of steps that take more than one."""
    for index, dish in enumerate(dishes):
        counts = {row.step: row.batches for row in dish.batches}
        for load in dish.loads:
            if load.minutes:
                yield _by_rate(index, dish, load)
            if not load.holder or load.portions is None or load.portions >= dish.portions:
                continue
            yield Finding(
                severity="advice",
                rule="kitchen.load",
                where=f"plan.menu[{index}].loads",
                message=f"{dish.name}, step {load.step}: {counts.get(load.step, 1)} batches of up to {load.portions}; "
                f"one {plain_name(load.holder)} is taken to hold {load.text}",
                value=str(load.portions),
                fix=f"say what one batch holds: batch_portions of step {load.step} of its recipe",
            )


def _by_rate(index: int, dish: Dish, load: Load) -> Finding:
    """Hand work whose time was reckoned."""
    written = dish.recipe.yields.portions if dish.recipe else 0
    return Finding(
        severity="advice",
        rule="kitchen.rate",
        where=f"plan.menu[{index}].loads",
        message=f"{dish.name}, step {load.step} says no time: {load.minutes} minutes by hand are taken for "
        f"{written} portions, and more for more",
        value=str(load.minutes),
        fix=f"say its minutes: step {load.step} of its recipe",
    )


def loaded(recipe: Recipe, loads: Sequence[Load]) -> Recipe:
    """The recipe with batches and growth of its steps as they are taken."""
    if not loads:
        return recipe
    steps = list(recipe.steps)
    for load in loads:
        steps[load.step - 1] = _taken(steps[load.step - 1], load)
    return recipe.model_copy(update={"steps": tuple(steps)})


def _taken(step: RecipeStep, load: Load) -> RecipeStep:
    """A step as it is taken: what heats food without saying in what takes an oven or a burner."""
    taken: dict[str, object] = {"batch_portions": load.portions, "grows": load.grows}
    if load.minutes:
        taken["minutes"] = load.minutes
    if load.holder in HEATERS and not step.equipment:
        taken["equipment"] = (load.holder,)
    return step.model_copy(update=taken)


def _loads(dish: Dish, recipe: Recipe, batches: Sequence[int | None]) -> Iterator[Load]:
    for number, (step, decided) in enumerate(zip(recipe.steps, batches, strict=True), start=1):
        is_open = step.grows is None and not step.batch_portions
        load = _open_load(dish, recipe, number) if is_open else Load(step=number, grows=grows_of(step))
        if decided != step.batch_portions and decided and decided < (load.portions or dish.portions):
            yield Load(step=number, grows=load.grows, portions=decided, minutes=load.minutes)
        elif is_open:
            yield load


def _open_load(dish: Dish, recipe: Recipe, number: int) -> Load:
    """What one load of a step holds, and how the step grows; hand work without a time by its pieces."""
    step = recipe.steps[number - 1]
    by_hand = hand_minutes_of(step, recipe.yields.portions, _named_grams(dish, step))
    if by_hand:
        return Load(step=number, grows="linear", minutes=by_hand)
    grows = grows_of(step)
    row = fits(holder_of(step), step.text)
    if grows == "fixed" or row is None or not step.minutes:
        return Load(step=number, grows=grows)
    return _load(dish, recipe, number, row)


def _load(dish: Dish, recipe: Recipe, number: int, row: Mapping[str, str]) -> Load:
    """What one load of a step holds by its weight or by the room of its pans, whichever is less.

    What the recipe makes at once is believed.
    """
    step = recipe.steps[number - 1]
    count = max(1, Counter(map(equipment_name, step.equipment))[row["equipment"]])
    most = max(1, math.floor(count * int(row["grams"]) / _portion_grams(dish, number)))
    text = row["text"]
    vessel, sheets = vessel_of(dish), count * int(row["sheets"] or 0)
    pans = vessel.most(sheets, baking=kind_of(step) == "cook") if sheets else None
    if pans is not None and pans < most:
        most, text = pans, f"{sheets * vessel.a_sheet} x {vessel.name}, {pans} portions"
    written = recipe.yields.portions
    if most < written <= _BELIEVED * most:
        most = written
    return Load(step=number, grows=grows_of(step), portions=most, holder=row["equipment"], text=text)


def _portion_grams(dish: Dish, number: int) -> Fraction:
    """Grams of one portion that are in a step."""
    known = sum((line.mass.quantity.high for line in dish.lines if line.mass), Fraction(0))
    if not known:
        return Fraction(figure("work", "portion_grams"))
    return known / dish.portions * _share(dish.handling, number) / 100


def _named_grams(dish: Dish, step: RecipeStep) -> Fraction:
    """Grams of one portion of the foods that a step names; of all, if it names none."""
    said = {word.rstrip("s") for word in re.findall(r"[a-z]+", plain(step.text))}
    weighed = [(plain(line.item).split()[-1], line.mass.quantity.high) for line in dish.lines if line.mass]
    named = sum((grams for word, grams in weighed if word.rstrip("s") in said), Fraction(0))
    return (named or sum((grams for _, grams in weighed), Fraction(0))) / dish.portions


def _share(handling: Sequence[Handling], number: int) -> int:
    """Percent of a dish's weight that is in a step."""
    return max(1, next((one.percent for one in handling if one.step == number), 100))
