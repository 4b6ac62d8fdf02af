"""How much of a dish one load holds where its recipe gives no batch: by the weight of the food and what holds it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

from catering_cli.data.equipment_names import equipment_name, plain_name
from catering_cli.data.tables import figure
from catering_cli.domain.finding import Finding
from catering_cli.domain.order_parts.recipe import Recipe
from catering_cli.domain.plan_parts.handling import Handling
from catering_cli.domain.plan_parts.menu import Dish, Load
from catering_cli.kitchen.recipes.step_growth import fits, grows_of, holder_of

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


def loaded(recipe: Recipe, loads: Sequence[Load]) -> Recipe:
    """The recipe with batches and growth of its steps as they are taken."""
    if not loads:
        return recipe
    steps = list(recipe.steps)
    for load in loads:
        taken = {"batch_portions": load.portions, "grows": load.grows}
        steps[load.step - 1] = steps[load.step - 1].model_copy(update=taken)
    return recipe.model_copy(update={"steps": tuple(steps)})


def _loads(dish: Dish, recipe: Recipe, batches: Sequence[int | None]) -> Iterator[Load]:
    for number, (step, decided) in enumerate(zip(recipe.steps, batches, strict=True), start=1):
        is_open = step.grows is None and not step.batch_portions
        load = _load(dish, recipe, number) if is_open else Load(step=number, grows=grows_of(step))
        if decided != step.batch_portions and decided and decided < (load.portions or dish.portions):
            yield Load(step=number, grows=load.grows, portions=decided)
        elif is_open:
            yield load


def _load(dish: Dish, recipe: Recipe, number: int) -> Load:
    """What one load of a step holds by the weight of the food and what holds it, and how the step grows."""
    step = recipe.steps[number - 1]
    grows = grows_of(step)
    row = fits(holder_of(step), step.text)
    if grows == "fixed" or row is None or not step.minutes:
        return Load(step=number, grows=grows)
    count = max(1, Counter(map(equipment_name, step.equipment))[row["equipment"]])
    most = _portions(dish, recipe, number, count * int(row["grams"]))
    return Load(step=number, grows=grows, portions=most, holder=row["equipment"], text=row["text"])


def _portions(dish: Dish, recipe: Recipe, number: int, grams: int) -> int:
    """Portions in so many grams of what is in a step; what the recipe makes at once is believed."""
    most = max(1, math.floor(grams / _portion_grams(dish, number)))
    written = recipe.yields.portions
    return written if most < written <= _BELIEVED * most else most


def _portion_grams(dish: Dish, number: int) -> Fraction:
    """Grams of one portion that are in a step."""
    known = sum((line.mass.quantity.high for line in dish.lines if line.mass), Fraction(0))
    if not known:
        return Fraction(figure("work", "portion_grams"))
    return known / dish.portions * _share(dish.handling, number) / 100


def _share(handling: Sequence[Handling], number: int) -> int:
    """Percent of a dish's weight that is in a step."""
    return max(1, next((one.percent for one in handling if one.step == number), 100))
