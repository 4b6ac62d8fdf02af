"""An order or a recipe for another number of people: the same document, exact in every quantity.

Time and temperature are never multiplied; only hand work that a recipe marks as linear grows with its yield.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import TypeVar

from catering_cli.domain.order import MenuItem, Order, Service
from catering_cli.domain.order_parts.guests import AllergyCount, DietCount, Guests, Profile
from catering_cli.domain.order_parts.recipe import Ingredient, Recipe, RecipeStep, Yield
from catering_cli.domain.problem import Problem, Refused
from catering_cli.kitchen.recipes.step_growth import grows_of
from catering_cli.kitchen.recipes.step_text import MOST_MINUTES

MOST_PORTIONS = 100_000
"""What the types of a recipe allow."""

Row = TypeVar("Row", DietCount, AllergyCount)


def resize_recipe(written: Recipe, factor: Fraction) -> Recipe:
    """`written` for `factor` times its yield. Refused if that is no whole number of portions."""
    portions = written.yields.portions * factor
    if portions.denominator != 1 or not 1 <= portions <= MOST_PORTIONS:
        message = (
            f"{factor} times {written.yields.portions} is not a whole number of portions from 1 to {MOST_PORTIONS:,}"
        )
        raise Refused(Problem(message, place="recipe.yield.portions", value=str(portions)))
    lines = tuple(_line(line, factor) for line in written.ingredients)
    steps = tuple(_step(step, factor, number) for number, step in enumerate(written.steps, 1))
    amount = written.yields.amount.times(factor) if written.yields.amount else None
    made = {"yields": Yield(portions=int(portions), amount=amount), "ingredients": lines, "steps": steps, "advice": ()}
    return written.model_copy(update=made)


def _line(line: Ingredient, factor: Fraction) -> Ingredient:
    if line.quantity is None or line.fixed:
        return line
    return line.model_copy(update={"quantity": line.quantity.times(factor), "text": ""})


def _step(step: RecipeStep, factor: Fraction, number: int) -> RecipeStep:
    if grows_of(step) != "linear":
        return step
    minutes = math.ceil(step.minutes * factor)
    if minutes > MOST_MINUTES:
        message = f"hand work of {minutes:,} minutes is more than a step may have ({MOST_MINUTES:,}); scale by less"
        raise Refused(Problem(message, place=f"recipe.steps[{number - 1}].minutes", value=str(step.minutes)))
    active = None if step.active_minutes is None else math.ceil(step.active_minutes * factor)
    return step.model_copy(update={"minutes": minutes, "active_minutes": active})


def resize_order(written: Order, guests: int) -> Order:
    """`written` for `guests` guests: kinds of guests keep their shares by largest remainder, each at least one."""
    old = written.guests
    factor = Fraction(guests, old.guaranteed)
    if guests < len(old.profiles):
        message = f"{guests} guests are fewer than the {len(old.profiles)} kinds of guests in the order"
        raise Refused(Problem(message, place="order.guests.profiles", value=str(len(old.profiles))))
    expected = None if old.expected is None else max(1, _rounded(old.expected * factor))
    children = old.children
    if children is not None:
        count = min(guests, _rounded(children.count * factor))
        children = children.model_copy(update={"count": count})
    new = {
        "guaranteed": guests,
        "expected": expected,
        "children": children,
        "profiles": _profiles(old, guests),
        "diets": _rows(old.diets, factor, guests),
        "allergies": _rows(old.allergies, factor, guests),
    }
    services = tuple(_service(service, factor) for service in written.services)
    menu = tuple(_item(item, factor) for item in written.menu)
    return written.model_copy(update={"guests": old.model_copy(update=new), "services": services, "menu": menu})


def resized_counts(counts: Sequence[int], rest: int, total: int) -> tuple[int, ...]:
    """`counts` (each at least 1) and `rest` shared out over `total` by largest remainder, each count at least 1.

    What `rest` gets is left out of the answer. `total` is at least the number of counts.
    """
    weights = [*counts, rest]
    whole = sum(weights)
    exact = [Fraction(weight * total, whole) for weight in weights]
    given = [max(1, int(share)) if index < len(counts) else int(share) for index, share in enumerate(exact)]
    by_remainder = sorted(range(len(weights)), key=lambda index: (given[index] - exact[index], index))
    for index in by_remainder:
        if sum(given) < total:
            given[index] += 1
    least = [1] * len(counts) + [0]
    while sum(given) > total:  # some were raised to one: those with most to spare give
        spare = max(range(len(given)), key=lambda index: (given[index] - least[index], -index))
        given[spare] -= 1
    return tuple(given[: len(counts)])


def _profiles(guests: Guests, total: int) -> tuple[Profile, ...]:
    counts = [profile.count for profile in guests.profiles]
    rest = max(0, max(guests.guaranteed, guests.expected or 0) - sum(counts))
    resized = resized_counts(counts, rest, total) if counts else ()
    return tuple(
        profile.model_copy(update={"count": count}) for profile, count in zip(guests.profiles, resized, strict=True)
    )


def _rows(written: tuple[Row, ...], factor: Fraction, most: int) -> tuple[Row, ...]:
    return tuple(row.model_copy(update={"count": min(most, max(1, _rounded(row.count * factor)))}) for row in written)


def _service(service: Service, factor: Fraction) -> Service:
    if service.guests is None:
        return service
    return service.model_copy(update={"guests": max(1, _rounded(service.guests * factor))})


def _item(item: MenuItem, factor: Fraction) -> MenuItem:
    return item if item.portions is None else item.model_copy(update={"portions": math.ceil(item.portions * factor)})


def _rounded(value: Fraction) -> int:
    """Half up."""
    return math.floor(value + Fraction(1, 2))
