"""A dish made another way: further ahead, at the venue, or in smaller batches. Its safety limits stay as they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, product
from math import ceil
from typing import Any

from catering_cli.data.equipment_names import equipment_name
from catering_cli.domain.finding import Change
from catering_cli.domain.order import Order
from catering_cli.domain.order_parts.recipe import RecipeStep
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.kitchen.day.resources import equipment
from catering_cli.kitchen.day.work import HOT
from catering_cli.kitchen.menu.clock import Clock
from catering_cli.kitchen.menu.services import Meal, meals
from catering_cli.kitchen.recipes.batches import hold_of, order_of, waits_for
from catering_cli.kitchen.recipes.step_growth import grows_of
from catering_cli.kitchen.repairs import order_changes
from catering_cli.kitchen.repairs.conflict_text import in_words, several
from catering_cli.kitchen.repairs.idea import Idea, Rank
from catering_cli.scheduling.problem import Resource

_LONGEST = 14 * 24
"""Hours ahead that a decision may state."""
_BROUGHT = (1, 2, 4)
"""Pieces of what a venue lacks with which a dish is tried there."""
_PARTS = (2, 4)
"""Into how many a batch is split."""

Numbers = tuple[int, ...]
"""Steps, from 1."""
Changed = Mapping[int, Mapping[str, Any]]
"""Fields that change, by the number of the step."""


def ahead(order: Order, dish: Dish) -> Iterator[Idea]:
    """A dish as far ahead as its results keep, if the recipe allows less."""
    longer = {number: _keeps_longer(step) for number, step in _steps(dish)}
    changed = {number: {"make_ahead_hours": min(keeps, _LONGEST)} for number, keeps in longer.items() if keeps}
    if changed:
        text = f"make {dish.name} up to {max(longer.values())} h ahead: it keeps that long"
        yield _idea(order, dish, changed, text)


def at_the_venue(order: Order, dishes: Sequence[Dish]) -> Iterator[Idea]:
    """Each dish finished at the venue, then all of them: the last steps, else all from where its food can wait.

    What their plant needs and the venue lacks is brought there.
    """
    clock = Clock.of(order)
    could = [dish for dish in dishes if all(meal.away for meal in _served(order, dish, clock))]
    for dish in could:
        for numbers in dict.fromkeys((_last(dish), _from_where_it_waits(dish))):
            yield from _finished(order, {dish: numbers}, clock)
    if len(could) > 1:
        yield from _finished(order, {dish: _from_where_it_waits(dish) for dish in could}, clock)


def _served(order: Order, dish: Dish, clock: Clock) -> list[Meal]:
    return [meal for meal in meals(order, clock) if dish.service in ("", meal.service)]


def _last(dish: Dish) -> Numbers:
    """The steps that no other waits for."""
    followed = set(chain.from_iterable(waits_for(dish.recipe))) if dish.recipe else set()
    return tuple(number for number, _ in _steps(dish) if number - 1 not in followed)


def _from_where_it_waits(dish: Dish) -> Numbers:
    """The last steps with all before them whose food does not wait for hours."""
    if dish.recipe is None:
        return ()
    taken = {number - 1 for number in _last(dish)}
    befores = waits_for(dish.recipe)
    for i in reversed(order_of(befores)):
        if i in taken:
            taken.update(one for one in befores[i] if _goes_on_at_once(dish, one, i))
    return tuple(sorted(i + 1 for i in taken))


def _goes_on_at_once(dish: Dish, one: int, then: int) -> bool:
    assert dish.recipe is not None
    steps = dish.recipe.steps
    hold = hold_of(steps[one], steps[then], dish.handling[one] if one < len(dish.handling) else None)
    return hold is not None and hold <= HOT


def _finished(order: Order, by_dish: Mapping[Dish, Numbers], clock: Clock) -> Iterator[Idea]:
    """These steps of dishes at the venue, with ever more of what it lacks."""
    split: list[Change] = []
    texts: list[str] = []
    lacks: dict[Resource, None] = {}
    for dish, numbers in by_dish.items():
        steps = {number: step for number, step in _steps(dish) if number in numbers}
        at_venue = {number: {"place": "venue"} for number in steps}
        split += _split_tasks(order, dish, at_venue, len(split))
        texts.append(in_words([_quoted(step) for step in steps.values()]))
        lacks.update(dict.fromkeys(_lacking(order, steps.values(), _served(order, dish, clock))))
    only = "venue " + " ".join(dish.id for dish in by_dish)
    names = in_words([dish.name for dish in by_dish])
    text = f"finish {names} at the venue: {'; '.join(texts)}"
    if not lacks:
        yield Idea(Rank.FREE, text, (*split, *order_changes.brought(order, lacks, 0)), remade=True, only=only)
        return
    for count in _BROUGHT:
        brought = order_changes.brought(order, lacks, count)
        there = in_words([f"{count} {several(one, count)}" for one in lacks])
        yield Idea(Rank.UNPRICED, f"{text}, with {there} there", (*split, *brought), remade=True, only=only)


def _lacking(order: Order, steps: Iterable[RecipeStep], served: Sequence[Meal]) -> list[Resource]:
    """The plant that steps take and their venues do not have."""
    names = {equipment_name(name) for name in chain.from_iterable(step.equipment for step in steps)}
    places = {meal.place for meal in served}
    there = equipment(order, {Resource("equipment", name, place) for name, place in product(names, places)})
    return [one for one, available in there.items() if not available.number]


def in_smaller_batches(order: Order, dish: Dish) -> Iterator[Idea]:
    """A dish made in batches of half the size, or a quarter: what keeps shortly is then made as it is needed."""
    batches = {step.step: max(step.portions, default=0) for step in dish.batches}
    large = {number: batches.get(number, 0) for number, step in _steps(dish) if is_machine_batch(step)}
    for parts in _PARTS:
        smaller = {number: ceil(size / parts) for number, size in large.items() if size >= 2 * parts}
        if smaller:
            what = in_words([_quoted(step) for number, step in _steps(dish) if number in smaller])
            text = f"split the batches of {dish.name}: {what}, at most {max(smaller.values())} portions at a time"
            changed = {number: {"batch_portions": size} for number, size in smaller.items()}
            yield _idea(order, dish, changed, text, only=f"split {dish.id}")


def is_machine_batch(step: RecipeStep) -> bool:
    """Whether a step is done a load at a time."""
    return bool(step.minutes) and grows_of(step) in ("per_batch", "hands")


def _quoted(step: RecipeStep) -> str:
    return f"“{step.text.rstrip('.')}”"


def _idea(order: Order, dish: Dish, changed: Changed, text: str, only: str = "") -> Idea:
    return Idea(Rank.FREE, text, tuple(_split_tasks(order, dish, changed)), remade=True, only=only)


def _steps(dish: Dish) -> list[tuple[int, RecipeStep]]:
    return list(enumerate(dish.recipe.steps if dish.recipe else (), start=1))


def _split_tasks(order: Order, dish: Dish, changed: Changed, behind: int = 0) -> Iterator[Change]:
    """The decisions that steps of a dish are done so; so many others come before them."""
    for at, (number, fields) in enumerate(changed.items(), start=len(order.decisions) + behind):
        value = {"kind": "split_task", "dish": dish.id, "step": number, **fields}
        yield Change(path=f"order.decisions[{at}]", value=value)


def _keeps_longer(step: RecipeStep) -> int:
    """Hours that the result of a step keeps, if that is longer than it may be made ahead; else 0."""
    keeps, ahead_hours = step.shelf_life_hours, step.make_ahead_hours
    if keeps is None or ahead_hours is None or keeps <= ahead_hours:
        return 0
    return keeps
